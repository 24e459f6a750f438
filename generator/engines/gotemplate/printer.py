"""A value's text under a verb and flags, as Go's package fmt prints it.

Where Go prints an address, which differs from run to run, a text that looks like one stands: always the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from generator.engines.gotemplate import floats, text, values
from generator.engines.gotemplate.funcs import Func
from generator.engines.gotemplate.gotypes import GoMap, GoObject, NilList, NilMap, NilStrings, Uint8
from generator.engines.gotemplate.numbers import wrap

Spend = Callable[[int], None]
"""Is told what is about to be built: `Run.spend`."""

_BASES = {"v": 10, "d": 10, "b": 2, "o": 8, "O": 8, "x": 16, "X": 16}
_FORMATS = {2: "b", 8: "o", 10: "d", 16: "x"}
_PREFIXES = {2: "0b", 16: "0x"}
_DECIMAL = [str(byte) for byte in range(256)]
_ADDRESS = 0xC000000000
_MAX_RUNE = 0x10FFFF
_ELEMENT = 256  # what an element of a list or map is counted for: it takes as long as so many bytes


class Printer:
    """One call's output, and the flags of the verb at hand."""

    def __init__(self, spend: Spend | None = None) -> None:
        self.spend = spend
        self.out: list[str] = []
        self.erroring = False
        self.clear()

    def clear(self) -> None:
        """Forget the flags of the verb before."""
        self.sharp = self.zero = self.plus = self.minus = self.space = False
        self.sharp_v = self.plus_v = False
        self.width: int | None = None
        self.precision: int | None = None

    # -- padding

    def pad(self, piece: str) -> None:
        """Write `piece` at the width asked for, counted in runes."""
        width = (self.width or 0) - len(piece)
        if width <= 0:
            self.out.append(piece)
        elif self.minus:
            self.out.append(piece)
            self.padding(width)
        else:
            self.padding(width)
            self.out.append(piece)

    def padding(self, width: int) -> None:
        """Write `width` fill characters."""
        if width > 0:
            if self.spend is not None:
                self.spend(width)
            self.out.append(("0" if self.zero and not self.minus else " ") * width)

    def pad_without_zeros(self, piece: str) -> None:
        """Write `piece` at the width asked for, never filled with zeros."""
        zero, self.zero = self.zero, False
        self.pad(piece)
        self.zero = zero

    # -- operands

    def arg(self, value: Any, verb: str) -> None:
        """Write an operand."""
        if value is None:
            if verb in "Tv":
                self.pad("<nil>")
            else:
                self.bad_verb(None, verb)
        elif verb == "T":
            self.string_text(values.type_name(value))
        elif verb == "p":
            self.pointer(value, verb)
        elif value.__class__ is bytes:
            self.byte_list(value, verb, "[]byte")
        elif verb == "w":
            self.bad_verb(value, verb)  # only Errorf knows it
        else:
            self.value(value, verb, 0)

    def bad_verb(self, value: Any, verb: str) -> None:
        """Write the complaint that the verb does not fit the operand."""
        self.erroring = True
        self.out.append(f"%!{verb}(")
        if value is None:
            self.out.append("<nil>")
        else:
            self.out.append(values.type_name(value) + "=")
            self.value(value, "v", 0)
        self.out.append(")")
        self.erroring = False

    def value(self, value: Any, verb: str, depth: int) -> None:
        """Write a value, which may be an element of another."""
        if isinstance(value, GoObject) and self._method(value, verb):
            return
        match values.kind_name(value):
            case "string":
                self.string(value, verb)
            case "bool":
                if verb in "tv":
                    self.pad("true" if value else "false")
                else:
                    self.bad_verb(value, verb)
            case "int" | "int8" | "int16" | "int32" | "int64":
                self.integer(value, verb, signed=True)
            case "uint" | "uint8" | "uint32" | "uint64":
                self.integer(value, verb, signed=False)
            case "float64":
                self.floating(value, verb)
            case "complex128":
                self.complex_number(value, verb)
            case "slice" if isinstance(value, bytes):
                self._byte_slice(value, verb, depth)
            case "slice" | "map" | "struct" as kind:
                self._composite(value, verb, depth, kind)
            case "invalid":
                self.out.append("interface {}(nil)" if self.sharp_v else "<nil>")
            case "ptr":
                self._pointed(value, verb, depth)
            case _:
                self.pointer(value, verb)

    def _method(self, value: GoObject, verb: str) -> bool:
        """Write what the value's own String() says, where that is wanted."""
        if self.erroring:
            return False
        if self.sharp_v:
            syntax = value.go_syntax()
            if syntax is not None:
                self.string_text(syntax)
            return syntax is not None
        said = value.go_string() if verb in "vsxXq" else None
        if said is None:
            return False
        self.string(said, verb)
        return True

    def _composite(self, value: Any, verb: str, depth: int, kind: str) -> None:
        name = values.type_name(value) if self.sharp_v else ""
        if self.sharp_v and isinstance(value, NilList | NilStrings | NilMap):
            self.out.append(f"{name}(nil)")
            return
        elements = _elements(value, kind)
        if self.spend is not None:
            self.spend(_ELEMENT * len(elements))
        match kind:
            case "slice":
                opening, closing = "[]"
            case "struct":
                opening, closing = "{}"
            case _:
                opening, closing = "map[", "]"
        if self.sharp_v:
            opening, closing = "{}"
        self.out.append(name + opening)
        for index, (key, element) in enumerate(elements):
            if index:
                self.out.append(", " if self.sharp_v else " ")
            if kind == "struct":
                if self.sharp_v or self.plus_v:
                    self.out.append(f"{key}:")
            elif kind == "map":
                self.value(key, verb, depth + 1)
                self.out.append(":")
            if element is None and self.sharp_v and isinstance(value, GoMap):
                self.out.append(f"{value.go_elem}(nil)")
            else:
                self.value(element, verb, depth + 1)
        self.out.append(closing)

    def _pointed(self, value: GoObject, verb: str, depth: int) -> None:
        if depth or value.go_nil:
            self.pointer(value, verb)
            return
        self.out.append("&")
        if self.sharp_v:
            self.out.append(value.go_type.removeprefix("*"))
        self.out.append("{")
        for index, (key, element) in enumerate(value.go_layout().items()):
            if index:
                self.out.append(", " if self.sharp_v else " ")
            if self.sharp_v or self.plus_v:
                self.out.append(f"{key}:")
            self.value(element, verb, 1)
        self.out.append("}")

    def pointer(self, value: Any, verb: str) -> None:
        """Write what stands for an address, or complain of the verb."""
        has_one = isinstance(value, Func | list | dict | bytes) or values.kind_name(value) == "ptr"
        nil = isinstance(value, GoObject) and value.go_nil
        if not has_one or verb not in "vpbodxX":
            self.bad_verb(value, verb)
        elif verb in "bodxX":
            self.integer(0 if nil else _ADDRESS, verb, signed=False)
        elif self.sharp_v:
            self.out.append(f"({values.type_name(value)})({'nil' if nil else f'{_ADDRESS:#x}'})")
        elif nil and verb == "v":
            self.pad("<nil>")
        else:
            self.pad(f"{_ADDRESS:x}" if self.sharp else f"{_ADDRESS:#x}")

    # -- strings

    def string(self, value: str, verb: str) -> None:
        """Write a string."""
        match verb:
            case "v" if self.sharp_v:
                self.quoted(value)
            case "v" | "s":
                self.string_text(value)
            case "x" | "X":
                self.hexadecimal(text.to_bytes(value), verb)
            case "q":
                self.quoted(value)
            case _:
                self.bad_verb(value, verb)

    def string_text(self, value: str) -> None:
        """Write a string as it is, cut at the precision."""
        self.pad(value if self.precision is None else value[: self.precision])

    def quoted(self, value: str) -> None:
        """Write a string as a Go literal."""
        if self.precision is not None:
            value = value[: self.precision]
        if self.sharp and text.can_backquote(value):
            self.pad(f"`{value}`")
        else:
            self.pad(text.quote(value, ascii_only=self.plus))

    def hexadecimal(self, data: bytes, verb: str) -> None:
        """Write the bytes as pairs of digits."""
        if self.precision is not None:
            data = data[: self.precision]
        if not data:
            self.padding(self.width or 0)
            return
        prefix = "0" + verb if self.sharp else ""
        pairs = data.hex() if verb == "x" else data.hex().upper()
        if self.space:
            pairs = " ".join(f"{prefix}{pairs[at : at + 2]}" for at in range(0, len(pairs), 2))
        else:
            pairs = prefix + pairs
        self.pad(pairs)

    def byte_list(self, value: bytes, verb: str, name: str) -> None:
        """Write a []byte."""
        match verb:
            case "v" | "d":
                self.out.append(f"{name}{{" if self.sharp_v else "[")
                for index, byte in enumerate(value):
                    if index:
                        self.out.append(", " if self.sharp_v else " ")
                    self.integer(byte, "v", signed=False)
                self.out.append("}" if self.sharp_v else "]")
            case "s":
                self.string_text(text.from_bytes(value))
            case "x" | "X":
                self.hexadecimal(value, verb)
            case "q":
                self.quoted(text.from_bytes(value))
            case _:
                self._byte_slice(value, verb, 0)

    def _byte_slice(self, value: bytes, verb: str, depth: int) -> None:
        if verb in "sqxX" or (verb == "v" and self.sharp_v):
            self.byte_list(value, verb, "[]uint8")
            return
        if verb in "vd" and self.width is None and self.precision is None and not (self.plus or self.space):
            if self.spend is not None:
                self.spend(4 * len(value))
            self.out.append(f"[{' '.join([_DECIMAL[byte] for byte in value])}]")
            return
        self.out.append("[]uint8{" if self.sharp_v else "[")
        for index, byte in enumerate(value):
            if index:
                self.out.append(", " if self.sharp_v else " ")
            self.value(Uint8(byte), verb, depth + 1)
        self.out.append("}" if self.sharp_v else "]")

    # -- numbers

    def integer(self, value: int, verb: str, *, signed: bool) -> None:
        """Write an integer."""
        if verb in _BASES:
            if verb == "v" and self.sharp_v and not signed:
                sharp, self.sharp = self.sharp, True
                self._digits(int(value), 16, "x")
                self.sharp = sharp
            else:
                self._digits(int(value), _BASES[verb], verb)
        elif verb == "c":
            self.pad(_rune(wrap(int(value), 64, signed=False)))
        elif verb == "q":
            rune = wrap(int(value), 64, signed=False)
            self.pad(text.quote_rune(rune, ascii_only=self.plus))
        elif verb == "U":
            self._unicode(wrap(int(value), 64, signed=False))
        else:
            self.bad_verb(value, verb)

    def _digits(self, value: int, base: int, verb: str) -> None:
        negative = value < 0
        least = 0
        if self.precision is not None:
            least = self.precision
            if not least and not value:
                zero, self.zero = self.zero, False
                self.padding(self.width or 0)
                self.zero = zero
                return
        elif self.zero and not self.minus and self.width is not None:
            least = self.width - (1 if negative or self.plus or self.space else 0)
        if self.spend is not None:
            self.spend(least)
        digits = format(abs(value), _FORMATS[base]).rjust(least, "0")
        if self.sharp:
            if base == 8 and digits[0] != "0":
                digits = "0" + digits
            digits = _PREFIXES.get(base, "") + digits
        if verb == "X":
            digits = digits.upper()
        if verb == "O":
            digits = "0o" + digits
        sign = "-" if negative else "+" if self.plus else " " if self.space else ""
        self.pad_without_zeros(sign + digits)

    def _unicode(self, rune: int) -> None:
        digits = f"U+{rune:0{max(4, self.precision or 0)}X}"
        if self.sharp and rune <= _MAX_RUNE and not text.is_surrogate(rune) and text.is_print(chr(rune)):
            digits += f" '{chr(rune)}'"
        self.pad_without_zeros(digits)

    def floating(self, value: float, verb: str) -> None:
        """Write a float64."""
        match verb:
            case "v":
                self._float(value, "g", -1)
            case "b" | "g" | "G" | "x" | "X":
                self._float(value, verb, -1)
            case "f" | "e" | "E":
                self._float(value, verb, 6)
            case "F":
                self._float(value, "f", 6)
            case _:
                self.bad_verb(value, verb)

    def _float(self, value: float, verb: str, precision: int) -> None:
        if self.precision is not None:
            precision = self.precision
            if self.spend is not None:
                self.spend(precision)
        number = floats.append_float(value, verb, precision)
        if number[0] not in "+-":
            number = "+" + number
        if self.space and number[0] == "+" and not self.plus:
            number = " " + number[1:]
        if number[1] in "IN":
            if number[1] == "N" and not self.space and not self.plus:
                number = number[1:]
            self.pad_without_zeros(number)
            return
        if self.sharp and verb != "b":
            number = _with_point(number, verb, precision)
        if self.plus or number[0] != "+":
            if self.zero and not self.minus and self.width is not None and self.width > len(number):
                self.out.append(number[0])
                self.padding(self.width - len(number))
                self.out.append(number[1:])
                return
            self.pad(number)
            return
        self.pad(number[1:])

    def complex_number(self, value: complex, verb: str) -> None:
        """Write a complex128 as (real+imaginaryi)."""
        if verb not in "vbgGxXfFeE":
            self.bad_verb(value, verb)
            return
        plus = self.plus
        self.out.append("(")
        self.floating(value.real, verb)
        self.plus = True
        self.floating(value.imag, verb)
        self.out.append("i)")
        self.plus = plus


def _rune(rune: int) -> str:
    return "\ufffd" if rune > _MAX_RUNE or text.is_surrogate(rune) else chr(rune)


def _elements(value: Any, kind: str) -> list[tuple[Any, Any]]:
    if kind == "slice":
        return [(None, element) for element in value]
    fields: Mapping[Any, Any] = value.go_layout() if kind == "struct" else value
    return list(fields.items()) if kind == "struct" else sorted(fields.items(), key=_first)


def _first(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _with_point(number: str, verb: str, precision: int) -> str:
    """A number under the flag `#`: always with a point, and with its trailing zeros."""
    digits = 0
    if verb in "vgGx":
        digits = 6 if precision == -1 else precision
    tail = ""
    body = number[1:]
    for mark in "pP" if verb in "xX" else "eE":
        if mark in body:
            at = body.index(mark)
            body, tail = body[:at], body[at:]
    digits -= len(body.replace(".", "").lstrip("0"))  # as in Go, the x of a prefix counts
    if "." not in body:
        if body == "0":
            digits -= 1
        body += "."
    return number[0] + body + "0" * max(digits, 0) + tail
