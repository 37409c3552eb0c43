"""The line at the foot of the window: whether anything leaves this computer, whether the wallet is open."""

from __future__ import annotations

from enum import Enum, unique

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from .icons import Icon
from .labels import IconLabel, SafeLabel
from .panels import column, hairline, row
from .tokens import Ink, Space, TextStyle

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
    """Offline, said once and always in the same place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setProperty("ground", "window")
        self.setMinimumHeight(_HEIGHT_PX)
        whole = column(self)
        whole.addWidget(hairline())
        line = row(gap=Space.SMALL)
        line.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        line.addWidget(IconLabel(Icon.OFFLINE, _ICON_PX, Ink.TEXT_2))
        line.addWidget(SafeLabel(self.tr("Offline"), TextStyle.CAPTION_STRONG, ink=Ink.TEXT))
        self._sentence = SafeLabel(self.tr("Nothing leaves this computer"), TextStyle.CAPTION, ink=Ink.TEXT_2,
                                   elided=True)
        line.addWidget(self._sentence, 1)
        self._lock = IconLabel(Icon.LOCK, _ICON_PX, Ink.TEXT_2)
        self._state = SafeLabel("", TextStyle.CAPTION, ink=Ink.TEXT_2)
        self._state.setObjectName("wallet_state")
        line.addWidget(self._lock)
        line.addWidget(self._state)
        whole.addLayout(line, 1)

    def show_state(self, state: WalletState, lock_minutes: int = 0) -> None:
        """Say how the wallet stands; never which wallet, never what is in it."""
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
