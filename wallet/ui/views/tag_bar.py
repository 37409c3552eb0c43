"""The learner's tags as a row of filters: one of them, or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import Chip
from wallet.ui.check_panel import clear
from wallet.ui.flow import flow_box
from wallet.ui.panels import column
from wallet.ui.untrusted_text import shown_text

_SHOWN = 30
_MAX_SHOWN_CHARS = 30


class TagBar(QWidget):
    """The tags that are in use; hidden where there are none.

    Signals:
        changed: Another tag is chosen, or none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tag_bar")
        self.setProperty("ground", "none")
        self._chips: dict[str, Chip] = {}
        self._lines = column(self)
        self.hide()

    def set_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show these, and on how many credentials each is; the most used first."""
        chosen = self.chosen()
        clear(self._lines)
        self._chips = {}
        for tag, count in sorted((one for one in tags if one[1]), key=lambda one: (-one[1], one[0]))[:_SHOWN]:
            self._chips[tag] = self._chip(tag, count)
        if chosen in self._chips:
            self._chips[chosen].setChecked(True)
        self._lines.addWidget(flow_box(*self._chips.values()))
        self.setVisible(bool(self._chips))

    def chosen(self) -> str:
        """Return the tag that is asked for, "" for none."""
        return next((tag for tag, chip in self._chips.items() if chip.isChecked()), "")

    def clear_choice(self) -> None:
        """Ask for no tag, without telling anybody."""
        for chip in self._chips.values():
            chip.setChecked(False)

    def _chip(self, tag: str, count: int) -> Chip:
        shown = shown_text(tag, single_line=True).text
        cut = shown if len(shown) <= _MAX_SHOWN_CHARS else shown[:_MAX_SHOWN_CHARS] + "…"
        chip = Chip(f"#{cut}".replace("&", "&&"))
        chip.setObjectName("tag_filter")
        chip.setAccessibleName(self.tr("Tag {tag}, {n}").format(tag=shown, n=count))
        chip.clicked.connect(lambda checked, one=tag: self._on_clicked(one, checked=checked))
        return chip

    def _on_clicked(self, tag: str, *, checked: bool) -> None:
        for other, chip in self._chips.items():
            chip.setChecked(checked and other == tag)
        self.changed.emit()
