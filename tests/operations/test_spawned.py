"""A process of ours hears no interruption, from its first moment on, and ends when it is told to."""

from __future__ import annotations

import multiprocessing
import signal
import time
from pathlib import Path

import pytest

from wallet.operations.spawned import begin


def waiting() -> None:
    time.sleep(60)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux what a process hears")
def test_it_is_deaf_before_it_has_loaded_and_this_process_is_not() -> None:
    process = multiprocessing.get_context("spawn").Process(target=waiting)
    begin(process)
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
        held = int(dict(line.split(":", 1) for line in status.splitlines())["SigBlk"], 16)
        assert held >> (signal.SIGINT - 1) & 1
        assert not held >> (signal.SIGTERM - 1) & 1
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    finally:
        process.kill()
        process.join()
