"""Plain command lines of `mwgen chart template`, read without click, which takes longer to load than a chart to render.

What is not plain (help, mistakes, options glued to their values) is left to click. The options here are those of
`commands/chart.py`; a test holds them together.
"""

import os
from collections.abc import Sequence
from typing import Any, Final

LISTS: Final = {
    "-f": "files",
    "--values": "files",
    "--set": "plain",
    "--set-string": "strings",
    "--set-json": "json",
    "--set-file": "from_files",
    "--set-literal": "literal",
    "-s": "show_only",
    "--show-only": "show_only",
    "-a": "api_versions",
    "--api-versions": "api_versions",
}
TEXTS: Final = {
    "--name": "given_name",
    "--name-template": "name_template",
    "-n": "namespace",
    "--namespace": "namespace",
    "--kube-version": "kube_version",
    "--output-dir": "output_dir",
    "--seed": "seed",
}
FLAGS: Final = {
    "--include-crds": "include_crds",
    "--no-hooks": "no_hooks",
    "--skip-tests": "skip_tests",
    "--is-upgrade": "is_upgrade",
    "--skip-schema-validation": "skip_schema_validation",
    "--release-name": "in_folder",
}
NO_EFFECT: Final = frozenset({"--skip-crds", "--create-namespace", "--disable-openapi-validation"})


def read(arguments: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """The words and options of a command line, as `commands.chart.template` gets them; None where it is not plain."""
    words: list[str] = []
    lists: dict[str, list[str]] = {name: [] for name in LISTS.values()}
    texts: dict[str, Any] = dict.fromkeys(TEXTS.values())
    flags = dict.fromkeys(FLAGS.values(), False)
    texts["namespace"] = os.environ.get("HELM_NAMESPACE") or "default"
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-"):
            words.append(word)
            continue
        option, equals, value = word.partition("=")
        if option in FLAGS and not equals:
            flags[FLAGS[option]] = True
        elif option in LISTS or option in TEXTS:
            found = next(rest, None) if not equals else value if option.startswith("--") else None
            if found is None:
                return None
            if option in LISTS:
                lists[LISTS[option]].append(found)
            else:
                texts[TEXTS[option]] = found
        elif option not in NO_EFFECT or equals:
            return None
    if not 0 < len(words) < 3 or len(words) - 1 + bool(texts["given_name"]) + bool(texts["name_template"]) > 1:
        return None
    return words, {**{name: tuple(found) for name, found in lists.items()}, **texts, **flags}


def rendered(arguments: Sequence[str]) -> None:
    """Print what a command line asks for, and exit; nothing is done where it is not plain."""
    found = read(arguments)
    if found is not None:
        from generator.entrypoints import ends

        ends.run(lambda: _printed(*found, arguments))


def _printed(words: list[str], options: dict[str, Any], arguments: Sequence[str]) -> None:
    from generator.entrypoints.charting import printed

    printed(words, options.pop("given_name"), options, arguments)
