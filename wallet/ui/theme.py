"""The theme of the whole window: one palette, one style sheet, one type scale, made from the tokens.

The choice (light, dark, as the system) is a setting of our own: not every platform says which scheme it
has. Painters ask `tokens()` and `font()` when they paint, so that a change needs no list of listeners;
Qt's own `PaletteChange` and `StyleChange` events tell every widget.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum, unique
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication

from wallet.model.report import Level

from .stylesheet import stylesheet
from .tokens import DARK, LIGHT, TYPES, Scheme, TextStyle, Tokens

#: What the platforms use when nobody changed anything; the type scale grows with the ratio to it.
_ORDINARY_POINTS = {"win32": 9.0, "darwin": 13.0}
_ORDINARY_ELSEWHERE = 10.0
#: A type-scale pixel in points. macOS counts 72 points to the inch of 72 pixels, all others 96.
_POINTS_PER_PX = 1.0 if sys.platform == "darwin" else 0.75
_PREFERRED_FAMILY = "Inter"
_PIXMAP_CACHE_KIB = 64 * 1024

_COLOURS: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "content",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "hover",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "white",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "accent_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line_strong",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "shadow",
}
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText,
          QPalette.ColorRole.HighlightedText)
_DISABLED_ALPHA = round(255 * 0.45)


@unique
class ThemeChoice(StrEnum):
    """What the person chose; the value is what is stored."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Active:
    """What is in use now: Qt has one palette for the whole program, and so have we."""

    tokens: Tokens = LIGHT
    family: str = ""
    scale: float = 1.0


def tokens() -> Tokens:
    """Return the colours in use now."""
    return _Active.tokens


def text_scale() -> float:
    """Return how much larger than usual the person reads, 1.0 for the usual."""
    return _Active.scale


def font(style: TextStyle) -> QFont:
    """Return the font of one step of the type scale, grown with the system's text size."""
    step = TYPES[style]
    made = QFont(QGuiApplication.font())
    if style is TextStyle.MONO:
        made.setFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
    elif _Active.family:
        made.setFamily(_Active.family)
    made.setPointSizeF(points(style))
    made.setWeight(QFont.Weight(step.weight))
    if step.spacing:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + step.spacing)
    return made


def points(style: TextStyle) -> float:
    """Return the size of a step in points, grown with the system's text size."""
    return TYPES[style].px * _POINTS_PER_PX * _Active.scale


class Theme(QObject):
    """Dresses the application and follows the system where that is chosen.

    Signals:
        changed: After every new look.
    """

    changed = Signal()

    def __init__(self, application: QApplication, *, family: str = "", text_scale: float = 0.0) -> None:
        """Dress the application as the system looks.

        Args:
            application: The one application.
            family: A font family instead of the platform's choice.
            text_scale: Instead of the ratio of the system's text size to the platform's usual one.
        """
        super().__init__(application)
        self._application = application
        self._hints = QGuiApplication.styleHints()  # PySide drops it unless somebody holds it
        self._contrast = self._hints.accessibility()
        self._system = QPalette(application.palette())
        self._choice = ThemeChoice.SYSTEM
        _Active.scale = text_scale or _system_scale(application.font())
        _Active.family = family or _family(application.font())
        application.setStyle("Fusion")
        QPixmapCache.setCacheLimit(_PIXMAP_CACHE_KIB)
        self._hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._contrast.contrastPreferenceChanged.connect(self._on_contrast_changed)
        self._dress()

    @property
    def choice(self) -> ThemeChoice:
        """What is chosen now."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Take a look and keep it until another is chosen."""
        self._choice = choice
        if choice is ThemeChoice.SYSTEM:
            self._hints.unsetColorScheme()
        else:
            dark = choice is ThemeChoice.DARK
            self._hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._dress()

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._dress()

    @Slot()
    def _on_contrast_changed(self) -> None:
        self._dress()

    def _look(self) -> Tokens:
        plain = DARK if self._scheme() is Scheme.DARK else LIGHT
        high = self._contrast.contrastPreference() is Qt.ContrastPreference.HighContrast
        return high_contrast(plain, self._system) if high else plain

    def _scheme(self) -> Scheme:
        if self._choice is not ThemeChoice.SYSTEM:
            return Scheme(self._choice.value)
        dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def _dress(self) -> None:
        _Active.tokens = self._look()
        sizes = {style: points(style) for style in TextStyle}
        sheet = stylesheet(_Active.tokens, sizes, _Active.scale)
        if sheet == self._application.styleSheet():
            return  # every widget would be polished again for nothing
        self._application.setFont(font(TextStyle.BODY))
        self._application.setPalette(palette(_Active.tokens))
        self._application.setStyleSheet(sheet)
        self.changed.emit()


def palette(look: Tokens) -> QPalette:
    """Return Qt's palette for one table of colours."""
    made = QPalette()
    for role, name in _COLOURS.items():
        made.setColor(role, QColor(getattr(look, name)))
    for role in _FADED:
        colour = QColor(getattr(look, _COLOURS[role]))
        colour.setAlpha(_DISABLED_ALPHA)
        made.setColor(QPalette.ColorGroup.Disabled, role, colour)
    return made


def high_contrast(look: Tokens, system: QPalette) -> Tokens:
    """Return the system's own colours in our roles: no tints, no art, lines as strong as text."""
    roles = QPalette.ColorRole
    ground, text, base = (system.color(role).name() for role in (roles.Window, roles.WindowText, roles.Base))
    mark, on_mark = (system.color(role).name() for role in (roles.Highlight, roles.HighlightedText))
    taken: dict[str, Any] = {
        **dict.fromkeys(("window", "content", "paper", "hover", "record_ground"), ground),
        **dict.fromkeys(("surface", "raised", "field", "selected", "accent_soft"), base),
        **dict.fromkeys(("text", "text_2", "text_3", "accent_text", "control", "line", "line_strong"), text),
        **dict.fromkeys(("record_ink", *(level.value for level in Level)), text),
        **dict.fromkeys((f"{level.value}_tint" for level in Level), base),
        **dict.fromkeys(("accent", "accent_hover"), mark),
    }
    return replace(look, **taken, on_accent=on_mark, plain_art=True)


def _system_scale(system: QFont) -> float:
    usual = _ORDINARY_POINTS.get(sys.platform, _ORDINARY_ELSEWHERE)
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return 1.0  # nobody reads there, and its font size is an accident of the build
    size = system.pointSizeF()
    return min(max(size / usual, 0.9), 3.0) if size > 0 else 1.0


def _family(system: QFont) -> str:
    """Return the family to use: the system's own where it has one, else Inter where installed."""
    if sys.platform in _ORDINARY_POINTS:
        return system.family()
    return _PREFERRED_FAMILY if _PREFERRED_FAMILY in QFontDatabase.families() else system.family()
