"""The line at the foot of the window: whether anything leaves this computer, whether the wallet is open."""

from __future__ import annotations

from enum import Enum, unique

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QWidget

from .buttons import Switch, button
from .icons import Icon
from .labels import IconLabel, SafeLabel
from .panels import column, hairline, row
from .tokens import Ink, Space, TextStyle
from .untrusted_text import isolated, shown_text

_HEIGHT_PX = 32
_ICON_PX = 15


@unique
class WalletState(Enum):
    """What the right end says."""

    NONE = "none"
    LOCKED = "locked"
    OPEN = "open"
    SAMPLES = "samples"
    DESK = "desk"


class StatusBar(QFrame):
    """Offline, said once and always in the same place; with a wallet open, the switch for it.

    Signals:
        online_wished: Whether sites that the learner always allows may be asked without a sheet.
        ledger_requested: Show every request that was ever made.
    """

    online_wished = Signal(bool)
    ledger_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setProperty("ground", "window")
        self.setMinimumHeight(_HEIGHT_PX)
        whole = column(self)
        whole.addWidget(hairline())
        line = row(gap=Space.SMALL)
        line.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        self._switch = Switch(self.tr("Online"))
        self._switch.setObjectName("online_switch")
        self._switch.toggled.connect(self.online_wished)
        self._icon = IconLabel(Icon.OFFLINE, _ICON_PX, Ink.TEXT_2)
        self._word = SafeLabel("", TextStyle.CAPTION_STRONG, ink=Ink.TEXT)
        self._word.setObjectName("network_word")
        self._sentence = SafeLabel("", TextStyle.CAPTION, ink=Ink.TEXT_2, elided=True)
        self._sentence.setObjectName("network_sentence")
        self._ledger = button(self.tr("Requests"), kind="link", size="small", name="open_ledger")
        self._ledger.setAccessibleDescription(self.tr("Every request that was ever made"))
        self._ledger.clicked.connect(self.ledger_requested)
        line.addWidget(self._switch)
        line.addWidget(self._icon)
        line.addWidget(self._word)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._ledger)
        self._lock = IconLabel(Icon.LOCK, _ICON_PX, Ink.TEXT_2)
        self._state = SafeLabel("", TextStyle.CAPTION, ink=Ink.TEXT_2)
        self._state.setObjectName("wallet_state")
        line.addWidget(self._lock)
        line.addWidget(self._state)
        whole.addLayout(line, 1)
        self.show_online(False)
        self.show_state(WalletState.NONE)

    def show_online(self, online: bool) -> None:  # noqa: FBT001 - a slot
        """Say whether a standing leave counts."""
        with QSignalBlocker(self._switch):
            self._switch.setChecked(online)
        self._switch.update()
        self.show_asked("")

    def show_asked(self, host: str) -> None:
        """Say who is asked just now, "" for nobody."""
        online = self._switch.isChecked()
        self._icon.set_icon(Icon.ONLINE if online or host else Icon.OFFLINE, Ink.TEXT_2)
        self._word.setText(self.tr("Online") if online or host else self.tr("Offline"))
        if host:
            self._sentence.setText(self.tr("Asking {host}…").format(host=isolated(shown_text(host).text)))
        elif online:
            self._sentence.setText(self.tr("Only sites you always allow are asked without a question"))
        else:
            self._sentence.setText(self.tr("Nothing leaves this computer"))

    def show_state(self, state: WalletState, lock_minutes: int = 0) -> None:
        """Say how the wallet stands; never which wallet, never what is in it."""
        opened = state in (WalletState.OPEN, WalletState.SAMPLES)
        self._switch.setVisible(opened)
        self._ledger.setVisible(opened)
        self._lock.setVisible(state in (WalletState.OPEN, WalletState.LOCKED, WalletState.SAMPLES))
        self._lock.set_icon(Icon.LOCK if state is WalletState.LOCKED else Icon.UNLOCK, Ink.TEXT_2)
        self._state.setText(_words(state, lock_minutes))

    @property
    def text(self) -> str:
        """What the right end says."""
        return self._state.full_text


def _words(state: WalletState, lock_minutes: int) -> str:
    translate = QCoreApplication.translate
    if state is WalletState.OPEN:
        if lock_minutes == 1:
            return translate("StatusBar", "Wallet open · locks after 1 minute")
        return translate("StatusBar", "Wallet open · locks after {n} minutes").format(n=lock_minutes)
    return {
        WalletState.NONE: translate("StatusBar", "No wallet yet"),
        WalletState.LOCKED: translate("StatusBar", "Wallet locked"),
        WalletState.SAMPLES: translate("StatusBar", "Samples · gone when you close them"),
        WalletState.DESK: translate("StatusBar", "No wallet open · no history kept"),
    }[state]
