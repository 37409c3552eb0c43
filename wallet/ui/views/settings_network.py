"""Whether the learner is asked before the web is, and the way to everything that was ever asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import Segments, button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import hairline
from wallet.ui.tokens import TextStyle
from wallet.ui.wording import counted

from .ledger import NetworkFacts
from .settings_section import SettingsSection, setting


class NetworkSection(SettingsSection):
    """The web.

    Signals:
        always_changed: Whether every site that a credential names may be asked without a question.
        ledger_requested: Show the requests.
    """

    always_changed = Signal(bool)
    ledger_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_network", parent)
        self.set_title(self.tr("The web"))
        self._choice = Segments(((None, self.tr("Ask me each time")), (None, self.tr("Allow all"))),
                                with_words=True)
        self._choice.setObjectName("network_segments")
        self._choice.chosen.connect(lambda index: self.always_changed.emit(index == 1))
        self.content.addLayout(setting(
            self.tr("Before a site is asked"),
            self.tr("Whichever you choose: while the wallet is offline, nothing is asked without you."),
            self._choice))
        self.content.addWidget(hairline())
        show = button(self.tr("Show…"), icon=Icon.LOG, name="show_ledger")
        show.clicked.connect(self.ledger_requested)
        self._requests = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.content.addLayout(setting(self.tr("Requests"), self._requests, show))

    def show_facts(self, facts: NetworkFacts) -> None:
        """Show how it stands."""
        self._choice.choose(1 if facts.always else 0)
        asked = counted(facts.count, "%n request was ever made.", "%n requests were ever made.")
        allowed = counted(len(facts.allowed), "%n site is always allowed.", "%n sites are always allowed.")
        self._requests.setText(f"{asked} {allowed}")
