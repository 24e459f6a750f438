"""`mwgen diff`: what a change does, how far it reaches, and what is dangerous about it."""

import secrets
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from generator.entrypoints import options, sides
from generator.entrypoints.progress import Progress
from generator.entrypoints.report import deliver, notes
from generator.entrypoints.report.discreet import discreet
from generator.entrypoints.report.review.formats import FILES, Limits
from generator.entrypoints.report.style import style_for
from generator.entrypoints.workspace import Workspace
from generator.model.review import Review
from generator.pipeline.request import Request
from generator.pipeline.review import review_sources
from generator.pipeline.review.trees import review_trees
from generator.stages.review.masks import Masker

LAYOUTS = ("auto", "fields", "columns")


@click.command()
@options.selection
@click.option("--base", metavar="REV|DIR", help="What to compare with; above is what it is where it is left out.")
@click.option("--head", metavar="REV|DIR", help="What to compare; where it is left out, the working tree.")
@click.option(
    "-o",
    "--output",
    "outputs",
    type=click.Choice(["text", "github", *FILES]),
    multiple=True,
    default=["text"],
    show_default=True,
    help="For people, as annotations on GitHub, for programs, as a comment on a pull request, as a page, as SARIF "
    "2.1.0, or for GitLab; with --to, repeat for more.",
)
@click.option("--to", type=click.Path(file_okay=False), metavar="DIR", help="Write what is a file into DIR.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=2_000),
    default=65_000,
    show_default=True,
    metavar="N",
    help="Of markdown: characters that one comment may have.",
)
@click.option(
    "--max-parts",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    metavar="N",
    help="Of markdown, with --to: how many comments there may be.",
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="auto",
    show_default=True,
    help="Of text: field by field, or in two columns.",
)
@click.option("--noise", is_flag=True, help="Of text: show what is folded away otherwise.")
@click.option("--all", "all_members", is_flag=True, help="Of text: show every group by itself, not families.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything differs.")
def diff(
    root: str | None,
    groups: tuple[str, ...],
    environments: tuple[str, ...],
    workers: int,
    base: str | None,
    head: str | None,
    outputs: tuple[str, ...],
    to: str | None,
    max_chars: int,
    max_parts: int,
    layout: str,
    noise: bool,
    all_members: bool,
    exit_code: bool,
) -> int:
    """Say what a change does, and what is dangerous about it.

    It says how far the change reaches, too: which groups, in which environments, undergo which effect.

    Both sides are rendered in memory, straight from git's objects: nothing is checked out, written or fetched. A side
    is a revision, a folder, or REV:FOLDER; two folders of output are compared as they are. Without --base it is the
    first parent of a merge commit that is checked out (as CI does for a pull request), else the commit where HEAD
    leaves the branch that it is meant for, else HEAD.

    Where nothing differs, nothing is printed.
    """
    files = [one for one in FILES if one in outputs]
    if to is None and len(outputs) > 1:
        raise click.UsageError("several outputs need --to DIR: only one can go to the output")
    space = Workspace.open(root)
    before, after = sides.ends(space, base, head)
    request = Request(groups=options.chosen(groups), environments=options.chosen(environments), workers=workers)
    columns = _columns(layout) if "text" in outputs else 0
    review = reviewed(space, before, after, request, texts="html" in outputs or columns > 0)
    deliver.diagnostics(review.diagnostics, "text")
    made = [FILES[one](review, Limits(chars=max_chars, parts=max_parts if to else 1)) for one in files]
    if to is None:
        sys.stdout.writelines(text for texts in made for text in texts.values())
    else:
        _write(to, {name: text for texts in made for name, text in texts.items()}, stale="markdown" in files)
    if "github" in outputs:
        sys.stdout.write(deliver.MACHINES["github"]((*notes.of_review(review), *notes.aside(review))))
    if "text" in outputs and not review.failed:
        _text(review, columns, noise=noise, all_members=all_members)
    return int(review.failed or (exit_code and bool(review.bundles)))


def reviewed(space: Workspace, before: sides.End, after: sides.End, request: Request, *, texts: bool) -> Review:
    """The review of what lies between two ends; *texts*: whether objects that are on both are shown whole."""
    review = _reviewed(space, before, after, request, texts=texts)
    return replace(review, diagnostics=discreet(review.diagnostics))


def _reviewed(space: Workspace, before: sides.End, after: sides.End, request: Request, *, texts: bool) -> Review:
    masker = Masker(secrets.token_bytes(16))
    if before.is_rendered != after.is_rendered:
        one, other = (before, after) if before.is_rendered else (after, before)
        message = f"{one.side.name} holds output and {other.side.name} definitions: compare like with like"
        raise click.UsageError(message)
    if before.is_rendered:
        return review_trees(before.rendered(), after.rendered(), request, masker, texts=texts)
    changes = sides.changes(before, after, space.settings)
    after = replace(after, side=sides.placed(after, before, space.settings))
    with Progress("comparing") as progress, before.state() as base, after.state() as head:
        return review_sources(
            base,
            head,
            changes,
            request,
            masker,
            store=space.cache,
            progress=progress,
            texts=texts,
        )


def nothing(review: Review) -> str:
    """What to say, aside, where nothing differs."""
    from generator.entrypoints.report.review import words

    return f"{words.side(review.base)} → {words.side(review.head)}: nothing changes\n"


def _columns(layout: str) -> int:
    """The width of the terminal, if there are to be two columns in it; else 0."""
    from generator.entrypoints.report.review.terminal import WIDE

    if layout == "columns":
        return max(shutil.get_terminal_size((WIDE, 40)).columns, WIDE)
    width = shutil.get_terminal_size((100, 40)).columns
    return width if layout == "auto" and width >= WIDE else 0


def _text(review: Review, columns: int, *, noise: bool, all_members: bool) -> None:
    from generator.entrypoints.report.review import terminal

    if not review.bundles:
        sys.stderr.write(nothing(review))
        return
    look = terminal.Look(style=style_for(sys.stdout), width=columns, noise=noise, all_members=all_members)
    sys.stdout.writelines(f"{line}\n" for line in terminal.text(review, look))


def _write(to: str, files: Mapping[str, str], *, stale: bool) -> None:
    """Write files into the folder *to*, and say so; *stale*: comments of an earlier run with more parts are removed."""
    folder = Path(to)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("review-*.md") if stale else ():
        old.unlink()
    for name, text in files.items():
        file = folder / name
        file.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"written  {file}", err=True)
