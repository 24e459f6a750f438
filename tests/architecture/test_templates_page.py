"""The page about the template language: written from the tables, complete, and every example held against Helm."""

from collections.abc import Callable

import pytest

from generator.engines.gotemplate.builtins import BUILTINS
from generator.engines.helm import compile_program
from generator.engines.helm.dialect import FUNCTIONS
from generator.engines.helm.reference import DIALECT, LANGUAGE
from generator.engines.sprig.reference import REFERENCE, Entry
from tests.architecture.pages import ROOT
from tests.conformance import helm_oracle
from tests.conformance.helm_oracle import FixedProvider

PAGE = ROOT / "docs/reference/templates.md"
MARK = "<!-- From here on the tables say it: pytest tests/architecture --update-golden writes it. -->"
SECTIONS: dict[str, dict[str, Entry]] = {"The language": LANGUAGE, "Helm's": DIALECT, **REFERENCE}
ENTRIES = {name: entry for section in SECTIONS.values() for name, entry in section.items()}
NAME = "c/templates/t.yaml"


def signature(name: str) -> str:
    found = FUNCTIONS.get(name) or BUILTINS.get(name)
    return found.signature if found else "func(string) string"


def code(text: str) -> str:
    """As it may stand in a cell of a table."""
    if "\n" in text:
        return "<br>".join(f"`{line}`".replace("|", "\\|") for line in text.split("\n"))
    marks = "``" if "`" in text else "`"
    return f"{marks}{text}{marks}".replace("|", "\\|")


def written() -> list[str]:
    lines: list[str] = []
    for title, entries in SECTIONS.items():
        lines += ["", f"## {title}", "| function | what it gives | example | result |", "|---|---|---|---|"]
        for name, entry in sorted(entries.items(), key=lambda item: item[0].lower()):
            shape = signature(name).removeprefix("func").replace("interface {}", "any").replace("interface{}", "any")
            example = code(f"{{{{ {entry.example} }}}}") if entry.example else ""
            result = code(entry.result) if entry.result else ""
            lines.append(f"| `{name}`<br>{code(shape)} | {entry.text} | {example} | {result} |")
    return lines


def test_the_page_is_what_the_tables_say(*, update_golden: bool) -> None:
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    text = "\n".join([head + MARK, *written()]) + "\n"
    if update_golden:
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def test_every_function_that_a_template_can_call_is_there() -> None:
    assert sorted(ENTRIES) == sorted({*FUNCTIONS, *BUILTINS, *REFERENCE["Paths and addresses"], *ENTRIES})
    assert {*FUNCTIONS, *BUILTINS} <= ENTRIES.keys()


UNORDERED = {"keys", "values"}
"""Go visits maps in an order that it draws by lot; ours is the order in which the map was made."""

EXAMPLES = {name: entry for name, entry in ENTRIES.items() if entry.example and entry.result is not None}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_what_it_says(name: str) -> None:
    entry = EXAMPLES[name]
    program = compile_program({NAME: f"{{{{ {entry.example} }}}}"})
    assert program.render(NAME, {}, provider=FixedProvider()) == entry.result


@pytest.mark.oracle
def test_helm_prints_the_same() -> None:
    render: Callable[..., helm_oracle.Outcome] = helm_oracle.required()
    templates = {
        f"{name}.yaml": f"{{{{ {entry.example} }}}}" for name, entry in EXAMPLES.items() if name not in UNORDERED
    }
    wrong = {}
    for file, text in templates.items():
        rendered, error = render({file: text}, {})
        if error is not None or rendered[file] != EXAMPLES[file.removesuffix(".yaml")].result:
            wrong[file] = (error, rendered)
    assert wrong == {}
