"""The types of Go's own template tests, as far as templates of Helm can meet such values."""

from collections.abc import Mapping
from typing import Any

from generator.engines.gotemplate.fmt import sprint
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import (
    GoMap,
    GoObject,
    Int32,
    Int64,
    Ints,
    StringMap,
    Uint,
    Uint8,
    Uint32,
    Uint64,
)
from generator.engines.gotemplate.values import type_name
from tests.conformance.go_rows import IntMap


def map_type(key: str, elem: str, zero: Any) -> type[GoMap]:
    return type(
        "Map",
        (GoMap,),
        {"__slots__": (), "go_type": f"map[{key}]{elem}", "go_key": key, "go_elem": elem, "go_zero": zero},
    )


class U(GoObject):
    go_type = "*template.U"
    go_kind = "ptr"

    def __init__(self, v: str) -> None:
        self.v = v

    def go_fields(self) -> Mapping[str, Any]:
        return {"V": self.v}

    def go_methods(self) -> Mapping[str, Func]:
        return {"TrueFalse": Func("func(b bool) string", lambda b: "true" if b else "")}


class Said(GoObject):
    """A value of which only its text is known."""

    def __init__(self, type_: str, said: str) -> None:
        self.type, self.said = type_, said

    @property
    def go_type(self) -> str:  # type: ignore[override]
        return self.type

    @property
    def go_kind(self) -> str:  # type: ignore[override]
        return "ptr" if self.type.startswith("*") else "struct"

    def go_string(self) -> str:
        return self.said


def _my_error(refuse: bool) -> bool:  # noqa: FBT001
    if refuse:
        raise FuncError("my error")
    return False


def _die() -> bool:
    raise FuncError("die")


def _panic() -> str:
    raise FuncError("test panic")


class T(GoObject):
    go_type = "*template.T"
    go_kind = "ptr"

    def go_fields(self) -> Mapping[str, Any]:
        return {
            "True": True, "I": 17, "U16": Uint(16), "X": "x", "S": "xyz", "FloatZero": 0.0, "ComplexZero": 0j,
            "U": U("v"), "V0": Said("template.V", "<6666>"), "V1": Said("*template.V", "<7777>"),
            "W0": Said("template.W", "[888]"), "W1": Said("*template.W", "[999]"),
            "SI": Ints([3, 4, 5]), "SIEmpty": Ints(), "AI": Ints([3, 4, 5]), "PAI": Ints([3, 4, 5]),
            "MSI": IntMap(one=1, two=2, three=3), "MSIone": IntMap(one=1), "MSIEmpty": IntMap(),
            "MII": map_type("int", "int", 0)({1: 1}),
            "MI32S": map_type("int32", "string", "")({Int32(1): "one", Int32(2): "two"}),
            "MI64S": map_type("int64", "string", "")({Int64(2): "i642", Int64(3): "i643"}),
            "MUI32S": map_type("uint32", "string", "")({Uint32(2): "u322", Uint32(3): "u323"}),
            "MUI64S": map_type("uint64", "string", "")({Uint64(2): "ui642", Uint64(3): "ui643"}),
            "MUI8S": map_type("uint8", "string", "")({Uint8(2): "u82", Uint8(3): "u83"}),
            "MXI": map_type("interface {}", "int", 0)({"one": 1}),
            "Empty0": None, "Empty1": 3, "Empty2": "empty2", "Empty3": Ints([7, 8]), "Empty4": U("UinEmpty"),
            "Str": Said("*bytes.Buffer", "foozle"), "Err": Said("*errors.errorString", "erroozle"),
            "BinaryFunc": Func("func(string, string) string", lambda a, b: f"[{a}={b}]"),
            "VariadicFunc": Func("func(...string) string", lambda *a: f"<{'+'.join(a)}>"),
            "VariadicFuncInt": Func("func(int, ...string) string", lambda i, *a: f"{i}=<{'+'.join(a)}>"),
            "ErrFunc": Func("func() (string, error)", lambda: "bla"),
            "PanicFunc": Func("func() string", _panic),
        }  # fmt: skip

    def go_methods(self) -> Mapping[str, Func]:
        return {
            "Method0": Func("func() string", lambda: "M0"),
            "Method1": Func("func(a int) int", lambda a: a),
            "Method3": Func("func(v interface{}) string", lambda v: "Method3: " + sprint(v)),
            "Copy": Func("func() *template.T", T),
            "MAdd": Func("func(a int, b []int) []int", lambda a, b: Ints(a + x for x in b)),
            "MyError": Func("func(error bool) (bool, error)", _my_error),
            "GetU": Func("func() *template.U", lambda: U("v")),
        }


FUNCTIONS = {
    "add": Func("func(args ...int) int", lambda *args: sum(args)),
    "die": Func("func() bool", _die),
    "dddArg": Func("func(a int, b ...string) string", lambda a, *b: f"{a} [{' '.join(b)}]"),
    "echo": Func("func(arg interface{}) interface{}", lambda arg: arg),
    "makemap": Func("func(arg ...string) map[string]string", lambda *a: StringMap(zip(a[::2], a[1::2], strict=True))),
    "mapOfThree": Func("func() interface{}", lambda: IntMap(three=3)),
    "oneArg": Func("func(a string) string", lambda a: f"oneArg={a}"),
    "returnInt": Func("func() int", lambda: 7),
    "stringer": Func("func(s fmt.Stringer) string", lambda s: s.go_string()),
    "twoArgs": Func("func(a, b string) string", lambda a, b: f"twoArgs={a}{b}"),
    "typeOf": Func("func(arg interface{}) string", type_name),
    "valueString": Func("func(v string) string", lambda _: "value is ignored"),
    "zeroArgs": Func("func() string", lambda: "zeroArgs"),
}
