"""Every request that was ever made, and the sites that may be asked without a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.network import FetchOutcome, LedgerEntry
from wallet.model.report import Level
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice
from wallet.ui.tokens import Ink, TextStyle
from wallet.ui.untrusted_text import shown_text
from wallet.ui.wording import counted, date_and_time, long_date, translate
from wallet.wording.asking import outcome_word, permission_word, purpose_word

from .subpage import Lines, SubPage, words

_SHOWN = 300
_CAME = (FetchOutcome.FETCHED, FetchOutcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class AllowedSite:
    """A site that may be asked, and since when."""

    host: str
    since: datetime


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What is known of the web.

    Attributes:
        entries: The newest requests.
        count: How many there are in all.
        always: Whether every site that a credential names may be asked.
    """

    entries: tuple[LedgerEntry, ...] = ()
    count: int = 0
    allowed: tuple[AllowedSite, ...] = ()
    always: bool = False


class LedgerPage(SubPage):
    """The ledger, newest first.

    Signals:
        revoke_requested: The host whose leave is taken back.
        clear_requested: Forget every line.
    """

    revoke_requested = Signal(str)
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ledger_page", parent)
        self.set_words(self.tr("Settings"), self.tr("Requests"), self.tr(
            "Everything this wallet ever asked of the web. The list stays inside your wallet."))
        self._clear = button(self.tr("Forget the list…"), icon=Icon.BIN, name="clear_ledger")
        self._clear.clicked.connect(self.clear_requested)
        self.buttons.addWidget(self._clear)
        self.show_facts(NetworkFacts())

    def show_facts(self, facts: NetworkFacts) -> None:
        """Show the requests and the leave that stands."""
        clear(self.body)
        self._clear.setEnabled(bool(facts.entries))
        if facts.always:
            self.body.addWidget(Notice(Level.CARE, self.tr("Every site that a credential names may be asked"),
                                       self.tr("You have set it so. It is among the settings.")))
        self.body.addWidget(self._allowed(facts.allowed))
        if not facts.entries:
            self.body.addWidget(Notice(Level.INFO, self.tr("No request is on the list."), self.tr(
                "When you check online or paste a web address, each request is noted here first.")))
            return
        self.body.addWidget(self._entries(facts.entries))
        if facts.count > len(facts.entries):
            rest = counted(facts.count - len(facts.entries), "and %n more", "and %n more")
            self.body.addWidget(SafeLabel(rest, TextStyle.SMALL))

    def _allowed(self, allowed: Sequence[AllowedSite]) -> Lines:
        lines = Lines(self.tr("Sites you always allow"))
        lines.setObjectName("allowed_sites")
        if not allowed:
            lines.add(SafeLabel(self.tr("None. You are asked before anything is sent."), TextStyle.SMALL,
                                wrapped=True))
        for one in allowed:
            back = button(self.tr("Take back"), size="small", name="revoke_site")
            back.setAccessibleDescription(shown_text(one.host, single_line=True).text)
            back.clicked.connect(lambda _=False, host=one.host: self.revoke_requested.emit(host))
            lines.add(words(SafeLabel(one.host, TextStyle.STRONG, untrusted=True, wrapped=True),
                            SafeLabel(self.tr("since {date}").format(date=long_date(one.since)),
                                      TextStyle.CAPTION)), back)
        return lines

    def _entries(self, entries: Sequence[LedgerEntry]) -> Lines:
        lines = Lines(self.tr("Requests"))
        lines.setObjectName("ledger_lines")
        for one in entries[:_SHOWN]:
            why = self.tr("For {what} · allowed by {whom}").format(
                what=purpose_word(one.purpose, translate), whom=permission_word(one.allowed, translate))
            came = one.outcome in _CAME
            word = outcome_word(one.outcome, translate)
            ended = SafeLabel(word[:1].upper() + word[1:], TextStyle.STATUS,
                              ink=Ink.TEXT if came else Ink.CARE)
            size = SafeLabel(self.tr("{n} bytes").format(n=self.locale().toString(one.bytes)) if one.bytes
                             else "", TextStyle.CAPTION)
            lines.add(words(SafeLabel(one.host, TextStyle.STRONG, untrusted=True, wrapped=True),
                            SafeLabel(why, TextStyle.SMALL, wrapped=True),
                            SafeLabel(one.address, TextStyle.CAPTION, untrusted=True, wrapped=True)),
                      words(SafeLabel(date_and_time(one.at), TextStyle.CAPTION), ended, size))
        return lines

