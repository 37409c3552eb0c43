"""A QR code on screen: black on white in both themes, whole device pixels per module, never smoothed.

Takes the picture that `share` drew, finds its modules again and paints them at the size there is room for.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET_ZONE_MODULES = 4
_FINDER_MODULES = 7
_BLACK_BELOW = 128


class QrView(QWidget):
    """Shows one QR picture crisply, with its quiet zone."""

    def __init__(self, side: int = 280, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def modules(self) -> tuple[tuple[bool, ...], ...]:
        """The code's rows, True for black, without the quiet zone."""
        return self._modules

    def set_picture(self, png: bytes, description: str) -> None:
        """Show a QR picture of ours; the description is what a reader hears."""
        self._modules = modules_of(QImage.fromData(png))
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the wanted size."""
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which a phone reads an ordinary code."""
        return QSize(160, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint white ground and black modules on whole device pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if not self._modules:
            return
        ratio = self.devicePixelRatioF()
        count = len(self._modules)
        room = round(min(self.width(), self.height()) * ratio)
        step = max(room // (count + 2 * QUIET_ZONE_MODULES), 1)
        left = (round(self.width() * ratio) - step * count) // 2
        top = (round(self.height() * ratio) - step * count) // 2
        painter.scale(1 / ratio, 1 / ratio)
        black = QColor(Qt.GlobalColor.black)
        for y, line in enumerate(self._modules):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(QRectF(QRect(left + x * step, top + y * step, step, step)), black)


def modules_of(picture: QImage) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a cleanly drawn QR picture, or nothing if it is none."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    data = bytes(grey.constBits()) if not grey.isNull() else b""
    dark = [[value < _BLACK_BELOW for value in data[y * stride : y * stride + width]] for y in range(height)]
    first = next((y for y, line in enumerate(dark) if any(line)), None)
    if first is None:
        return ()
    start = dark[first].index(True)
    end = width - dark[first][::-1].index(True)
    run = next((x for x in range(start, width) if not dark[first][x]), width) - start
    step = run // _FINDER_MODULES
    if step < 1 or run % _FINDER_MODULES or (end - start) % step:
        return ()
    count = (end - start) // step
    middle = step // 2
    if first + count * step > height:
        return ()
    return tuple(tuple(dark[first + y * step + middle][start + x * step + middle] for x in range(count))
                 for y in range(count))
