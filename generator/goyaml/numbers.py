"""How Go writes floating-point numbers."""

import struct
from math import isinf, isnan


def as_kubernetes(number: float) -> int | float:
    """*number*, read from YAML, as it comes out of JSON in Kubernetes: an int64 if it has no fraction, else a float64.

    Infinity and what is no number stay as they are; JSON has no form for them.
    """
    if isinstance(number, int):
        return number if number < 2**63 else float(number)
    return int(number) if number.is_integer() and -(2**63) <= number < 2**63 else number


def format_g(number: float) -> str:
    """`strconv.FormatFloat(number, 'g', -1, 64)`: `1e+06`, `0.1`, `1.5e-07`; `+Inf`, `-Inf`, `NaN`."""
    return _format(number, repr(abs(number)), 6)


def format_g32(number: float) -> str:
    """`strconv.FormatFloat(number, 'g', -1, 32)`: the fewest digits that give the same float32."""
    if isnan(number) or isinf(number):
        return _format(number, "", 6)
    try:
        wanted = struct.pack("f", number)
    except OverflowError:
        return "-Inf" if number < 0 else "+Inf"
    (number,) = struct.unpack("f", wanted)
    for precision in range(9):
        digits = f"{abs(number):.{precision}e}"
        if struct.pack("f", float(digits)) == struct.pack("f", abs(number)):
            return _format(number, digits, 6)
    raise AssertionError(number)  # nine digits tell all float32 apart


def format_json(number: float) -> str:
    """As encoding/json writes a float64: digits between 1e-6 and 1e21, else `1e-7`, `1e+21`.

    Raises:
        ValueError: *number* is infinite or not a number.
    """
    size = abs(number)
    if not size < float("inf"):
        raise ValueError(_format(number, "", 0))
    if size == 0 or 1e-6 <= size < 1e21:
        return _format(number, repr(size), 21, low=-7)
    text = _format(number, repr(size), -1, low=0)
    return text[:-2] + text[-1] if text[-4:-1] == "e-0" else text


def _format(number: float, digits: str, big: int, low: int = -4) -> str:
    """*digits* (Python's shortest for the number's size) in Go's layout.

    With an exponent where that is below *low*, or *big* and more.
    """
    if isnan(number):
        return "NaN"
    negative = number < 0 or (number == 0 and str(number)[0] == "-")
    sign = "-" if negative else ""
    if isinf(number):
        return sign + "Inf" if sign else "+Inf"
    mantissa, _, power = digits.partition("e")
    whole, _, fraction = mantissa.partition(".")
    figures = (whole + fraction).lstrip("0")
    exponent = int(power or 0) + len(whole) - 1 - (len(whole + fraction) - len(figures))
    figures = figures.rstrip("0") or "0"
    if number == 0:
        exponent = 0
    if exponent < low or exponent >= big:
        tail = f".{figures[1:]}" if len(figures) > 1 else ""
        return f"{sign}{figures[0]}{tail}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    if len(figures) <= exponent + 1:
        return sign + figures + "0" * (exponent + 1 - len(figures))
    return f"{sign}{figures[: exponent + 1]}.{figures[exponent + 1 :]}"
