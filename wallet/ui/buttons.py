"""Buttons, chips, segments, switch and field: factories that set the properties the style sheet knows.

The words on buttons are our own; text from a file never becomes a button (it would be read for
mnemonics, and a person could take it for ours).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from .icons import DISABLED_OPACITY, Icon, themed_icon
from .theme import font, text_scale, tokens
from .tokens import Ink, Space, TextStyle
from .untrusted_text import tooltip

_ICON_PX = 17
_GAP_PX = 5  # Qt adds 4 of its own
_INK_OF_KIND = {"primary": Ink.ON_ACCENT, "danger": Ink.PROBLEM, "plain": Ink.TEXT, "square": Ink.TEXT,
                "link": Ink.ACCENT_TEXT}


def button(text: str, *, kind: str = "plain", icon: Icon | None = None, size: str = "",
           name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button.

    Args:
        text: Our own words on it.
        kind: primary, plain, quiet, danger, link.
        icon: Before the words.
        size: "" (36 px), "large" (44) or "small" (32).
        name: The object name that tests find it by.
        parent: Its parent.
    """
    made = QPushButton(text, parent)
    made.setProperty("kind", kind)
    if size:
        made.setProperty("measure", size)
    if icon is not None:
        made.setIcon(themed_icon(icon, _INK_OF_KIND.get(kind, Ink.TEXT_2)))
        made.setIconSize(icon_size(_ICON_PX, gap=_GAP_PX if text else 0))
    if name:
        made.setObjectName(name)
    made.setAutoDefault(False)
    made.setAccessibleName(text.replace("&", ""))
    made.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def icon_button(icon: Icon, label: str, *, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a square button without words; the label is its tooltip and accessible name."""
    made = button("", kind="square", icon=icon, name=name, parent=parent)
    made.setToolTip(tooltip(label))
    made.setAccessibleName(label)
    return made


def chip(text: str, *, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a filter chip that can be on or off."""
    made = Chip(text, parent)
    if name:
        made.setObjectName(name)
    return made


def nav_button(icon: Icon, text: str, *, name: str = "", parent: QWidget | None = None) -> QToolButton:
    """Return an entry of the sidebar."""
    made = QToolButton(parent)
    made.setProperty("nav", True)
    made.setCheckable(True)
    made.setText(text)
    made.setIcon(themed_icon(icon, Ink.TEXT_2, Ink.ACCENT_TEXT))
    made.setIconSize(icon_size(18, gap=8))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(text)
    if name:
        made.setObjectName(name)
    return made


def icon_size(px: int, *, gap: int = 0) -> QSize:
    """Return an icon size, grown with the text, with room behind it before the words."""
    side = round(px * max(text_scale(), 1.0))
    return QSize(side + gap, side)


class Chip(QPushButton):
    """A filter that is on or off. Its width leaves room for the heavier letters of being on."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the chip when it is on."""
        heavy = QFontMetrics(font(TextStyle.STATUS))
        return QSize(heavy.horizontalAdvance(self.text()) + 2 * Space.MEDIUM + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: a cut filter says nothing."""
        return self.sizeHint()


class Segments(QFrame):
    """A few choices side by side, one of them taken.

    Signals:
        chosen: The index of the choice that was taken.
    """

    chosen = Signal(int)

    def __init__(self, choices: Sequence[tuple[Icon | None, str]], *, with_words: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segments", True)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for index, (icon, label) in enumerate(choices):
            row.addWidget(self._segment(index, icon, label, with_words=with_words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose(0)
        self._group.idClicked.connect(self.chosen)

    def choose(self, index: int) -> None:
        """Take a choice without telling anybody."""
        self._group.button(index).setChecked(True)

    def choice(self) -> int:
        """Return the index of the taken choice."""
        return self._group.checkedId()

    def _segment(self, index: int, icon: Icon | None, label: str, *, with_words: bool) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("segment", True)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setAccessibleName(label)
        if icon is not None:
            made.setIcon(themed_icon(icon, Ink.TEXT_2, Ink.ACCENT_TEXT))
            made.setIconSize(icon_size(16))
        if with_words or icon is None:
            made.setText(label)
        else:
            made.setToolTip(tooltip(label))
        self._group.addButton(made, index)
        return made


class Switch(QAbstractButton):
    """On or off; on is the accent colour and a knob at the end, so never colour alone."""

    def __init__(self, label: str, *, width: int = 34, height: int = 20,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn = QSize(width, height)
        self.setCheckable(True)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the drawing."""
        return self._drawn

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and knob."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(QColor(look.accent if on else look.control), 1))
        painter.setBrush(QColor(look.accent if on else look.field))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        knob = box.height() - (5 if on else 7)
        inset = (box.height() - knob) / 2
        at_end = on is not self.isRightToLeft()
        left = box.right() - inset - knob if at_end else box.left() + inset
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.on_accent if on else look.control))
        painter.drawEllipse(QRectF(left, box.top() + inset, knob, knob))


class Field(QLineEdit):
    """A one-line field with a leading icon and a sentence for readers."""

    def __init__(self, placeholder: str, *, icon: Icon | None = None, label: str = "", size: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(label or placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if size:
            self.setProperty("measure", size)
        if icon is not None:
            self._leading = QAction(themed_icon(icon, Ink.TEXT_2), "", self)
            self.addAction(self._leading, QLineEdit.ActionPosition.LeadingPosition)

    def set_wrong(self, sentence: str) -> None:
        """Show by the border that the sentence beside the field is about it; "" clears."""
        self.setProperty("wrong", bool(sentence))
        self.setAccessibleDescription(sentence)
        self.style().unpolish(self)
        self.style().polish(self)


class SearchField(Field):
    """A field that searches as one types; Escape clears it."""

    def __init__(self, placeholder: str, *, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, icon=Icon.SEARCH, parent=parent)
        self.setClearButtonEnabled(True)
        self._clear = QAction(self)
        self._clear.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self._clear.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear)
        if shortcut:
            self.setToolTip(tooltip(shortcut))
