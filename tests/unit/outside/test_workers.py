"""Several processes give what one gives, in the same order, and whatever goes wrong in one is told."""

import os
import signal
import time
from pathlib import Path

import pytest

from generator.outside.workers import SERIAL_BELOW, WorkerError, aside, begun, mapped

ITEMS = range(SERIAL_BELOW * 5)


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_answers_come_in_the_order_of_the_items(workers: int) -> None:
    def work(item: int) -> int:
        time.sleep(0.0005 * (item % 3))
        return item * item

    assert list(mapped(work, ITEMS, workers=workers)) == [item * item for item in ITEMS]


def test_work_goes_to_whoever_is_free() -> None:
    def work(item: int) -> tuple[int, int]:
        if item == 0:
            time.sleep(0.5)
        return item, os.getpid()

    by = dict(mapped(work, ITEMS, workers=2))
    slow = by[0]
    assert sum(pid == slow for pid in by.values()) < len(ITEMS) / 2
    assert len(set(by.values())) == 2
    assert os.getpid() not in by.values()


def test_work_is_under_way_before_its_answers_are_wanted(tmp_path: Path) -> None:
    def work(item: int) -> int:
        (tmp_path / "begun").touch()
        return item

    with begun(work, ITEMS, workers=2) as answers:
        deadline = time.monotonic() + 60
        while not (tmp_path / "begun").exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        assert list(answers) == list(ITEMS)


def test_few_items_need_no_process() -> None:
    assert set(mapped(lambda _: os.getpid(), range(SERIAL_BELOW - 1), workers=2)) == {os.getpid()}


def test_what_a_worker_raises_is_told() -> None:
    def work(item: int) -> int:
        return 1 // (item - 200)

    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        list(mapped(work, ITEMS, workers=2))


def test_a_killed_worker_is_told() -> None:
    def work(item: int) -> int:
        if item == 100:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(WorkerError, match="ended before"):
        list(mapped(work, ITEMS, workers=2))


def test_nobody_is_left_behind() -> None:
    answers = mapped(lambda _: os.getpid(), ITEMS, workers=2)
    pid = next(answers)
    answers.close()  # type: ignore[attr-defined] # it is a generator
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_very_many_items_fit_into_the_queue() -> None:
    many = range(250_000)
    assert sum(mapped(lambda item: item, many, workers=2)) == sum(many)


def test_what_is_done_aside_has_been_done_afterwards(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))

    with aside(work):
        pass
    assert (tmp_path / "pid").read_text() != str(os.getpid())


def test_what_fails_aside_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise SystemExit("gone")

    with aside(work):
        done = True
    assert done
    assert "SystemExit: gone" in capfd.readouterr().err
