"""Site passwords derived from a master password, by the algorithm of that name: nothing in it is random."""

from typing import Final

from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes

_SEED: Final = b"com.lyndir.masterpassword"
_WORK: Final = 1 << 20
"""What deriving one password costs of the budget: it takes time and memory by design."""

_TEMPLATES: Final = {
    "maximum": ("anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"),
    "long": (
        "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
        "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
        "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
        "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
    ),
    "medium": ("CvcnoCvc", "CvcCvcno"),
    "short": ("Cvcn",),
    "basic": ("aaanaaan", "aannaaan", "aaannaaa"),
    "pin": ("nnnn",),
}  # fmt: skip

_LETTERS: Final = "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
_CHARACTERS: Final = {
    "V": "AEIOU",
    "C": "BCDFGHJKLMNPQRSTVWXYZ",
    "v": "aeiou",
    "c": "bcdfghjklmnpqrstvwxyz",
    "a": _LETTERS,
    "n": "0123456789",
    "o": "@&%?,=[]_:-+*$#!'^~;()/.",
    "x": _LETTERS + "0123456789!@#$%^&*()",
}


def derive_password(run: Run, counter: int, kind: str, password: str, user: str, site: str) -> str:
    """The password of a user for a site; `kind` is one of maximum, long, medium, short, basic, pin."""
    templates = _TEMPLATES.get(kind)
    if templates is None:
        return f"cannot find password template {kind}"
    import hashlib
    import hmac

    run.spend(_WORK)
    salt = _SEED + _with_length(user)
    key = hashlib.scrypt(to_bytes(password), salt=salt, n=32768, r=8, p=2, maxmem=128 << 20, dklen=64)
    # A constant that does not fit a uint32 loses its upper bits.
    message = _SEED + _with_length(site) + (counter & 0xFFFFFFFF).to_bytes(4, "big")
    seed = hmac.digest(key, message, "sha256")
    template = templates[seed[0] % len(templates)]
    characters = (_CHARACTERS[element] for element in template)
    return "".join(some[byte % len(some)] for some, byte in zip(characters, seed[1:], strict=False))


def _with_length(text: str) -> bytes:
    data = to_bytes(text)
    return len(data).to_bytes(4, "big") + data
