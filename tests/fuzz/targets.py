"""What a fuzzer is let loose on: lexer, parser, compiler, functions, YAML, Jinja2.

Each target takes bytes. Whatever they are, it must end in a result or in the refusal that is made for it, in bounds;
anything else that is raised is a bug of ours.

    python -m tests.fuzz.targets template -max_total_time=60    # with atheris
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, Final

from generator import engines
from generator.diagnostics import DiagnosticError
from generator.engines import ENGINES
from generator.engines.base import RenderContext, TemplateSource
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import Int64, Ints, StringMap, Strings, Uint8
from generator.engines.gotemplate.run import LimitExceeded, Limits, Run
from generator.engines.gotemplate.signature import parse_signature
from generator.engines.helm import TemplateError, compile_program, helm_text
from generator.engines.helm.dialect import FUNCTIONS
from generator.engines.helm.functions import PROGRAM_FUNCTIONS
from generator.engines.sprig.dates import to_date
from generator.goyaml import emit
from generator.goyaml.errors import MarshalError, YamlError
from generator.goyaml.read import read_manifest, read_values
from tests.conformance.helm_oracle import FixedProvider

OURS: Final = ("generator.engines", "generator.goyaml", "generator.yamlio", "jinja2.")
LIMITS: Final = Limits(steps=2_000, work=1 << 20, output=1 << 18)
VALUES: Final[dict[str, Any]] = {
    "component": "c", "s": "hello", "n": 3.0, "t": True, "z": None, "l": ["a", 1.0, None, {"k": "v"}],
    "m": {"a": 1.0, "b": {"c": "d"}},
}  # fmt: skip
SLOW: Final = frozenset(
    {"bcrypt", "htpasswd", "derivePassword", "genPrivateKey", *(name for name in FUNCTIONS if name.startswith("gen"))}
)
NAMES: Final = sorted(FUNCTIONS.keys() - SLOW - PROGRAM_FUNCTIONS.keys())


def _sound(holds: bool) -> None:  # noqa: FBT001 - says so
    assert holds


def template(data: bytes) -> None:
    """A Go template: any text is one, or an error with a place and words."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        program = compile_program({"t": text})
        program.render("t", {"Values": VALUES}, provider=FixedProvider(), limits=LIMITS)
    except TemplateError as error:
        _sound(bool(helm_text(error)) and error.place.line >= 1)
        _sound(error.place.offset <= len(data) or error.place.name != "t")


def jinja(data: bytes) -> None:
    """A template of Jinja2: any text is one, or a diagnostic."""
    source = TemplateSource(name="main", text=data.decode("utf-8", "replace"), span=None)
    context = RenderContext(
        values=VALUES, name="n", namespace="ns", plugin="p", plugin_version="1.0.0", runtime_version="1"
    )
    try:
        ENGINES["jinja2"](None, None).compile([source]).render("main", context)
    except DiagnosticError as error:
        _sound(all(one.code.startswith("MW4") for one in error.diagnostics))


def yaml(data: bytes) -> None:
    """A text of YAML: what is read can be written, and what was written can be read.

    But for the key `<<`: Go's writer does not quote it, and its reader takes it for a merge.
    """
    text = data.decode("utf-8", "surrogateescape")
    for read in (read_values, read_manifest):
        try:
            value = read(text)
        except YamlError as error:
            _sound(bool(error.problems))
            continue
        try:
            written = emit.marshal(value)
            emit.marshal_pretty(value)
        except MarshalError:
            continue
        try:
            read_values(written)
        except YamlError:
            _sound("<<" in written)


def function(data: bytes) -> None:
    """A function with arguments of the types that it wants: a result, or a refusal."""
    taken = _Bytes(data)
    name = NAMES[taken.number(len(NAMES))]
    func = FUNCTIONS[name]
    signature = parse_signature(func.signature)
    count = signature.fixed + (taken.number(3) if signature.variadic else 0)
    args = [taken.typed(signature.param(index)) for index in range(count)]
    run = Run(provider=FixedProvider(), limits=LIMITS)
    try:
        if func.wants_run:
            func.call(run, *args)
        else:
            func.call(*args)
    except (FuncError, LimitExceeded):
        pass


class _Bytes:
    """Values made of bytes, as they come."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, most: int) -> int:
        taken = self.data[self.at : self.at + 2]
        self.at += 2
        return int.from_bytes(taken) % most

    def text(self) -> str:
        size = self.number(24)
        taken = self.data[self.at : self.at + size]
        self.at += size
        return taken.decode("utf-8", "surrogateescape")

    def typed(self, type_: str) -> Any:
        make = MAKERS.get(type_)
        return make(self) if make is not None else self.anything(2)

    def anything(self, depth: int) -> Any:
        match self.number(14 if depth else 9):
            case 0:
                return None
            case 1:
                return bool(self.number(2))
            case 2:
                return self.number(7) - 3
            case 3:
                return Int64(self.number(60000) - 30000)
            case 4:
                return (self.number(60000) - 30000) / 7
            case 5:
                return Uint8(self.number(256))
            case 6:
                return self.text().encode("utf-8", "surrogateescape")
            case 9 | 10:
                return [self.anything(depth - 1) for _ in range(self.number(4))]
            case 11 | 12:
                return {self.text(): self.anything(depth - 1) for _ in range(self.number(4))}
            case 13:
                return StringMap({self.text(): self.text()})
            case _:
                return self.text()


MAKERS: Final[Mapping[str, Callable[[_Bytes], Any]]] = {
    "string": _Bytes.text,
    "int": lambda taken: taken.number(40) - 10,
    "uint32": lambda taken: taken.number(40),
    "float64": lambda taken: (taken.number(600) - 300) / 7,
    "bool": lambda taken: bool(taken.number(2)),
    "map[string]interface {}": lambda taken: {taken.text(): taken.anything(2) for _ in range(taken.number(4))},
    "[]interface {}": lambda taken: [taken.anything(2) for _ in range(taken.number(4))],
    "[]string": lambda taken: Strings(taken.text() for _ in range(taken.number(4))),
    "[]int": lambda taken: Ints(taken.number(9) for _ in range(taken.number(4))),
    "time.Time": lambda taken: to_date("2006", str(2000 + taken.number(99))),
}

TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "template": template,
    "jinja": jinja,
    "yaml": yaml,
    "function": function,
}


def _watch(instrument: Callable[[Any], Any]) -> None:
    """Lets atheris see which branches of our code a case takes; all that is loaded would take half a minute."""
    for module in [module for name, module in sys.modules.items() if name.startswith(OURS)]:
        for thing in list(vars(module).values()):
            if getattr(thing, "__module__", None) != module.__name__:
                continue
            for one in vars(thing).values() if isinstance(thing, type) else [thing]:
                if isinstance(one, FunctionType):
                    instrument(one)


def main() -> None:
    import atheris

    target = TARGETS[sys.argv.pop(1)]
    for module in pkgutil.walk_packages(engines.__path__, f"{engines.__name__}."):
        importlib.import_module(module.name)  # what is loaded later is not watched
    _watch(atheris.instrument_func)
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
