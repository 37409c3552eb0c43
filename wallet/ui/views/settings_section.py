"""A card of the settings page, and a line in it. What each section sets is in `settings_<topic>`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from wallet.ui.buttons import Field
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column, row
from wallet.ui.tokens import Ink, Space, TextStyle


class SettingsSection(QFrame):
    """One topic of the settings.

    Attributes:
        content: Layout for its lines.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.content: QVBoxLayout = column(self, gap=Space.MEDIUM)
        self.content.setContentsMargins(Space.WIDE, Space.CARD, Space.WIDE, Space.CARD)
        self._title = SafeLabel("", TextStyle.SECTION, wrapped=True)
        self.content.addWidget(self._title)

    @property
    def title(self) -> str:
        """What the section is about."""
        return self._title.full_text

    def set_title(self, title: str) -> None:
        """Say what the section is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be set here, so that Tab goes on from here."""
        first = next((one for one in self.findChildren(QWidget) if one.isVisibleTo(self) and one.isEnabled()
                      and one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def setting(name: str, text: str | SafeLabel, control: QWidget) -> QVBoxLayout:
    """Return a line: what is set, what it means, and the control at its end."""
    whole = column()
    line = row(gap=Space.LARGE)
    words = column(gap=2)
    words.addWidget(SafeLabel(name, TextStyle.STRONG, wrapped=True))
    below = text if isinstance(text, SafeLabel) else SafeLabel(text, TextStyle.SMALL, ink=Ink.TEXT_2,
                                                               wrapped=True)
    below.setVisible(not isinstance(text, str) or bool(text))
    words.addWidget(below)
    line.addLayout(words, 1)
    line.addWidget(control, 1 if isinstance(control, Field) else 0)
    whole.addLayout(line)
    return whole
