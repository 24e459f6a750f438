"""What happens when somebody stops a door that other programs call: a line, the usual exit code, and no traceback."""

import os
import signal
from types import FrameType
from typing import NoReturn

_NAMES = {signal.SIGTERM: "SIGTERM", signal.SIGINT: "SIGINT"}


def end_quietly() -> None:
    """From now on SIGTERM and SIGINT end the process at once, with 128 + the signal's number.

    Nothing needs to be cleaned up: these doors write nothing but standard output, and that last of all.
    """
    for number in _NAMES:
        signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    del frame
    os.write(2, f"mwgen: stopped by {_NAMES[signal.Signals(number)]} before it was done\n".encode())
    os._exit(128 + number)
