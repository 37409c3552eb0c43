"""Saving what a check came to: a page with the window's sentences, under a name that tells of nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from tests.share.pages import PageReader
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.operations.checking import CheckedFile, Desk, check_bytes
from wallet.ui import wording
from wallet.ui.background import Background
from wallet.ui.theme import Theme
from wallet.ui.verify_items import expectation
from wallet.ui.views.save_report import SaveReport
from wallet.wording.outcomes import Audience

Make = Callable[..., tuple[SaveReport, Callable[[], None], CheckedFile]]


@pytest.fixture
def background() -> Iterator[Background]:
    door = Background()
    yield door
    door.close()


@pytest.fixture
def make(qtbot: QtBot, light: Theme, background: Background, contexts: Contexts) -> Make:
    def build(person: str = "") -> tuple[SaveReport, Callable[[], None], CheckedFile]:
        data = SimulatedIssuer("did:key").badge(subject_id="", email="maya@lind.example")
        (checked,) = check_bytes(Desk(contexts), data, "badge.json", at=AT, expectation=expectation(person))
        made = SaveReport(background, (checked,), person)
        qtbot.addWidget(made)
        made.show()
        return made, lambda: qtbot.waitUntil(lambda: not background.busy), checked

    return build


@pytest.mark.parametrize(("person", "told"), [
    ("maya@lind.example", "It names the person you typed."),
    ("other@lind.example", "It does not name the person you typed."),
    ("Maya Lind", "It names nobody who could be compared with what you typed."), ("", "")])
def test_the_page_says_what_the_window_said(make: Make, tmp_path: Path, person: str, told: str) -> None:
    widget, wait, checked = make(person)
    widget.save(tmp_path / "r.html")
    wait()
    shown = PageReader((tmp_path / "r.html").read_bytes())
    assert wording.headline(checked.report) in shown.text
    assert wording.sentence(checked.report, Audience.EMPLOYER) in shown.text
    assert checked.sha256 in shown.text
    assert ("you typed" in shown.text) is bool(told)
    assert told in shown.text
    assert widget.note.full_text == "Saved as r.html."


def test_the_dialog_suggests_a_name_that_tells_of_nobody(make: Make, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    widget, wait, _ = make()
    suggested: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        suggested.append(str(given[2]))
        return str(tmp_path / "kept"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    found = widget.findChild(QPushButton, "save_report_button")
    assert found is not None
    found.click()
    wait()
    assert suggested == ["check-2026-11-21.html"]
    assert (tmp_path / "kept.html").is_file()


def test_a_page_that_cannot_be_written_is_said_and_can_be_tried_again(make: Make, tmp_path: Path) -> None:
    widget, wait, _ = make()
    widget.save(tmp_path / "none" / "r.html")
    wait()
    assert widget.failure.isVisible()
    widget.save(tmp_path / "r.html")
    wait()
    assert not widget.failure.isVisible()
    assert (tmp_path / "r.html").is_file()
