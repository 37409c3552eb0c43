"""The library's model, tested as data: roles, order, filters, pictures; no window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.ui.models.credentials import (
    MAX_ROWS,
    CardContent,
    CredentialRole,
    CredentialsModel,
    card_content,
)


@pytest.fixture
def model() -> CredentialsModel:
    filled = CredentialsModel()
    filled.set_rows(made.library())
    return filled


def test_it_behaves_like_a_model(model: CredentialsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types
    model.set_rows(())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types
    assert model.rowCount() == 0


def test_roles_give_what_they_promise(model: CredentialsModel) -> None:
    index = model.index(1)
    assert index.data() == "Data Analysis Foundations"
    assert index.data(CredentialRole.ID) == "c0002"
    assert index.data(CredentialRole.STORED) == made.library()[1]
    assert isinstance(index.data(CredentialRole.CARD), CardContent)
    assert "awarded by Northbridge University" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == 0


def test_a_tooltip_is_never_markup(model: CredentialsModel) -> None:
    model.set_rows((made.stored("<img src='/etc/hostname'>"),))
    assert "<img" not in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_tricks_in_names_are_marked() -> None:
    plain, trick = card_content(made.stored("Food Safety")), card_content(made.library()[11])
    assert not plain.unusual
    assert trick.unusual
    assert "\u202e" not in trick.title


def test_a_megabyte_of_a_name_is_one_short_line() -> None:
    card = card_content(made.stored("x" * 1_000_000 + "\n" * 1_000))
    assert len(card.title) == 201


def test_a_picture_reaches_its_card_and_is_announced(model: CredentialsModel, qtbot: QtBot) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    assert model.card(1).artwork.picture is None
    with qtbot.waitSignal(model.dataChanged, timeout=1000) as caught:
        model.set_picture("c0002", picture)
    assert caught.args is not None
    assert caught.args[0].row() == 1
    assert model.card(1).artwork.picture is picture
    assert model.card(1).artwork.picture_key
    assert model.card(0).artwork.picture is None


def test_rows_are_found_by_id(model: CredentialsModel) -> None:
    assert model.row_of("c0004") == 3
    assert model.row_of("nobody") == -1
    assert len(model.rows()) == 12


def test_a_large_library_costs_nothing_until_it_is_looked_at() -> None:
    model = CredentialsModel()
    model.set_rows(made.many(10_000))
    assert model.rowCount() == 10_000
    assert model._cards == {}
    assert model.index(9_999).data() == "Course 9999"
    assert len(model._cards) == 1
    model.forget_cards()
    assert model._cards == {}


def test_places_are_there_before_their_rows_and_ask_for_them(qtbot: QtBot) -> None:
    rows = made.many(500)
    model = CredentialsModel()
    model.arrange(tuple(row.id for row in rows), rows[:50])
    assert (model.rowCount(), model.is_whole) == (500, False)
    with qtbot.waitSignal(model.rows_wanted, timeout=1000) as caught:
        assert model.index(305).data() == ""
        assert model.index(305).data(Qt.ItemDataRole.AccessibleTextRole) == "Being read…"
    assert caught.args is not None
    (wanted,) = caught.args
    assert rows[305].id in wanted
    assert len(wanted) < 200
    assert model.index(305).data(CredentialRole.ID) == rows[305].id
    with qtbot.waitSignal(model.dataChanged, timeout=1000) as changed:
        model.put_rows([row for row in rows if row.id in wanted])
    assert changed.args is not None
    assert changed.args[0].row() <= 305 <= changed.args[1].row()
    assert model.index(305).data() == rows[305].title


def test_only_so_many_rows_are_held(qtbot: QtBot) -> None:
    rows = made.many(3 * MAX_ROWS)
    model = CredentialsModel()
    model.arrange(tuple(row.id for row in rows), rows[:200])
    for start in range(0, len(rows), 100):
        model.put_rows(rows[start:start + 100])
    assert len(model.rows()) == MAX_ROWS
    assert model.has_id(rows[-1].id)
    assert not model.has_id(rows[0].id)
    with qtbot.waitSignal(model.rows_wanted, timeout=1000):
        model.index(0).data()


def test_rows_that_are_nowhere_any_more_change_nothing(model: CredentialsModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.dataChanged):
        model.put_rows(())
        model.put_rows(made.many(1))
    assert model.rowCount() == 12
