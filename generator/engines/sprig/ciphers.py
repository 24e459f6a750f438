"""AES-256 in CBC mode, with a key that is the password cut or filled up to 32 bytes, as upstream has it."""

import base64
from typing import Any, Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, to_bytes
from generator.engines.sprig.encoding import decode_base64

_KEY: Final = 32
_BLOCK: Final = 16


def encrypt_aes(run: Run, password: str, text: str) -> str:
    """The text encrypted, in base64, after a random first block. An empty text stays empty.

    Raises:
        FuncError: the package `cryptography` is not installed.
    """
    if not text:
        return ""
    data = to_bytes(text)
    padding = _BLOCK - len(data) % _BLOCK
    vector = run.provider.random_bytes(_BLOCK)
    encryptor = _cipher(password, vector).encryptor()
    sealed = encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(vector + sealed).decode("ascii")


def decrypt_aes(password: str, sealed: str) -> str:
    """What `encryptAES` was given.

    Raises:
        FuncError: it is no base64, or no such text; or the package `cryptography` is not installed.
    """
    if not sealed:
        return ""
    data, error = decode_base64(sealed)
    if error is not None:
        raise FuncError(error)
    if len(data) < _BLOCK:
        # Go's buffer is as large as the base64 could have filled, and a slice may use all of it.
        capacity = len(sealed) // 4 * 3
        end = f"[:{_BLOCK}] with capacity {capacity}" if capacity < _BLOCK else f"[{_BLOCK}:{len(data)}]"
        raise FuncError(f"runtime error: slice bounds out of range {end}")
    if len(data) % _BLOCK:
        raise FuncError("crypto/cipher: input not full blocks")
    if len(data) == _BLOCK:
        raise FuncError("runtime error: index out of range [-1]")
    decryptor = _cipher(password, data[:_BLOCK]).decryptor()
    opened = decryptor.update(data[_BLOCK:]) + decryptor.finalize()
    kept = len(opened) - opened[-1]
    if kept < 0:
        raise FuncError(f"runtime error: slice bounds out of range [:{kept}]")
    return from_bytes(opened[:kept])


def _cipher(password: str, vector: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    except ModuleNotFoundError:
        raise FuncError("this function needs the Python package cryptography, which is not installed") from None
    key = to_bytes(password)[:_KEY].ljust(_KEY, b"\0")
    return Cipher(algorithms.AES(key), modes.CBC(vector))
