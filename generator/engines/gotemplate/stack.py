"""Room on Python's stack for templates that include templates.

Python ends a recursion after 1,000 calls, one include takes two or three, and Helm lets includes nest 1,001 times. So
the limit is raised while a template is parsed, compiled or run, and put back after it. 10,000 calls fit the stack of
a main thread (8 MiB) even where each goes through C, as comparing nested lists does: that overflows beyond 20,000
(measured on CPython 3.11). What would recurse deeper is refused with an error of kind `limit`.
"""

import sys
from _thread import allocate_lock

DEEPEST = 10_000


class _DeepStack:
    """Raises the recursion limit, for as long as any thread is inside."""

    __slots__ = ("_before", "_lock", "_users")

    def __init__(self) -> None:
        self._lock = allocate_lock()
        self._users = 0
        self._before = 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._users:
                self._before = sys.getrecursionlimit()
                sys.setrecursionlimit(max(self._before, DEEPEST))
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                sys.setrecursionlimit(self._before)


DEEP_STACK = _DeepStack()
"""`with DEEP_STACK:` around what may recurse; there is one for the process, as there is one limit."""
