"""A matter looks for itself when it is concerned, and its wishes reach its errands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from wallet.model.stored import Changes
from wallet.ui.application import Desktop
from wallet.ui.matter import Matter, join


class Looks(Matter):
    """Counts how often it looked."""

    looked = 0

    def look(self) -> None:
        super().look()
        self.looked += 1


class Section(QObject):
    """Wishes."""

    wished = Signal(str)
    other = Signal()


def test_it_looks_when_it_is_concerned(sample_wallet: Desktop, settled: Callable[[], None]) -> None:
    work = sample_wallet.window.workspace
    assert work is not None
    matter = Looks(work._ground)
    work._ground.tell(Changes(shares=True))
    assert matter.looked == 0
    work._ground.tell(Changes(settings=True))
    assert matter.looked == 1
    settled()


def test_wishes_reach_their_errands() -> None:
    section, done = Section(), list[str]()
    join((section.wished, done.append), (section.other, lambda: done.append("other")))
    section.wished.emit("one")
    section.other.emit()
    assert done == ["one", "other"]
