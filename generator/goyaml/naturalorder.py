"""The order in which go-yaml writes keys: numbers inside them count as numbers, and letters come last."""

import unicodedata
from functools import cmp_to_key
from typing import Final

from generator.pattern import pattern

_CODE_POINT_ORDER: Final = pattern(r"[A-Za-z./ -]*\Z")
"""Keys of these characters only are in the order of their code points."""


def sort_keys(keys: list[str], *, version: int) -> list[str]:
    """*keys*, all different, in the order of go-yaml's *version*, 2 or 3."""
    if _CODE_POINT_ORDER.match("".join(keys)):
        return sorted(keys)

    def compare(left: str, right: str) -> int:
        return -1 if _less(left, right, version) else 1

    return sorted(keys, key=cmp_to_key(compare))


def _less(left: str, right: str, version: int) -> bool:
    behind_digit = False
    for at, (one, other) in enumerate(zip(left, right, strict=False)):
        if one == other:
            behind_digit = one.isdecimal()
            continue
        letter, other_letter = _is_letter(one), _is_letter(other)
        if letter and other_letter:
            return one < other
        if letter or other_letter:
            # Version 3 has `a1b` before `a10`.
            return letter if behind_digit and version == 3 else other_letter
        before = 1 if "0" in {one, other} and _inside_number(left[:at]) else 0
        number, length = _number(left[at:], before)
        other_number, other_length = _number(right[at:], before)
        if number != other_number:
            return number < other_number
        return length < other_length if length != other_length else one < other
    return len(left) < len(right)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L"


def _inside_number(head: str) -> bool:
    """Whether *head* ends with a number that is more than zeros."""
    digits = len(head)
    while digits and head[digits - 1].isdecimal():
        digits -= 1
    return head[digits:].strip("0") != ""


def _number(tail: str, before: int) -> tuple[int, int]:
    """The number that *tail* starts with, as Go's int64 would wrap it, behind the digit *before*; its length."""
    number, length = before, 0
    for char in tail:
        if not char.isdecimal():
            break
        number = (number * 10 + ord(char) - ord("0") + 2**63) % 2**64 - 2**63
        length += 1
    return number, length
