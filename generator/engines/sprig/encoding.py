"""Base64 and base32. What does not decode gives the error as text, which is upstream's way."""

import base64
import binascii
import re
from typing import Final

from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, to_bytes
from generator.engines.sprig.cost import STEP

_LINE_BREAKS: Final = re.compile(rb"[\r\n]")
_BASE64: Final = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_BASE64_DIGITS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_BASE32_DIGITS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_PADDING: Final = ord("=")


def b64enc(run: Run, text: str) -> str:
    """The bytes in base64."""
    run.spend(2 * len(text))
    return base64.b64encode(to_bytes(text)).decode("ascii")


def b64dec(run: Run, text: str) -> str:
    """The bytes that base64 holds, line breaks skipped, or the error as text."""
    run.spend(2 * len(text))
    data, error = decode_base64(text)
    return from_bytes(data) if error is None else error


def decode_base64(text: str) -> tuple[bytes, str | None]:
    """The bytes that base64 holds, and None, or the error in Go's words."""
    data = to_bytes(text)
    plain = _LINE_BREAKS.sub(b"", data)
    if _BASE64.fullmatch(plain):
        return binascii.a2b_base64(plain), None
    return b"", f"illegal base64 data at input byte {_base64_error(data)}"


def _base64_error(data: bytes) -> int:
    """Where Go's decoder gives up; there is such a place."""
    size = len(data)
    digits = 0
    for at, byte in enumerate(data):
        if byte in _BASE64_DIGITS:
            digits += 1
        elif byte not in b"\r\n":
            if byte != _PADDING or digits % 4 < 2:
                return at
            after = _past_line_breaks(data, at + 1)
            if digits % 4 == 2:
                if after == size:
                    return size
                if data[after] != _PADDING:
                    return after - 1
                after = _past_line_breaks(data, after + 1)
            return after
    return size - digits % 4


def _past_line_breaks(data: bytes, at: int) -> int:
    while data[at : at + 1] in (b"\r", b"\n"):
        at += 1
    return at


def b32enc(run: Run, text: str) -> str:
    """The bytes in base32."""
    run.spend(STEP * len(text))
    return base64.b32encode(to_bytes(text)).decode("ascii")


def b32dec(run: Run, text: str) -> str:
    """The bytes that base32 holds, line breaks skipped, or the error as text."""
    run.spend(STEP * len(text))
    data = _LINE_BREAKS.sub(b"", to_bytes(text))
    place, fits = _base32_end(data)
    if not fits:
        return f"illegal base32 data at input byte {place}"
    return from_bytes(base64.b32decode(data[:place] + b"=" * (-place % 8)))


def _base32_end(data: bytes) -> tuple[int, bool]:
    """Where the digits end, and True; or where Go's decoder gives up, and False."""
    size = len(data)
    for at, byte in enumerate(data):
        if byte in _BASE32_DIGITS:
            continue
        place, left = at % 8, size - at - 1
        if byte != _PADDING or place < 2 or left >= 8:
            return at, False
        if left + place < 7:
            return size, False
        for following in range(at + 1, at + 8 - place):
            if data[following] != _PADDING:
                return following - 1, False
        return at, place not in (3, 6)
    return (size, True) if size % 8 == 0 else (size - size % 8, False)
