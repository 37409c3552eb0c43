"""The ring around the control that has the keyboard's focus.

A style sheet cannot paint outside a control, and a style is clipped to it, so the ring is a transparent
widget that follows the focus. Fields and item views show their focus themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from .theme import tokens
from .tokens import Radius

GAP_PX = 2
WIDTH_PX = 2
_REACH_PX = GAP_PX + WIDTH_PX
_OWN_FOCUS = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QAbstractScrollArea)
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QObject):
    """Shows one ring around the focused control, for focus that came by the keyboard."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._ground: QWidget | None = None
        self._followed: list[QWidget] = []
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def target(self) -> QWidget | None:
        """The control that has the ring now."""
        return self._target if self._target is not None and isValid(self._target) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control and what it stands in."""
        if event.type() in _FOLLOWED:
            self._place()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._drop()
        if now is None or isinstance(now, _OWN_FOCUS) or now.isWindow() or not _by_keyboard(now):
            return
        self._target = now
        self._ground = _ground_of(now)
        self._followed = _chain(now, self._ground)
        for widget in self._followed:
            widget.installEventFilter(self)
        self._ring = _Ring(self._ground, _radius(now))
        self._place()

    def _drop(self) -> None:
        """Let go of everything; what was deleted meanwhile needs nothing (a deleted parent took it along)."""
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._followed, self._ring, self._target, self._ground = [], None, None, None

    def _place(self) -> None:
        parts = (self._ring, self._target, self._ground)
        if self._ring is None or self._target is None or self._ground is None:
            return
        if not all(isValid(part) for part in parts):
            return
        corner = self._target.mapTo(self._ground, QPoint(0, 0))
        box = QRect(corner, self._target.size())
        self._ring.setGeometry(box.adjusted(-_REACH_PX, -_REACH_PX, _REACH_PX, _REACH_PX))
        self._ring.setVisible(self._target.isVisible())
        self._ring.raise_()


class _Ring(QWidget):
    """The drawn ring."""

    def __init__(self, ground: QWidget, radius: float) -> None:
        super().__init__(ground)
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring at the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), WIDTH_PX))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = min(self._radius, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)


def _ground_of(control: QWidget) -> QWidget:
    """Return what scrolls around the control, else its window: the ring is clipped by it."""
    widget = control.parentWidget()
    while widget is not None:
        area = widget.parentWidget()
        if widget.isWindow() or (isinstance(area, QAbstractScrollArea) and area.viewport() is widget):
            return widget
        widget = area
    return control.window()


def _chain(control: QWidget, ground: QWidget) -> list[QWidget]:
    """Return the control and everything up to the ground that the ring lies on."""
    chain: list[QWidget] = []
    widget: QWidget | None = control
    while widget is not None and widget is not ground:
        chain.append(widget)
        widget = widget.parentWidget()
    return chain


def _by_keyboard(control: QWidget) -> bool:
    """Tell whether the person moves the focus by keys: Qt marks the window, and no mouse button is down."""
    pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    return control.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange) and not pressed


def _radius(control: QWidget) -> float:
    """Return the ring's rounding: the control's own and three more."""
    half = control.height() / 2
    pills = control.property("kind") == "chip" or control.metaObject().className() == "Switch"
    return half + 3 if pills else Radius.CONTROL + 3
