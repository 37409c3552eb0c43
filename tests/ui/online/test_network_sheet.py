"""The sheet says everything before: who, how much, why, what they learn, by which way."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.network import Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.sheet import HostAsked, Sheet
from wallet.ui.dialogs.network_sheet import NetworkSheet
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme

SHEET = Sheet(
    (HostAsked("a-very-long-name.of-a-department.northbridge.example", 12, (Purpose.ISSUER_KEY,
                                                                          Purpose.STATUS_LIST)),
     HostAsked("<b>two</b>.example", 1, (Purpose.BADGE_RECORD,), "http://proxy.example:3128",
               is_allowed=True)),
    (reason(ReasonCode.REQUEST_TRACKING, host="three.example", address="https://three.example/me"),))


def _words(sheet: NetworkSheet) -> str:
    return "\n".join(one.full_text for one in sheet.findChildren(SafeLabel)).translate(
        {0x2068: None, 0x2069: None})


def test_everything_is_said(qtbot: QtBot, theme: Theme) -> None:
    sheet = NetworkSheet(SHEET, offline=True)
    qtbot.addWidget(sheet)
    said = _words(sheet)
    for part in ("13 documents from 2 sites.", "a-very-long-name.of-a-department.northbridge.example",
                 "12 documents: keys of an issuer, a withdrawal list",
                 "It learns that somebody has something from this issuer, but not what.",
                 "By way of http://proxy.example:3128", "<b>two</b>.example", "You always allow this site.",
                 "three.example", "offline again"):
        assert part in said
    assert "offline again" not in _words(NetworkSheet(SHEET, offline=False))


def test_ticks_decide(qtbot: QtBot, light: Theme) -> None:
    sheet = NetworkSheet(SHEET, offline=True)
    qtbot.addWidget(sheet)
    first, second = sheet.findChildren(QCheckBox)
    once = sheet.findChild(QPushButton, "sheet_once")
    always = sheet.findChild(QPushButton, "sheet_always")
    assert isinstance(once, QPushButton)
    assert isinstance(always, QPushButton)
    assert always.text() == "Always allow these sites"
    first.click()
    assert always.text() == "Always allow this site"
    second.click()
    assert not once.isEnabled()
    assert not always.isEnabled()
    second.click()
    with qtbot.waitSignal(sheet.allowed, timeout=1000) as allowed:
        always.click()
    assert allowed.args == [frozenset({"<b>two</b>.example"}), True]
