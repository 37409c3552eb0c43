"""The way to each section of the settings: a line of names at the top, for the mouse and for the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from wallet.ui.buttons import button
from wallet.ui.flow import FlowLayout
from wallet.ui.tokens import Space

from .settings_section import SettingsSection


class JumpList(QFrame):
    """One name for each section, in the page's order.

    Signals:
        wanted: The section to go to.
    """

    wanted = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_jumps")
        self.setProperty("ground", "none")
        self.setAccessibleName(self.tr("Sections of this page"))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._names = FlowLayout(self, gap=Space.SMALL)

    def add(self, section: SettingsSection) -> None:
        """Lead to one more section."""
        made = button(section.title, kind="quiet", size="chip", name=f"jump_{section.objectName()}")
        made.setAccessibleName(self.tr("Go to “{section}”").format(section=section.title))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self.wanted.emit(section))
        self._names.addWidget(made)
