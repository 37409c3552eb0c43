"""The verify page: files in any order, a name or an address compared, bad rows opened, nothing remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, desk_of
from wallet.operations.desk import supplied_desk
from wallet.operations.samples import SampleSet
from wallet.operations.session import Services
from wallet.trust.evidence_store import MemoryEvidence
from wallet.ui.background import Background, Lane
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.verify_items import Match
from wallet.ui.views.verify import CheckingDesk, VerifyPage

Check = Callable[[Incoming], VerifyPage]


@pytest.fixture
def background() -> Iterator[Background]:
    door = Background()
    yield door
    door.close()


@pytest.fixture
def page(
    qtbot: QtBot, light: Theme, background: Background, services: Services, demo: SampleSet
) -> VerifyPage:
    desk = Desk(services.contexts, MemoryEvidence(demo.evidence))
    made = VerifyPage(background, CheckingDesk(lambda: desk, Lane.CHECKS, lambda: AT), with_back=True)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


@pytest.fixture
def check(page: VerifyPage, qtbot: QtBot, background: Background) -> Check:
    def run(incoming: Incoming) -> VerifyPage:
        page.check(incoming)
        qtbot.waitUntil(lambda: not background.busy, timeout=30_000)
        qtbot.waitUntil(lambda: page.findChild(QWidget, "verify_headline") is not None)
        QApplication.processEvents()  # what was just made is shown by an event
        return page

    return run


def _said(page: QWidget) -> str:
    return " ".join(label.full_text for label in page.findChildren(SafeLabel) if label.isVisible())


def test_every_sample_gets_the_verdict_it_was_made_for(
    check: Check, sample_folder: Path, demo: SampleSet
) -> None:
    page = check(Incoming(paths=(sample_folder,)))
    assert page.result is not None
    expected = {file.name: file.verdict for file in demo.files}
    assert {item.report.verdict for item in page.result.items} == set(expected.values())
    assert len(page.result.items) == len(expected)
    assert f"{page.result.fine} of {len(expected)} are fine" in _said(page)


def test_a_file_that_cannot_be_read_has_a_row_with_the_reason(check: Check, tmp_path: Path) -> None:
    broken = tmp_path / "welding.pdf"
    broken.write_bytes(b"%PDF-1.7 cut off")
    page = check(Incoming(paths=(broken,)))
    assert page.result is not None
    assert page.result.items[0].report.verdict is Verdict.MALFORMED
    assert "welding.pdf" in _said(page)
    assert "Cannot be read" in _said(page)


def test_what_it_does_not_prove_is_always_there(check: Check, sample_folder: Path) -> None:
    page = check(Incoming(paths=(sample_folder,)))
    notice = page.findChild(QWidget, "limits_notice")
    assert notice is not None
    assert "does not prove who is in front of you" in _said(notice)


def test_an_address_is_compared_with_the_hidden_one(
    page: VerifyPage, check: Check, sample_folder: Path, demo: SampleSet, qtbot: QtBot, background: Background
) -> None:
    check(Incoming(paths=(sample_folder,)))
    assert page.result is not None
    assert {item.match for item in page.result.items} == {Match.NOT_ASKED}
    page._person.setText(demo.identities[0])
    qtbot.waitUntil(
        lambda: page.result is not None and Match.SAME in {one.match for one in page.result.items},
        timeout=10_000,
    )
    page._person.setText("somebody@else.example")
    qtbot.waitUntil(
        lambda: page.result is not None and Match.OTHER in {one.match for one in page.result.items},
        timeout=10_000,
    )
    qtbot.waitUntil(lambda: not background.busy)


def test_the_first_row_with_a_problem_is_opened(check: Check, sample_folder: Path) -> None:
    page = check(Incoming(paths=(sample_folder,)))
    opened = [one for one in page.findChildren(QWidget, "verify_answers") if one.isVisible()]
    assert len(opened) == 1


def test_check_another_forgets_everything(check: Check, sample_folder: Path) -> None:
    page = check(Incoming(paths=(sample_folder,)))
    page._person.setText("Maya Lind")
    page.reset()
    assert page.result is None
    assert page._person.text() == ""
    assert page.findChild(QWidget, "verify_empty").isVisible()  # type: ignore[union-attr]  # made with the page


def test_supplied_keys_settle_what_was_open(
    qtbot: QtBot,
    light: Theme,
    background: Background,
    services: Services,
    demo: SampleSet,
    sample_folder: Path,
    tmp_path: Path,
) -> None:
    desk = CheckingDesk(
        lambda: desk_of(services), Lane.CHECKS, lambda: AT, lambda sources: supplied_desk(services, sources)
    )
    page = VerifyPage(background, desk, with_back=True)
    qtbot.addWidget(page)
    page.show()
    page.check(Incoming(paths=(sample_folder,)))
    qtbot.waitUntil(lambda: not background.busy, timeout=30_000)
    assert page.result is not None
    before = page.result.fine
    folder = tmp_path / "keys"
    folder.mkdir()
    table = {}
    for number, one in enumerate(demo.evidence):
        (folder / f"{number}.json").write_bytes(one.data)
        table[one.address] = f"{number}.json"
    (folder / "map.json").write_text(json.dumps(table))
    page.supply((folder / "map.json",))
    qtbot.waitUntil(
        lambda: not background.busy and page.result is not None and page.result.fine > before, timeout=30_000
    )
