"""Icons: our own shipped line drawings, coloured from the theme when painted.

The SVG text is read once, `currentColor` is replaced, and `QSvgRenderer` draws it at the wanted size and
device ratio. Only files of our own folder pass here: SVG from outside is never rendered (a bare path in
it loads local files, a small one takes seconds).
"""

from __future__ import annotations

from enum import StrEnum, unique
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from wallet.model.credential import EvidenceClass
from wallet.model.report import Level

from .theme import tokens
from .tokens import Ink

DISABLED_OPACITY = 0.45


@unique
class Icon(StrEnum):
    """Every icon; the value is the file's name."""

    CREDENTIALS = "credentials"
    BUNDLE = "bundle"
    STACK = "stack"
    SKILLS = "skills"
    LOG = "log"
    VERIFY = "verify"
    SETTINGS = "settings"
    LOCK = "lock"
    UNLOCK = "unlock"
    SEARCH = "search"
    FILTER = "filter"
    SORT = "sort"
    ADD = "add"
    SHARE = "share"
    PRINT = "print"
    MORE = "more"
    SEAL_OK = "seal-ok"
    SEALED = "sealed"
    CARE = "care"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    INFO = "info"
    HOSTED = "hosted"
    DOCUMENT = "document"
    OWN_STATEMENT = "own-statement"
    CALENDAR = "calendar"
    CLOCK = "clock"
    QR = "qr"
    CAMERA = "camera"
    PDF = "pdf"
    LINK = "link"
    NETWORK = "network"
    BIN = "bin"
    UNDO = "undo"
    REFRESH = "refresh"
    OFFLINE = "offline"
    ONLINE = "online"
    EYE = "eye"
    EYE_OFF = "eye-off"
    PIN = "pin"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_DOWN = "chevron-down"
    BACK = "back"
    CLOSE = "close"
    CHECK = "check"
    COPY = "copy"
    SAVE = "save"
    DROP = "drop"
    VIEW_CARDS = "view-cards"
    VIEW_LIST = "view-list"
    VIEW_TIMELINE = "view-timeline"
    PERSON = "person"
    KEY = "key"
    CLIP = "clip"
    MENU = "menu"
    BELL = "bell"
    ISSUER = "issuer"
    WALLET = "wallet"
    GLYPH_BARS = "glyph-bars"
    GLYPH_CYCLE = "glyph-cycle"
    GLYPH_CURVE = "glyph-curve"
    GLYPH_TALK = "glyph-talk"
    GLYPH_LEAF = "glyph-leaf"
    GLYPH_SPARK = "glyph-spark"
    GLYPH_BOOK = "glyph-book"


LEVEL_ICON: dict[Level, Icon] = {
    Level.GOOD: Icon.SEAL_OK,
    Level.CARE: Icon.CARE,
    Level.PROBLEM: Icon.PROBLEM,
    Level.UNKNOWN: Icon.UNKNOWN,
    Level.INFO: Icon.INFO,
}
CLASS_ICON: dict[EvidenceClass, Icon] = {
    EvidenceClass.SEALED: Icon.SEALED,
    EvidenceClass.HOSTED: Icon.HOSTED,
    EvidenceClass.DOCUMENT: Icon.DOCUMENT,
    EvidenceClass.OWN: Icon.OWN_STATEMENT,
}
#: Drawings that point along the reading direction and turn round where that runs right to left.
MIRRORED = frozenset({Icon.CHEVRON_RIGHT, Icon.BACK, Icon.UNDO, Icon.LOG})

_sources: dict[Icon, str] = {}
_icons: dict[tuple[Icon, Ink, Ink], QIcon] = {}


def load_icons(folder: Path) -> None:
    """Read every icon of the folder.

    Raises:
        OSError: A file of the list is missing: the installation is broken.
    """
    for icon in Icon:
        _sources[icon] = (folder / f"{icon.value}.svg").read_text("utf-8")


def icon_pixmap(icon: Icon, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon in one colour, `size` logical pixels square, sharp at that device ratio."""
    mirrored = icon in MIRRORED and _right_to_left()
    key = f"icon:{icon.value}:{colour}:{size}:{ratio:.2f}:{mirrored}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if mirrored:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    _draw(painter, icon, colour, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def paint_icon(painter: QPainter, icon: Icon, colour: str, target: QRect) -> None:
    """Paint the icon centred in the rectangle, as large as its shorter side."""
    size = min(target.width(), target.height())
    corner = target.center() - QPoint((size - 1) // 2, (size - 1) // 2)
    painter.drawPixmap(corner, icon_pixmap(icon, colour, size, device_ratio(painter)))


def device_ratio(painter: QPainter) -> float:
    """Return how many device pixels a logical pixel has where this painter paints."""
    device = painter.device()
    return device.devicePixelRatioF() if device else 1.0


def paint_glyph(painter: QPainter, icon: Icon, colour: str, target: QRectF) -> None:
    """Paint the icon as lines, for art that is cached as a whole."""
    _draw(painter, icon, colour, target)


def themed_icon(icon: Icon, ink: Ink = Ink.TEXT_2, checked: Ink | None = None) -> QIcon:
    """Return an icon that takes its colour from the theme each time it is painted.

    Args:
        icon: Which drawing.
        ink: Its colour role.
        checked: Its colour role where the control is checked; the same if not given.
    """
    key = (icon, ink, checked or ink)
    if key not in _icons:
        _icons[key] = QIcon(_ThemedEngine(icon, ink, checked or ink))
    return _icons[key]


def _right_to_left() -> bool:
    return QGuiApplication.isRightToLeft()


def _draw(painter: QPainter, icon: Icon, colour: str, target: QRectF) -> None:
    text = _sources[icon]
    if target.width() <= 16:  # thin strokes vanish below this size
        text = text.replace('stroke-width="1.75"', 'stroke-width="2"')
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    renderer.render(painter, target)


class _ThemedEngine(QIconEngine):
    """Draws one icon in the colour its role has at that moment."""

    def __init__(self, icon: Icon, ink: Ink, checked: Ink) -> None:
        super().__init__()
        self._icon = icon
        self._ink = ink
        self._checked = checked
        self._clones: list[QIconEngine] = []  # Qt holds clones by address only

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the drawing at device size."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return the drawing for a device ratio; `size` is in device pixels.

        A wider size than high leaves the rest free behind the icon: the gap to a button's words.
        """
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(scale)
        painter = QPainter(pixmap)
        room = QRect(0, 0, round(size.width() / scale), round(size.height() / scale))
        self.paint(painter, room, mode, state)
        painter.end()
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint in place, at the start of the rectangle."""
        side = min(rect.width(), rect.height())
        room = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        if _right_to_left():
            room.moveRight(rect.right())
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        paint_icon(painter, self._icon, self._colour(mode, state), room)
        painter.restore()

    def clone(self) -> QIconEngine:
        """Return another engine for the same drawing."""
        copy = _ThemedEngine(self._icon, self._ink, self._checked)
        self._clones.append(copy)
        return copy

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        role = self._checked if state is QIcon.State.On else self._ink
        if mode is QIcon.Mode.Disabled and role is Ink.ON_ACCENT:
            role = Ink.TEXT  # a disabled primary button has no accent ground
        return QColor(tokens().ink(role)).name()
