"""Work in several processes: forked, so that catalogs and compiled templates are there without being sent.

Who is free takes the next chunk of items; results come back pickled, and are put into the order of the items: output
does not depend on the number of workers. Fork needs no start-up and shares memory; threads would share the
interpreter's lock.
"""

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

SERIAL_BELOW = 64
"""Items under which a second process costs more than it saves."""

_CHUNK = 50
_MOST_CHUNKS = 4000
"""Their numbers must fit into a pipe's buffer: 16 KiB on macOS."""

_NUMBER, _LENGTH = 4, 8


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
    with begun(work, items, workers=workers) as answers:
        yield from answers


@contextmanager
def begun(work: Callable[[Item], Answer], items: Sequence[Item], *, workers: int = 0) -> Iterator[Iterator[Answer]]:
    """As `mapped`, for who has something else to do meanwhile: the work is under way before its answers are wanted.

    Where no process is started for it, it is done when it is asked for.
    """
    count = workers or default_workers()
    if count <= 1 or len(items) < SERIAL_BELOW or not hasattr(os, "fork"):
        yield map(work, items)
        return
    size = max(_CHUNK, -(-len(items) // _MOST_CHUNKS))
    chunks = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    gc.collect()
    gc.freeze()
    tasks, fill = os.pipe()
    os.write(fill, b"".join(number.to_bytes(_NUMBER, "little") for number in range(len(chunks))))
    os.close(fill)
    children: list[tuple[int, int]] = []
    try:
        try:
            for _ in range(min(count, len(chunks))):
                children.append(_start(work, items, chunks, tasks))  # noqa: PERF401 - what was started is to be ended
        finally:
            os.close(tasks)
        yield _collected([pipe for _, pipe in children], len(chunks))
    finally:
        gc.unfreeze()
        for pid, pipe in children:
            os.close(pipe)
            _end(pid)


@contextmanager
def aside(work: Callable[[], object]) -> Iterator[None]:
    """Have *work* done in a process of its own while the caller goes on; it has been done afterwards.

    Nobody learns what came of it: it is for what a run can do without.
    """
    if not hasattr(os, "fork"):
        work()
        yield
        return
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if not pid:
        try:
            work()
        except BaseException:  # noqa: BLE001 - nothing of the caller's may run here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)
    try:
        yield
    finally:
        _end(pid)


def _start(
    work: Callable[[Item], Answer], items: Sequence[Item], chunks: Sequence[range], tasks: int
) -> tuple[int, int]:
    """A child that takes chunks as long as there are any in the pipe *tasks*: its process id, and its answers' pipe."""
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
            while number := os.read(tasks, _NUMBER):
                try:
                    message: Any = (True, [work(items[index]) for index in chunks[int.from_bytes(number, "little")]])
                except BaseException:  # noqa: BLE001 - whatever it is goes to the parent, which raises it
                    message = (False, traceback.format_exc())
                data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
                pipe.write(number + len(data).to_bytes(_LENGTH, "little"))
                pipe.write(data)
                pipe.flush()
    except BrokenPipeError:
        status = 1
    finally:
        os._exit(status)
    raise AssertionError


def _collected(pipes: Sequence[int], total: int) -> Iterator[Any]:
    """The answers of all chunks in their order."""
    waiting: dict[int, list[Any]] = {}
    buffers = {pipe: bytearray() for pipe in pipes}
    turn = 0
    with DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, EVENT_READ)
        while turn < total:
            if not selector.get_map():
                raise WorkerError("a worker process ended before its work was done")
            for key, _ in selector.select():
                pipe = key.fd
                data = os.read(pipe, 1 << 20)
                if not data:
                    selector.unregister(pipe)
                    continue
                buffers[pipe] += data
                waiting.update(_messages(buffers[pipe]))
            while turn in waiting:
                yield from waiting.pop(turn)
                turn += 1


def _messages(buffer: bytearray) -> Iterator[tuple[int, list[Any]]]:
    """The whole messages at the head of *buffer*, which are taken out of it: a chunk's number, and its answers."""
    head = _NUMBER + _LENGTH
    while len(buffer) >= head:
        end = head + int.from_bytes(buffer[_NUMBER:head], "little")
        if len(buffer) < end:
            return
        number = int.from_bytes(buffer[:_NUMBER], "little")
        sound, content = pickle.loads(memoryview(buffer)[head:end])  # noqa: S301 - from our own child
        del buffer[:end]
        if not sound:
            raise WorkerError(content)
        yield number, content


def _end(pid: int) -> None:
    """Wait for a child; one that still works has lost its reader and ends at its next write."""
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        return
