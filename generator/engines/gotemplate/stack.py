"""Room on Python's stack for templates that include templates.

Python ends a recursion after 1,000 calls, one include takes two or three, and Helm lets includes nest 1,001 times. So
the limit is raised while a template is parsed, compiled or run, and put back after it. 10,000 calls fit the stack of
a main thread (8 MiB) even where each goes through C, as comparing nested lists does: that overflows beyond 20,000
(measured on CPython 3.11). What would recurse deeper is refused with an error of kind `limit`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

DEEPEST = 10_000

_lock = Lock()
_users = 0
_before = 0


@contextmanager
def deep_stack() -> Iterator[None]:
    """Raise the recursion limit, for as long as any thread is inside."""
    global _users, _before  # noqa: PLW0603 - the recursion limit is one for the whole process
    with _lock:
        if not _users:
            _before = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_before, DEEPEST))
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                sys.setrecursionlimit(_before)
