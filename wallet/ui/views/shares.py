"""The log of everything that left: what, to whom, when, how, and until when it was meant to be used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wallet.model.report import Level
from wallet.model.sharing import Channel, ShareRecord
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import Notice, Page, column, hairline, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted, date_and_time, long_date

_SHOWN_ROWS = 300
_SHOWN_TITLES = 5
_ICONS = {Channel.PACK: Icon.SAVE, Channel.QR: Icon.QR, Channel.LINKEDIN: Icon.NETWORK,
          Channel.ORIGINAL: Icon.DOCUMENT}


class SharedLogPage(Page):
    """Newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE, parent=parent)
        self.setObjectName("shared_log_page")
        self.content.addWidget(SafeLabel(self.tr("Shared log"), TextStyle.TITLE, wrapped=True))
        self._lines = column(gap=Space.LARGE)
        self.content.addLayout(self._lines)
        self.content.addStretch(1)
        self.show_shares((), None)

    def show_shares(self, shares: Sequence[ShareRecord], now: datetime | None) -> None:
        """Show these; `now` tells which packs have ended."""
        clear(self._lines)
        if not shares:
            self._lines.addWidget(Notice(Level.INFO, self.tr("Nothing has left this computer."), self.tr(
                "When you save a pack, show a QR code or save an original, it is noted here.")))
            return
        self._lines.addWidget(SafeLabel(
            self.tr("Only on this computer, inside your wallet. What has left cannot be called back."),
            ink=Ink.TEXT_2, wrapped=True))
        box = panel("card")
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        newest = sorted(shares, key=lambda one: one.at, reverse=True)
        for number, one in enumerate(newest[:_SHOWN_ROWS]):
            if number:
                inside.addWidget(hairline())
            inside.addWidget(self._row(one, now))
        self._lines.addWidget(box)
        rest = len(shares) - _SHOWN_ROWS
        if rest > 0:
            self._lines.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.SMALL))

    def _row(self, one: ShareRecord, now: datetime | None) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.LARGE)
        line.setContentsMargins(Space.CARD, 14, Space.CARD, 14)
        line.addWidget(IconLabel(_ICONS[one.channel], 20, Ink.TEXT_2), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(one.audience or self.tr("Nobody named"), TextStyle.STRONG, untrusted=True,
                                  elided=True))
        titles = ", ".join(one.titles[:_SHOWN_TITLES])
        if len(one.titles) > _SHOWN_TITLES:
            titles += f" + {len(one.titles) - _SHOWN_TITLES}"
        words.addWidget(SafeLabel(titles, TextStyle.SMALL, untrusted=True, wrapped=True))
        line.addLayout(words, 3)
        line.addWidget(SafeLabel(self._channel(one.channel), TextStyle.SMALL, wrapped=True), 1)
        when = column(gap=2)
        when.addWidget(SafeLabel(date_and_time(one.at), TextStyle.SMALL, ink=Ink.TEXT))
        when.addWidget(SafeLabel(self._end(one, now), TextStyle.CAPTION))
        line.addLayout(when)
        return box

    def _channel(self, channel: Channel) -> str:
        return {Channel.PACK: self.tr("Share pack"), Channel.QR: self.tr("QR code"),
                Channel.LINKEDIN: self.tr("LinkedIn form"),
                Channel.ORIGINAL: self.tr("Original file")}[channel]

    def _end(self, one: ShareRecord, now: datetime | None) -> str:
        """Say it in words of its own: the end of a pack is not the end of a credential."""
        if one.expires is None:
            return self.tr("no end") if one.channel in (Channel.PACK, Channel.QR) else ""
        ended = now is not None and one.expires <= now
        text = self.tr("pack was meant until {date}") if ended else self.tr("pack meant until {date}")
        return text.format(date=long_date(one.expires))
