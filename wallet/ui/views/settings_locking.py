"""When the wallet locks by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.operations.settings import Settings
from wallet.ui.buttons import Segments, Switch
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import hairline
from wallet.ui.tokens import TextStyle

from .settings_section import SettingsSection, setting

_MINUTES = (1, 5, 15, 60)


class LockingSection(SettingsSection):
    """Idle time, sleep, the screen, the minimised window.

    Signals:
        settings_changed: The new `Settings`.
    """

    settings_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("settings_locking", parent)
        self._settings = settings
        self.set_title(self.tr("Locking"))
        self._minutes = Segments(tuple((None, self.tr("{n} min").format(n=one)) for one in _MINUTES),
                                 with_words=True)
        self._minutes.setObjectName("lock_segments")
        self._minutes.chosen.connect(lambda index: self._change(
            replace(self._settings, lock_minutes=_MINUTES[index])))
        self.content.addLayout(setting(self.tr("Lock by itself"),
                                       self.tr("when nobody has touched keyboard or mouse for"),
                                       self._minutes))
        self._switches: dict[str, Switch] = {}
        for field, name, text in (
            ("lock_on_sleep", self.tr("When the computer sleeps"),
             self.tr("At the latest when it wakes up again.")),
            ("lock_on_screen_lock", self.tr("When the screen is locked"),
             self.tr("Where the system tells: on Linux most desktops do.")),
            ("lock_on_minimise", self.tr("When this window is minimised"), ""),
        ):
            switch = Switch(name)
            switch.setObjectName(field)
            switch.clicked.connect(lambda checked, field=field: self._change(
                replace(self._settings, **{field: checked})))
            self._switches[field] = switch
            self.content.addWidget(hairline())
            self.content.addLayout(setting(name, text, switch))
        self.content.addWidget(hairline())
        self.content.addWidget(SafeLabel(
            self.tr("Locking closes everything that shows a credential and takes back what was copied. "
                    "Ctrl+L "
                    "locks at once."), TextStyle.SMALL, wrapped=True))
        self.follow(settings)

    def follow(self, settings: Settings) -> None:
        """Show what is set, without telling anybody."""
        self._settings = settings
        if settings.lock_minutes in _MINUTES:
            self._minutes.choose(_MINUTES.index(settings.lock_minutes))
        for field, switch in self._switches.items():
            switch.setChecked(bool(getattr(settings, field)))

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)
