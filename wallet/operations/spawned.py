"""Beginning a process of our own that never hears an interruption, not even while it loads.

A terminal interrupts everybody who was begun in it; who asks to stop asks this process, which ends the
others. `multiprocessing` begins a process of its own with the first, which lets interruptions through again:
so that one comes before.
"""

from __future__ import annotations

from multiprocessing.process import BaseProcess

from wallet.codec.linked_data.worker import interrupts_later


def begin(process: BaseProcess) -> None:
    """Begin it.

    Raises:
        OSError: The system lets us begin none.
    """
    try:
        from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415 - not on Windows
    except ImportError:
        process.start()
        return
    ensure_running()
    with interrupts_later():
        process.start()
