"""Go's package fmt: `Sprint`, `Sprintln` and `Sprintf` over Go values as Python holds them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from generator.engines.gotemplate import values
from generator.engines.gotemplate.gotypes import GoObject
from generator.engines.gotemplate.printer import Printer, Spend

_PLAIN = frozenset({str, int, float, bool})
_TOO_LARGE = 1_000_000  # fmt's own bound on widths and precisions


def sprint(*args: Any, spend: Spend | None = None) -> str:
    """Operands in their default format, with a space between two of which neither is a string."""
    if len(args) == 1 and args[0].__class__ in _PLAIN:
        return values.show(args[0])
    printer = Printer(spend)
    out = printer.out
    previous = True
    for arg in args:
        string = values.kind_name(arg) == "string"
        if not string and not previous:
            out.append(" ")
        printer.arg(arg, "v")
        previous = string
    return "".join(out)


def printable(said: str, value: Any) -> str:
    """What templates print where fmt says this of a value: a pointer to a struct is shown as the struct."""
    return said.removeprefix("&") if isinstance(value, GoObject) and value.go_kind == "ptr" else said


def sprintln(*args: Any, spend: Spend | None = None) -> str:
    """Operands in their default format, always with spaces between them, and a newline."""
    printer = Printer(spend)
    for index, arg in enumerate(args):
        if index:
            printer.out.append(" ")
        printer.arg(arg, "v")
    return "".join(printer.out) + "\n"


def sprintf(format_: str, *args: Any, spend: Spend | None = None) -> str:
    """`args` as the format says. `spend` is told what padding, and elements of lists and maps, cost, before they are.

    What is wrong with the format stands in the result, as in Go: `%!d(string=a)`.
    """
    simple = _simple(format_)
    if simple is not None and len(simple) == 2 * len(args) + 1:
        out: list[str] = list(simple)
        at = 1
        for arg in args:
            if arg.__class__ is str:
                out[at] = arg
            elif simple[at] == "v":
                out[at] = _shown(arg, spend)
            else:
                break
            at += 2
        else:
            return "".join(out)
    printer = _Formatter(args, spend)
    printer.run(format_)
    return "".join(printer.out)


def _shown(value: Any, spend: Spend | None) -> str:
    if value.__class__ in _PLAIN:
        return values.show(value)
    return sprint(value, spend=spend)


@lru_cache(maxsize=1024)
def _simple(format_: str) -> tuple[str, ...] | None:
    """Literal, verb, literal, verb … literal, for a format of nothing but bare %s and %v."""
    pieces: list[str] = []
    for index, piece in enumerate(format_.split("%")):
        if index:
            if piece[:1] not in ("s", "v"):
                return None
            pieces += (piece[0], piece[1:])
        else:
            pieces.append(piece)
    return tuple(pieces)


class _Formatter(Printer):
    """Writes operands as a format says."""

    def __init__(self, args: Sequence[Any], spend: Spend | None = None) -> None:
        super().__init__(spend)
        self.args = args
        self.reordered = False
        self.good_number = True

    def run(self, format_: str) -> None:
        """Write the operands as the format says."""
        at, end, number = 0, len(format_), 0
        after_index = False
        while at < end:
            self.good_number = True
            percent = format_.find("%", at)
            if percent < 0:
                self.out.append(format_[at:])
                break
            if percent > at:
                self.out.append(format_[at:percent])
            at = percent + 1
            self.clear()
            at = self._flags(format_, at)
            number, at, after_index = self._argument_number(number, format_, at)
            number, at, after_index = self._width(number, format_, at, after_index=after_index)
            number, at, after_index = self._precision(number, format_, at, after_index=after_index)
            if not after_index:
                number, at, after_index = self._argument_number(number, format_, at)
            if at >= end:
                self.out.append("%!(NOVERB)")
                break
            verb = format_[at]
            at += 1
            if verb == "%":
                self.out.append("%")
            elif not self.good_number:
                self.out.append(f"%!{verb}(BADINDEX)")
            elif number >= len(self.args):
                self.out.append(f"%!{verb}(MISSING)")
            else:
                if verb in "vw":
                    self.sharp_v, self.sharp = self.sharp, False
                    self.plus_v, self.plus = self.plus, False
                self.arg(self.args[number], verb)
                number += 1
        if not self.reordered and number < len(self.args):
            self._extra(self.args[number:])

    def _flags(self, format_: str, at: int) -> int:
        while at < len(format_):
            match format_[at]:
                case "#":
                    self.sharp = True
                case "0":
                    self.zero = True
                case "+":
                    self.plus = True
                case "-":
                    self.minus = True
                case " ":
                    self.space = True
                case _:
                    break
            at += 1
        return at

    def _width(self, number: int, format_: str, at: int, *, after_index: bool) -> tuple[int, int, bool]:
        if format_[at : at + 1] == "*":
            self.width, number = self._int_argument(number)
            if self.width is None:
                self.out.append("%!(BADWIDTH)")
            elif self.width < 0:
                self.width = -self.width
                self.minus = True
                self.zero = False
            return number, at + 1, False
        self.width, at = _number(format_, at, len(format_))
        if after_index and self.width is not None:
            self.good_number = False
        return number, at, after_index

    def _precision(self, number: int, format_: str, at: int, *, after_index: bool) -> tuple[int, int, bool]:
        if at + 1 >= len(format_) or format_[at] != ".":
            return number, at, after_index
        if after_index:
            self.good_number = False
        number, at, after_index = self._argument_number(number, format_, at + 1)
        if format_[at : at + 1] == "*":
            self.precision, number = self._int_argument(number)
            if self.precision is not None and self.precision < 0:
                self.precision = None
            if self.precision is None:
                self.out.append("%!(BADPREC)")
            return number, at + 1, False
        precision, at = _number(format_, at, len(format_))
        self.precision = precision or 0
        return number, at, after_index

    def _argument_number(self, number: int, format_: str, at: int) -> tuple[int, int, bool]:
        """An explicit `[n]`: the operand that comes next, where the format goes on, and whether it was found."""
        if format_[at : at + 1] != "[":
            return number, at, False
        self.reordered = True
        close = format_.find("]", at)
        if close < 0 or len(format_) - at < 3:
            self.good_number = False
            return number, at + 1, False
        index, stopped = _number(format_, at + 1, close)
        if index is None or stopped != close:
            self.good_number = False
            return number, close + 1, False
        if 0 < index <= len(self.args):
            return index - 1, close + 1, True
        self.good_number = False
        return number, close + 1, True

    def _int_argument(self, number: int) -> tuple[int | None, int]:
        if number >= len(self.args):
            return None, number
        value = self.args[number]
        number += 1
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _TOO_LARGE:
            return int(value), number
        return None, number

    def _extra(self, rest: Sequence[Any]) -> None:
        self.clear()
        self.out.append("%!(EXTRA ")
        for index, value in enumerate(rest):
            if index:
                self.out.append(", ")
            if value is None:
                self.out.append("<nil>")
            else:
                self.out.append(values.type_name(value) + "=")
                self.arg(value, "v")
        self.out.append(")")


def _number(format_: str, start: int, end: int) -> tuple[int | None, int]:
    """Digits at `start`: their value and where they stop. A number beyond all bounds swallows the rest."""
    at, value = start, None
    while at < end and "0" <= format_[at] <= "9":
        if value is not None and value > _TOO_LARGE:
            return None, end
        value = (value or 0) * 10 + int(format_[at])
        at += 1
    return value, at
