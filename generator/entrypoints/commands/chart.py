"""`mwgen chart`: Helm charts, without Helm."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

Command = Callable[..., Any]

NO_EFFECT = "No effect: for scripts that were written for Helm."

_SHARED = (
    click.option("-f", "--values", "files", multiple=True, metavar="FILE", help="Values; later files win. -: stdin."),
    click.option("--set", "plain", multiple=True, metavar="KEY=VALUE,…", help="Values, such as a.b=1,c[0]=x."),
    click.option("--set-string", "strings", multiple=True, metavar="KEY=TEXT,…", help="Values that are text."),
    click.option("--set-json", "json", multiple=True, metavar="KEY=JSON,…", help="Values as JSON; or one JSON object."),
    click.option("--set-file", "from_files", multiple=True, metavar="KEY=FILE,…", help="Values that files hold."),
    click.option("--set-literal", "literal", multiple=True, metavar="KEY=TEXT", help="A value, to the last character."),
)


def _values(command: Command) -> Command:
    for option in reversed(_SHARED):
        command = option(command)
    return command


@click.group()
def chart() -> None:
    """Render Helm charts, without Helm."""


@chart.command()
@click.argument("words", nargs=-1, required=True, metavar="[NAME] CHART")
@_values
@click.option("--name", "given_name", metavar="NAME", help="The release's name; otherwise release-name.")
@click.option("--name-template", metavar="TEMPLATE", help="The release's name, as a template.")
@click.option("-n", "--namespace", envvar="HELM_NAMESPACE", default="default", show_default=True, help="Where it goes.")
@click.option("-s", "--show-only", multiple=True, metavar="PATTERN", help="Only what such templates give.")
@click.option("--include-crds", is_flag=True, help="Print the files in crds/, too.")
@click.option("--no-hooks", is_flag=True, help="Leave out hooks.")
@click.option("--skip-tests", is_flag=True, help="Leave out hooks that are tests.")
@click.option("--is-upgrade", is_flag=True, help="As an upgrade: .Release.IsUpgrade.")
@click.option("--kube-version", metavar="VERSION", help="Of the cluster: .Capabilities.KubeVersion.")
@click.option("-a", "--api-versions", multiple=True, metavar="VERSION,…", help="What the cluster has besides.")
@click.option("--skip-schema-validation", is_flag=True, help="Pass over values.schema.json.")
@click.option("--output-dir", metavar="FOLDER", help="Write a file for each template instead of printing them.")
@click.option("--release-name", "in_folder", is_flag=True, help="With --output-dir: in a folder of the release's name.")
@click.option("--seed", metavar="TEXT", help="What randomness is made from; otherwise this machine's.")
@click.option("--skip-crds", is_flag=True, expose_value=False, help=NO_EFFECT)
@click.option("--create-namespace", is_flag=True, expose_value=False, help=NO_EFFECT)
@click.option("--disable-openapi-validation", is_flag=True, expose_value=False, help=NO_EFFECT)
@click.option("--dry-run", is_flag=False, flag_value="client", expose_value=False, help=NO_EFFECT)
def template(words: Sequence[str], given_name: str | None, **options: Any) -> int:
    """Print what Helm's `helm template` prints.

    CHART is a folder or a packed chart. Options mean what they mean to Helm 4.2, and equal bytes come out; nothing is
    downloaded, and no cluster is asked. Charts that make up passwords get this machine's randomness, unless there is a
    --seed: then equal arguments give equal text.
    """
    from generator.entrypoints.charting import printed

    if len(words) > 2:
        raise click.UsageError(f"expected at most two arguments, unexpected arguments: {', '.join(words[2:])}")
    names = [*words[:-1], *([given_name] if given_name else []), *filter(None, [options["name_template"]])]
    if len(names) > 1:
        raise click.UsageError("the release's name is given twice: as NAME, --name or --name-template")
    asked = sys.argv[3:] if sys.argv[1:3] == ["chart", "template"] else []
    printed(words, given_name, options, asked)
    return 0
