"""Backups: one now, by themselves into a folder, the list of what is there, and other copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from wallet.model.report import Level
from wallet.operations.schedule import BackupPlan
from wallet.operations.upkeep import BackupFile
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import Notice, column, hairline, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted, date_and_time, reason_text

from .settings_section import SettingsSection, setting

_DAYS = (1, 7, 14, 30)
_KEEP = (3, 5, 10, 20)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """How backups stand.

    Attributes:
        plan: None where none is set.
        files: What is in the plan's folder, latest first.
        copies: Copies of the wallet that a synchronised folder laid beside it.
        vault_id: Of the open wallet: files of others are marked.
    """

    plan: BackupPlan | None = None
    files: tuple[BackupFile, ...] = ()
    copies: tuple[Path, ...] = ()
    vault_id: str = ""


class BackupsSection(SettingsSection):
    """Saving backups and getting them back.

    Signals:
        backup_requested: Write a backup.
        folder_requested: Choose a folder for backups by themselves.
        plan_changed: The `BackupPlan`, or None for no plan.
        test_requested: Open a backup and say what it holds: its path.
        merge_requested: Compare a copy with the wallet and bring it in: its path, or None to choose one.
        restore_requested: Make a wallet of its own from a backup.
        look_over_requested: Read everything in the wallet and say whether it is whole.
    """

    backup_requested = Signal()
    folder_requested = Signal()
    plan_changed = Signal(object)
    test_requested = Signal(object)
    merge_requested = Signal(object)
    restore_requested = Signal()
    look_over_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_backups", parent)
        self.set_title(self.tr("Backups"))
        self._plan: BackupPlan | None = None
        self._copies = column(gap=Space.MEDIUM)
        self.content.addLayout(self._copies)
        save = button(self.tr("Save a backup…"), icon=Icon.SAVE, name="backup_button")
        save.clicked.connect(self.backup_requested)
        self.content.addLayout(setting(
            self.tr("A backup now"), self.tr("One encrypted file with everything. It opens with your "
                                             "passphrase "
                                             "or your recovery sheet."), save))
        self.content.addWidget(hairline())
        self._build_plan()
        self._files = column(gap=Space.SMALL)
        self.content.addLayout(self._files)
        self.content.addWidget(hairline())
        self.content.addLayout(self._build_back())
        self.show_facts(BackupFacts())

    def show_facts(self, facts: BackupFacts) -> None:
        """Show how it stands."""
        self._plan = facts.plan
        self._show_plan()
        clear(self._files)
        if facts.plan is not None:
            self._show_files(facts)
        clear(self._copies)
        for copy in facts.copies:
            self._copies.addWidget(self._copy(copy))

    def _build_plan(self) -> None:
        self._planned = SafeLabel("", TextStyle.SMALL, ink=Ink.TEXT_2, untrusted=True, wrapped=True)
        self._choose = button("", name="plan_folder")
        self._choose.clicked.connect(self.folder_requested)
        self.content.addLayout(setting(self.tr("Backups by themselves"), self._planned, self._choose))
        self._details = QWidget()
        self._details.setProperty("ground", "none")
        line = row(self._details, gap=Space.SMALL)
        self._days = _choices([(counted(one, "every day", "every %n days"), one) for one in _DAYS],
                              self.tr("How often"), "plan_days")
        self._keep = _choices([(self.tr("keep {n}").format(n=one), one) for one in _KEEP],
                              self.tr("How many are kept"), "plan_keep")
        self._off = button(self.tr("Stop"), kind="quiet", name="plan_off")
        self._off.clicked.connect(lambda: self.plan_changed.emit(None))
        for one in (self._days, self._keep):
            one.activated.connect(self._on_details)
            line.addWidget(one)
        line.addWidget(self._off)
        line.addStretch(1)
        self.content.addWidget(self._details)

    def _build_back(self) -> QVBoxLayout:
        both = column(gap=Space.MEDIUM)
        compare = button(self.tr("Compare…"), name="merge_button")
        compare.clicked.connect(lambda: self.merge_requested.emit(None))
        both.addLayout(setting(
            self.tr("Compare with a backup"),
            self.tr("See what is only here and what is only there, and bring in what is missing."), compare))
        restore = button(self.tr("Restore…"), name="restore_elsewhere")
        restore.clicked.connect(self.restore_requested)
        both.addLayout(setting(
            self.tr("Restore into a new place"),
            self.tr("A wallet of its own, made from a backup. This one stays as it is."), restore))
        whole = button(self.tr("Look it over"), name="look_over")
        whole.clicked.connect(self.look_over_requested)
        both.addLayout(setting(
            self.tr("Is everything whole?"),
            self.tr("Reads all of your wallet on the disk and compares it with what was kept."), whole))
        return both

    def _show_plan(self) -> None:
        plan = self._plan
        self._details.setVisible(plan is not None)
        if plan is None:
            self._planned.setText(self.tr("Off. Choose a folder: on a stick, or one that is copied to "
                                          "another "
                                          "computer."))
        else:
            self._planned.setText(self.tr("Into “{name}”, when you open or lock the wallet. The latest of "
                                          "each "
                                          "month is kept too.").format(
                                              name=plan.folder.name or str(plan.folder)))
            _choose_value(self._days, plan.days, counted(plan.days, "every day", "every %n days"))
            _choose_value(self._keep, plan.keep, self.tr("keep {n}").format(n=plan.keep))
        action = self.tr("Choose a folder…") if plan is None else self.tr("Other folder…")
        self._choose.setText(action)
        self._choose.setAccessibleName(action)

    def _show_files(self, facts: BackupFacts) -> None:
        if not facts.files:
            self._files.addWidget(SafeLabel(self.tr("There is no backup in this folder yet."),
                                            TextStyle.SMALL))
        for one in facts.files[:_SHOWN]:
            self._files.addWidget(self._file(one, facts.vault_id))
        rest = len(facts.files) - _SHOWN
        if rest > 0:
            self._files.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.SMALL))

    def _file(self, one: BackupFile, vault_id: str) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        line.addWidget(IconLabel(Icon.SAVE, 18, Ink.TEXT_2))
        words = column(gap=0)
        when = date_and_time(one.created) if one.created else self.tr("Not readable")
        words.addWidget(SafeLabel(when, TextStyle.STRONG, elided=True))
        about = f"{one.path.name} · {QLocale().formattedDataSize(one.size_bytes)}"
        if one.problem is not None:
            about = reason_text(one.problem)
        elif one.vault_id != vault_id:
            about += " · " + self.tr("of another wallet")
        words.addWidget(SafeLabel(about, TextStyle.CAPTION, untrusted=True, elided=True))
        line.addLayout(words, 1)
        line.addLayout(self._file_buttons(one, when))
        return box

    def _file_buttons(self, one: BackupFile, when: str) -> QHBoxLayout:
        line = row(gap=Space.SMALL)
        for text, name, signal in ((self.tr("Test…"), "backup_test", self.test_requested),
                                   (self.tr("Compare…"), "backup_compare", self.merge_requested)):
            pressed = button(text, size="small", name=name)
            pressed.setAccessibleName(f"{text} {when}")
            pressed.setEnabled(one.problem is None)
            pressed.clicked.connect(lambda _checked=False, told=signal: told.emit(one.path))
            line.addWidget(pressed)
        return line

    def _copy(self, copy: Path) -> QWidget:
        notice = Notice(Level.CARE, self.tr("Another computer changed this wallet too"),
                        self.tr("Its copy lies beside yours. Both are kept; bring the other one in to have "
                                "everything in one place."))
        merge = button(self.tr("Compare…"), size="small", name="copy_merge")
        merge.clicked.connect(lambda: self.merge_requested.emit(copy))
        layout = notice.layout()
        if layout is not None:
            layout.addWidget(merge)
        return notice

    def _on_details(self) -> None:
        if self._plan is not None:
            self.plan_changed.emit(replace(self._plan, days=self._days.currentData(),
                                           keep=self._keep.currentData()))


def _choices(values: Sequence[tuple[str, int]], label: str, name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    for text, value in values:
        box.addItem(text, value)
    return box


def _choose_value(box: QComboBox, value: int, text: str) -> None:
    """Choose a value; one that is not offered, set from the command line, is added."""
    place = box.findData(value)
    if place < 0:
        box.addItem(text, value)
        place = box.count() - 1
    box.setCurrentIndex(place)
