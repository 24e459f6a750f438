"""Numbers: conversion, 64-bit integer arithmetic, decimal arithmetic for floats, rounding, and ranges of integers."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from generator.engines.gotemplate.floats import decompose
from generator.engines.gotemplate.fmt import sprint
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import Int64, Ints
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.convert import display, parse_int, to_float, to_int, wrap
from generator.engines.sprig.cost import NUMBER


def int64(value: Any) -> Int64:
    """The value as an int64; see `convert.to_int`."""
    return Int64(to_int(value))


def atoi(text: str) -> int:
    """A decimal integer; 0 where the text is none, the nearest one where it does not fit."""
    return parse_int(text, 10)[0]


def to_decimal(run: Run, value: Any) -> Int64:
    """What the value's digits mean in octal, 0 where they mean nothing."""
    number, fits = parse_int(display(run, value), 8)
    return Int64(number if fits else 0)


def add1(value: Any) -> Int64:
    """The value plus 1."""
    return Int64(wrap(to_int(value) + 1))


def add(*values: Any) -> Int64:
    """The sum."""
    return Int64(wrap(sum(map(to_int, values))))


def sub(left: Any, right: Any) -> Int64:
    """The difference."""
    return Int64(wrap(to_int(left) - to_int(right)))


def mul(value: Any, *values: Any) -> Int64:
    """The product."""
    product = to_int(value)
    for factor in values:
        product = wrap(product * to_int(factor))
    return Int64(product)


def div(left: Any, right: Any) -> Int64:
    """The quotient, rounded towards zero."""
    return Int64(wrap(_divmod(to_int(left), to_int(right))[0]))


def mod(left: Any, right: Any) -> Int64:
    """The remainder, with the sign of `left`."""
    return Int64(_divmod(to_int(left), to_int(right))[1])


def _divmod(left: int, right: int) -> tuple[int, int]:
    if right == 0:
        raise FuncError("runtime error: integer divide by zero")
    quotient = abs(left) // abs(right)
    if (left < 0) != (right < 0):
        quotient = -quotient
    return quotient, left - quotient * right


def greatest(value: Any, *values: Any) -> Int64:
    """The greatest of the values as integers."""
    return Int64(max(map(to_int, (value, *values))))


def least(value: Any, *values: Any) -> Int64:
    """The least of the values as integers."""
    return Int64(min(map(to_int, (value, *values))))


def maxf(value: Any, *values: Any) -> float:
    """The greatest of the values as floats; NaN wins unless there is +Inf."""
    result = to_float(value)
    for other in map(to_float, values):
        result = -_min(-result, -other)
    return result


def minf(value: Any, *values: Any) -> float:
    """The least of the values as floats; NaN wins unless there is -Inf."""
    result = to_float(value)
    for other in map(to_float, values):
        result = _min(result, other)
    return result


def _min(left: float, right: float) -> float:
    if -math.inf in (left, right):
        return -math.inf
    if math.isnan(left) or math.isnan(right):
        return math.nan
    if left == right == 0:
        return left if math.copysign(1, left) < 0 else right
    return min(left, right)


class _Decimal(NamedTuple):
    """`coefficient` times ten to the power of `exponent`: exact, as shopspring/decimal keeps it."""

    coefficient: int
    exponent: int

    def over(self, exponent: int) -> int:
        """The coefficient for a lower exponent."""
        power: int = 10 ** (self.exponent - exponent)
        return self.coefficient * power


def _decimal(value: float) -> _Decimal:
    """The shortest decimal that reads back as `value`."""
    if not math.isfinite(value):
        raise FuncError(f"Cannot create a Decimal from {sprint(value)}")
    sign, digits, exponent = decompose(repr(value))
    return _Decimal(int(sign + digits), exponent - len(digits) + 1)


def _to_float(number: _Decimal) -> float:
    try:
        if number.exponent < 0:
            divisor: int = 10**-number.exponent
            return number.coefficient / divisor
        return float(number.over(0))
    except OverflowError:
        return math.inf if number.coefficient > 0 else -math.inf


def _fold(operation: Callable[[_Decimal, _Decimal], _Decimal], first: Any, values: tuple[Any, ...]) -> float:
    result = _decimal(to_float(first))
    for value in values:
        result = operation(result, _decimal(to_float(value)))
    return _to_float(result)


def _plus(left: _Decimal, right: _Decimal) -> _Decimal:
    exponent = min(left.exponent, right.exponent)
    return _Decimal(left.over(exponent) + right.over(exponent), exponent)


def _minus(left: _Decimal, right: _Decimal) -> _Decimal:
    return _plus(left, _Decimal(-right.coefficient, right.exponent))


def _times(left: _Decimal, right: _Decimal) -> _Decimal:
    return _Decimal(left.coefficient * right.coefficient, left.exponent + right.exponent)


_DIVISION_DIGITS = 16


def _quotient(left: _Decimal, right: _Decimal) -> _Decimal:
    """The quotient to 16 decimal places, rounded half away from zero."""
    if right.coefficient == 0:
        raise FuncError("decimal division by 0")
    exponent = min(left.exponent, right.exponent)
    dividend = abs(left.over(exponent)) * 10**_DIVISION_DIGITS
    divisor = abs(right.over(exponent))
    result = (2 * dividend + divisor) // (2 * divisor)
    if (left.coefficient < 0) != (right.coefficient < 0):
        result = -result
    return _Decimal(result, -_DIVISION_DIGITS)


def add1f(value: Any) -> float:
    """The value plus 1, as decimals."""
    return _fold(_plus, value, (1,))


def addf(*values: Any) -> float:
    """The sum, as decimals."""
    return _fold(_plus, 0.0, values)


def subf(value: Any, *values: Any) -> float:
    """The first value less the others, as decimals."""
    return _fold(_minus, value, values)


def mulf(value: Any, *values: Any) -> float:
    """The product, as decimals."""
    return _fold(_times, value, values)


def divf(value: Any, *values: Any) -> float:
    """The first value divided by the others one by one, each time to 16 decimal places."""
    return _fold(_quotient, value, values)


def floor(value: Any) -> float:
    """The next integer below, as a float."""
    return _floor(to_float(value))


def ceil(value: Any) -> float:
    """The next integer above, as a float."""
    return -_floor(-to_float(value))


def _floor(value: float) -> float:
    return math.copysign(math.floor(value), value) if math.isfinite(value) else value


def round_to(value: Any, places: int, *round_on: float) -> float:
    """The value to so many decimal places; a fraction of `round_on` (0.5) or more goes up.

    A negative number always goes down, for its fraction is negative: this is upstream's rule.
    """
    threshold = round_on[0] if round_on else 0.5
    scale = _power_of_ten(float(places))
    scaled = scale * to_float(value)
    fraction = math.fmod(scaled, 1) if math.isfinite(scaled) else math.nan
    rounded = -_floor(-scaled) if fraction >= threshold else _floor(scaled)
    return rounded / scale if scale else math.nan


def _power_of_ten(power: float) -> float:
    """math.Pow(10, power) for whole powers, which is not always the nearest float."""
    if power in (0, 1):
        return 1.0 if power == 0 else 10.0
    if abs(power) >= 1 << 63:
        return 0.0 if power < 0 else math.inf
    result, exponent = 1.0, 0
    factor, factor_exponent = math.frexp(10.0)
    left = int(abs(power))
    while left:
        if not -(1 << 12) <= factor_exponent <= 1 << 12:
            exponent += factor_exponent
            break
        if left & 1:
            result *= factor
            exponent += factor_exponent
        factor *= factor
        factor_exponent <<= 1
        if factor < 0.5:
            factor += factor
            factor_exponent -= 1
        left >>= 1
    if power < 0:
        result, exponent = 1 / result, -exponent
    try:
        return math.ldexp(result, exponent)
    except OverflowError:
        return math.inf


def until(run: Run, count: int) -> Ints:
    """The integers from 0 to before `count`, downwards for a negative one."""
    return until_step(run, 0, count, -1 if count < 0 else 1)


def until_step(run: Run, start: int, stop: int, step: int) -> Ints:
    """The integers from `start` to before `stop`; none where `step` leads away."""
    run.spend(NUMBER * _count(start, stop, step))
    return Ints(_range(start, stop, step))


def _range(start: int, stop: int, step: int) -> range:
    return range(start, stop, step) if step else range(0)


def _count(start: int, stop: int, step: int) -> int:
    # len() refuses ranges of more than a machine word.
    return max(0, (stop - start + step - (1 if step > 0 else -1)) // step) if step else 0


def seq(run: Run, *bounds: int) -> str:
    """The integers from start to end inclusive, with blanks between: `end`, `start end`, or `start step end`."""
    match bounds:
        case (end,):
            start, step = 1, 1 if end >= 1 else -1
        case (start, end):
            step = 1 if end >= start else -1
        case (start, step, end):
            if end < start and step > 0:
                return ""
        case _:
            return ""
    stop = wrap(end + (1 if end >= start else -1))
    numbers = _range(start, stop, step)
    run.spend(_count(start, stop, step) * (1 + max(len(str(start)), len(str(stop)))))
    return " ".join(map(str, numbers))
