"""The table of functions: what it says is so, all of it is described, and reading it loads nothing."""

import inspect
import subprocess
import sys

import pytest

from generator.engines.gotemplate.funcs import direct
from generator.engines.gotemplate.signature import parse_signature
from generator.engines.helm import compile_program
from generator.engines.sprig import FUNCTIONS
from generator.engines.sprig.reference import REFERENCE
from tests.conformance.helm_oracle import FixedProvider

ENTRIES = {name: entry for section in REFERENCE.values() for name, entry in section.items()}
NAME = "c/templates/t.yaml"


def implementation(name: str) -> inspect.Signature:
    """The parameters of the function behind a name."""
    return inspect.signature(direct(FUNCTIONS[name].call))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_takes_what_its_signature_says(name: str) -> None:
    signature = parse_signature(FUNCTIONS[name].signature)
    parameters = list(implementation(name).parameters.values())
    if FUNCTIONS[name].wants_run:
        assert parameters.pop(0).name == "run"
    spread = [parameter for parameter in parameters if parameter.kind is parameter.VAR_POSITIONAL]
    assert len(spread) == signature.variadic
    assert len(parameters) - len(spread) in {signature.fixed, 0 if spread else signature.fixed}


def test_all_is_described_once() -> None:
    assert ENTRIES.keys() == FUNCTIONS.keys()
    assert sum(map(len, REFERENCE.values())) == len(ENTRIES)


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.example])
def test_example_prints_what_it_says(name: str) -> None:
    entry = ENTRIES[name]
    printed = compile_program({NAME: f"{{{{ {entry.example} }}}}"}).render(NAME, {}, provider=FixedProvider())
    if entry.result is None:
        assert printed
    else:
        assert printed == entry.result


def test_every_example_shows_its_function() -> None:
    assert [name for name, entry in ENTRIES.items() if entry.example and name not in entry.example] == []


def test_reading_the_table_loads_no_topic_and_no_heavy_library() -> None:
    code = (
        "import sys, generator.engines.sprig as sprig; "
        "print(*sorted(name for name in sys.modules if name.startswith(('generator.engines.sprig.', 're2', "
        "'hashlib', 'hmac', 'zoneinfo', 'cryptography', 'bcrypt', 'datetime', 'ipaddress', 'json', 'unicodedata'))))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name != "generator.engines.sprig.lazy"] == _needed_by_the_language()


def _needed_by_the_language() -> list[str]:
    code = (
        "import sys, generator.engines.gotemplate.funcs, generator.engines.gotemplate.values; "
        "print(*sorted(name for name in sys.modules if name.startswith(('re2', 'hashlib', 'hmac', 'zoneinfo', "
        "'cryptography', 'bcrypt', 'datetime', 'ipaddress', 'json', 'unicodedata'))))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
