"""Who gets in: quick unlock on this computer, the passphrase, the recovery code, a new data key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.operations.keychain import QuickUnlockStatus
from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import hairline
from wallet.ui.tokens import Ink, TextStyle
from wallet.ui.wording import long_date, reason_text

from .settings_section import SettingsSection, setting


class UnlockingSection(SettingsSection):
    """The ways into the wallet.

    Signals:
        quick_unlock_requested: Switch quick unlock on (True) or off.
        passphrase_requested: Change the passphrase.
        code_requested: Make a new recovery code.
        rotation_requested: Encrypt everything anew.
    """

    quick_unlock_requested = Signal(bool)
    passphrase_requested = Signal()
    code_requested = Signal()
    rotation_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_unlocking", parent)
        self.set_title(self.tr("Unlocking"))
        self._is_on = False
        self._quick = button(self.tr("Switch on…"), name="quick_unlock")
        self._quick.clicked.connect(lambda: self.quick_unlock_requested.emit(not self._is_on))
        self._standing = SafeLabel("", TextStyle.SMALL, ink=Ink.TEXT_2, wrapped=True)
        self.content.addLayout(setting(self.tr("Quick unlock on this computer"), self._standing, self._quick))
        for name, text, action, icon, object_name, signal in (
            (self.tr("Passphrase"), self.tr("Backups made before a change still open with the old one."),
             self.tr("Change…"), Icon.KEY, "change_passphrase", self.passphrase_requested),
            (self.tr("Recovery code"),
             self.tr("Make a new one if the sheet is lost, or if somebody may have seen it."),
             self.tr("New code…"), Icon.PRINT, "new_recovery_code", self.code_requested),
            (self.tr("Encrypt everything anew"),
             self.tr("If somebody may have a copy of your wallet together with a secret that opens it."),
             self.tr("Begin…"), Icon.REFRESH, "rotate_button", self.rotation_requested),
        ):
            self.content.addWidget(hairline())
            pressed = button(action, icon=icon, name=object_name)
            pressed.setAccessibleName(f"{name}: {action}")
            pressed.clicked.connect(signal)
            self.content.addLayout(setting(name, text, pressed))
        self.show_status(QuickUnlockStatus())

    def show_status(self, status: QuickUnlockStatus) -> None:
        """Show how quick unlock stands."""
        self._is_on = status.on
        if not status.on:
            text = self.tr("Off. Your wallet opens with the passphrase or the recovery code.")
        elif status.problem is not None:
            text = reason_text(status.problem)
        elif status.until is not None:
            text = self.tr("On until {date}. Whoever has this computer while you are signed in can open your "
                           "wallet.").format(date=long_date(status.until))
        else:
            text = self.tr("On.")
        self._standing.setText(text)
        action = self.tr("Switch off") if status.on else self.tr("Switch on…")
        self._quick.setText(action)
        self._quick.setAccessibleName(self.tr("Quick unlock: {action}").format(action=action))
