"""The settings page: its sections one below the other, a way to each, and where they say what was done.

Each section is a file of its own, `settings_<topic>`; a new one is made here and added with `add_section`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from wallet import __version__
from wallet.model.stored import StoredCredential
from wallet.operations.settings import Settings
from wallet.ui.failure_box import FailureBox
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Page, column
from wallet.ui.tokens import Space, TextStyle

from .settings_backups import BackupsSection
from .settings_bin import BinSection
from .settings_identities import IdentitiesSection
from .settings_jumps import JumpList
from .settings_keys import KeysSection
from .settings_locking import LockingSection
from .settings_moving import MovingSection
from .settings_network import NetworkSection
from .settings_program import ProgramSection
from .settings_section import SettingsSection
from .settings_trust import TrustSection
from .settings_unlocking import UnlockingSection

_COLUMN_PX = 760


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """What the page shows of the open wallet.

    Attributes:
        identities: The learner's own addresses.
        documents: How many documents are kept as evidence.
        binned: What was put into the bin last.
        in_bin: How many are in the bin; None if these are all.
    """

    identities: tuple[str, ...]
    documents: int
    binned: tuple[StoredCredential, ...]
    in_bin: int | None = None


class SettingsPage(Page):
    """Settings.

    Signals:
        settings_changed: The new `Settings`.
        identities_changed: The learner's addresses, as a tuple.
        evidence_requested: Add keys, lists or other documents.
        backup_requested: Write a backup.
        restore_requested: Ids to take out of the bin, as a tuple.
    """

    settings_changed = Signal(object)
    identities_changed = Signal(object)
    evidence_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("settings_page")
        self.content.addWidget(SafeLabel(self.tr("Settings"), TextStyle.TITLE, wrapped=True))
        self._jumps = JumpList()
        self._jumps.wanted.connect(self._go_to)
        self.content.addWidget(self._jumps)
        self.failure = FailureBox()
        self.content.addWidget(self.failure)
        self._said = SafeLabel("", TextStyle.STRONG, untrusted=True, wrapped=True)
        self._said.hide()
        self.content.addWidget(self._said)
        self._sections = column(gap=Space.LARGE)
        self.content.addLayout(self._sections)
        self.program = ProgramSection(settings)
        self.identities = IdentitiesSection()
        self.trust = TrustSection()
        self.network = NetworkSection()
        self.locking = LockingSection(settings)
        self.unlocking = UnlockingSection()
        self.keys = KeysSection()
        self.backups = BackupsSection()
        self.moving = MovingSection()
        self.bin = BinSection()
        for section in (self.program, self.identities, self.backups, self.unlocking, self.locking, self.keys,
                        self.network, self.trust, self.moving, self.bin):
            self.add_section(section)
        self._connect()
        self.content.addWidget(SafeLabel(
            self.tr("Wallet {version} · no account, no telemetry").format(
                version=__version__), TextStyle.CAPTION, wrapped=True))
        self.content.addStretch(1)

    def add_section(self, section: SettingsSection) -> None:
        """Put a section below the others, and its name at the top."""
        self._sections.addWidget(section)
        self._jumps.add(section)

    def show_facts(self, facts: WalletFacts) -> None:
        """Show how the open wallet stands."""
        self.identities.show_identities(facts.identities)
        self.trust.show_documents(facts.documents)
        self.bin.show_binned(facts.binned, facts.in_bin)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.failure.clear()
        self._said.setText(sentence)
        self._said.show()
        self.verticalScrollBar().setValue(0)

    def _go_to(self, section: QWidget) -> None:
        """Show a section from its top, with the keyboard's focus in it."""
        if isinstance(section, SettingsSection):
            section.focus_first()
        inner = self.widget()
        if inner is not None:
            top = section.mapTo(inner, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(max(top - Space.LARGE, 0))

    def _connect(self) -> None:
        for section, other in ((self.program, self.locking), (self.locking, self.program)):
            section.settings_changed.connect(other.follow)
            section.settings_changed.connect(self.settings_changed)
        self.identities.identities_changed.connect(self.identities_changed)
        self.trust.evidence_requested.connect(self.evidence_requested)
        self.backups.backup_requested.connect(self.backup_requested)
        self.bin.restore_requested.connect(self.restore_requested)
