"""Failures in words: what happened, what is safe, what to do; details folded, copyable, plain text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.reasons import ReasonCode, reason
from wallet.ui.failure_box import FailureBox, failure_words
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> FailureBox:
    made = FailureBox()
    qtbot.addWidget(made)
    return made


def _said(box: FailureBox) -> str:
    return " ".join(label.full_text for label in box.findChildren(SafeLabel) if label.isVisible())


def _press(box: FailureBox, name: str) -> None:
    found = box.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def test_three_sentences_and_no_code_until_asked_for(box: FailureBox) -> None:
    assert box.isHidden()
    box.show_reason(reason(ReasonCode.DISK_FULL))
    words = failure_words(reason(ReasonCode.DISK_FULL))
    assert all(sentence in _said(box) for sentence in (words.what, words.safe, words.next))
    assert "disk_full" not in _said(box)
    _press(box, "failure_details")
    assert "disk_full" in _said(box)
    _press(box, "failure_copy")
    assert "disk_full" in QGuiApplication.clipboard().text()
    box.clear()
    assert box.isHidden()


def test_a_hostile_name_stays_text(box: FailureBox) -> None:
    box.show_reason(reason(ReasonCode.FILE_UNREADABLE, name="<b>x</b>\u202egpj.exe"))
    assert "<b>x</b>" in _said(box)
    assert "\u202e" not in _said(box)
