"""Work in several processes: forked, so that catalogs and compiled templates are there without being sent.

Chunks of indexes go out, results come back pickled, in the order of the items: output does not depend on the number
of workers. Fork needs no start-up and shares memory; threads would share the interpreter's lock.
"""

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

SERIAL_BELOW = 64
"""Items under which a second process costs more than it saves."""

_CHUNK = 50
_LENGTH = 8


class WorkerError(Exception):
    """A worker died or raised; its traceback is the message."""


def default_workers() -> int:
    """As many as there are processors for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(work: Callable[[Item], Answer], items: Sequence[Item], *, workers: int = 0) -> Iterator[Answer]:
    """`work(item)` of each item, in order. *work* must not start threads; its answers must be picklable.

    Raises:
        WorkerError: *work* raised, or a worker was killed.
    """
    count = workers or default_workers()
    if count <= 1 or len(items) < SERIAL_BELOW or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    chunks = [range(start, min(start + _CHUNK, len(items))) for start in range(0, len(items), _CHUNK)]
    gc.collect()
    gc.freeze()
    children = [_start(work, items, chunks[first::count]) for first in range(min(count, len(chunks)))]
    try:
        yield from _collected(children, len(chunks), count)
    finally:
        gc.unfreeze()
        for pid, pipe in children:
            os.close(pipe)
            _end(pid)


def _start(work: Callable[[Item], Answer], items: Sequence[Item], chunks: Sequence[range]) -> tuple[int, int]:
    """A child that does *chunks* and writes each one's answers to a pipe: its process id, and the pipe's end."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 0
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            for chunk in chunks:
                try:
                    message: Any = (True, [work(items[index]) for index in chunk])
                except BaseException:  # noqa: BLE001 - whatever it is goes to the parent, which raises it
                    message = (False, traceback.format_exc())
                data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
                pipe.write(len(data).to_bytes(_LENGTH, "little"))
                pipe.write(data)
                pipe.flush()
    except BrokenPipeError:
        status = 1
    finally:
        os._exit(status)
    raise AssertionError


def _collected(children: Sequence[tuple[int, int]], total: int, count: int) -> Iterator[Any]:
    """The answers of all chunks in their order. Child *n* of *count* does the chunks n, n + count and so on."""
    waiting: dict[int, list[Any]] = {}
    buffers = {pipe: bytearray() for _, pipe in children}
    next_of = {pipe: number for number, (_, pipe) in enumerate(children)}
    turn = 0
    with DefaultSelector() as selector:
        for _, pipe in children:
            selector.register(pipe, EVENT_READ)
        while turn < total:
            for key, _ in selector.select():
                pipe = key.fd
                data = os.read(pipe, 1 << 20)
                if not data:
                    if next_of[pipe] < total:
                        raise WorkerError("a worker process ended before its work was done")
                    selector.unregister(pipe)
                    continue
                buffers[pipe] += data
                for message in _messages(buffers[pipe]):
                    waiting[next_of[pipe]] = message
                    next_of[pipe] += count
            while turn in waiting:
                yield from waiting.pop(turn)
                turn += 1


def _messages(buffer: bytearray) -> Iterator[list[Any]]:
    """The whole messages at the head of *buffer*, which are taken out of it."""
    while len(buffer) >= _LENGTH:
        end = _LENGTH + int.from_bytes(buffer[:_LENGTH], "little")
        if len(buffer) < end:
            return
        sound, content = pickle.loads(memoryview(buffer)[_LENGTH:end])  # noqa: S301 - from our own child
        del buffer[:end]
        if not sound:
            raise WorkerError(content)
        yield content


def _end(pid: int) -> None:
    """Wait for a child; one that still works has lost its reader and ends at its next write."""
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        return
