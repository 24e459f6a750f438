"""Floating point numbers as Go's `strconv.AppendFloat` writes them. Precision -1 means the shortest exact text."""

import math

_INFINITE = {math.inf: "+Inf", -math.inf: "-Inf"}


def general(value: float) -> str:
    """Format `g`, shortest: what printing a float64 gives."""
    if value.is_integer() and -1e6 < value < 1e6 and value:
        return str(int(value))
    return _shortest(value)


def _shortest(value: float) -> str:
    text = repr(value)
    size = abs(value)
    if 1e-4 <= size < 1e6:
        return text.removesuffix(".0")
    if not value:
        return text.removesuffix(".0")
    if not math.isfinite(value):
        return _special(value)
    sign, digits, exponent = decompose(text)
    head = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{head}e{exponent:+03d}"


def decompose(text: str) -> tuple[str, str, int]:
    """Python's `repr` of a finite float as sign, significant digits without trailing zeros, and exponent of ten."""
    sign = "-" if text[0] == "-" else ""
    mantissa, _, exponent = text[len(sign) :].partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign, stripped.rstrip("0") or "0", point - 1


def _special(value: float) -> str:
    return _INFINITE.get(value, "NaN")


def append_float(value: float, verb: str, precision: int) -> str:
    """`strconv.AppendFloat` for 64 bits. Verbs: b e E f g G x X."""
    if not math.isfinite(value):
        return _special(value)
    match verb:
        case "b":
            return _binary(value)
        case "x" | "X":
            text = _hexadecimal(value, precision)
            return text.upper() if verb == "X" else text
        case "g" | "G":
            text = _shortest(value) if precision < 0 else f"{value:.{max(precision, 1)}g}"
            return text.upper() if verb == "G" else text
        case "f" if precision < 0:
            sign, digits, exponent = decompose(repr(value))
            return sign + _positional(digits, exponent)
        case "e" | "E" if precision < 0:
            sign, digits, exponent = decompose(repr(value))
            fraction = "." + digits[1:] if len(digits) > 1 else ""
            return f"{sign}{digits[0]}{fraction}{verb}{exponent:+03d}"
        case _:
            return f"{value:.{precision}{verb}}"


def _positional(digits: str, exponent: int) -> str:
    if digits == "0":
        return "0"
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    if len(digits) <= exponent + 1:
        return digits.ljust(exponent + 1, "0")
    return f"{digits[: exponent + 1]}.{digits[exponent + 1 :]}"


def _binary(value: float) -> str:
    """Format `b`: the mantissa as an integer, and the exponent of two."""
    sign = "-" if math.copysign(1, value) < 0 else ""
    fraction, exponent = math.frexp(abs(value))
    exponent = max(exponent - 53, -1074) if fraction else -1074
    return f"{sign}{int(math.ldexp(abs(value), -exponent)) if fraction else 0}p{exponent:+d}"


def _hexadecimal(value: float, precision: int) -> str:
    """Format `x`: one digit before the point, which is 1 except for zero; exponent of at least two digits."""
    sign = "-" if math.copysign(1, value) < 0 else ""
    fraction, exponent = math.frexp(abs(value))
    if not fraction:
        return f"{sign}0x0{'.' + '0' * precision if precision > 0 else ''}p+00"
    mantissa, exponent = int(fraction * (1 << 53)), exponent - 1  # 1 bit before the point, 52 after it
    bits = 52
    if 0 <= precision < 13:
        drop = 52 - 4 * precision
        rest, half = mantissa & ((1 << drop) - 1), 1 << (drop - 1)
        mantissa >>= drop
        bits -= drop
        if rest > half or (rest == half and mantissa & 1):
            mantissa += 1
            if mantissa >> (bits + 1):
                mantissa, exponent = mantissa >> 1, exponent + 1
    digits = f"{mantissa & ((1 << bits) - 1):0{bits // 4}x}" if bits else ""
    digits = digits.rstrip("0") if precision < 0 else digits.ljust(precision, "0")
    return f"{sign}0x1{'.' + digits if digits else ''}p{exponent:+03d}"
