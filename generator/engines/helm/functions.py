"""The functions that Helm adds to sprig and that belong to the program: include, tpl, required, fail, lookup."""

from collections.abc import Iterable
from typing import Any, Final, Literal

from generator.dataclass import dataclass, field
from generator.engines.gotemplate.errors import InnerError, TemplateError
from generator.engines.gotemplate.funcs import Func, FuncError, FuncMap
from generator.engines.gotemplate.link import define, load
from generator.engines.gotemplate.run import Body, Run
from generator.engines.gotemplate.runtime import FAILURES
from generator.engines.gotemplate.text import normal, quote
from generator.engines.gotemplate.values import NO_VALUE
from generator.engines.helm.units import TextCompiler

ROOT: Final = "gotpl"
"""What Helm calls the root of all templates, and the texts given to `tpl`."""

NESTED: Final = 1000
"""How deep an included name may stand in itself."""

_COMPILING: Final = 4096
_COMPILING_CHARACTER: Final = 32
"""What a text for `tpl` is counted for, and each character of it: it takes as long as building so many bytes. That it
may be known already must not matter to whether a budget suffices."""

_START, _END = "HELM_ERR_START", "HELM_ERR_END"


@dataclass(slots=True)
class State:
    """What Helm's functions keep during a run."""

    compile_text: TextCompiler
    lint: bool = False
    """Whether `required` and `fail` let everything pass."""
    nested: dict[str, int] = field(default_factory=dict)
    """How many times each name is being included."""


class Said(FuncError):  # noqa: N818 - what a template's author says
    """A refusal that the template itself asked for; in Go's text it stands between marks, by which Helm finds it."""

    def __init__(self, said: str, kind: Literal["fail", "required"]) -> None:
        super().__init__(f"{_START}{said}{_END}")
        self.kind = kind
        self._said = said

    @property
    def said(self) -> str:
        """What the author says."""
        return self._said


class UnknownTemplateError(FuncError):
    """A named template that nothing defines."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"template: no template {quote(name)} associated with template {quote(ROOT)}")
        self.data = {"template": name, "known": tuple(known)}


def include(run: Run, name: str, dot: Any) -> str:
    """The text that a named template gives for a value."""
    nested = run.state.nested
    count = nested.get(name, 0)
    if count > NESTED:
        raise FuncError(f"rendering template has a nested reference name: {name}: unable to execute template")
    nested[name] = count + 1
    body = run.table.get(name)
    if body is None:
        raise UnknownTemplateError(name, run.table)
    run.step(1)
    text = run.capture(body, dot)
    nested[name] = count
    return text if text.isascii() else normal(text)


def tpl(run: Run, text: str, dot: Any) -> str:
    """The text that a template given as a string gives for a value. What it defines, only it sees."""
    run.step(1)
    run.spend(_COMPILING + _COMPILING_CHARACTER * len(text))
    outer = run.table
    try:
        loaded = load(run.state.compile_text(text, ROOT), ROOT, run.state.compile_text.dialect)
        table: dict[str, Body] = dict(outer)
        define(table, loaded)
    except TemplateError as error:
        raise InnerError(f"cannot parse template {quote(text)}: ", error) from None
    run.table = table
    try:
        result = run.capture(loaded.main, dot)
    except FAILURES as failure:
        from generator.engines.gotemplate.locate import locate

        lead = f"error during tpl function execution for {quote(text)}: "
        raise InnerError(lead, locate(failure, ROOT)) from None
    run.table = outer
    return result.replace(NO_VALUE, "")


def required(run: Run, warning: str, value: Any) -> Any:
    """The value, if it is not nil and not an empty string."""
    if value is None or (value.__class__ is str and not value):
        if run.state.lint:
            return ""
        raise Said(warning, "required")
    return value


def fail(run: Run, message: str) -> str:
    """Refuse to render."""
    if run.state.lint:
        return ""
    raise Said(message, "fail")


def lookup(_version: str, _kind: str, _namespace: str, _name: str) -> dict[str, Any]:
    """Nothing: there is no cluster."""
    return {}


PROGRAM_FUNCTIONS: Final[FuncMap] = {
    "fail": Func("func(string) (string, error)", fail, wants_run=True),
    "getHostByName": Func("func(string) string", lambda _: ""),
    "include": Func("func(string, interface {}) (string, error)", include, wants_run=True),
    "lookup": Func("func(string, string, string, string) (map[string]interface {}, error)", lookup),
    "required": Func("func(string, interface {}) (interface {}, error)", required, wants_run=True),
    "tpl": Func("func(string, interface {}) (string, error)", tpl, wants_run=True),
}
