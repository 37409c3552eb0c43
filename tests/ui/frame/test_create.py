"""Making a wallet: strength in words, two fields that must match, a code that is typed back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.report import Level
from wallet.operations.passphrase import Strength
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.theme import Theme
from wallet.ui.views.create import CreatePage, strength_words

_CODE = "7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S"


@pytest.fixture
def page(qtbot: QtBot, light: Theme) -> CreatePage:
    made = CreatePage()
    qtbot.addWidget(made)
    made.show()
    return made


def _type(page: CreatePage, name: str, text: str) -> None:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    found.setText(text)


def _press(page: CreatePage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def _said(page: CreatePage) -> str:
    return " ".join(label.full_text for label in page.findChildren(SafeLabel) if label.isVisible())


def test_two_different_passphrases_make_no_wallet(page: CreatePage, qtbot: QtBot) -> None:
    _type(page, "new_passphrase", "four bright lanterns drifting")
    _type(page, "repeat_passphrase", "four bright lanterns")
    with qtbot.assertNotEmitted(page.passphrase_chosen):
        _press(page, "make_button")
    assert "do not match" in _said(page)
    _type(page, "repeat_passphrase", "four bright lanterns drifting")
    assert "do not match" not in _said(page)
    with qtbot.waitSignal(page.passphrase_chosen, timeout=1000) as chosen:
        _press(page, "make_button")
    assert chosen.args == ["four bright lanterns drifting"]


def test_strength_is_said_in_words(page: CreatePage, qtbot: QtBot) -> None:
    label = page.findChild(StatusLabel, "strength_label")
    assert isinstance(label, StatusLabel)
    _type(page, "new_passphrase", "password")
    qtbot.waitUntil(lambda: label.isVisible() and "weak" in label.word.lower())
    _type(page, "new_passphrase", "four bright lanterns drifting")
    qtbot.waitUntil(lambda: "strong" in label.word.lower())


@pytest.mark.parametrize("score", range(5))
def test_every_score_has_words_and_only_strong_ones_are_good(score: int) -> None:
    level, words = strength_words(Strength(score, acceptable=score >= 2))
    assert words
    assert (level is Level.GOOD) is (score >= 3)


def test_we_cannot_reset_it_is_said_once(page: CreatePage) -> None:
    assert _said(page).count("cannot reset") == 1


def test_the_code_must_be_typed_back(page: CreatePage, qtbot: QtBot) -> None:
    page.show_code(_CODE)
    assert all(group in _said(page) for group in _CODE.split("-"))
    _press(page, "code_kept")
    _type(page, "typed_code", _CODE.replace("XW2P4", "XW2P5"))
    with qtbot.assertNotEmitted(page.finished):
        _press(page, "open_wallet")
    assert "group 3 again" in _said(page)
    _type(page, "typed_code", _CODE.replace("-", " ").replace("EFG1S", " efgIs ").lower())
    with qtbot.waitSignal(page.finished, timeout=1000):
        _press(page, "open_wallet")


def test_the_sheet_is_saved_as_pdf(page: CreatePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "sheet"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    page.show_code(_CODE)
    _press(page, "save_sheet")
    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
    assert "Saved" in _said(page)


def test_reset_forgets_the_code(page: CreatePage) -> None:
    page.show_code(_CODE)
    page.reset()
    labels = [
        label.full_text
        for label in page.findChildren(SafeLabel)
        if label.parentWidget() is not None and not label.isHidden()
    ]
    assert page._code == ""
    assert page._third._code == ""
    assert page._second._grid.count() == 0
    assert labels
