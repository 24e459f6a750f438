"""Running programs: what comes back, what is raised, and which variables git gets to see."""

import sys
import time
from pathlib import Path

import pytest

from generator.diagnostics import DiagnosticError
from generator.outside.process import Command, Dialogue, finish, git_environment, redact, run


def python(code: str, cwd: Path, *, stdin: bytes | None = None, timeout: float | None = None) -> Command:
    return Command(argv=(sys.executable, "-c", code), cwd=str(cwd), stdin=stdin, timeout=timeout)


def code_of(caught: pytest.ExceptionInfo[DiagnosticError]) -> str:
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code


def test_standard_input_goes_in_and_output_comes_back(tmp_path: Path) -> None:
    shout = "import sys; sys.stdout.write(sys.stdin.read().upper())"
    assert run(python(shout, tmp_path, stdin=b"quiet")) == b"QUIET"


def test_without_input_a_program_that_reads_gets_none(tmp_path: Path) -> None:
    assert run(python("import sys; print(len(sys.stdin.read()))", tmp_path)) == b"0\n"


def test_a_failure_shows_what_the_program_said_and_no_credentials(tmp_path: Path) -> None:
    code = "import sys; sys.exit('no access to https://bot:secret@example.com/r.git')"
    with pytest.raises(DiagnosticError) as caught:
        run(python(code, tmp_path))
    assert code_of(caught) == "MW702"
    assert "exit status 1" in str(caught.value)
    assert "https://***@example.com/r.git" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_expected_exit_status_is_an_answer(tmp_path: Path) -> None:
    assert finish(python("raise SystemExit(3)", tmp_path)).status == 3


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError) as caught:
        run(Command(argv=("no-such-program", "x"), cwd=str(tmp_path)))
    assert code_of(caught) == "MW701"
    assert "no-such-program" in str(caught.value)


def test_a_missing_folder_is_not_taken_for_a_missing_program(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError) as caught:
        run(Command(argv=("git", "version"), cwd=str(tmp_path / "nowhere")))
    assert code_of(caught) == "MW702"
    assert "nowhere" in str(caught.value)


def test_time_is_bounded_even_where_a_grandchild_holds_the_pipe(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run((sys.executable, '-c', 'import time; time.sleep(20)'))"
    started = time.monotonic()
    with pytest.raises(DiagnosticError) as caught:
        run(python(code, tmp_path, timeout=0.5))
    assert code_of(caught) == "MW703"
    assert time.monotonic() - started < 10


def test_a_message_names_the_verb_and_not_the_settings(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match=r"^MW702: git cat-file failed"):
        run(Command(argv=("git", "-c", "a.b=c", "cat-file", "-t", "HEAD"), cwd=str(tmp_path)))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("GIT_DIR", False),
        ("GIT_INDEX_FILE", False),
        ("GIT_WORK_TREE", False),
        ("GIT_PREFIX", False),
        ("GIT_OBJECT_DIRECTORY", False),
        ("GIT_QUARANTINE_PATH", False),
        ("GIT_EXTERNAL_DIFF", False),
        ("GIT_GLOB_PATHSPECS", False),
        ("GIT_SOMETHING_OF_NEXT_YEAR", False),
        ("GIT_AUTHOR_NAME", True),
        ("GIT_SSH_COMMAND", True),
        ("GIT_CONFIG_KEY_0", True),
        ("PATH", True),
        ("SSH_AUTH_SOCK", True),
    ],
)
def test_what_git_sees_of_our_environment(name: str, *, kept: bool) -> None:
    assert (name in git_environment({name: "value"})) is kept


def test_our_settings_win_and_extras_win_over_them() -> None:
    environment = git_environment({"LC_ALL": "de_DE.UTF-8"}, {"GIT_INDEX_FILE": "/index"})
    assert environment["LC_ALL"] == "C"
    assert environment["GIT_TERMINAL_PROMPT"] == "0"
    assert environment["GIT_INDEX_FILE"] == "/index"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pw@host/x", "https://***@host/x"),
        ("ssh://git@host/x", "ssh://***@host/x"),
        ("https://host/a@b", "https://host/a@b"),
        ("git@host:x", "git@host:x"),
    ],
)
def test_credentials_in_urls_are_hidden(text: str, shown: str) -> None:
    assert redact(text) == shown


ECHO = "import sys\nfor line in sys.stdin:\n print(len(line) - 1, flush=True); print(line, end='', flush=True)"


def test_a_dialogue_answers_again_and_again(tmp_path: Path) -> None:
    with Dialogue(python(ECHO, tmp_path)) as dialogue:
        for word in (b"one", b"three", b""):
            dialogue.ask(word + b"\n")
            assert dialogue.exactly(int(dialogue.line()) + 1) == word + b"\n"


def test_a_dialogue_whose_program_dies_says_why(tmp_path: Path) -> None:
    code = "import sys; sys.stdin.readline(); sys.exit('out of paper')"
    with Dialogue(python(code, tmp_path)) as dialogue:
        dialogue.ask(b"print\n")
        with pytest.raises(DiagnosticError, match=r"exit status 1\): out of paper"):
            dialogue.line()
        with pytest.raises(DiagnosticError):
            dialogue.exactly(1)
