"""What can be set: look and lock time for the program; addresses, evidence, backup and bin for the wallet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from wallet import __version__
from wallet.model.stored import StoredCredential
from wallet.operations.settings import Settings, Theme
from wallet.ui.buttons import Field, Segments, button
from wallet.ui.check_panel import clear
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Page, column, hairline, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted, long_date

_COLUMN_PX = 760
_THEMES = (Theme.SYSTEM, Theme.LIGHT, Theme.DARK)
_MINUTES = (1, 5, 15, 60)
_SHOWN_BINNED = 50


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """What the page shows of the open wallet.

    Attributes:
        identities: The learner's own addresses.
        documents: How many documents are kept as evidence.
        binned: What is in the bin.
    """

    identities: tuple[str, ...]
    documents: int
    binned: tuple[StoredCredential, ...]


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
        self._settings = settings
        self.content.addWidget(SafeLabel(self.tr("Settings"), TextStyle.TITLE, wrapped=True))
        self.failure = FailureBox()
        self.content.addWidget(self.failure)
        self._said = SafeLabel("", TextStyle.STRONG, untrusted=True, wrapped=True)
        self._said.hide()
        self.content.addWidget(self._said)
        self._build_program()
        self._build_identities()
        self._build_wallet()
        self._build_bin()
        self.content.addWidget(SafeLabel(
            self.tr("Wallet {version} · no account, no telemetry, nothing is sent anywhere").format(
                version=__version__), TextStyle.CAPTION, wrapped=True))
        self.content.addStretch(1)

    def show_facts(self, facts: WalletFacts) -> None:
        """Show how the open wallet stands."""
        self._identities.setPlainText("\n".join(facts.identities))
        self._documents.setText(counted(
            facts.documents, "%n document is kept: keys of issuers and withdrawal lists.",
            "%n documents are kept: keys of issuers and withdrawal lists."))
        self._show_bin(facts.binned)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.failure.clear()
        self._said.setText(sentence)
        self._said.show()
        self.verticalScrollBar().setValue(0)

    def _build_program(self) -> None:
        inside = self._section(self.tr("Program"))
        look = Segments(((None, self.tr("As the system")), (None, self.tr("Light")), (None, self.tr("Dark"))),
                        with_words=True)
        look.setObjectName("theme_segments")
        look.choose(_THEMES.index(self._settings.theme))
        look.chosen.connect(lambda index: self._change(replace(self._settings, theme=_THEMES[index])))
        inside.addLayout(_setting(self.tr("Look"), "", look))
        inside.addWidget(hairline())
        minutes = Segments(tuple((None, self.tr("{n} min").format(n=one)) for one in _MINUTES),
                           with_words=True)
        minutes.setObjectName("lock_segments")
        if self._settings.lock_minutes in _MINUTES:
            minutes.choose(_MINUTES.index(self._settings.lock_minutes))
        minutes.chosen.connect(lambda index: self._change(
            replace(self._settings, lock_minutes=_MINUTES[index])))
        inside.addLayout(_setting(self.tr("Lock by itself"),
                                  self.tr("when nobody has touched keyboard or mouse for"), minutes))
        inside.addWidget(hairline())
        self._verifier = Field("https://verify.example", label=self.tr("Verifier address"))
        self._verifier.setObjectName("verifier_field")
        self._verifier.setText(self._settings.verifier_address)
        self._verifier.editingFinished.connect(self._on_verifier)
        inside.addLayout(_setting(
            self.tr("Verifier page"),
            self.tr("An https page that checks a QR code in any browser. Empty: codes are for this program."),
            self._verifier))

    def _build_identities(self) -> None:
        inside = self._section(self.tr("Your addresses"))
        inside.addWidget(SafeLabel(
            self.tr("E-mail addresses you learned with, one per line. They show which credentials are yours; "
                    "they stay in your wallet."), TextStyle.SMALL, wrapped=True))
        self._identities = QPlainTextEdit()
        self._identities.setObjectName("identities_field")
        self._identities.setAccessibleName(self.tr("Your addresses, one per line"))
        self._identities.setTabChangesFocus(True)
        self._identities.setFixedHeight(84)
        inside.addWidget(self._identities)
        keep = button(self.tr("Keep addresses"), name="keep_identities")
        keep.clicked.connect(self._on_identities)
        inside.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_wallet(self) -> None:
        inside = self._section(self.tr("Wallet"))
        save = button(self.tr("Save a backup…"), icon=Icon.SAVE, name="backup_button")
        save.clicked.connect(self.backup_requested)
        inside.addLayout(_setting(
            self.tr("Backup"), self.tr("One encrypted file with everything. It opens with your passphrase or "
                                       "your recovery sheet."), save))
        inside.addWidget(hairline())
        add = button(self.tr("Add documents…"), icon=Icon.ADD, name="evidence_button")
        add.clicked.connect(self.evidence_requested)
        self._documents = SafeLabel("", TextStyle.SMALL, wrapped=True)
        inside.addLayout(_setting(self.tr("Keys and lists"), self._documents, add))

    def _build_bin(self) -> None:
        self._bin = self._section(self.tr("Bin"))
        self._bin_lines = column(gap=Space.SMALL)
        self._bin.addLayout(self._bin_lines)
        self._show_bin(())

    def _show_bin(self, binned: Sequence[StoredCredential]) -> None:
        clear(self._bin_lines)
        text = (self.tr("Deleted credentials stay here for 30 days.") if binned
                else self.tr("The bin is empty."))
        self._bin_lines.addWidget(SafeLabel(text, TextStyle.SMALL, wrapped=True))
        for one in binned[:_SHOWN_BINNED]:
            self._bin_lines.addWidget(self._binned(one))

    def _binned(self, one: StoredCredential) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        words = column()
        words.addWidget(SafeLabel(one.title, TextStyle.STRONG, untrusted=True, elided=True))
        if one.binned_at:
            words.addWidget(SafeLabel(self.tr("deleted on {date}").format(date=long_date(one.binned_at)),
                                      TextStyle.CAPTION))
        line.addLayout(words, 1)
        back = button(self.tr("Take back"), icon=Icon.UNDO, size="small", name="take_back")
        back.clicked.connect(lambda: self.restore_requested.emit((one.id,)))
        line.addWidget(back)
        return box

    def _section(self, title: str) -> QVBoxLayout:
        box: QFrame = panel("card")
        inside = column(box, gap=Space.MEDIUM)
        inside.setContentsMargins(Space.WIDE, Space.CARD, Space.WIDE, Space.CARD)
        inside.addWidget(SafeLabel(title, TextStyle.SECTION, wrapped=True))
        self.content.addWidget(box)
        return inside

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _on_verifier(self) -> None:
        address = self._verifier.text().strip()
        if address != self._settings.verifier_address:
            self._change(replace(self._settings, verifier_address=address))

    def _on_identities(self) -> None:
        lines = self._identities.toPlainText().splitlines()
        self.identities_changed.emit(tuple(line.strip() for line in lines if line.strip()))


def _setting(name: str, text: str | SafeLabel, control: QWidget) -> QVBoxLayout:
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
