"""The one way to run a program. No shell, no inherited hook variables, no prompts, no pager.

Arguments are a tuple: nothing here ever splits or quotes text. Callers put user strings after `--` or
`--end-of-options`, or on standard input.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.diagnostics import Diagnostic, DiagnosticError

KEPT_GIT_VARIABLES: Mapping[str, str] = {
    "GIT_AUTHOR_NAME": "who writes is for the caller to say",
    "GIT_AUTHOR_EMAIL": "as above",
    "GIT_AUTHOR_DATE": "reproducible commit ids need a fixed date",
    "GIT_COMMITTER_NAME": "who commits is for the caller to say",
    "GIT_COMMITTER_EMAIL": "as above",
    "GIT_COMMITTER_DATE": "as GIT_AUTHOR_DATE",
    "GIT_CONFIG_GLOBAL": "isolated runs replace the user's configuration",
    "GIT_CONFIG_SYSTEM": "as above, for the machine's",
    "GIT_CONFIG_NOSYSTEM": "as above",
    "GIT_CEILING_DIRECTORIES": "limits the search for a repository on slow or foreign file systems",
    "GIT_EXEC_PATH": "a git that was moved does not find its own parts without it",
    "GIT_SSH": "how to reach a remote",
    "GIT_SSH_COMMAND": "as above",
    "GIT_SSH_VARIANT": "as above",
    "GIT_SSL_CAINFO": "whom to trust when reaching a remote",
    "GIT_SSL_CAPATH": "as above",
    "GIT_SSL_NO_VERIFY": "as above",
    "GIT_PROXY_SSL_CAINFO": "as above",
    "GIT_ASKPASS": "CI hands over credentials with it; a program asks nobody",
    "GIT_CONFIG_COUNT": "CI marks its checkout as a safe.directory with these three",
}
"""What git may see of our own `GIT_*` variables, and why.

All others are dropped. A git hook's environment (GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, GIT_PREFIX,
GIT_OBJECT_DIRECTORY, GIT_QUARANTINE_PATH …) would silently turn a command to another repository, index or
object store; GIT_LITERAL_PATHSPECS and its kin change what a path means; GIT_EXTERNAL_DIFF and GIT_DIFF_OPTS
change output; GIT_DEFAULT_HASH, GIT_SHALLOW_FILE, GIT_GRAFT_FILE, GIT_REPLACE_REF_BASE and GIT_NAMESPACE change
what a repository holds; GIT_TRACE writes where we read.
"""
KEPT_GIT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")  # they belong to GIT_CONFIG_COUNT

SET_FOR_GIT: Mapping[str, str] = {
    "LC_ALL": "C",  # one language in what we show, whoever runs us
    "GIT_TERMINAL_PROMPT": "0",  # fail instead of waiting for somebody to type a password
    "GIT_PAGER": "cat",  # nothing may page
    "GIT_EDITOR": "true",  # nothing may open an editor
    "GIT_OPTIONAL_LOCKS": "0",  # reading takes no lock that could fail the user's own command
    "GIT_NO_REPLACE_OBJECTS": "1",  # a local replacement must not change what a commit id stands for
    "GIT_LITERAL_PATHSPECS": "1",  # a path is a path: no globs, no `:(magic)`
    "GIT_FLUSH": "1",  # answers of a long-lived process come at once
}

_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+(?=@)")
_SHOWN_CHARACTERS = 2000
_LAST_WORDS_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program and its surroundings.

    `argv` is the program and its arguments; `cwd` an absolute folder; `env` its whole environment (None:
    ours); `stdin` what it reads (None: nothing), or `source` the path of a file that it reads instead; `timeout`
    is in seconds (None: as long as it takes).
    """

    argv: tuple[str, ...]
    cwd: str
    env: Mapping[str, str] | None = None
    stdin: bytes | None = None
    source: str = ""
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What a program left behind. `status` is its exit status, or minus the signal that ended it."""

    status: int
    stdout: bytes
    stderr: bytes


def run(command: Command) -> bytes:
    """What *command* prints. Raises DiagnosticError if it is missing, fails or runs out of time."""
    finished = finish(command)
    if finished.status:
        raise failure(command, finished)
    return finished.stdout


def finish(command: Command) -> Finished:
    """Run *command*, whatever its exit status.

    Raises DiagnosticError if it is missing or runs out of time.
    """
    with started(command) as running:
        return running.finish()


class Running:
    """A program that works while we do something else."""

    def __init__(self, command: Command, process: "subprocess.Popen[bytes]") -> None:
        self._command = command
        self._process = process

    def finish(self) -> Finished:
        """Wait for its end, whatever its exit status. Raises DiagnosticError if it runs out of time."""
        try:
            stdout, stderr = self._process.communicate(self._command.stdin, self._command.timeout)
        except subprocess.TimeoutExpired as late:
            message = f"{_shown(self._command)} was stopped: it took longer than {late.timeout:g} seconds"
            raise DiagnosticError(Diagnostic(code="MW703", message=message)) from late
        return Finished(self._process.returncode, stdout, stderr)

    def run(self) -> bytes:
        """What it prints. Raises DiagnosticError if it fails or runs out of time."""
        finished = self.finish()
        if finished.status:
            raise failure(self._command, finished)
        return finished.stdout


@contextmanager
def started(command: Command) -> Iterator[Running]:
    """Start *command*; one that was not waited for is stopped.

    It gets its `stdin` when it is waited for, its `source` at once. Raises DiagnosticError if it is missing.
    """
    try:
        with Path(command.source or os.devnull).open("rb") as source:
            process = subprocess.Popen(
                command.argv,
                cwd=command.cwd,
                env=command.env,
                stdin=source if command.stdin is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
    except OSError as error:
        raise _not_started(command, error) from error
    try:
        yield Running(command, process)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()  # and not for a grandchild that holds a pipe
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def failure(command: Command, finished: Finished) -> DiagnosticError:
    """The mistake to raise for *command*'s exit status, with what the program itself said about it."""
    how = f"ended by signal {-finished.status}" if finished.status < 0 else f"exit status {finished.status}"
    said = redact(finished.stderr.decode("utf-8", "replace").strip())[-_SHOWN_CHARACTERS:]
    message = f"{_shown(command)} failed ({how})" + (f": {said}" if said else "")
    return DiagnosticError(Diagnostic(code="MW702", message=message))


def git_environment(
    surroundings: Mapping[str, str] | None = None, extra: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment for git: *surroundings* (None: ours) cleaned, our settings, then *extra*."""
    return {**clean_environment(surroundings), **SET_FOR_GIT, **(extra or {})}


def clean_environment(surroundings: Mapping[str, str] | None = None) -> dict[str, str]:
    """*surroundings* (None: ours) without what would turn git elsewhere: see KEPT_GIT_VARIABLES."""
    inherited = os.environ if surroundings is None else surroundings
    return {
        name: value
        for name, value in inherited.items()
        if not name.startswith("GIT_") or name in KEPT_GIT_VARIABLES or name.startswith(KEPT_GIT_PREFIXES)
    }


def redact(text: str) -> str:
    """*text* without the credentials that stand in its URLs."""
    return _CREDENTIALS.sub("***", text)


class Dialogue:
    """A program that answers line by line for as long as it is open, such as `git cat-file --batch`.

    Nothing may be asked that is larger than a pipe's buffer (64 KiB on Linux, 16 KiB on macOS) before the
    answers were read: both sides would wait for each other.
    """

    def __init__(self, command: Command) -> None:
        self._command = command
        try:
            self._process = subprocess.Popen(
                command.argv,
                cwd=command.cwd,
                env=command.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise _not_started(command, error) from error

    def ask(self, text: bytes) -> None:
        """Hand *text* to the program."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(text)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._died() from error

    def line(self) -> bytes:
        """The next line of the answer, without its line end."""
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise self._died()
        return answer[:-1]

    def exactly(self, size: int) -> bytes:
        """The next *size* bytes of the answer."""
        assert self._process.stdout is not None
        answer = self._process.stdout.read(size)
        if len(answer) != size:
            raise self._died()
        return answer

    def close(self) -> None:
        """End the program. Harmless when it has ended."""
        process = self._process
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.kill()
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _died(self) -> DiagnosticError:
        """What ended the program: it closed its side, so it is gone or about to be."""
        assert self._process.stderr is not None
        said = self._process.stderr.read()
        try:
            status = self._process.wait(timeout=_LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return failure(self._command, Finished(status, b"", said))


def _not_started(command: Command, error: OSError) -> DiagnosticError:
    if isinstance(error, FileNotFoundError) and Path(command.cwd).is_dir():
        message = f"the program {command.argv[0]} is not installed, or not on the PATH"
        return DiagnosticError(
            Diagnostic(code="MW701", message=message, hint=f"install {command.argv[0]}, or add it to PATH")
        )
    message = f"{_shown(command)} could not be started in {command.cwd}: {error.strerror}"
    return DiagnosticError(Diagnostic(code="MW702", message=message))


def _shown(command: Command) -> str:
    """The program and what it was to do: `git update-index`. Settings before the verb tell a user nothing."""
    argv = iter(command.argv)
    words = [next(argv)]
    for word in argv:
        if word == "-c":
            next(argv, None)
        elif not word.startswith("-"):
            words.append(word)
            break
    return " ".join(words)
