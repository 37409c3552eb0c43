"""The learner's own addresses, by which the wallet tells which credentials are hers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wallet.ui.buttons import button
from wallet.ui.labels import SafeLabel
from wallet.ui.tokens import TextStyle

from .settings_section import SettingsSection

_FIELD_PX = 84


class IdentitiesSection(SettingsSection):
    """Addresses, one per line.

    Signals:
        identities_changed: The learner's addresses, as a tuple.
    """

    identities_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_identities", parent)
        self.set_title(self.tr("Your addresses"))
        self.content.addWidget(SafeLabel(
            self.tr("E-mail addresses you learned with, one per line. They show which credentials are yours; "
                    "they stay in your wallet."), TextStyle.SMALL, wrapped=True))
        self._field = QPlainTextEdit()
        self._field.setObjectName("identities_field")
        self._field.setAccessibleName(self.tr("Your addresses, one per line"))
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(_FIELD_PX)
        self.content.addWidget(self._field)
        keep = button(self.tr("Keep addresses"), name="keep_identities")
        keep.clicked.connect(self._on_keep)
        self.content.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)

    def show_identities(self, identities: tuple[str, ...]) -> None:
        """Show what is kept."""
        self._field.setPlainText("\n".join(identities))

    def _on_keep(self) -> None:
        lines = self._field.toPlainText().splitlines()
        self.identities_changed.emit(tuple(line.strip() for line in lines if line.strip()))
