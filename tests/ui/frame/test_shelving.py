"""A library of more than a window holds: places for all, rows as looked at, keys, counts, locking."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.frame.conftest import PASSPHRASE
from tests.vault.vaults import NOW, numbered
from wallet.model.stored import Changes, StoredCredential
from wallet.operations import shelf
from wallet.operations.session import Services
from wallet.operations.shelf import all_ids
from wallet.operations.window import create_in_window
from wallet.ui.application import Desktop
from wallet.ui.models.credentials import MAX_ROWS, CredentialRole
from wallet.ui.workspace import Workspace
from wallet.vault.credentials import add_credential

COUNT = 2_600
Settle = Callable[[], None]


def open_large(desktop: Desktop, services: Services, settled: Settle) -> None:
    """Make and open a wallet of many."""
    opened = create_in_window(services, services.vault_folder, PASSPHRASE)
    vault = opened.session.vault
    with vault.transaction():
        for number in range(COUNT):
            add_credential(vault.database, numbered(number), NOW)
    desktop.window.enter(opened)
    settled()


@pytest.fixture
def large(desktop: Desktop, services: Services, settled: Settle) -> Workspace:
    open_large(desktop, services, settled)
    work = desktop.window.workspace
    assert work is not None
    return work


def test_every_place_is_there_and_few_rows(large: Workspace, settled: Settle) -> None:
    model = large.library.model
    assert model.rowCount() == COUNT
    assert model.ids() == all_ids(large._session)
    assert len(model.rows()) < 400
    chip = large.library.findChild(QPushButton, "filter_all")
    assert chip is not None
    assert chip.text() == f"All {COUNT}"


def test_the_end_key_goes_to_the_last_and_brings_its_row(large: Workspace, settled: Settle,
                                                        qtbot: QtBot) -> None:
    cards = large.library.cards
    large.library.focus_cards()
    QTest.keyClick(cards, Qt.Key.Key_End)
    assert cards.currentIndex().row() == COUNT - 1
    qtbot.waitUntil(lambda: cards.currentIndex().data(CredentialRole.STORED) is not None, timeout=5_000)
    assert cards.currentIndex().data() == "Badge 0"
    QTest.keyClick(cards, Qt.Key.Key_PageUp)
    assert COUNT - 40 < cards.currentIndex().row() < COUNT - 1
    QTest.keyClick(cards, Qt.Key.Key_Home)
    assert cards.currentIndex().data() == f"Badge {COUNT - 1}"


def test_scrolling_through_everything_holds_no_more_than_it_may(large: Workspace, settled: Settle,
                                                               qtbot: QtBot) -> None:
    cards, model = large.library.cards, large.library.model
    bar = cards.verticalScrollBar()
    for step in range(0, 101, 4):
        bar.setValue(bar.maximum() * step // 100)
        cards.grab()
        QApplication.processEvents()
        settled()
    assert len(model.rows()) <= MAX_ROWS
    visible = [cards.indexAt(cards.viewport().rect().center())]
    assert all(index.data(CredentialRole.STORED) is not None for index in visible if index.isValid())


def test_everything_selected_is_everything(large: Workspace, settled: Settle) -> None:
    large.library.cards.selectAll()
    assert large.library.selected_ids() == all_ids(large._session)


def test_a_reader_is_told_how_many_there_are(large: Workspace) -> None:
    spoken = QAccessible.queryAccessibleInterface(large.library.cards)
    assert spoken is not None
    assert spoken.childCount() == COUNT


def test_typing_finds_in_all_of_it(large: Workspace, settled: Settle, qtbot: QtBot) -> None:
    field = large.library.findChild(QLineEdit, "library_search")
    assert field is not None
    with qtbot.waitSignal(large.library.wished, timeout=2_000):
        QTest.keyClicks(field, "badge 17")
    settled()
    found = {row.id for row in large._session.vault.search("badge 17")}
    assert set(large.library.model.ids()) == found
    assert len(found) > 100
    with qtbot.waitSignal(large.library.wished, timeout=2_000):
        field.clear()
    settled()
    assert large.library.model.rowCount() == COUNT


def test_the_order_runs_through_all_of_it(large: Workspace, settled: Settle) -> None:
    action = next(one for one in large.library.findChildren(QPushButton)
                  if one.objectName() == "library_order").menu().actions()[1]
    action.trigger()
    settled()
    titles = [row.title for row in large.library.model.rows()]
    assert titles == sorted(titles, key=str.casefold)
    assert large.library.model.ids()[0] != all_ids(large._session)[0]


def test_deleting_many_leaves_true_counts(large: Workspace, settled: Settle) -> None:
    ids = all_ids(large._session)
    large.library.delete_requested.emit(ids[10:510])
    settled()
    assert large.library.model.rowCount() == COUNT - 500
    assert large.library.model.ids() == all_ids(large._session)


def test_a_change_leaves_the_list_where_it_was_scrolled_to(large: Workspace, settled: Settle,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MANY", 100)
    cards, model = large.library.cards, large.library.model
    bar, counts = cards.verticalScrollBar(), list[int]()
    bar.setValue(bar.maximum() // 2)
    cards.grab()
    settled()
    place, one = bar.value(), model.ids()[COUNT // 2]
    cards.select_ids((one,), one)
    model.modelReset.connect(lambda: counts.append(model.rowCount()))
    large.on_changed(Changes(frozenset((one,))))
    settled()
    assert counts
    assert set(counts) == {COUNT}
    assert bar.value() == place
    assert (large.library.selected_ids(), cards.current_id()) == ((one,), one)


def test_locking_leaves_no_row_behind(desktop: Desktop, services: Services, settled: Settle) -> None:
    def held() -> list[StoredCredential]:
        gc.collect()
        return [one for one in gc.get_objects()
                if isinstance(one, StoredCredential) and one.title.startswith("Badge ")]

    open_large(desktop, services, settled)
    assert held()
    desktop.window.lock()
    settled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not held()
