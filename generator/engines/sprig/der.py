"""The distinguished encoding rules of ASN.1, as far as certificates need them, and PEM around them."""

import base64
import binascii
import re
from typing import Final, NamedTuple

_PRINTABLE: Final = re.compile(r"[A-Za-z0-9 '()+,./:=?-]*\Z")
_PEM: Final = re.compile(
    r"^-----BEGIN (?P<label>[^\r\n]*?)-----[ \t]*\r?\n(?P<headers>(?:[^\r\n:]+:[^\r\n]*\r?\n)*)"
    r"(?P<body>[A-Za-z0-9+/=\s]*?)-----END (?P=label)-----",
    re.MULTILINE,
)


class PemBlock(NamedTuple):
    """A label, such as `CERTIFICATE`, and the bytes."""

    label: str
    data: bytes


def write_pem(label: str, data: bytes) -> str:
    """The bytes in base64, 64 characters a line, between the label's two lines."""
    text = base64.b64encode(data).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def read_pem(text: str) -> PemBlock | None:
    """The first block in a text, None if there is none."""
    for match in _PEM.finditer(text):
        try:
            return PemBlock(match["label"], binascii.a2b_base64("".join(match["body"].split()), strict_mode=True))
        except binascii.Error:
            continue
    return None


def element(tag: int, *contents: bytes) -> bytes:
    """One element of a tag, holding the contents."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*contents: bytes) -> bytes:
    """SEQUENCE."""
    return element(0x30, *contents)


def integer(number: int) -> bytes:
    """INTEGER, not negative."""
    return element(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(data: bytes) -> bytes:
    """OCTET STRING."""
    return element(0x04, data)


def bits(data: bytes, unused: int = 0) -> bytes:
    """BIT STRING."""
    return element(0x03, bytes((unused,)), data)


def identifier(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *others = map(int, dotted.split("."))
    data = bytearray()
    for number in (first * 40 + second, *others):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        data += bytes(reversed(septets))
    return element(0x06, bytes(data))


def text_string(text: str) -> bytes:
    """PrintableString where that can hold the text, else UTF8String."""
    return element(0x13 if _PRINTABLE.match(text) else 0x0C, text.encode())


TRUE: Final = element(0x01, b"\xff")
"""BOOLEAN; false is what is not there."""
