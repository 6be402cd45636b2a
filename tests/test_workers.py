"""Ctrl-C waits while processes are being made, and is not forgotten."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from tiendo.workers import uninterrupted


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
