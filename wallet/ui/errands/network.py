"""Errands with the leave to ask the web and with the ledger of requests; nothing is asked here."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wallet.operations import network
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.ground import Ground
from wallet.ui.views.ledger import AllowedSite, NetworkFacts

_SHOWN = 300


class NetworkErrands(QObject):
    """Wishes about leave and ledger.

    Signals:
        facts_ready: The `NetworkFacts` to show.
    """

    facts_ready = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def show(self) -> None:
        """Read how it stands."""
        self._ground.run(self._facts, self.facts_ready.emit)

    def set_always(self, always: bool) -> None:  # noqa: FBT001 - a slot
        """Let every site be asked that a credential names, after a question; or take that back."""
        if not always:
            self._set_always(allowed=False)
            return
        asked = ConfirmDialog(self.tr("Allow all sites?"), self.tr(
            "While you are online, every site that a credential names may then be asked without a question. "
            "Whoever made a credential chooses which sites it names."), self.tr("Allow all"),
            lambda: self._set_always(allowed=True), self._ground.window.window())
        asked.rejected.connect(self.show)
        asked.open()

    def revoke(self, host: str) -> None:
        """Take the leave for a site back; it can be given again at once."""
        session = self._ground.session

        def done(_was_there: bool) -> None:  # noqa: FBT001 - an answer
            self.show()
            self._ground.say(self.tr("You are asked again before {host} is.").format(host=host),
                             undo=lambda: self._allow(host))

        self._ground.run(lambda: network.revoke_host(session, host), done)

    def clear(self) -> None:
        """Forget the list of requests, after a question: it cannot be undone."""
        ConfirmDialog(self.tr("Forget the list of requests?"), self.tr(
            "What was asked of whom is then no longer known. Sites you always allow stay allowed."),
            self.tr("Forget the list"), self._clear, self._ground.window.window()).open()

    def _facts(self) -> NetworkFacts:
        session = self._ground.session
        entries = network.ledger(session)
        allowed = tuple(AllowedSite(one.host, one.given_at) for one in network.allowed_hosts(session))
        return NetworkFacts(entries[:_SHOWN], len(entries), allowed, network.always_allowed(session))

    def _clear(self) -> None:
        session = self._ground.session
        self._ground.run(lambda: network.clear_ledger(session), lambda _count: self.show())

    def _allow(self, host: str) -> None:
        session = self._ground.session
        self._ground.run(lambda: network.allow_host(session, host), lambda _name: self.show())

    def _set_always(self, *, allowed: bool) -> None:
        session = self._ground.session
        self._ground.run(lambda: network.set_always_allowed(session, allowed=allowed),
                         lambda _none: self.show())
