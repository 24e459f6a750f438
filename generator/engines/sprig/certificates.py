"""Certificates, laid out byte for byte as Go's x509 does; only numbers that must be random or new differ."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from generator.engines.gotemplate.fmt import sprint
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import GoObject
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, quote
from generator.engines.sprig.addresses import AddressError, check_address
from generator.engines.sprig.civil import DAY, clock
from generator.engines.sprig.convert import wrap
from generator.engines.sprig.der import (
    TRUE,
    bits,
    element,
    identifier,
    integer,
    octets,
    read_pem,
    sequence,
    text_string,
    write_pem,
)
from generator.engines.sprig.durations import SECOND
from generator.engines.sprig.encoding import decode_base64
from generator.engines.sprig.impure import below
from generator.engines.sprig.keys import KeyReadError, need_cryptography, new_rsa, read_key, write_key
from generator.engines.sprig.runes import is_valid

_KEY_SIZE: Final = 2048
_SERIAL_LIMIT: Final = 1 << 128

_COMMON_NAME: Final = "2.5.4.3"
_SUBJECT_KEY: Final = "2.5.29.14"
_KEY_USAGE: Final = "2.5.29.15"
_SUBJECT_NAMES: Final = "2.5.29.17"
_BASIC_CONSTRAINTS: Final = "2.5.29.19"
_AUTHORITY_KEY: Final = "2.5.29.35"
_EXTENDED_KEY_USAGE: Final = "2.5.29.37"
_SERVER_AND_CLIENT: Final = ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")

_RSA_SHA256: Final = sequence(identifier("1.2.840.113549.1.1.11"), element(0x05))
_ECDSA_SHA: Final = {
    256: sequence(identifier("1.2.840.10045.4.3.2")),
    384: sequence(identifier("1.2.840.10045.4.3.3")),
    512: sequence(identifier("1.2.840.10045.4.3.4")),
}
_ED25519: Final = sequence(identifier("1.3.101.112"))


@dataclass(frozen=True, slots=True)
class Certificate(GoObject):
    """What the functions give: a certificate and its private key, both as PEM."""

    cert: str
    key: str

    go_type: ClassVar[str] = "sprig.certificate"

    def go_fields(self) -> dict[str, Any]:
        """The two texts."""
        return {"Cert": self.cert, "Key": self.key}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a certificate shall say."""

    name: str
    addresses: tuple[bytes, ...]
    hosts: tuple[str, ...]
    days: int
    authority: bool = False


@dataclass(frozen=True, slots=True)
class _Signer:
    """Who signs: an encoded name, the name of the key or none, and the key."""

    name: bytes
    key_name: bytes
    key: Any


def gen_ca(run: Run, name: str, days: int) -> Certificate:
    """A certificate authority with a new key."""
    need_cryptography()
    return _self_signed(run, _Wish(name, (), (), days, authority=True), new_rsa(run, _KEY_SIZE))


def gen_ca_with_key(run: Run, name: str, days: int, key: str) -> Certificate:
    """A certificate authority with the given key."""
    return _self_signed(run, _Wish(name, (), (), days, authority=True), _given_key(key))


def gen_self_signed_cert(run: Run, name: str, addresses: list[Any], hosts: list[Any], days: int) -> Certificate:
    """A certificate that signs itself, with a new key."""
    need_cryptography()
    return _self_signed(run, _wish(name, addresses, hosts, days), new_rsa(run, _KEY_SIZE))


def gen_self_signed_cert_with_key(
    run: Run, name: str, addresses: list[Any], hosts: list[Any], days: int, key: str
) -> Certificate:
    """A certificate that signs itself, with the given key."""
    given = _given_key(key)
    return _self_signed(run, _wish(name, addresses, hosts, days), given)


def gen_signed_cert(
    run: Run, name: str, addresses: list[Any], hosts: list[Any], days: int, authority: Certificate
) -> Certificate:
    """A certificate that an authority signs, with a new key."""
    need_cryptography()
    return _signed(run, name, addresses, hosts, days, authority, None)


def gen_signed_cert_with_key(
    run: Run, name: str, addresses: list[Any], hosts: list[Any], days: int, authority: Certificate, key: str
) -> Certificate:
    """A certificate that an authority signs, with the given key."""
    return _signed(run, name, addresses, hosts, days, authority, _given_key(key))


def build_custom_cert(cert: str, key: str) -> Certificate:
    """A certificate and its key from base64 of both, after a look at each.

    Raises:
        FuncError: one of them is none.
    """
    need_cryptography()
    texts: list[str] = []
    for text, name in ((cert, "certificate"), (key, "private key")):
        data, error = decode_base64(text)
        if error is not None:
            raise FuncError(f"unable to decode base64 {name}")
        texts.append(from_bytes(data))
    _read_certificate(texts[0])
    try:
        read_key(texts[1])
    except KeyReadError as error:
        raise FuncError(f"error parsing private key: {error}") from None
    return Certificate(*texts)


def _given_key(text: str) -> Any:
    need_cryptography()
    try:
        return read_key(text)
    except KeyReadError as error:
        raise FuncError(f"parsing private key: {error}") from None


def _read_certificate(text: str) -> Any:
    from cryptography.x509 import load_der_x509_certificate

    block = read_pem(text)
    if block is None:
        raise FuncError("unable to decode certificate")
    try:
        return load_der_x509_certificate(block.data)
    except ValueError:
        raise FuncError("error parsing certificate: decodedCert.Bytes: x509: malformed certificate") from None


def _wish(name: str, addresses: list[Any], hosts: list[Any], days: int) -> _Wish:
    from ipaddress import IPv6Address, ip_address

    packed: list[bytes] = []
    for address in addresses:
        if not isinstance(address, str):
            raise FuncError(f"error parsing ip: {sprint(address)} is not a string")
        try:
            check_address(address)
        except AddressError:
            raise FuncError(f"error parsing ip: {address}") from None
        if "%" in address:
            raise FuncError(f"error parsing ip: {address}")
        parsed = ip_address(address)
        mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
        packed.append((mapped or parsed).packed)
    for host in hosts:
        if not isinstance(host, str):
            raise FuncError(f"error processing alternate dns name: {sprint(host)} is not a string")
    return _Wish(name, tuple(packed), tuple(hosts), days)


def _self_signed(run: Run, wish: _Wish, key: Any) -> Certificate:
    return _issued(run, wish, key, None)


def _signed(
    run: Run, name: str, addresses: list[Any], hosts: list[Any], days: int, authority: Certificate, key: Any
) -> Certificate:
    from cryptography.x509 import ExtensionNotFound, SubjectKeyIdentifier

    parent = _read_certificate(authority.cert)
    try:
        parent_key = read_key(authority.key)
    except KeyReadError as error:
        raise FuncError(f"error parsing private key: {error}") from None
    try:
        key_name = parent.extensions.get_extension_for_class(SubjectKeyIdentifier).value.digest
    except ExtensionNotFound:
        key_name = b""
    wish = _wish(name, addresses, hosts, days)
    if _public_info(parent_key.public_key()) != _public_info(parent.public_key()):
        raise FuncError("error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey")
    signer = _Signer(parent.subject.public_bytes(), key_name, parent_key)
    return _issued(run, wish, new_rsa(run, _KEY_SIZE) if key is None else key, signer)


def _issued(run: Run, wish: _Wish, key: Any, signer: _Signer | None) -> Certificate:
    if not is_valid(wish.name):
        raise FuncError("error creating certificate: asn1: string not valid UTF-8")
    for host in wish.hosts:
        if not host.isascii():
            message = f"x509: {quote(host)} cannot be encoded as an IA5String"
            raise FuncError(f"error creating certificate: {message}")
    subject = _encoded_name(wish.name)
    signer = signer or _Signer(subject, b"", key)
    algorithm = _algorithm(signer.key)
    body = sequence(
        element(0xA0, integer(2)),
        integer(1 + below(run, _SERIAL_LIMIT - 1)),
        algorithm,
        signer.name,
        _validity(run, wish.days),
        subject,
        _public_info(key.public_key()),
        element(0xA3, sequence(*_extensions(wish, subject, key, signer))),
    )
    data = sequence(body, algorithm, bits(_signature(signer.key, body)))
    return Certificate(write_pem("CERTIFICATE", data), write_key(key))


def _encoded_name(name: str) -> bytes:
    if not name:
        return sequence()
    return sequence(element(0x31, sequence(identifier(_COMMON_NAME), text_string(name))))


def _validity(run: Run, days: int) -> bytes:
    start, _ = run.provider.now()
    return sequence(_encoded_time(start), _encoded_time(start + wrap(days * DAY * SECOND) // SECOND))


def _encoded_time(seconds: int) -> bytes:
    now = clock(seconds)
    text = f"{now.month:02}{now.day:02}{now.hour:02}{now.minute:02}{now.second:02}Z"
    if 1950 <= now.year < 2050:
        return element(0x17, f"{now.year % 100:02}{text}".encode())
    return element(0x18, f"{now.year:04}{text}".encode())


def _extensions(wish: _Wish, subject: bytes, key: Any, signer: _Signer) -> list[bytes]:
    usage = bits(b"\xa4", 2) if wish.authority else bits(b"\xa0", 5)
    result = [
        _extension(_KEY_USAGE, usage, critical=True),
        _extension(_EXTENDED_KEY_USAGE, sequence(*map(identifier, _SERVER_AND_CLIENT))),
        _extension(_BASIC_CONSTRAINTS, sequence(*([TRUE] if wish.authority else [])), critical=True),
    ]
    if wish.authority:
        result.append(_extension(_SUBJECT_KEY, octets(_key_name(key))))
    if signer.key_name and signer.name != subject:
        result.append(_extension(_AUTHORITY_KEY, sequence(element(0x80, signer.key_name))))
    names = [element(0x82, host.encode()) for host in wish.hosts]
    names += [element(0x87, address) for address in wish.addresses]
    if names:
        result.append(_extension(_SUBJECT_NAMES, sequence(*names)))
    return result


def _extension(kind: str, value: bytes, *, critical: bool = False) -> bytes:
    return sequence(identifier(kind), *([TRUE] if critical else []), octets(value))


def _key_name(key: Any) -> bytes:
    """20 bytes of the hash of the public key's bits, by the first method of RFC 7093."""
    import hashlib

    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        data = public.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    elif isinstance(public, ec.EllipticCurvePublicKey):
        data = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    else:
        data = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(data).digest()[:20]


def _public_info(public: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _algorithm(key: Any) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, rsa.RSAPrivateKey):
        return _RSA_SHA256
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return _ECDSA_SHA[_hash_size(key)]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return _ED25519
    message = "x509: certificate private key does not implement crypto.Signer"
    raise FuncError(f"error creating certificate: {message}")


def _hash_size(key: Any) -> int:
    return 256 if key.curve.key_size <= 256 else 384 if key.curve.key_size <= 384 else 512


def _signature(key: Any, data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        algorithm = {256: hashes.SHA256(), 384: hashes.SHA384(), 512: hashes.SHA512()}[_hash_size(key)]
        # Without fresh randomness for each signature: equal seeds give equal certificates.
        return key.sign(data, ec.ECDSA(algorithm, deterministic_signing=True))
    return bytes(key.sign(data))
