"""Settings of the program itself: look, and the page that checks QR codes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.operations.settings import Settings, Theme
from wallet.ui.buttons import Field, Segments
from wallet.ui.panels import hairline

from .settings_section import SettingsSection, setting

_THEMES = (Theme.SYSTEM, Theme.LIGHT, Theme.DARK)


class ProgramSection(SettingsSection):
    """Look, verifier.

    Signals:
        settings_changed: The new `Settings`.
    """

    settings_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("settings_program", parent)
        self._settings = settings
        self.set_title(self.tr("Program"))
        self.content.addLayout(setting(self.tr("Look"), "", self._build_look()))
        self.content.addWidget(hairline())
        self._verifier = Field("https://verify.example", label=self.tr("Verifier address"))
        self._verifier.setObjectName("verifier_field")
        self._verifier.setText(settings.verifier_address)
        self._verifier.editingFinished.connect(self._on_verifier)
        self.content.addLayout(setting(
            self.tr("Verifier page"),
            self.tr("An https page that checks a QR code in any browser. Empty: codes are for this program."),
            self._verifier))

    def _build_look(self) -> Segments:
        look = Segments(((None, self.tr("As the system")), (None, self.tr("Light")), (None, self.tr("Dark"))),
                        with_words=True)
        look.setObjectName("theme_segments")
        look.choose(_THEMES.index(self._settings.theme))
        look.chosen.connect(lambda index: self._change(replace(self._settings, theme=_THEMES[index])))
        return look

    def follow(self, settings: Settings) -> None:
        """Take what was set elsewhere, without telling anybody."""
        self._settings = settings

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _on_verifier(self) -> None:
        address = self._verifier.text().strip()
        if address != self._settings.verifier_address:
            self._change(replace(self._settings, verifier_address=address))
