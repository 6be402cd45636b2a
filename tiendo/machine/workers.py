"""Processes side by side that end when they should: at once on any fault, and with their parent."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class WorkerLostError(Exception):
    """A process ended in the middle of its work without a word; its exit code tells how."""


def side_by_side(
    do: Callable[[T], R],
    tasks: Sequence[T],
    *,
    count: int | None = None,
    prepare: Callable[[], None] | None = None,
) -> Generator[tuple[int, R], None, None]:
    """What is made of each task, with the task's place, as soon as it is made.

    On so many processes (None: as many as there are cores); each first calls `prepare`.  Spawned:
    a fork would carry over what other libraries hold, and Windows has none.  What the caller's
    ``__main__`` does on import, each process does too.

    The processes are gone when this ends, whether all is done, one has failed, or the caller
    stops asking.  A process has one task at a time and is spoken to by nobody else: nothing is
    queued that somebody would have to fetch.

    Raises:
        Exception: whatever `do` raises, at once, with the worker's own traceback as a note.
        MemoryError: a process was killed from outside, as systems do that run out of memory.
        WorkerLostError: a process ended in another way.

    """
    left = iter(enumerate(tasks))
    processes: list[BaseProcess] = []
    working: dict[Connection, BaseProcess] = {}
    try:
        _begin_tracker()
        with uninterrupted():
            for _ in range(min(count or os.cpu_count() or 1, len(tasks))):
                process, ours = _begun(do, prepare)
                processes.append(process)
                working[ours] = process
        for ours in list(working):
            _give(ours, working, left)
        while working:
            ready = [ours for ours in wait(list(working)) if isinstance(ours, Connection)]
            for ours in ready:
                place, made, error = _answer(ours, working[ours])
                if error is not None:
                    raise error
                _give(ours, working, left)
                yield place, made
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def _begin_tracker() -> None:
    """Let the helper of `multiprocessing` stand before a signal is kept waiting.

    Whoever begins it lets SIGINT through again, whatever was blocked before: the first process made
    after it would be interrupted while it is being made.
    """
    if os.name == "posix":
        resource_tracker.ensure_running()


def _begun(
    do: Callable[[T], R], prepare: Callable[[], None] | None
) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    # Daemons end with this process, whatever becomes of it.
    process = context.Process(target=_work, args=(theirs, do, prepare), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _give(
    ours: Connection, working: dict[Connection, BaseProcess], left: Iterator[tuple[int, T]]
) -> None:
    """Give a process its next task, or leave it alone if there is none."""
    task = next(left, None)
    if task is None:
        del working[ours]
        ours.close()
        return
    try:
        ours.send(task)
    except OSError:
        raise _lost(working[ours]) from None


def _answer(ours: Connection, process: BaseProcess) -> tuple[int, Any, BaseException | None]:
    try:
        place, made, error = ours.recv()
    except (EOFError, OSError):
        raise _lost(process) from None
    return place, made, error


def _lost(process: BaseProcess) -> Exception:
    process.join()
    killed = getattr(signal, "SIGKILL", signal.SIGTERM)
    return MemoryError() if process.exitcode == -killed else WorkerLostError(process.exitcode)


def _work(theirs: Connection, do: Callable[[T], R], prepare: Callable[[], None] | None) -> None:
    """Do one task after another until nobody gives any more."""
    _begin()
    prepared = prepare is None
    while True:
        try:
            place, task = theirs.recv()
        except (EOFError, OSError):
            return
        try:
            if prepare is not None and not prepared:
                prepare()
                prepared = True
            answer = (place, do(task), None)
        except BaseException as error:  # noqa: BLE001 - the parent is to know of every end
            theirs.send((place, None, _told(error)))
        else:
            theirs.send(answer)


def _told(error: BaseException) -> BaseException:
    """An exception as it can be sent to another process, with where it was raised."""
    said = "".join(traceback.format_exception(error))
    same: object
    try:
        same = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
    except Exception:  # noqa: BLE001 - there is no end of ways in which this fails
        same = RuntimeError(repr(error))
    sent = same if isinstance(same, Exception) else RuntimeError(repr(error))
    sent.add_note(said)
    return sent


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Inside, Ctrl-C waits: a process that is just being made would tell of it with a traceback.

    The mask alone is not enough: threads of other libraries take the signal instead, and Python
    then interrupts its main thread all the same.  The handler alone isn't either: it ends with
    this process, while the mask goes on to those that are being made.
    """
    came: list[int] = []
    here = threading.current_thread() is threading.main_thread()
    masks = hasattr(signal, "pthread_sigmask")
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number)) if here else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if here:
            signal.signal(signal.SIGINT, handler)
    if came:
        signal.raise_signal(signal.SIGINT)


def _begin() -> None:
    """Make a worker end at once, without a word, on Ctrl-C or when its parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
