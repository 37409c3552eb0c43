"""The library's model, tested as data: roles, order, filters, pictures; no window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.ui.models.credentials import (
    CardContent,
    CredentialRole,
    CredentialsModel,
    LibraryFilter,
    LibraryOrder,
    card_content,
    matches,
    ordered,
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


def test_filters_say_what_they_show() -> None:
    found = {wanted: [row.id for row in made.library() if matches(row, wanted)] for wanted in LibraryFilter}
    assert len(found[LibraryFilter.ALL]) == 12
    assert found[LibraryFilter.ENDS_SOON] == ["c0001"]
    assert found[LibraryFilter.RECORDED] == ["c0005"]
    assert found[LibraryFilter.DOCUMENT] == ["c0006"]
    assert found[LibraryFilter.ENDED] == ["c0011"]
    assert set(found[LibraryFilter.ATTENTION]) == {"c0004", "c0007", "c0010"}
    assert "c0009" not in found[LibraryFilter.GENUINE]
    assert not set(found[LibraryFilter.GENUINE]) & set(found[LibraryFilter.ATTENTION])


def test_orders() -> None:
    rows = made.library()
    assert [row.id for row in ordered(reversed(rows), LibraryOrder.NEWEST)] == [row.id for row in rows]
    titles = [row.title for row in ordered(rows, LibraryOrder.TITLE)]
    assert titles == sorted(titles, key=str.casefold)
    issuers = [row.issuer_name for row in ordered(rows, LibraryOrder.ISSUER)]
    assert issuers == sorted(issuers, key=str.casefold)
    ends = [row.valid_until for row in ordered(rows, LibraryOrder.ENDS_FIRST)]
    known = [end for end in ends if end]
    assert known == sorted(known)
    assert ends[: len(known)] == known


def test_a_large_library_costs_nothing_until_it_is_looked_at() -> None:
    model = CredentialsModel()
    model.set_rows(made.many(10_000))
    assert model.rowCount() == 10_000
    assert model._cards == {}
    assert model.index(9_999).data() == "Course 9999"
    assert len(model._cards) == 1
    model.forget_cards()
    assert model._cards == {}
