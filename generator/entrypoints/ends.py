"""How a process ends, whatever it was asked for: what each way to fail looks like from outside.

Exit codes: 0 sound; 1 mistakes in the definitions; 2 wrong usage; 3 our fault; 130 interrupted.
"""

import gc
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_YOUNG = 100_000
"""Objects that are looked through for cycles at a time."""


def run(work: Callable[[], Any]) -> NoReturn:
    """Do the work, and exit: with the status that it gives, if that is a number."""
    try:
        _run(work)
    finally:
        gc.freeze()  # nor does Python need to do it once more before it exits


def _run(work: Callable[[], Any]) -> NoReturn:
    # What a run makes, it needs to its end: looking through all of it for cycles time and again frees next to nothing.
    gc.set_threshold(_YOUNG, 50, 1000)
    try:
        status = work()
    except KeyboardInterrupt:
        _end(130, "interrupted")
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain about it again while it exits.
        sys.stdout = None
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last resort
        _fail(error)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(error: Exception) -> NoReturn:
    from generator.diagnostics import DiagnosticError

    if not isinstance(error, DiagnosticError):  # it is our fault, and the traceback says where
        import traceback

        traceback.print_exception(error)
        _end(3, "this is a fault of mwgen itself; please report it with the lines above")
    from generator.entrypoints.report.style import style_for
    from generator.entrypoints.report.text import diagnostics

    sys.stderr.write(diagnostics(error.diagnostics, style_for(sys.stderr)))
    sys.exit(1)


def _end(status: int, message: str) -> NoReturn:
    sys.stderr.write(f"mwgen: {message}\n")
    sys.exit(status)
