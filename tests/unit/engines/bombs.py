"""Renders hostile templates, each in a process of its own, and says what each took.

Reads a map of names to templates from standard input, as JSON; the engine's name is the argument. Prints a map of names
to the code of the diagnostic (or the length of the text), seconds of processor time, and megabytes more than before.
"""

import json
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.diagnostics import DiagnosticError
from generator.engines import ENGINES
from generator.engines.base import RenderContext, TemplateSource
from generator.outside.clock import timer

VALUES: dict[str, Any] = {
    "component": "data", "name": "cache", "many": list(range(2000)), "text": "x" * 100_000, "list": list(range(1000)),
    "map": {f"key{number}": {"a": number} for number in range(1000)},
}  # fmt: skip


class Took(NamedTuple):
    """What a rendering took."""

    code: str
    seconds: float
    megabytes: float


def context(values: Mapping[str, Any]) -> RenderContext:
    """What a template is rendered for, with these values."""
    return RenderContext(
        values=values,
        name="cache",
        namespace="ns",
        plugin="redis",
        plugin_version="1.0.0",
        runtime_version="7.4",
        components={"data": {"name": "cache"}},
    )


def measured(engine: str, bombs: Mapping[str, str]) -> dict[str, Took]:
    """What each of the templates takes."""
    command = [sys.executable, "-m", "tests.unit.engines.bombs", engine]
    run = subprocess.run(command, input=json.dumps(dict(bombs)), capture_output=True, text=True, check=True)
    return {name: Took(*took) for name, took in json.loads(run.stdout).items()}


def is_bounded(took: Took) -> None:
    """Assert that a template ended in a diagnostic, soon, in little memory."""
    assert took.code in {"MW401", "MW404"}
    assert took.seconds < 4, "of processor time, on a busy machine; one is meant"
    assert took.megabytes < 400


def _render(engine: str, text: str, answers: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        program = ENGINES[engine](None, timer).compile([TemplateSource(name="main", text=text, span=None)])
        code = str(len(program.render("main", context(VALUES))))
    except DiagnosticError as error:
        code = error.diagnostics[0].code
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    answers.put((code, time.process_time() - start, more))


def main() -> None:
    engine = sys.argv[1]
    ENGINES[engine](None, None).compile([TemplateSource(name="main", text="x", span=None)]).render(
        "main", context(VALUES)
    )
    fork = multiprocessing.get_context("fork")
    took = {}
    for name, text in json.load(sys.stdin).items():
        answers: Any = fork.Queue()
        process = fork.Process(target=_render, args=(engine, text, answers))
        process.start()
        try:
            took[name] = answers.get(timeout=60)
        except Exception as error:  # noqa: BLE001 - whatever ended it
            took[name] = (f"{type(error).__name__}, exit code {process.exitcode}", 60.0, 0.0)
            process.kill()
        process.join()
    print(json.dumps(took))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
