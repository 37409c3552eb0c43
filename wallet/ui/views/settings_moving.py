"""Leaving with everything, and moving in from another wallet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.panels import hairline

from .settings_section import SettingsSection, setting


class MovingSection(SettingsSection):
    """Out and in.

    Signals:
        leave_requested: Save everything in a form that other programs read.
        move_in_requested: Take over what another wallet saved.
    """

    leave_requested = Signal()
    move_in_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_moving", parent)
        self.set_title(self.tr("Moving"))
        leave = button(self.tr("Take everything…"), icon=Icon.SHARE, name="leave_button")
        leave.clicked.connect(self.leave_requested)
        self.content.addLayout(setting(
            self.tr("Take everything with you"),
            self.tr("Originals, evidence, your own words and records in one file that does not need this "
                    "program."), leave))
        self.content.addWidget(hairline())
        move = button(self.tr("Move in…"), icon=Icon.DROP, name="move_in_button")
        move.clicked.connect(self.move_in_requested)
        self.content.addLayout(setting(
            self.tr("Move in from another wallet"),
            self.tr("Learner Credential Wallet, LearnCard, downloads of Badgr, Canvas and Credly, or an "
                    "export "
                    "of this program."), move))
