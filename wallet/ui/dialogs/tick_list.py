"""A list to tick: what a public page or an export offers, and what of it cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import ScrollColumn, column, panel, row
from wallet.ui.tick import Tick
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.untrusted_text import shown_text
from wallet.ui.wording import counted

from .form import FormDialog

_ROOM = QSize(470, 360)
_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line; all text untrusted.

    Attributes:
        note: Our own words at its end, as “here already”.
    """

    title: str
    below: str = ""
    note: str = ""
    ticked: bool = True


class TickListDialog(FormDialog):
    """What to take.

    Signals:
        chosen: The numbers of the ticked lines, as a tuple.
    """

    chosen = Signal(object)

    def __init__(self, title: str, text: str, action: str, lines: Sequence[Line],
                 left_out: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(title, text, action, name="tick_list", parent=parent)
        self._ticks: list[Tick] = []
        self._all = button(self.tr("Tick none"), kind="link", size="small", name="tick_all")
        self._all.clicked.connect(self._on_all)
        self.body.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(_Room(self._build_lines(lines)), 1)
        if len(lines) > _SHOWN:
            rest = counted(len(lines) - _SHOWN, "and %n more, not shown", "and %n more, not shown")
            self.body.addWidget(SafeLabel(rest, TextStyle.CAPTION))
        if left_out:
            self.body.addWidget(_left_out(self.tr("Not taken over"), left_out))
        self.wished.connect(self._on_wished)
        self.arrange()

    def ticked(self) -> tuple[int, ...]:
        """Return the numbers of the ticked lines."""
        return tuple(number for number, tick in enumerate(self._ticks) if tick.isChecked())

    def is_complete(self) -> bool:
        """Return whether anything is ticked."""
        return bool(self.ticked())

    def arrange(self) -> None:
        """Let the buttons follow the ticks."""
        self._all.setText(self.tr("Tick none") if self.ticked() else self.tr("Tick all"))
        self._all.setAccessibleName(self._all.text())
        super().arrange()

    def _build_lines(self, lines: Sequence[Line]) -> QWidget:
        inner = QWidget()
        box = panel("card")
        inside = column(box)
        inside.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        for one in lines[:_SHOWN]:
            inside.addWidget(self._line(one))
        whole = column(inner)
        whole.addWidget(box)
        whole.addStretch(1)
        return inner

    def _line(self, one: Line) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        line.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        tick = Tick(shown_text(one.title, single_line=True).text, ticked=one.ticked, name="line_tick")
        tick.toggled.connect(self.arrange)
        self._ticks.append(tick)
        line.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(one.title, TextStyle.STRONG, untrusted=True, wrapped=True))
        if one.below:
            words.addWidget(SafeLabel(one.below, TextStyle.SMALL, untrusted=True, wrapped=True))
        line.addLayout(words, 1)
        if one.note:
            line.addWidget(SafeLabel(one.note, TextStyle.CAPTION), 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _on_all(self) -> None:
        wanted = not self.ticked()
        for tick in self._ticks:
            tick.setChecked(wanted)

    def _on_wished(self) -> None:
        numbers = self.ticked()
        self.accept()
        self.chosen.emit(numbers)


class _Room(ScrollColumn):
    """Room for the lines that scrolls."""

    def sizeHint(self) -> QSize:
        """Return the room, smaller where there are few lines."""
        inner = self.widget()
        layout = inner.layout() if inner else None
        wanted = layout.totalHeightForWidth(_ROOM.width()) if layout else 0
        return QSize(_ROOM.width(), min(wanted + 2, _ROOM.height()))

    def minimumSizeHint(self) -> QSize:
        """Ask for the same."""
        return self.sizeHint()


def _left_out(title: str, sentences: Sequence[str]) -> QWidget:
    box = QWidget()
    lines = column(box, gap=2)
    lines.addWidget(SafeLabel(title, TextStyle.CAPTION_STRONG))
    for one in tuple(dict.fromkeys(sentences))[:8]:
        lines.addWidget(SafeLabel(one, TextStyle.CAPTION, untrusted=True, wrapped=True))
    return box
