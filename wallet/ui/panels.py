"""Panels: framed grounds, notices, folds, scrolling pages. Frames only, no verdicts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wallet.model.report import Level

from .buttons import button
from .icons import LEVEL_ICON, Icon, themed_icon
from .labels import IconLabel, SafeLabel
from .tokens import MAX_PAGE_PX, Ink, Space, TextStyle


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = 0) -> QVBoxLayout:
    """Return a vertical layout without Qt's own distances."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = 0) -> QHBoxLayout:
    """Return a horizontal layout without Qt's own distances."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def panel(kind: str = "true", parent: QWidget | None = None) -> QFrame:
    """Return a framed ground.

    Args:
        kind: "true" (radius 12), "card" (14), "tile" (accent-soft), "paper" or "drop".
        parent: Its parent.
    """
    made = QFrame(parent)
    made.setProperty("panel", kind)
    return made


def hairline(*, vertical: bool = False, parent: QWidget | None = None) -> QFrame:
    """Return a thin line."""
    made = QFrame(parent)
    made.setProperty("line", "v" if vertical else "h")
    return made


class Notice(QFrame):
    """A sentence in a status tint: icon, headline in the status colour, text below."""

    def __init__(self, level: Level, headline: str, text: str = "", *, icon: Icon | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", level.value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        ink = Ink(level.value)
        line = row(self, gap=Space.MEDIUM)
        line.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
        line.addWidget(IconLabel(icon or LEVEL_ICON[level], 18, ink), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        self.headline = SafeLabel(headline, TextStyle.STRONG, ink=ink, wrapped=True)
        self.text = SafeLabel(text, TextStyle.BODY, wrapped=True)
        self.headline.setVisible(bool(headline))
        self.text.setVisible(bool(text))
        words.addWidget(self.headline)
        words.addWidget(self.text)
        line.addLayout(words, 1)


class Fold(QFrame):
    """A line that opens and closes what is below it.

    Signals:
        toggled: Whether it is open now.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, hint: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header: QPushButton = button(title, kind="fold", icon=Icon.CHEVRON_RIGHT)
        self._header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._header.setCheckable(True)
        if name:
            self._header.setObjectName(name)
        self._hint = SafeLabel(hint, TextStyle.CAPTION)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = row(self._header)
        over.setContentsMargins(Space.CARD, 0, Space.CARD, 0)
        over.addStretch(1)
        over.addWidget(self._hint)
        self.body = QWidget()
        self.body.setVisible(False)
        whole = column(self)
        whole.addWidget(self._header)
        whole.addWidget(self.body)
        self._header.toggled.connect(self._on_toggled)

    @property
    def header(self) -> QPushButton:
        """The line itself."""
        return self._header

    def is_open(self) -> bool:
        """Return whether the body is shown."""
        return self._header.isChecked()

    def set_open(self, opened: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Open or close."""
        self._header.setChecked(opened)

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        icon = Icon.CHEVRON_DOWN if opened else Icon.CHEVRON_RIGHT
        self._header.setIcon(themed_icon(icon, Ink.TEXT_2))
        self.body.setVisible(opened)
        self.toggled.emit(opened)


class ScrollColumn(QScrollArea):
    """Scrolls one widget up and down, exactly as high as its wrapped text needs at the width there is.

    Qt's own resizing takes a label's guess instead, which cuts the last lines of long sentences.
    """

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setProperty("ground", "none")
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the widget to the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the widget again when something in it changed."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Return what the widget would like."""
        inner = self.widget()
        return inner.sizeHint() if inner else super().sizeHint()

    def _fit(self) -> None:
        inner = self.widget()
        layout = inner.layout() if inner else None
        if inner is None or layout is None:
            return
        width = min(self.viewport().width(), inner.maximumWidth())
        wraps = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()
        inner.resize(width, max(needed, self.viewport().height()))


class Page(ScrollColumn):
    """A page that scrolls, its content at most 1 120 px wide and centred.

    Attributes:
        content: Layout for the page's parts.
    """

    def __init__(self, *, margin: int = Space.PAGE, gap: int = Space.LARGE, max_width: int = MAX_PAGE_PX,
                 parent: QWidget | None = None) -> None:
        outer = QWidget()
        super().__init__(outer, parent)
        middle = row(outer)
        inner = QWidget()
        inner.setProperty("ground", "none")
        inner.setMaximumWidth(max_width + 2 * margin)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        middle.addStretch(0)
        middle.addWidget(inner, 1)
        middle.addStretch(0)
        self.content = column(inner, margin=margin, gap=gap)
