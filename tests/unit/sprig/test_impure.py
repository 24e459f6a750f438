"""Clock and randomness come from the run's provider alone; with a seed, all that is made of them is equal and valid."""

import hashlib
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from generator.engines.helm import TemplateError, compile_program

NAME = "c/templates/t.yaml"


class Seeded:
    """A clock that stands, and a stream of hashes."""

    def __init__(self, seed: str = "") -> None:
        self.seed = seed
        self.count = 0
        self.rest = b""

    def now(self) -> tuple[int, int]:
        return 1_700_000_000, 123_456_789

    def random_bytes(self, count: int) -> bytes:
        while len(self.rest) < count:
            self.count += 1
            self.rest += hashlib.sha512(f"{self.seed}/{self.count}".encode()).digest()
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken


def render(template: str, seed: str | None = "") -> str:
    provider = None if seed is None else Seeded(seed)
    return compile_program({NAME: template}).render(NAME, {}, provider=provider)


NEEDY = {
    "now": "{{ now }}",
    "ago": "{{ ago 1 }}",
    "date": '{{ date "2006" "x" }}',
    "htmlDate": "{{ htmlDate 1.5 }}",
    "dateInZone": '{{ dateInZone "2006" nil "UTC" }}',
    "durationRound": '{{ durationRound (toDate "2006" "2020") }}',
    "randAlphaNum": "{{ randAlphaNum 5 }}",
    "randAlpha": "{{ randAlpha 5 }}",
    "randAscii": "{{ randAscii 5 }}",
    "randNumeric": "{{ randNumeric 5 }}",
    "randBytes": "{{ randBytes 5 }}",
    "randInt": "{{ randInt 0 5 }}",
    "shuffle": '{{ shuffle "ab" }}',
    "uuidv4": "{{ uuidv4 }}",
    "bcrypt": '{{ bcrypt "a" }}',
    "htpasswd": '{{ htpasswd "a" "b" }}',
    "encryptAES": '{{ encryptAES "a" "b" }}',
    "genPrivateKey": '{{ genPrivateKey "ed25519" }}',
    "genCA": '{{ genCA "a" 1 }}',
    "genSelfSignedCert": '{{ genSelfSignedCert "a" nil nil 1 }}',
}


@pytest.mark.parametrize("function", NEEDY)
def test_without_a_provider_it_is_refused_by_name(function: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(NEEDY[function], None)
    assert f"error calling {function}: " in caught.value.go_text()
    assert "not available to templates" in caught.value.message


@pytest.mark.parametrize("function", NEEDY)
def test_equal_seeds_give_equal_text_and_others_another(function: str) -> None:
    first = render(NEEDY[function], "a")
    assert first == render(NEEDY[function], "a")
    clock_alone = {"now", "ago", "date", "htmlDate", "dateInZone", "durationRound"}
    few = {"randInt", "shuffle"}
    assert (first == render(NEEDY[function], "b")) == (function in clock_alone) or function in few


def test_every_draw_is_another() -> None:
    first, second = render("{{ uuidv4 }} {{ uuidv4 }}").split()
    assert first != second
    assert {uuid.UUID(first).version, uuid.UUID(second).version} == {4}


def test_all_characters_are_as_likely() -> None:
    drawn = render("{{ randNumeric 20000 }}")
    assert all(1800 < drawn.count(digit) < 2200 for digit in "0123456789")
    assert {int(number) for number in render("{{ range until 200 }}{{ randInt 3 8 }} {{ end }}").split()} == {
        3,
        4,
        5,
        6,
        7,
    }


def test_bcrypt_is_what_bcrypt_takes() -> None:
    bcrypt = pytest.importorskip("bcrypt")
    hashed = render('{{ bcrypt "pässword" }}')
    assert hashed.startswith("$2a$10$")
    assert bcrypt.checkpw("pässword".encode(), hashed.encode())
    user, _, line = render('{{ htpasswd "me" "pw" }}').partition(":")
    assert user == "me"
    assert bcrypt.checkpw(b"pw", line.encode())


def test_aes_comes_back() -> None:
    pytest.importorskip("cryptography")
    assert render('{{ encryptAES "key" "sécret" | decryptAES "key" }}') == "sécret"


KEYS = ("rsa", "dsa", "ecdsa", "ed25519")


@pytest.mark.parametrize("kind", KEYS)
def test_keys_are_sound(kind: str) -> None:
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    text = render(f'{{{{ genPrivateKey "{kind}" }}}}')
    key = serialization.load_pem_private_key(text.encode(), None)
    sizes = {"rsa": 4096, "dsa": 2048, "ecdsa": 256}
    if kind in sizes:
        assert key.key_size == sizes[kind]


CHAIN = """{{ $ca := genCA "my ca" 365 }}{{ $ca.Cert }}
{{ (genSignedCert "a.b" (list "10.0.0.1" "::1") (list "a.b" "*.c") 30 $ca).Cert }}"""


def test_a_chain_verifies(tmp_path: Path) -> None:
    x509 = pytest.importorskip("cryptography.x509")
    authority, leaf = x509.load_pem_x509_certificates(render(CHAIN).encode())
    leaf.verify_directly_issued_by(authority)
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["a.b", "*.c"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.1", "::1"]
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days == 30
    assert leaf.issuer == authority.subject


def test_openssl_agrees(tmp_path: Path) -> None:
    authority, leaf = (f"-----BEGIN{part}" for part in render(CHAIN).split("-----BEGIN")[1:])
    (tmp_path / "ca.pem").write_text(authority)
    (tmp_path / "leaf.pem").write_text(leaf)
    command = ["openssl", "verify", "-no_check_time", "-x509_strict", "-CAfile", "ca.pem", "leaf.pem"]
    try:
        said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    assert said.stdout == "leaf.pem: OK\n", said.stderr


@pytest.mark.parametrize("kind", ["ecdsa", "ed25519"])
def test_given_keys_sign(kind: str) -> None:
    x509 = pytest.importorskip("cryptography.x509")
    template = (
        f'{{{{ $key := genPrivateKey "{kind}" }}}}{{{{ $ca := genCAWithKey "ca" 1 $key }}}}{{{{ $ca.Cert }}}}\n'
        f'{{{{ (genSignedCertWithKey "leaf" nil (list "x") 1 $ca (genPrivateKey "{kind}")).Cert }}}}\n'
        "{{ if ne $key $ca.Key }}another key{{ end }}"
    )
    text = render(template)
    authority, leaf = x509.load_pem_x509_certificates(text.encode())
    authority.verify_directly_issued_by(authority)
    leaf.verify_directly_issued_by(authority)
    assert "another key" not in text
    assert text == render(template)


def test_a_foreign_key_cannot_sign() -> None:
    template = (
        '{{ $a := genCAWithKey "a" 1 (genPrivateKey "ed25519") }}'
        '{{ $b := genCAWithKey "b" 1 (genPrivateKey "ed25519") }}'
        "{{ $forged := buildCustomCert (b64enc $a.Cert) (b64enc $b.Key) }}"
        '{{ genSignedCertWithKey "x" nil nil 1 $forged $b.Key }}'
    )
    with pytest.raises(TemplateError, match="provided PrivateKey doesn't match parent's PublicKey"):
        render(template)


@pytest.mark.parametrize(
    ("package", "template"),
    [
        ("cryptography", '{{ genCA "a" 1 }}'),
        ("cryptography", '{{ genPrivateKey "rsa" }}'),
        ("cryptography", '{{ encryptAES "a" "b" }}'),
        ("cryptography", '{{ buildCustomCert "" "" }}'),
        ("bcrypt", '{{ bcrypt "a" }}'),
    ],
)
def test_a_missing_package_is_named(package: str, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*filter(lambda name: name.split(".")[0] == package, sys.modules), package]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(TemplateError, match=f"needs the Python package {package}, which is not installed"):
        render(template)
