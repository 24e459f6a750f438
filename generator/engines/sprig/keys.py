"""Private keys: made from the randomness of a run's provider, and read and written as PEM.

The package `cryptography` knows the formats, but takes its randomness from the system. So the numbers are found here,
unless the provider's randomness is the system's anyway.
"""

import math
from itertools import count
from typing import Any, Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.provider import real
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.der import read_pem, write_pem
from generator.engines.sprig.impure import below

_EXPONENT: Final = 65537
_SIEVE: Final = 1 << 14
_WITNESSES: Final = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_WORK_PER_BIT: Final = 1 << 10
"""What looking for a prime costs of the budget, a bit: it takes time."""


class KeyReadError(Exception):
    """A text holds no private key; Go's words, but for those that tell how its parser failed."""


def need_cryptography() -> None:
    """Make sure that the package is there.

    Raises:
        FuncError: it is not.
    """
    try:
        import cryptography  # noqa: F401 - only whether it is there
    except ModuleNotFoundError:
        raise FuncError("this function needs the Python package cryptography, which is not installed") from None


def gen_private_key(run: Run, kind: str) -> str:
    """A new private key as PEM: `rsa` of 4096 bits (also for an empty kind), `dsa`, `ecdsa` on P-256, `ed25519`."""
    need_cryptography()
    match kind:
        case "" | "rsa":
            return write_key(new_rsa(run, 4096))
        case "dsa":
            return write_key(_new_dsa(run))
        case "ecdsa":
            return write_key(_new_ecdsa(run))
        case "ed25519":
            return write_key(_new_ed25519(run))
        case _:
            return f"Unknown type {kind}"


def new_rsa(run: Run, size: int) -> Any:
    """An RSA key of so many bits."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    if real(run.provider):
        run.spend(size * _WORK_PER_BIT)
        return rsa.generate_private_key(_EXPONENT, size)
    while True:
        p, q = (_prime(run, size // 2) for _ in range(2))
        totient = (p - 1) * (q - 1)
        if p != q and math.gcd(_EXPONENT, totient) == 1:
            break
    p, q = max(p, q), min(p, q)
    d = pow(_EXPONENT, -1, totient)
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def _new_dsa(run: Run) -> Any:
    """A DSA key of 2048 bits, in a group of its own of 256 bits."""
    from cryptography.hazmat.primitives.asymmetric import dsa

    q = _prime(run, 256)
    p = _prime(run, 2048, 2 * q)
    generator = next(g for base in _WITNESSES if (g := pow(base, (p - 1) // q, p)) != 1)
    x = 1 + below(run, q - 1)
    public = dsa.DSAPublicNumbers(pow(generator, x, p), dsa.DSAParameterNumbers(p, q, generator))
    return dsa.DSAPrivateNumbers(x, public).private_key()


def _new_ecdsa(run: Run) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(1 + below(run, _P256_ORDER - 1), ec.SECP256R1())


def _new_ed25519(run: Run) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ed25519

    return ed25519.Ed25519PrivateKey.from_private_bytes(run.provider.random_bytes(32))


def _prime(run: Run, size: int, divisor: int = 2) -> int:
    """A prime of `size` bits, the upper two set, one more than a multiple of the even `divisor`."""
    run.spend(size * _WORK_PER_BIT)
    start = int.from_bytes(run.provider.random_bytes(size // 8), "big") | 0b11 << size - 2
    start += 1 - start % divisor
    small = _small_primes()
    rests = [start % prime for prime in small]
    for offset in count(0, divisor):
        if all((rest + offset) % prime for rest, prime in zip(rests, small, strict=True)):
            candidate = start + offset
            if _is_prime(candidate):
                return candidate if candidate.bit_length() == size else _prime(run, size, divisor)
    raise AssertionError("there is always another prime")


def _small_primes() -> list[int]:
    """Odd primes to rule candidates out by."""
    composite = bytearray(_SIEVE)
    for number in range(3, math.isqrt(_SIEVE) + 1, 2):
        if not composite[number]:
            composite[number * number :: number] = b"\1" * len(range(number * number, _SIEVE, number))
    return [number for number in range(3, _SIEVE, 2) if not composite[number]]


def _is_prime(number: int) -> bool:
    """Miller and Rabin's test. Fixed witnesses do, because nobody chose the number to fool them."""
    twos = (number - 1 & 1 - number).bit_length() - 1
    odd = number - 1 >> twos
    for witness in _WITNESSES:
        power = pow(witness, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def write_key(key: Any) -> str:
    """A private key as PEM, in the oldest format that its kind has, as Go's tools write it."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

    plain = serialization.NoEncryption()
    old, new = serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8
    labels = ((rsa.RSAPrivateKey, "RSA"), (dsa.DSAPrivateKey, "DSA"), (ec.EllipticCurvePrivateKey, "EC"))
    for kind, label in labels:
        if isinstance(key, kind):
            return write_pem(f"{label} PRIVATE KEY", key.private_bytes(serialization.Encoding.DER, old, plain))
    return write_pem("PRIVATE KEY", key.private_bytes(serialization.Encoding.DER, new, plain))


def read_key(text: str) -> Any:
    """The first private key in a text.

    Raises:
        KeyReadError: there is none.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    block = read_pem(text)
    if block is None:
        raise KeyReadError("no PEM data in input")
    if block.label == "PRIVATE KEY":
        failure = "decoding PEM as PKCS#8"
    elif not block.label.endswith(" PRIVATE KEY"):
        raise KeyReadError(f"no private key data in PEM block of type {block.label}")
    else:
        kind = block.label.removesuffix(" PRIVATE KEY")
        if kind not in ("RSA", "EC", "DSA"):
            raise KeyReadError(f"invalid private key type {block.label}")
        failure = f"parsing {kind} private key from PEM"
    try:
        return load_der_private_key(block.data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyReadError(f"{failure}: malformed key") from None
