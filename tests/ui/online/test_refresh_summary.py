"""What changed, the most urgent first, in words; a key that changed leads to its issuer."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.changes import Change, ChangeKind
from wallet.model.events import KeyChange
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Verdict
from wallet.operations.later_look import HostedOutcome, HostedRow
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.refresh_summary import _LEVELS, RefreshSummaryPage, WhatChanged, of_changes

CHANGE = Change(ChangeKind.WITHDRAWN, "c1", "<b>Rope</b>", Verdict.VALID, Verdict.REVOKED,
                reason(ReasonCode.STATUS_REVOKED, date="2026-11-20T00:00:00Z"))


def _words(page: RefreshSummaryPage) -> str:
    labels = (one.full_text for one in page.findChildren(SafeLabel))
    return "\n".join(labels).translate({0x2068: None, 0x2069: None})


def test_every_change_has_a_look() -> None:
    assert set(_LEVELS) == set(ChangeKind)


def test_everything_is_told(qtbot: QtBot, theme: Theme) -> None:
    key = KeyChange("did:web:uni.example", AT, AT, "a" * 64, "b" * 64)
    record = HostedRow("c2", "Splices", HostedOutcome.CHANGED, ("badge.criteria",))
    page = RefreshSummaryPage(WhatChanged("Checked", "1 withdrawn.", (CHANGE,), (key,), (record,),
                                          ("uni.example did not answer.",)))
    qtbot.addWidget(page)
    said = _words(page)
    for part in ("Checked", "1 withdrawn.", "<b>Rope</b>", "Withdrawn by the issuer", "uni.example",
                 "lists other keys than before", "badge.criteria", "uni.example did not answer."):
        assert part in said
    assert "Withdrawn" in [one.accessibleName() for one in page.findChildren(IconLabel)]
    show = page.findChild(QPushButton, "show_changed")
    issuer = page.findChild(QPushButton, "show_issuer")
    assert isinstance(show, QPushButton)
    assert isinstance(issuer, QPushButton)
    with qtbot.waitSignal(page.credential_opened, timeout=1000) as opened:
        show.click()
    assert opened.args == ["c1"]
    with qtbot.waitSignal(page.issuer_opened, timeout=1000) as looked:
        issuer.click()
    assert looked.args == ["did:web:uni.example"]


def test_nothing_changed_is_said(qtbot: QtBot, light: Theme) -> None:
    page = RefreshSummaryPage(of_changes((), "What changed"))
    qtbot.addWidget(page)
    assert "Nothing changed." in _words(page)
