"""The ways out: no code before it is asked for, frames one by one, failures in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.reasons import ReasonCode, reason
from wallet.model.sharing import Bundle, QrFrame, ShareTerms
from wallet.share.qr import qr_frames
from wallet.ui.dialogs.share_done import DoneStep
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


@pytest.fixture
def step(qtbot: QtBot, theme: Theme) -> DoneStep:
    made = DoneStep()
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.show_bundle(
        Bundle(b"{}", b"x" * 22_000, b"payload", ShareTerms(audience="Kestrel"), ("a", "b")), ("One", "Two")
    )
    return made


def _said(step: DoneStep) -> str:
    return " ".join(label.full_text for label in step.findChildren(SafeLabel) if label.isVisible())


def _frames() -> tuple[QrFrame, ...]:
    return tuple(
        QrFrame(one.text, one.png, index, 2) for index in (1, 2) for one in qr_frames(b"payload")[:1]
    )


def test_no_code_is_on_the_screen_before_it_is_asked_for(step: DoneStep, qtbot: QtBot) -> None:
    assert not step.code.view.isVisible()
    assert "2 credentials, for Kestrel. Nothing has left this computer yet." in _said(step)
    assert "22 kB" in _said(step)
    show = step.findChild(QPushButton, "show_code")
    assert isinstance(show, QPushButton)
    with qtbot.waitSignal(step.show_code_requested, timeout=1000):
        show.click()


def test_frames_are_turned_one_by_one(step: DoneStep) -> None:
    step.code.show_frames(_frames())
    assert step.code.view.isVisible()
    assert step.code.view.accessibleName() == "QR code 1 of 2"
    step.code.turn(1)
    assert step.code.view.accessibleName() == "QR code 2 of 2"
    step.code.turn(1)
    assert step.code.view.accessibleName() == "QR code 1 of 2"
    step.code.reset()
    assert not step.code.view.isVisible()


def test_what_was_done_and_what_failed_is_said(step: DoneStep, tmp_path: Path) -> None:
    step.show_failure(reason(ReasonCode.SHARE_TOO_LARGE))
    assert "too much for QR codes" in _said(step)
    step.say("Saved as x.vcpack.")
    assert "Saved as x.vcpack." in _said(step)
    assert "too much" not in _said(step)
