"""What needs randomness, all of it taken from the run's provider.

The default provider refuses; a seeded one gives equal results for equal templates. The clock is read in `dates`, by way
of the same provider; keys and certificates are made in `keys` and `certificates`.
"""

import base64
import string
from typing import Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, to_bytes
from generator.engines.sprig.convert import wrap
from generator.engines.sprig.runes import runes

_BCRYPT_COST: Final = 10
_BCRYPT_LONGEST: Final = 72
_BCRYPT_WORK: Final = 1 << 20
"""What one hash costs of the budget: it takes time by design."""

_RANDOM: Final = 4
"""What a random byte is counted for: it is copied about so many times, and takes as long to make."""

_BASE64: Final = (string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/").encode()
_BCRYPT_BASE64: Final = ("./" + string.ascii_uppercase + string.ascii_lowercase + string.digits).encode()


def below(run: Run, limit: int) -> int:
    """A random number from 0 to before `limit`, each as likely as the others."""
    bits = (limit - 1).bit_length()
    size = (bits + 7) // 8
    while True:
        number = int.from_bytes(run.provider.random_bytes(size), "big") >> (8 * size - bits)
        if number < limit:
            return number


def _characters(run: Run, count: int, alphabet: str) -> str:
    if count <= 0:
        return ""
    run.spend(_RANDOM * count)
    # The greatest multiple of the alphabet's size that a byte holds: more would favour its first characters.
    limit = 256 - 256 % len(alphabet)
    table = bytes(ord(alphabet[byte % len(alphabet)]) for byte in range(256))
    result = bytearray()
    while len(result) < count:
        result += run.provider.random_bytes(count - len(result)).translate(table, bytes(range(limit, 256)))
    return result.decode("ascii")


def rand_alpha_num(run: Run, count: int) -> str:
    """Random letters and digits."""
    return _characters(run, count, string.ascii_letters + string.digits)


def rand_alpha(run: Run, count: int) -> str:
    """Random letters."""
    return _characters(run, count, string.ascii_letters)


def rand_numeric(run: Run, count: int) -> str:
    """Random digits."""
    return _characters(run, count, string.digits)


def rand_ascii(run: Run, count: int) -> str:
    """Random printable ASCII."""
    return _characters(run, count, "".join(map(chr, range(32, 127))))


def rand_bytes(run: Run, count: int) -> str:
    """Random bytes, in base64.

    Raises:
        FuncError: the count is negative.
    """
    if count < 0:
        raise FuncError("runtime error: makeslice: len out of range")
    run.spend(_RANDOM * count)
    return base64.b64encode(run.provider.random_bytes(count)).decode("ascii")


def rand_int(run: Run, least: int, limit: int) -> int:
    """A random integer from `least` to before `limit`.

    Raises:
        FuncError: there is none.
    """
    size = wrap(limit - least)
    if size <= 0:
        raise FuncError("invalid argument to Intn")
    return least + below(run, size)


def shuffle(run: Run, text: str) -> str:
    """The characters in random order."""
    characters = list(runes(text))
    for last in range(len(characters) - 1, 0, -1):
        other = below(run, last + 1)
        characters[last], characters[other] = characters[other], characters[last]
    return "".join(characters)


def uuidv4(run: Run) -> str:
    """A random UUID."""
    number = bytearray(run.provider.random_bytes(16))
    number[6] = number[6] & 0x0F | 0x40
    number[8] = number[8] & 0x3F | 0x80
    digits = number.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def bcrypt(run: Run, password: str) -> str:
    """The password as bcrypt hashes it, or why it does not.

    Raises:
        FuncError: the package `bcrypt` is not installed.
    """
    data = to_bytes(password)
    if len(data) > _BCRYPT_LONGEST:
        return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes"
    run.spend(_BCRYPT_WORK)
    salt = run.provider.random_bytes(16)
    try:
        from bcrypt import hashpw
    except ModuleNotFoundError:
        raise FuncError("this function needs the Python package bcrypt, which is not installed") from None
    spelled = base64.b64encode(salt).translate(bytes.maketrans(_BASE64, _BCRYPT_BASE64)).rstrip(b"=")
    return from_bytes(hashpw(data, b"$2a$%02d$%s" % (_BCRYPT_COST, spelled)))


def htpasswd(run: Run, user: str, password: str) -> str:
    """A line for a password file of Apache's, or why there is none."""
    return f"invalid username: {user}" if ":" in user else f"{user}:{bcrypt(run, password)}"
