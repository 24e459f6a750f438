"""Checksums and hashes of a text's bytes."""

from generator.engines.gotemplate.text import to_bytes


def sha1sum(text: str) -> str:
    """SHA-1, in hexadecimal digits."""
    import hashlib

    return hashlib.sha1(to_bytes(text), usedforsecurity=False).hexdigest()


def sha256sum(text: str) -> str:
    """SHA-256, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(to_bytes(text)).hexdigest()


def sha512sum(text: str) -> str:
    """SHA-512, in hexadecimal digits."""
    import hashlib

    return hashlib.sha512(to_bytes(text)).hexdigest()


def adler32sum(text: str) -> str:
    """Adler-32, as a decimal number."""
    import zlib

    return str(zlib.adler32(to_bytes(text)))
