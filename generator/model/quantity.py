"""Kubernetes quantities (`500m`, `1.5Gi`, `1e3`), by value and without rounding of our own.

The rules are those of k8s.io/apimachinery/pkg/api/resource: nothing is finer than a nano (rounded away from
zero), and binary amounts end at the largest int64. Two departures, both stricter: a suffix without a digit (`Gi`),
which Go takes for 0 or refuses by accident of its size, and an exponent beyond 100, which Go would compute for
minutes.
"""

import re
from fractions import Fraction
from math import ceil

_FORM = re.compile(r"([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[+-]?[0-9]*)", re.ASCII)
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]{1,18})", re.ASCII)
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_WRITTEN = re.compile(r"\s*([0-9]+)(?:[.,]([0-9]+))?\s*([A-Za-z]*)\s*", re.ASCII)
_MEANT = {
    "b": ("",), "byte": ("",), "bytes": ("",),
    "ki": ("Ki",), "kib": ("Ki",), "k": ("k",), "kb": ("Ki", "k"),
    "mi": ("Mi",), "mib": ("Mi",), "mb": ("Mi", "M"),
    "gi": ("Gi",), "gib": ("Gi",), "g": ("Gi", "G"), "gb": ("Gi", "G"),
    "ti": ("Ti",), "tib": ("Ti",), "t": ("Ti", "T"), "tb": ("Ti", "T"),
    "m": ("Mi", "M"), "mcpu": ("m",), "millicpu": ("m",), "millicores": ("m",),
    "cpu": ("",), "cpus": ("",), "vcpu": ("",), "core": ("",), "cores": ("",),
}  # fmt: skip
"""What people write after digits, in small letters, and the suffixes that may be meant, the likeliest first."""

_BYTES = frozenset({"memory", "storage", "ephemeral-storage", "sizeLimit"})

_NANOS = 10**9
_MAX_BINARY = 2**63 - 1
_MAX_EXPONENT = 100


class QuantityError(ValueError):
    """A text that is not a quantity."""


def parse(quantity: str | float) -> Fraction:
    """The exact amount. A number of YAML counts as its digits do.

    Raises:
        QuantityError: it is not a quantity.
    """
    text = str(quantity)
    form = _FORM.fullmatch(text)
    if not form:
        raise QuantityError(f"{text!r} is not a quantity such as 500m, 2 or 10Gi")
    sign, whole, decimals, suffix = form.group(1), form.group(2), form.group(3) or "", form.group(4)
    amount = Fraction(int(f"0{whole}{decimals}"), 10 ** len(decimals))
    if suffix in _BINARY:
        amount = min(_in_nanos(amount * 2 ** _BINARY[suffix]), Fraction(_MAX_BINARY))
    else:
        amount = _in_nanos(amount * Fraction(10) ** _exponent(text, suffix))
    return -amount if sign == "-" else amount


def same(one: str | float, other: str | float) -> bool:
    """Whether both say the same amount; texts that are no quantities are the same when they are equal."""
    try:
        return parse(one) == parse(other)
    except QuantityError:
        return one == other


def advice(text: str, name: str) -> str:
    """What to write in place of a *text* that is no quantity, for an amount that is called *name* (`cpu`, `memory`)."""
    form = _WRITTEN.fullmatch(text)
    suffixes = _meant(form.group(3), name) if form else ()
    if form and suffixes:
        digits = f"{form.group(1)}.{form.group(2)}" if form.group(2) else form.group(1)
        first, *others = (f"{digits}{suffix}" for suffix in suffixes)
        return f"write {first}" + "".join(f", or {one} for powers of 1000" for one in others)
    if name == "cpu":
        return "processors in digits: 2, or 500m for half of one"
    if name in _BYTES:
        return "bytes in digits: 512Mi, or 10Gi"
    return "a number with one of the suffixes m, k, M, G, T, Ki, Mi, Gi, Ti"


def _meant(suffix: str, name: str) -> tuple[str, ...]:
    """The suffixes that one may stand for; a sound one for itself, but nobody means thousandths of a byte."""
    if suffix in _DECIMAL.keys() | _BINARY.keys() and not (suffix == "m" and name in _BYTES):
        return (suffix,)
    return _MEANT.get(suffix.lower(), ())


def _exponent(text: str, suffix: str) -> int:
    """The power of ten that a decimal suffix or an exponent stands for."""
    if suffix in _DECIMAL:
        return _DECIMAL[suffix]
    form = _EXPONENT.fullmatch(suffix)
    if not form:
        raise QuantityError(f"{text!r} has the unknown suffix {suffix!r}; known are m, k, M, G, T, Ki, Mi, Gi, Ti")
    exponent = int(form.group(1))
    if abs(exponent) > _MAX_EXPONENT:
        raise QuantityError(f"{text!r} has an exponent beyond {_MAX_EXPONENT}")
    return exponent


def _in_nanos(amount: Fraction) -> Fraction:
    return Fraction(ceil(amount * _NANOS), _NANOS)
