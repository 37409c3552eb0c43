"""A plan set elsewhere keeps its own numbers; a damaged file says so and cannot be tested."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.schedule import BackupPlan
from wallet.operations.upkeep import BackupFile
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings_backups import BackupFacts, BackupsSection


def test_facts_are_shown(qtbot: QtBot, theme: Theme) -> None:
    section = BackupsSection()
    qtbot.addWidget(section)
    plan = BackupPlan(Path("stick"), days=3, keep=4)
    good = BackupFile(Path("a.vcwallet"), 2048, "mine", AT, (1, 1), 5)
    other = BackupFile(Path("b.vcwallet"), 2048, "theirs", AT, (1, 1), 5)
    bad = BackupFile(Path("c.vcwallet"), 9, problem=reason(ReasonCode.BACKUP_DAMAGED))
    section.show_facts(BackupFacts(plan, (good, other, bad), (Path("vault 2.db"),), "mine"))
    said = " ".join(one.full_text for one in section.findChildren(SafeLabel))
    assert "of another wallet" in said
    assert "Another computer changed this wallet too" in said
    days = section.findChild(QComboBox, "plan_days")
    assert isinstance(days, QComboBox)
    assert days.currentText() == "every 3 days"
    tests = section.findChildren(QPushButton, "backup_test")
    assert [one.isEnabled() for one in tests] == [True, True, False]
    with qtbot.waitSignal(section.plan_changed) as told:
        days.activated.emit(0)
    assert told.args == [plan]
    section.show_facts(BackupFacts())
    assert not days.isVisibleTo(section)
