"""Cards and row cards: how one kept credential is painted in the library, and how large it is.

One delegate paints all; there is never a widget per card. Heights come from the fonts, so that larger
text grows the card instead of being cut.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wallet.model.credential import EvidenceClass

from .art import Frame, paint_art
from .icons import CLASS_ICON, Icon, device_ratio, paint_icon
from .labels import (
    mark_size,
    paint_class_pill,
    paint_mark,
    paint_status,
    pill_size,
    status_icon_size,
    status_width,
)
from .models.credentials import CardContent, CredentialRole
from .theme import font, text_scale, tokens
from .tokens import Radius, Space, TextStyle

ART_HEIGHT_PX = 116
ROW_ART_WIDTH_PX = 148
ROW_MIN_HEIGHT_PX = 104
MIN_CARD_PX = 300
CARD_GAP_PX = 20
ROW_GAP_PX = 12
#: Room around a card inside its cell: shadow, selection and ring are painted there.
MARGIN_PX = CARD_GAP_PX // 2
_MAX_WIDENING = 1.5
_PADDING_PX = 14
_ROW_BADGE_PX = 60
_SHADOW_REACH = 9


class CardShape(Enum):
    """The two anatomies."""

    CARD = auto()
    ROW = auto()


def columns(content_width: int) -> int:
    """Return how many cards stand side by side in a page of that width."""
    widened = round(MIN_CARD_PX * min(max(text_scale(), 1.0), _MAX_WIDENING))  # larger text, fewer cards
    return max(1, (content_width + CARD_GAP_PX) // (widened + CARD_GAP_PX))


def card_height() -> int:
    """Return the height of a card: the art and what the text takes."""
    title, small = (QFontMetrics(font(style)).height() for style in (TextStyle.CARD, TextStyle.STATUS))
    status = max(QFontMetrics(font(TextStyle.STATUS)).height(), status_icon_size())
    text = _PADDING_PX + title + 2 + small + Space.WIDE - 2 + status + _PADDING_PX
    return ART_HEIGHT_PX + max(text, 112)


def row_height() -> int:
    """Return the height of a row card."""
    title, small = (QFontMetrics(font(style)).height() for style in (TextStyle.CARD, TextStyle.STATUS))
    status = max(QFontMetrics(font(TextStyle.STATUS)).height(), status_icon_size())
    return max(ROW_MIN_HEIGHT_PX, 2 * _PADDING_PX + title + 2 + small + Space.MEDIUM + status)


class CardDelegate(QStyledItemDelegate):
    """Paints cards or row cards; which one is set from outside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shape = CardShape.CARD
        self.cell = QSize(340, 248)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the cell that the list works with."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint one card with its states."""
        card = index.data(CredentialRole.CARD)
        if not isinstance(card, CardContent):
            return
        state: QStyle.StateFlag = option.state
        cell: QRect = option.rect
        gap = MARGIN_PX if self.shape is CardShape.CARD else ROW_GAP_PX // 2
        box = cell.adjusted(MARGIN_PX, gap, -MARGIN_PX, -gap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, box, hovered=bool(state & QStyle.StateFlag.State_MouseOver))
        if not card.is_here:
            pass  # its place and its border
        elif self.shape is CardShape.CARD:
            _paint_card(painter, box, card)
        else:
            _paint_row(painter, box, card)
        _paint_border(painter, box, state)
        painter.restore()


def _paint_card(painter: QPainter, box: QRect, card: CardContent) -> None:
    frame = Frame(QSize(box.width(), ART_HEIGHT_PX), Radius.CARD)
    paint_art(painter, QPointF(box.topLeft()), card.artwork, frame)
    pill = QRect(QPoint(0, 0), pill_size(card.class_word))
    inset = Space.CARD if card.evidence_class is EvidenceClass.OWN else Space.MEDIUM  # inside its frame
    pill.moveTopRight(box.topRight() + QPoint(-inset, inset))
    paint_class_pill(painter, _turned(painter, pill, box), card.evidence_class, card.class_word)
    painter.setPen(QPen(QColor(tokens().line), 1))
    under = box.top() + ART_HEIGHT_PX + 0.5
    painter.drawLine(QPointF(box.left(), under), QPointF(box.right() + 1, under))
    text = box.adjusted(Space.LARGE, ART_HEIGHT_PX + _PADDING_PX, -Space.LARGE, -_PADDING_PX)
    _paint_names(painter, text, card)
    _paint_foot(painter, text, card)


def _paint_row(painter: QPainter, box: QRect, card: CardContent) -> None:
    size = QSize(ROW_ART_WIDTH_PX, box.height())
    left = (ROW_ART_WIDTH_PX - _ROW_BADGE_PX) // 2 - 28
    frame = Frame(size, Radius.CARD, "start", _ROW_BADGE_PX, left)
    art = _turned(painter, QRect(box.topLeft(), size), box)
    paint_art(painter, QPointF(art.topLeft()), card.artwork, frame)
    text = box.adjusted(ROW_ART_WIDTH_PX + 18, _PADDING_PX, -18, -_PADDING_PX)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        text = box.adjusted(18, _PADDING_PX, -ROW_ART_WIDTH_PX - 18, -_PADDING_PX)
    painter.setFont(font(TextStyle.CAPTION))
    mark_width = mark_size(painter.fontMetrics(), card.class_word)
    mark = QRect(text.right() - mark_width + 1, text.top(), mark_width, painter.fontMetrics().height() + 4)
    paint_mark(painter, _turned(painter, mark, text), CLASS_ICON[card.evidence_class], card.class_word,
               tokens().text_2)
    _paint_names(painter, text, card, kept_free=mark_width + Space.SMALL)
    _paint_foot(painter, text, card)


def _paint_names(painter: QPainter, text: QRect, card: CardContent, *, kept_free: int = 0) -> None:
    """Paint title and issuer, one line each."""
    look = tokens()
    painter.setFont(font(TextStyle.CARD))
    painter.setPen(QColor(look.text))
    height = painter.fontMetrics().height()
    title = QRect(text.left(), text.top(), text.width() - kept_free, height)
    if card.unusual:
        side = status_icon_size()
        warning = QRect(title.right() - side, title.top() + (height - side) // 2, side, side)
        title.setWidth(title.width() - side - Space.SMALL)
        paint_icon(painter, Icon.CARE, look.care, _turned(painter, warning, text))
    _draw_line(painter, _turned(painter, title, text), card.title)
    issuer_font = font(TextStyle.STATUS)
    issuer_font.setWeight(issuer_font.Weight.Normal)
    painter.setFont(issuer_font)
    painter.setPen(QColor(look.text_2))
    issuer = QRect(text.left(), title.bottom() + 3, text.width() - kept_free, painter.fontMetrics().height())
    _draw_line(painter, _turned(painter, issuer, text), card.issuer)


def _paint_foot(painter: QPainter, text: QRect, card: CardContent) -> None:
    """Paint the status at the start and the date at the end of the last line."""
    look = tokens()
    height = max(QFontMetrics(font(TextStyle.STATUS)).height(), status_icon_size())
    line = QRect(text.left(), text.bottom() - height + 1, text.width(), height)
    painter.setFont(font(TextStyle.SMALL))
    date_width = painter.fontMetrics().horizontalAdvance(card.date) + 1
    status = line.adjusted(0, 0, -date_width - Space.SMALL, 0)
    both_fit = status_width(card.status.word) <= status.width()
    room = status if both_fit else line  # the date gives way, never the status
    paint_status(painter, _turned(painter, room, line), card.status.level, card.status.word,
                 icon=card.status.icon)
    if both_fit:
        painter.setPen(QColor(look.text_3))
        date = QRect(line.right() - date_width + 1, line.top(), date_width, height)
        painter.drawText(_turned(painter, date, line), Qt.AlignmentFlag.AlignVCenter, card.date)


def _draw_line(painter: QPainter, room: QRect, text: str) -> None:
    line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)


def _turned(painter: QPainter, part: QRect, whole: QRect) -> QRect:
    """Return the part at the other side where text runs right to left."""
    if painter.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return part
    turned = QRect(part)
    turned.moveLeft(whole.left() + whole.right() - part.right())
    return turned


def _paint_ground(painter: QPainter, box: QRect, *, hovered: bool) -> None:
    """Paint shadow and surface from one cached pixmap: all cards have the same size."""
    look = tokens()
    ratio = device_ratio(painter)
    key = f"card:{box.width()}x{box.height()}:{hovered}:{look.scheme.value}:{ratio:.2f}"
    size = box.size() + QSize(2 * _SHADOW_REACH, 2 * _SHADOW_REACH)
    ground = QPixmap()
    if not QPixmapCache.find(key, ground):
        ground = QPixmap(size * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        inner = QPainter(ground)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.setPen(Qt.PenStyle.NoPen)
        card = QRectF(_SHADOW_REACH, _SHADOW_REACH, box.width(), box.height())
        _paint_shadow(inner, card, look.shadow, look.shadow_near, look.shadow_far * (2 if hovered else 1))
        inner.setBrush(QColor(look.surface))
        inner.drawRoundedRect(card, Radius.CARD, Radius.CARD)
        inner.end()
        QPixmapCache.insert(key, ground)
    painter.drawPixmap(box.topLeft() - QPoint(_SHADOW_REACH, _SHADOW_REACH), ground)


def _paint_shadow(painter: QPainter, card: QRectF, colour: str, near: float, far: float) -> None:
    """Paint two soft layers: close below the card, and wide around it."""
    for drop, blur, alpha in ((1, 2, near), (3, _SHADOW_REACH - 3, far)):
        tint = QColor(colour)
        tint.setAlphaF(alpha / blur)
        painter.setBrush(tint)
        for spread in range(blur):
            grown = card.adjusted(-spread, drop - spread, spread, drop + spread)
            painter.drawRoundedRect(grown, Radius.CARD + spread, Radius.CARD + spread)


def _paint_border(painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
    look = tokens()
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.line_strong if hovered else look.line), 1))
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
    painter.drawPath(outline)
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if selected or focused:
        width = 3 if selected and focused else 2
        reach = 2 + width / 2
        painter.setPen(QPen(QColor(look.accent), width))
        ring = QRectF(box).adjusted(-reach, -reach, reach, reach)
        painter.drawRoundedRect(ring, Radius.CARD + 3, Radius.CARD + 3)
