"""Processes side by side that end when they should: at once on Ctrl-C, and with their parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def workers(
    count: int | None = None, prepare: Callable[[], None] | None = None
) -> Iterator[ProcessPoolExecutor]:
    """A pool of so many processes (None: as many as there are cores); each first calls `prepare`.

    Spawned: a fork would carry over what other libraries hold, and Windows has none.  What the
    caller's ``__main__`` does on import, each process does too.  If the block ends in an
    exception, the processes are ended instead of waited for.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, _begin, (prepare,)) as pool:
        try:
            yield pool
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()
            raise


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


def _begin(prepare: Callable[[], None] | None) -> None:
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
    if prepare is not None:
        prepare()
