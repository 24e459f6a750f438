"""The fuzz targets for a bounded time: on what hypothesis makes up and, with atheris, led by what they reach."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conformance.fuzz.broken import PIECES
from tests.conformance.fuzz.words import WORDS, YAML
from tests.fuzz.targets import TARGETS, function, jinja, template, yaml
from tests.unit.engines.test_jinja import REFUSES, RENDERS

SECONDS = 5
SEED = 7
"""The gate looks in the same places each time, for what a change broke; `MWGEN_FUZZ_SEED=0` looks anywhere."""

BOUNDED = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
JINJA = (
    "{{", "}}", "{%", "%}", "{#", "#}", "-", "|", "(", ")", "[", "]", "for a in ", "if ", "set a = ", "endfor", "endif",
    "a", "Values", ".s", "macro m(x)", "endmacro", "include", "'main'", "upper", "to_yaml", "~", "+", "*", "9", "is",
    "not", "\n",
)  # fmt: skip


def made_of(pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    texts = st.lists(st.sampled_from(pieces), max_size=14).map("".join)
    return st.binary(max_size=40) | texts.map(lambda text: text.encode("utf-8", "surrogateescape"))


@BOUNDED
@given(made_of(PIECES))
def test_any_text_is_a_go_template_or_an_error(data: bytes) -> None:
    template(data)


@BOUNDED
@given(made_of(JINJA))
def test_any_text_is_a_template_of_jinja2_or_a_diagnostic(data: bytes) -> None:
    jinja(data)


@BOUNDED
@given(made_of((*YAML, *WORDS, "\n", ": ", "- ", "  ")))
def test_any_text_is_yaml_or_an_error(data: bytes) -> None:
    yaml(data)


@settings(BOUNDED, max_examples=400)
@given(st.binary(max_size=120))
def test_a_function_gives_something_or_refuses(data: bytes) -> None:
    function(data)


CORPUS: dict[str, Callable[[], list[str]]] = {
    "template": lambda: [
        "{{ range $i, $e := .Values.l }}{{ $e | quote }}{{ else }}{{ include `t` . }}{{ end }}",
        *PIECES,
    ],
    "jinja": lambda: [text for text, *_ in (*RENDERS.values(), *REFUSES.values())],
    "yaml": lambda: list(YAML),
    "function": list,
}


@pytest.mark.parametrize("name", TARGETS)
def test_atheris_finds_nothing(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        assert os.environ.get("MWGEN_REQUIRE_TOOLS") != "1", "the dependency group `fuzz` is not installed"
        pytest.skip("atheris is not installed")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(CORPUS[name]()):
        (corpus / str(number)).write_bytes(text.encode("utf-8", "surrogateescape"))
    seed = os.environ.get("MWGEN_FUZZ_SEED", str(SEED))
    options = (
        f"-seed={seed}",
        f"-max_total_time={SECONDS}",
        "-max_len=400",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-verbosity=0",
    )
    command = [sys.executable, "-m", "tests.fuzz.targets", name, str(corpus), f"-artifact_prefix={tmp_path}/", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS * 10)
    assert run.returncode == 0, run.stderr[-3000:]
