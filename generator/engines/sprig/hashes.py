"""Checksums and hashes of a text's bytes."""

from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes
from generator.engines.sprig.cost import LARGE


def sha1sum(run: Run, text: str) -> str:
    """SHA-1, in hexadecimal digits."""
    import hashlib

    if len(text) > LARGE:
        run.spend(len(text))
    return hashlib.sha1(to_bytes(text), usedforsecurity=False).hexdigest()


def sha256sum(run: Run, text: str) -> str:
    """SHA-256, in hexadecimal digits."""
    import hashlib

    if len(text) > LARGE:
        run.spend(len(text))
    return hashlib.sha256(to_bytes(text)).hexdigest()


def sha512sum(run: Run, text: str) -> str:
    """SHA-512, in hexadecimal digits."""
    import hashlib

    if len(text) > LARGE:
        run.spend(len(text))
    return hashlib.sha512(to_bytes(text)).hexdigest()


def adler32sum(run: Run, text: str) -> str:
    """Adler-32, as a decimal number."""
    import zlib

    if len(text) > LARGE:
        run.spend(len(text))
    return str(zlib.adler32(to_bytes(text)))
