"""IP addresses as Go's net/netip reads them, and its words for those that are none."""

from typing import Final

from generator.engines.gotemplate.text import quote

_DIGITS: Final = frozenset("0123456789")
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")


class AddressError(Exception):
    """The text is no IP address; Go's words."""

    def __init__(self, text: str, message: str, rest: str = "") -> None:
        super().__init__(f"ParseAddr({quote(text)}): {message}" + (f" (at {quote(rest)})" if rest else ""))


def check_address(text: str) -> int:
    """4 or 6, the version of the address that `text` spells; a zone after `%` is allowed in version 6.

    Raises:
        AddressError: it spells none.
    """
    for character in text:
        if character == ".":
            _check_v4(text, text)
            return 4
        if character == ":":
            _check_v6(text)
            return 6
        if character == "%":
            raise AddressError(text, "missing IPv6 address")
    raise AddressError(text, "unable to parse IP")


def _check_v4(text: str, part: str) -> None:
    value = digits = fields = 0
    for at, character in enumerate(part):
        if character in _DIGITS:
            if digits == 1 and value == 0:
                raise AddressError(text, "IPv4 field has octet with leading zero")
            value = value * 10 + int(character)
            digits += 1
            if value > 255:
                raise AddressError(text, "IPv4 field has value >255")
        elif character == ".":
            if digits == 0 or at == len(part) - 1:
                raise AddressError(text, "IPv4 field must have at least one digit", part[at:])
            if fields == 3:
                raise AddressError(text, "IPv4 address too long")
            fields += 1
            value = digits = 0
        else:
            raise AddressError(text, "unexpected character", part[at:])
    if fields < 3:
        raise AddressError(text, "IPv4 address too short")


def _check_v6(text: str) -> None:
    rest, percent, zone = text.partition("%")
    if percent and not zone:
        raise AddressError(text, "zone must be a non-empty string")
    taken = 0  # bytes of the address
    ellipsis = rest.startswith("::")
    if ellipsis:
        rest = rest[2:]
        if not rest:
            return
    while taken < 16:
        digits = _group(text, rest)
        if rest[digits : digits + 1] == ".":
            if not ellipsis and taken != 12:
                raise AddressError(text, "embedded IPv4 address must replace the final 2 fields of the address", rest)
            if taken > 12:
                raise AddressError(text, "too many hex fields to fit an embedded IPv4 at the end of the address", rest)
            _check_v4(text, rest)
            rest = ""
            taken += 4
            break
        taken += 2
        rest = rest[digits:]
        if not rest:
            break
        if rest[0] != ":":
            raise AddressError(text, "unexpected character, want colon", rest)
        if rest == ":":
            raise AddressError(text, "colon must be followed by more characters", rest)
        rest = rest[1:]
        if rest[0] == ":":
            if ellipsis:
                raise AddressError(text, "multiple :: in address", rest)
            ellipsis = True
            rest = rest[1:]
            if not rest:
                break
    if rest:
        raise AddressError(text, "trailing garbage after address", rest)
    if taken < 16 and not ellipsis:
        raise AddressError(text, "address string too short")
    if taken == 16 and ellipsis:
        raise AddressError(text, "the :: must expand to at least one field of zeros")


def _group(text: str, rest: str) -> int:
    """How many hexadecimal digits `rest` starts with."""
    digits = 0
    for character in rest:
        if character not in _HEX_DIGITS:
            break
        digits += 1
        if digits > 4:
            raise AddressError(text, "each group must have 4 or less digits", rest)
    if digits == 0:
        raise AddressError(text, "each colon-separated field must have at least one digit", rest)
    return digits
