"""Cards: sizes from width and fonts, states that differ, statuses that are never cut for a date."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from tests.ui import fabricated as made
from wallet.ui.cards import (
    ART_HEIGHT_PX,
    MARGIN_PX,
    CardDelegate,
    CardShape,
    card_height,
    columns,
    row_height,
)
from wallet.ui.models.credentials import CredentialsModel
from wallet.ui.theme import Theme, _Active

CELL = QSize(340, 248)
State = QStyle.StateFlag


def painted(place: int, *, shape: CardShape = CardShape.CARD, state: QStyle.StateFlag = State.State_Enabled,
            cell: QSize = CELL, mirrored: bool = False) -> QImage:
    model = CredentialsModel()
    model.set_rows(made.library())
    delegate = CardDelegate()
    delegate.shape = shape
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, cell.width(), cell.height())
    option.state = state
    image = QImage(cell, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    if mirrored:
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    delegate.paint(painter, option, model.index(place))
    painter.end()
    return image


@pytest.mark.parametrize(("width", "count"), [(996, 3), (1_120, 3), (660, 2), (619, 1), (300, 1), (100, 1)])
def test_columns_follow_the_width(width: int, count: int) -> None:
    assert columns(width) == count


def test_sizes_are_those_of_the_tokens(light: Theme) -> None:
    assert card_height() == ART_HEIGHT_PX + 112
    assert row_height() == 104


def test_larger_text_grows_the_card(light: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = card_height(), row_height()
    monkeypatch.setattr(_Active, "scale", 2.0)
    grown = card_height(), row_height()
    assert columns(996) == 2
    assert grown[0] > usual[0] + 30
    assert grown[1] > usual[1] + 20


@pytest.mark.parametrize("shape", list(CardShape))
def test_every_state_looks_its_own_way(theme: Theme, shape: CardShape) -> None:
    states = [State.State_Enabled, State.State_Enabled | State.State_MouseOver,
              State.State_Enabled | State.State_Selected,
              State.State_Enabled | State.State_Selected | State.State_HasFocus]
    images = [painted(1, shape=shape, state=state) for state in states]
    assert all(one != other for at, one in enumerate(images) for other in images[:at])


def test_every_credential_paints_in_both_shapes(theme: Theme) -> None:
    for shape in CardShape:
        images = [painted(place, shape=shape) for place in range(12)]
        assert all(one != other for at, one in enumerate(images) for other in images[:at])


def test_the_status_keeps_its_words_and_the_date_gives_way(light: Theme) -> None:
    """In a narrow cell the foot of the card differs from a wide one only by the missing date."""
    narrow = QSize(250, 248)
    image = painted(3, cell=narrow)
    foot = range(narrow.height() - 45, narrow.height() - 22)
    reds = [x for x in range(narrow.width()) for y in foot if image.pixelColor(x, y).red() >
            image.pixelColor(x, y).green() + 90]
    status_end = max(reds)
    assert status_end > 180  # "Withdrawn by the issuer" in full


def test_right_to_left_mirrors_the_card(light: Theme) -> None:
    plain, mirrored = painted(1), painted(1, mirrored=True)
    ink = range(CELL.height() - 45, CELL.height() - 22)

    def greens(image: QImage) -> list[int]:
        return [x for x in range(CELL.width()) for y in ink
                if image.pixelColor(x, y).green() > image.pixelColor(x, y).red() + 40]

    assert min(greens(plain)) < 40
    assert max(greens(mirrored)) > CELL.width() - 40


def test_nothing_is_painted_outside_the_cell_margin(light: Theme) -> None:
    image = painted(1)
    assert all(image.pixelColor(x, 0).alpha() < 30 for x in range(CELL.width()))
    assert image.pixelColor(MARGIN_PX + 100, MARGIN_PX + 5).alpha() == 255


def test_a_foreign_row_paints_nothing(light: Theme, qapp: QApplication) -> None:
    delegate, model = CardDelegate(), CredentialsModel()
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 100, 100)
    image = QImage(100, 100, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    assert not any(image.pixelColor(x, 50).alpha() for x in range(100))
    assert delegate.sizeHint(option, model.index(0)) == delegate.cell
