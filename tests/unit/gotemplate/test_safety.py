"""Templates reach values, and nothing of Python."""

from typing import Any

import pytest

from generator.engines.gotemplate.gotypes import GoObject
from generator.engines.gotemplate.program import compile_text
from generator.engines.helm import Missing, TemplateError, capabilities, compile_program
from generator.engines.helm.dialect import dialect

NAMES = [
    "__class__",
    "__init__",
    "__globals__",
    "__dict__",
    "__builtins__",
    "get",
    "keys",
    "items",
    "go_fields",
    "go_methods",
    "append",
    "format",
    "call",
    "version",
    "mro",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("missing", Missing)
def test_no_attribute_is_reachable(name: str, missing: Missing) -> None:
    context: dict[str, Any] = {
        "Values": {"s": "x", "l": [1.0], "m": {}, "n": 1.0, "t": True},
        "Capabilities": capabilities(),
    }
    for receiver in (
        ".Values.s", ".Values.l", ".Values.n", ".Values.t", ".Capabilities", ".Capabilities.KubeVersion",
        ".Capabilities.APIVersions", ".Files", '(semver "1.2.3")', '(toDate "2006" "2020")', "(list 1)",
    ):  # fmt: skip
        for form in (
            f"{{{{ {receiver}.{name} }}}}",
            f"{{{{ {receiver}.{name}.x }}}}",
            f"{{{{ {receiver}.{name} 1 }}}}",
        ):
            program = compile_program({"t": form}, missing=missing)
            with pytest.raises(TemplateError):
                program.render("t", context)
    # Of a map, it is a key like any other.
    assert compile_program({"t": f"{{{{ .Values.m.{name} }}}}"}).render("t", context) == ""


HOSTILE = [
    "'); import os; ('",
    '"); import os; ("',
    "\\'); import os #",
    "\n    import os\n",
    "{t1}{R}{w}}}",
    "\x00\x85\u2028\r",
    "'''\"\"\"\\",
    "\udcff\udc80",
    "𝕀𝕕 ﬁ ª",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_text_is_but_text(text: str) -> None:
    """Wherever text of the template comes into the code: as text, literal, name of a template, key, comment."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\udcff\udc80", "\\xff\\x80")
    template = (
        f'{text}{{{{ "{quoted}" }}}}{{{{ define "{quoted}" }}}}{text}{{{{ end }}}}{{{{ template "{quoted}" . }}}}'
    )
    template += f'{{{{ index .Values "{quoted}" }}}}{{{{ printf "%s" "{quoted}" }}}}'
    template += f'{{{{ if eq "{quoted}" "x" }}}}{{{{ .nope.nope }}}}{{{{ end }}}}'
    rendered = compile_program({"t": template}).render("t", {"Values": {text: "value"}})
    assert rendered == text * 3 + "value" + text


@pytest.mark.parametrize("name", ["ª", "ﬁ", "𝕀", "é", "_", "import_", "class", "None", "print"])
def test_names_of_fields_and_variables_are_but_strings(name: str) -> None:
    """Python would normalise identifiers, and has words of its own."""
    template = f"{{{{ $x_{name} := .Values.{name} }}}}{{{{ $x_{name} }}}}{{{{ .Values.{name} }}}}"
    assert compile_program({"t": template}).render("t", {"Values": {name: "v"}}) == "vv"


def test_compiled_code_has_no_builtins() -> None:
    unit = compile_text("{{ .a }}{{ range .b }}{{ eq . 1 }}{{ end }}", "t", dialect())
    space: dict[str, Any] = {"__builtins__": {}}
    exec(unit.code, space)
    assert {name for name in space if not name.startswith("__")} == {"d0"}


def test_objects_keep_the_name_free_that_compiled_code_asks_for() -> None:
    with pytest.raises(TypeError, match="must not have an attribute `get`"):

        class Open(GoObject):
            def get(self, key: str) -> str:
                return key
