"""The page about templates says of every function what it does, by an example that was run: by us, and by Helm."""

import inspect
import re
from collections.abc import Iterator, Mapping

import pytest

from generator.engines.base import SECONDS
from generator.engines.gotemplate.funcs import Func
from generator.engines.gotemplate.gotypes import GoMap, GoObject
from generator.engines.gotemplate.run import Limits
from generator.engines.gotemplate.stack import DEEPEST
from generator.engines.helm.dialect import dialect
from generator.engines.helm.functions import NESTED
from generator.engines.helm.objects import Files, Values, VersionSet, kube_version
from generator.engines.helm.reference import REFERENCE
from generator.engines.jinja.budget import Budget
from generator.engines.jinja.filters import FILTERS, OWN, SHARED
from generator.engines.sprig.durations import Duration
from generator.engines.sprig.semver import semver
from generator.engines.sprig.times import ZERO
from tests.architecture.pages import ROOT, hold
from tests.conformance import helm_oracle
from tests.conformance.test_helm import render

PAGE = ROOT / "docs/reference/templates.md"
MARK = "<!-- From here on it is generated: pytest tests/architecture --update-golden writes it. -->"
FUNCTIONS = dialect().callable
ENTRIES = {name: entry for section in REFERENCE.values() for name, entry in section.items()}
EXAMPLES = {name: entry for name, entry in ENTRIES.items() if entry.example and entry.result is not None}
OBJECTS: Mapping[str, GoObject | GoMap] = {
    "a time, such as `toDate` gives": ZERO,
    "the time between two, from `.Sub`": Duration(0),
    "a version, from `semver`": semver("1.2.3"),
    "`.Files`": Files(),
    "`.Values`, `.Template` and the root": Values(),
    "`.Capabilities.APIVersions`": VersionSet(),
    "`.Capabilities.KubeVersion`": kube_version("1.30"),
}


def cell(text: str) -> str:
    """A text as code in a table."""
    shown = text.replace("|", "\\|").replace("\n", "⏎")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def written() -> Iterator[str]:
    """The generated part of the page."""
    yield from limits()
    yield ""
    yield "## Functions"
    yield f"All {len(FUNCTIONS)}, by what they are about. A result with ⏎ has line breaks."
    for title, section in REFERENCE.items():
        yield ""
        yield f"### {title}"
        yield "| function | takes and gives | what | example | result |"
        yield "|---|---|---|---|---|"
        for name, entry in section.items():
            example = cell(f"{{{{ {entry.example} }}}}") if entry.example else ""
            result = cell(entry.result) if entry.result else ""
            yield f"| `{name}` | `{signature(FUNCTIONS[name])}` | {entry.text} | {example} | {result} |"
    yield ""
    yield "## Objects"
    yield 'Some values are objects with methods, which are called like fields: `{{ (semver "7.2.4").Major }}`.'
    yield ""
    yield "| object | methods |"
    yield "|---|---|"
    for title, thing in OBJECTS.items():
        shown = ", ".join(f"`{name}{signature(func)}`" for name, func in sorted(thing.go_methods().items()))
        yield f"| {title} | {shown} |"
    yield ""
    yield from jinja()


def signature(func: Func) -> str:
    """As Go writes it, without the words that every one has."""
    shown = func.signature.removeprefix("func").replace("interface {}", "any").replace("interface{}", "any")
    return shown.replace("reflect.Value", "any").replace("[]uint8", "[]byte")


def limits() -> Iterator[str]:
    most = Limits()
    rows = {
        "rounds of loops, and calls of templates (`steps`)": f"{most.steps:,}",
        "what functions build, in bytes; slow ones count for more (`work`)": f"{most.work >> 20} MiB",
        "what is written (`output`)": f"{most.output >> 20} Mi characters",
        "processor time (`time`)": f"{SECONDS:g} s",
        "includes of one name inside of each other": f"{NESTED:,}",
        "calls, blocks and parentheses inside of each other (`depth`, `nesting`)": f"about {DEEPEST:,}",
    }
    yield ""
    yield "| limit of one rendering | |"
    yield "|---|---|"
    yield from (f"| {what} | {much} |" for what, much in rows.items())


JINJA = """\
## Jinja2
Jinja2 is sandboxed: of Python, nothing can be reached. An undefined value, and one that is none, is an error where it
is used or printed; `default`, `is defined` and `if … is defined` guard it. True and false print as YAML has them.

Beside Jinja2's own filters (but for those that pad, mark up HTML or are random) there are those of the other language,
and some more. `include("name", key=value)` gives the text of another template of the plugin; `required(value, message)`
and `fail(message)` are functions, too. The tags `do`, `break` and `continue` are there.

| filter | of the other language | what |
|---|---|---|"""
CODE = r"`\1`"
MARKED = re.compile(r"[*]([a-z]+)[*]")


def about(name: str) -> str:
    """What a function does, errors aside."""
    text = ENTRIES[name].text
    if text.startswith("As "):
        text = ENTRIES[re.sub("^must(.)", lambda one: one[1].lower(), name)].text
    return text.partition(";")[0].rstrip(".") + "."


def jinja() -> Iterator[str]:
    yield from JINJA.splitlines()
    own = {name: inspect.getdoc(make(Budget())) for name, make in FILTERS.items() if name not in OWN}
    rows = {name: ("", text or "A value as JSON.") for name, text in own.items()}
    rows |= {name: (f"`{one.function}`", about(one.function)) for name, one in SHARED.items()}
    rows["required"] = ("`required`", ENTRIES["required"].text)
    for name, (other, text) in sorted(rows.items()):
        yield f"| `{name}` | {other} | {MARKED.sub(CODE, text)} |"


def test_the_page_is_what_the_table_says(*, update_golden: bool) -> None:
    hold(PAGE, MARK, written(), update=update_golden)


def test_every_function_is_described_once() -> None:
    assert sorted(ENTRIES) == sorted(FUNCTIONS)
    assert sum(map(len, REFERENCE.values())) == len(ENTRIES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_what_is_said(name: str) -> None:
    example = EXAMPLES[name]
    assert name in example.example
    assert render({"t.yaml": f"{{{{ {example.example} }}}}"}, {}) == ({"t.yaml": example.result}, None)


@pytest.mark.oracle
def test_helm_gives_the_same() -> None:
    helm = helm_oracle.required()
    wrong = {}
    for name, example in EXAMPLES.items():
        if name in ("keys", "values"):
            continue  # Helm gives them in any order
        got, error = helm({"t.yaml": f"{{{{ {example.example} }}}}"}, {})
        if got.get("t.yaml") != example.result:
            wrong[name] = (example, got, error)
    assert not wrong
