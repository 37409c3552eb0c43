"""How much memory processes take: the peak of one, and the largest sum of a whole tree that was seen.

What the system adds up for a process that has ended (`ru_maxrss`) begins with what the one that began it
held, so it says nothing about a small program begun by a large one. Asked instead: `/proc`, while they run.
A page that several share counts in parts (Pss) where that may be read, whole where not. Elsewhere than on
Linux nobody can tell: None.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

PROC: Final = Path("/proc")
_LOOKS_PER_SECOND: Final = 5.0
_KILOBYTE_FIELDS: Final = {"smaps_rollup": "Pss:", "status": "VmRSS:"}


class LargestSum:
    """Watches a process and all that descend from it, as long as the context lasts.

    Attributes:
        megabytes: The largest sum that was seen, None where nobody can tell.
    """

    def __init__(self, pid: int) -> None:
        """Watch the process of that number, once it is there."""
        self.megabytes: float | None = None
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _where: TracebackType | None) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            now = sum(filter(None, map(taken_by, tree_of(self._pid))))
            if now and now > (self.megabytes or 0):
                self.megabytes = now
            if self._over.wait(1 / _LOOKS_PER_SECOND):
                return


def own_peak() -> float | None:
    """Return the most megabytes that this very process has held at once, None where nobody can tell."""
    return _field(PROC / "self" / "status", "VmHWM:")


def taken_by(pid: int) -> float | None:
    """Return the megabytes that a process holds now, None if it is gone or nobody can tell."""
    for name, field in _KILOBYTE_FIELDS.items():
        found = _field(PROC / str(pid) / name, field)
        if found is not None:
            return found
    return None


def tree_of(pid: int) -> tuple[int, ...]:
    """Return a process and all that descend from it."""
    if not PROC.is_dir():
        return ()
    children: dict[int, list[int]] = {}
    for name in os.listdir(PROC):
        if name.isdecimal():
            try:
                stat = (PROC / name / "stat").read_text("utf-8", "replace")
            except OSError:  # gone since
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
    found = [pid]
    for one in found:
        found += children.get(one, ())
    return tuple(found)


def _field(path: Path, field: str) -> float | None:
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:  # gone, not ours to read, or no such system
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), None)
