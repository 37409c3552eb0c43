"""What was deleted and can still be taken back, and how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.stored import StoredCredential
from wallet.operations.library import BIN_DAYS
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column, row
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.wording import counted, long_date

from .settings_section import SettingsSection

#: How many lines the section shows.
SHOWN = 50


class BinSection(SettingsSection):
    """The bin.

    Signals:
        restore_requested: Ids to take out of the bin, as a tuple.
        empty_requested: Remove everything in it for good.
    """

    restore_requested = Signal(object)
    empty_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_bin", parent)
        self.set_title(self.tr("Bin"))
        self._lines = column(gap=Space.SMALL)
        self.content.addLayout(self._lines)
        self._empty = button(self.tr("Empty the bin now…"), kind="danger", icon=Icon.BIN, name="empty_bin")
        self._empty.clicked.connect(self.empty_requested)
        self.content.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_binned(())

    def show_binned(self, binned: Sequence[StoredCredential], total: int | None = None) -> None:
        """Show what is in it: the latest, and of `total` how many more."""
        clear(self._lines)
        text = (self.tr("Deleted credentials stay here for {n} days. After that they are removed for good "
                        "when "
                        "you open the wallet.").format(n=BIN_DAYS) if binned
                else self.tr("The bin is empty."))
        self._lines.addWidget(SafeLabel(text, TextStyle.SMALL, wrapped=True))
        for one in binned[:SHOWN]:
            self._lines.addWidget(self._row(one))
        rest = (len(binned) if total is None else total) - SHOWN
        if rest > 0:
            self._lines.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.SMALL))
        self._empty.setVisible(bool(binned))

    def _row(self, one: StoredCredential) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        words = column()
        words.addWidget(SafeLabel(one.title, TextStyle.STRONG, untrusted=True, elided=True))
        if one.binned_at:
            words.addWidget(SafeLabel(self.tr("deleted on {date}, kept until {until}").format(
                date=long_date(one.binned_at), until=long_date(_end(one.binned_at))), TextStyle.CAPTION))
        line.addLayout(words, 1)
        back = button(self.tr("Take back"), icon=Icon.UNDO, size="small", name="take_back")
        back.clicked.connect(lambda: self.restore_requested.emit((one.id,)))
        line.addWidget(back)
        return box


def _end(binned_at: datetime) -> datetime:
    return binned_at + timedelta(days=BIN_DAYS)
