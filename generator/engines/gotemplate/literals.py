"""Literals as Python constants, of the type that they are wanted as: Go's untyped constants."""

from typing import Final

from generator.engines.gotemplate import nodes
from generator.engines.gotemplate.nodes import Node, NumberLiteral
from generator.engines.gotemplate.operands import Val
from generator.engines.gotemplate.signature import VALUE
from generator.engines.gotemplate.values import ANY

_INTEGERS: Final = frozenset({"int", "int8", "int16", "int32", "int64"})
_UNSIGNED: Final = frozenset({"uint", "uint8", "uint16", "uint32", "uint64", "uintptr"})
_FLOATS: Final = frozenset({"float32", "float64"})
_COMPLEX: Final = frozenset({"complex64", "complex128"})


def literal(node: Node, type_: str) -> Val | str:
    """A literal as a constant of the type; or what Go says where it is none."""
    match node:
        case nodes.Bool(value=bool_) if type_ in ("bool", ANY, VALUE):
            return Val(repr(bool_), "bool")
        case nodes.StringLiteral(value=string) if type_ in ("string", ANY, VALUE):
            return Val(repr(string), "string")
        case NumberLiteral() if type_ in (ANY, VALUE):
            return _ideal(node)
        case NumberLiteral() if type_ in _INTEGERS and node.value.int_ is not None:
            return Val(f"({node.value.int_!r})", type_)
        case NumberLiteral() if type_ in _UNSIGNED and node.value.uint is not None:
            return Val(f"({node.value.uint!r})", type_)
        case NumberLiteral() if type_ in _FLOATS and node.value.float_ is not None:
            return Val(f"({node.value.float_!r})", type_)
        case NumberLiteral() if type_ in _COMPLEX and node.value.complex_ is not None:
            return Val(_complex(node.value.complex_), type_)
    return _misfit(node, type_)


def _ideal(node: NumberLiteral) -> Val | str:
    """A number whose type its spelling decides."""
    number, spelling = node.value, node.literal
    if number.complex_ is not None:
        return Val(_complex(number.complex_), "complex128")
    if number.float_ is not None and _spelled_as_float(spelling):
        return Val(f"({number.float_!r})", "float64")
    if number.int_ is not None:
        return Val(f"({number.int_!r})", "int")
    return f"{spelling} overflows int"


def _spelled_as_float(spelling: str) -> bool:
    hexadecimal = len(spelling) > 2 and spelling[0] == "0" and spelling[1] in "xX" and not set("pP") & set(spelling)
    return not hexadecimal and spelling[0] != "'" and any(char in ".eEpP" for char in spelling)


def number_code(node: NumberLiteral) -> str:
    """Code for all that a number may be: what its spelling makes it, int, uint, float and complex."""
    value = node.value
    of_complex = "None" if value.complex_ is None else _complex(value.complex_)
    of_real = value.float_ if _spelled_as_float(node.literal) else value.int_
    ideal = repr(of_real) if value.complex_ is None else of_complex
    return f"{ideal}, {value.int_!r}, {value.uint!r}, {value.float_!r}, {of_complex}"


def _complex(value: complex) -> str:
    """Code for a complex number; Python's own spelling of one loses the signs of zeros."""
    return f"complex({value.real!r}, {value.imag!r})"


def _misfit(node: Node, type_: str) -> str:
    """Why a literal cannot be an argument of the type."""
    for types, wanted in (
        (("bool",), "bool"),
        (("string",), "string"),
        (_INTEGERS, "integer"),
        (_UNSIGNED, "unsigned integer"),
        (_FLOATS, "float"),
        (_COMPLEX, "complex"),
    ):
        if type_ in types:
            return f"expected {wanted}; found {node.source()}"
    return f"can't handle {node.source()} for arg of type {type_}"
