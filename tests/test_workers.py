"""Work on several processes ends when it should, with what is left of it gone.

Ctrl-C waits while processes are being made, and is not forgotten.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tiendo.config import ROOT
from tiendo.machine.workers import WorkerLostError, side_by_side, uninterrupted

LARGE = 1_000_000
"""Letters of a task that no pipe takes at once."""


@pytest.mark.parametrize("threads", [0, 3])
def test_ctrl_c_waits_until_processes_are_made(threads: int) -> None:
    # A thread of another library takes the signal that the main thread does not.
    over = threading.Event()
    others = [threading.Thread(target=over.wait) for _ in range(threads)]
    for thread in others:
        thread.start()
    steps = []
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - what runs until then is the point
            with uninterrupted():
                os.kill(os.getpid(), signal.SIGINT)
                for step in range(100):
                    steps.append(step)
                    time.sleep(0.001)
            steps.append(-1)
    finally:
        over.set()
        for thread in others:
            thread.join()
    assert steps == list(range(100))
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    with uninterrupted():
        pass


SAYS_WHETHER_IT_WAITS = """
import os
import signal
from tiendo.machine.workers import side_by_side

waits = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
os.write(1, b"waits " if waits else b"open ")  # at once: two processes say it side by side
if __name__ == "__main__":
    list(side_by_side(str, [1, 2], count=2))
"""


def test_ctrl_c_waits_for_the_first_process_of_a_program_too(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(SAYS_WHETHER_IT_WAITS)
    ran = subprocess.run(
        [sys.executable, program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stdout.split() == ["open", "waits", "waits"]


def doubled(text: str) -> str:
    return 2 * text


class Picky(Exception):
    """An exception that can't be sent: it asks for more than it tells."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def failing(task: tuple[str, str]) -> str:
    kind, _ = task
    if kind == "value":
        raise ValueError("‰")
    if kind == "disk":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x.pdf")
    if kind == "picky":
        raise Picky("a", "b")
    if kind == "exit":
        sys.exit("enough")
    if kind == "gone":
        os._exit(7)
    if kind == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return kind


def unprepared() -> None:
    raise LookupError("no typeface")


def test_each_task_gives_its_result_whatever_its_size() -> None:
    texts = [str(number) * size for number, size in enumerate((1, LARGE, 1, LARGE, 1))]

    assert dict(side_by_side(doubled, texts, count=2)) == {
        place: 2 * text for place, text in enumerate(texts)
    }
    assert list(side_by_side(doubled, [], count=2)) == []


FAILURES = {
    "value": (ValueError, "‰"),
    "disk": (OSError, "No space left"),
    "picky": (RuntimeError, "Picky"),
    "exit": (RuntimeError, "enough"),
    "gone": (WorkerLostError, "7"),
    "killed": (MemoryError, "^$"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows kills in another way")
@pytest.mark.parametrize("kind", FAILURES)
def test_a_fault_in_any_task_ends_the_work_at_once_and_leaves_no_process(kind: str) -> None:
    # Many large tasks wait behind it: none may keep the end waiting.
    tasks = [(kind, ""), *(("well", "x" * LARGE) for _ in range(40))]
    error, said = FAILURES[kind]

    with pytest.raises(error, match=said):
        list(side_by_side(failing, tasks, count=2))

    assert multiprocessing.active_children() == []


def test_a_fault_before_the_first_task_ends_the_work_too() -> None:
    with pytest.raises(LookupError, match="no typeface"):
        list(side_by_side(doubled, ["x" * LARGE] * 4, count=2, prepare=unprepared))

    assert multiprocessing.active_children() == []


def test_who_stops_asking_leaves_no_process() -> None:
    made = side_by_side(doubled, ["x" * LARGE] * 8, count=2)
    next(made)
    assert len(multiprocessing.active_children()) == 2
    made.close()

    assert multiprocessing.active_children() == []
