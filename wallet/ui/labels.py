"""Labels: the only class that shows text (`SafeLabel`), and the small marks made of icon and word.

Every label is plain text: Qt's default guesses at markup and would load a file that a credential names.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wallet.model.credential import EvidenceClass
from wallet.model.report import Level

from .icons import CLASS_ICON, LEVEL_ICON, Icon, paint_icon
from .theme import font, text_scale, tokens
from .tokens import Ink, Space, TextStyle
from .untrusted_text import breakable, isolated, shown_text

_STATUS_ICON_PX = 17
_PILL_HEIGHT_PX = 24


class SafeLabel(QLabel):
    """Plain text, whatever it holds. Text from a file is also cleaned, isolated and marked.

    Attributes:
        full_text: What is shown where there is room for all of it.
        unusual: Whether characters were left out that hide, reorder or imitate.
    """

    def __init__(self, text: str = "", role: TextStyle = TextStyle.BODY, *, ink: Ink | None = None,
                 untrusted: bool = False, elided: bool = False, wrapped: bool = False,
                 selectable: bool = False, parent: QWidget | None = None) -> None:
        """Make a label.

        Args:
            text: What it says.
            role: Its step of the type scale.
            ink: A colour role instead of the step's own.
            untrusted: Whether the text comes from a file or another person.
            elided: One line, cut at the end where room is short.
            wrapped: As many lines as it takes.
            selectable: Whether it can be marked and copied.
            parent: Its parent.
        """
        super().__init__(parent)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self.full_text = ""
        self.unusual = False
        self._untrusted = untrusted
        self._elided = elided
        self._selectable = selectable
        self.setProperty("role", role.value)
        if ink is not None:
            self.setProperty("ink", ink.value)
        if wrapped:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if elided:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                         | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text, cleaned."""
        shown = shown_text(text, single_line=self._elided, keep_isolates=not self._untrusted)
        self.unusual = self._untrusted and shown.unusual
        self.full_text = isolated(shown.text) if self._untrusted else shown.text
        if self.unusual:
            self.full_text += f" ({unusual_mark()})"
        self.setAccessibleName(self.full_text)
        self._fit()

    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        """Refuse every format but plain text."""
        if text_format is not Qt.TextFormat.PlainText:
            message = "labels show plain text only"
            raise ValueError(message)

    def set_ink(self, ink: Ink) -> None:
        """Change the colour role."""
        self.setProperty("ink", ink.value)
        restyle(self)

    def sizeHint(self) -> QSize:
        """Return the room that the whole text takes."""
        if not self._elided:
            return super().sizeHint()
        self.ensurePolished()
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        around = hint.width() - metrics.horizontalAdvance(self.text())  # padding that the style sheet adds
        return QSize(metrics.horizontalAdvance(self.full_text) + max(around, 0) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return the least useful room: an elided label gives way."""
        if not self._elided:
            return super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Cut the text anew when its size on screen changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        text = self.full_text
        if self._elided and self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight,
                                                  self.contentsRect().width())
        elif self.wordWrap() and not self._selectable:
            text = breakable(text)
        if text != self.text():
            super().setText(text)


class IconLabel(QWidget):
    """One icon in one colour role; decoration unless it is given a name."""

    def __init__(self, icon: Icon, size: int, ink: Ink = Ink.TEXT_2, *, name: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._ink = ink
        side = round(size * max(text_scale(), 1.0))
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def set_icon(self, icon: Icon, ink: Ink) -> None:
        """Show another icon."""
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in the theme's colour."""
        painter = QPainter(self)
        paint_icon(painter, self._icon, tokens().ink(self._ink), self.rect())


class StatusLabel(QWidget):
    """A status as icon, word and colour together; never one of them alone."""

    def __init__(self, level: Level = Level.UNKNOWN, word: str = "", *, icon: Icon | None = None,
                 style: TextStyle = TextStyle.STATUS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self.level = level
        self.word = word
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_status(level, word, icon=icon)

    def set_status(self, level: Level, word: str, *, icon: Icon | None = None) -> None:
        """Show another status."""
        self.level, self.word = level, shown_text(word, single_line=True).text
        self._icon = icon
        self.setAccessibleName(self.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and word."""
        metrics = QFontMetrics(font(self._style))
        side = status_icon_size()
        return QSize(side + Space.SMALL + metrics.horizontalAdvance(self.word) + 2,
                     max(metrics.height(), side) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the icon and a few letters."""
        return QSize(status_icon_size() * 4, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and word."""
        painter = QPainter(self)
        paint_status(painter, self.rect(), self.level, self.word, icon=self._icon, style=self._style)


class ClassPill(QWidget):
    """The evidence class as icon and word: on a dark band white on black, elsewhere outlined."""

    def __init__(self, evidence_class: EvidenceClass, word: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._class = evidence_class
        self._word = word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the pill's size."""
        return pill_size(self._word)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        paint_class_pill(QPainter(self), self.rect(), self._class, self._word)


def status_icon_size() -> int:
    """Return the side of a status icon, grown with the text."""
    return round(_STATUS_ICON_PX * max(text_scale(), 1.0))


def status_width(word: str, style: TextStyle = TextStyle.STATUS) -> int:
    """Return the width that a status takes uncut."""
    return status_icon_size() + Space.SMALL + QFontMetrics(font(style)).horizontalAdvance(word)


def paint_status(painter: QPainter, target: QRect, level: Level, word: str, *, icon: Icon | None = None,
                 style: TextStyle = TextStyle.STATUS) -> int:
    """Paint a status at the start of the rectangle and return the width it took."""
    side = status_icon_size()
    room = QRect(target.left(), target.top() + (target.height() - side) // 2, side, side)
    painter.save()
    painter.setFont(font(style))
    metrics = painter.fontMetrics()
    text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, target.width() - side - Space.SMALL)
    words = target.adjusted(side + Space.SMALL, 0, 0, 0)
    colour = tokens().status(level)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        room.moveRight(target.right())
        words = target.adjusted(0, 0, -side - Space.SMALL, 0)
    paint_icon(painter, icon or LEVEL_ICON[level], colour, room)
    painter.setPen(QColor(colour))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()
    return side + Space.SMALL + metrics.horizontalAdvance(text)


def pill_size(word: str) -> QSize:
    """Return the size of a class pill."""
    grown = max(text_scale(), 1.0)
    width = QFontMetrics(font(TextStyle.CAPTION_STRONG)).horizontalAdvance(word)
    return QSize(width + round(14 * grown) + 25, round(_PILL_HEIGHT_PX * grown))


def paint_class_pill(painter: QPainter, target: QRect, evidence_class: EvidenceClass, word: str) -> None:
    """Paint the class pill into a rectangle of `pill_size`."""
    look = tokens()
    sealed = evidence_class is EvidenceClass.SEALED and not look.plain_art
    inks = {EvidenceClass.SEALED: look.text_2, EvidenceClass.HOSTED: look.info,
            EvidenceClass.DOCUMENT: look.unknown, EvidenceClass.OWN: look.info}
    ink = look.white if sealed else inks[evidence_class]
    ground = QColor(0, 0, 0, round(255 * 0.28)) if sealed else QColor(look.surface)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = Qt.PenStyle.NoPen if sealed else QPen(QColor(look.line_strong))
    painter.setPen(outline)
    painter.setBrush(ground)
    half = target.height() / 2
    painter.drawRoundedRect(target.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), half, half)
    painter.setFont(font(TextStyle.CAPTION_STRONG))
    paint_mark(painter, target.adjusted(9, 0, -9, 0), CLASS_ICON[evidence_class], word, ink)
    painter.restore()


def mark_size(metrics: QFontMetrics, word: str) -> int:
    """Return the width of a small icon and a word."""
    return round(14 * max(text_scale(), 1.0)) + 6 + metrics.horizontalAdvance(word) + 1


def paint_mark(painter: QPainter, target: QRect, icon: Icon, word: str, colour: str) -> None:
    """Paint a small icon and a word in the painter's font, from the start of the rectangle."""
    side = round(14 * max(text_scale(), 1.0))
    room = QRect(target.left(), target.top() + (target.height() - side) // 2, side, side)
    words = target.adjusted(side + 6, 0, 0, 0)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        room.moveRight(target.right())
        words = target.adjusted(0, 0, -side - 6, 0)
    paint_icon(painter, icon, colour, room)
    painter.setPen(QColor(colour))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)


def unusual_mark() -> str:
    """Return the words that mark text from which characters were left out."""
    return QCoreApplication.translate("labels", "unusual characters")


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
