"""The look as numbers: colours of both themes, space, radius, type scale.

Nothing here touches Qt's application; `theme.py` turns these values into a palette, fonts and a style
sheet. No colour is written anywhere else in the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum, unique

from wallet.model.report import Level


@unique
class Scheme(StrEnum):
    """Which of the two colour tables is in use."""

    LIGHT = "light"
    DARK = "dark"


@unique
class Ink(StrEnum):
    """Roles a stroke or a text can take; each is a field of `Tokens`."""

    TEXT = "text"
    TEXT_2 = "text_2"
    TEXT_3 = "text_3"
    ACCENT = "accent"
    ACCENT_TEXT = "accent_text"
    ON_ACCENT = "on_accent"
    CONTROL = "control"
    GOOD = "good"
    CARE = "care"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    INFO = "info"
    WHITE = "white"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, as `#rrggbb`. Field names are the roles."""

    scheme: Scheme
    window: str
    content: str
    surface: str
    raised: str
    field: str
    paper: str
    hover: str
    selected: str
    line: str
    line_strong: str
    control: str
    accent: str
    accent_hover: str
    accent_soft: str
    text: str
    text_2: str
    text_3: str
    accent_text: str
    on_accent: str
    good: str
    good_tint: str
    care: str
    care_tint: str
    problem: str
    problem_tint: str
    unknown: str
    unknown_tint: str
    info: str
    info_tint: str
    record_ground: str
    record_ink: str
    shadow: str
    shadow_near: float
    shadow_far: float
    white: str = "#FFFFFF"
    plain_art: bool = False  # high contrast: flat grounds instead of drawn bands

    def ink(self, role: Ink) -> str:
        """Return the colour of a stroke role."""
        value: str = getattr(self, role.value)
        return value

    def status(self, level: Level) -> str:
        """Return the text colour of a status."""
        value: str = getattr(self, level.value)
        return value

    def tint(self, level: Level) -> str:
        """Return the ground colour of a status."""
        value: str = getattr(self, f"{level.value}_tint")
        return value


LIGHT = Tokens(
    scheme=Scheme.LIGHT,
    window="#F4F3F0", content="#FBFAF8", surface="#FFFFFF", raised="#FFFFFF", field="#FFFFFF",
    paper="#F1EFEA", hover="#ECEAE5", selected="#E6E3F7",
    line="#E6E3DD", line_strong="#D3CFC7", control="#8A857C",
    accent="#5446C4", accent_hover="#4638B0", accent_soft="#EEECFA",
    text="#1D1B22", text_2="#56535E", text_3="#6B6873", accent_text="#4B3DB8", on_accent="#FFFFFF",
    good="#146C43", good_tint="#E7F3EC", care="#8A5300", care_tint="#FBF1DE",
    problem="#B3261E", problem_tint="#FBEAE8", unknown="#4A5568", unknown_tint="#EDEFF3",
    info="#1F5FA8", info_tint="#E7F0FA",
    record_ground="#FAF1E0", record_ink="#7A4A0C",
    shadow="#26203C", shadow_near=0.05, shadow_far=0.07,
)

DARK = Tokens(
    scheme=Scheme.DARK,
    window="#17161B", content="#1D1C22", surface="#26252C", raised="#2E2D35", field="#211F26",
    paper="#302F37", hover="#25242B", selected="#322F4B",
    line="#35333D", line_strong="#494652", control="#7F7B8A",
    accent="#A79FF5", accent_hover="#BBB4FA", accent_soft="#2D2A45",
    text="#F2F0F5", text_2="#BDB9C6", text_3="#A09CAB", accent_text="#B9B2FB", on_accent="#1B1638",
    good="#7BD8A4", good_tint="#1F342A", care="#F2C063", care_tint="#38301D",
    problem="#FF9E94", problem_tint="#3E2625", unknown="#B8C1CE", unknown_tint="#30343C",
    info="#8FC1F5", info_tint="#1F3044",
    record_ground="#3A3122", record_ink="#E0AE5A",
    shadow="#000000", shadow_near=0.22, shadow_far=0.25,
)


class Space(IntEnum):
    """The only distances; logical pixels."""

    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    CARD = 20
    WIDE = 24
    SECTION = 26
    PAGE = 32
    HUGE = 44
    VAST = 64


class Radius(IntEnum):
    """The only roundings; logical pixels. Chips and pills use half their height."""

    TAG = 6
    CONTROL = 8
    ROW = 10
    PANEL = 12
    CARD = 14
    BAND = 16


@dataclass(frozen=True, slots=True)
class Type:
    """One step of the type scale.

    Attributes:
        px: Size at 100 % and 96 dpi.
        weight: 400 to 700.
        spacing: Letter spacing in percent of the size, 0 for none.
    """

    px: float
    weight: int
    spacing: int = 0


@unique
class TextStyle(Enum):
    """The type scale. The value is also the `role` property that the style sheet knows."""

    DISPLAY = "display"
    TITLE = "title"
    HERO = "hero"
    SUBTITLE = "subtitle"
    VERDICT = "verdict"
    SECTION = "section"
    CARD = "card"
    STRONG = "strong"
    BODY = "body"
    CONTROL = "control"
    CHIP = "chip"
    STATUS = "status"
    SMALL = "small"
    CAPTION = "caption"
    CAPTION_STRONG = "caption-strong"
    MONO = "mono"


TYPES: dict[TextStyle, Type] = {
    TextStyle.DISPLAY: Type(32, 700, -2),
    TextStyle.TITLE: Type(26, 700, -2),
    TextStyle.HERO: Type(24, 700, -2),
    TextStyle.SUBTITLE: Type(22, 700, -2),
    TextStyle.VERDICT: Type(20, 700, -1),
    TextStyle.SECTION: Type(17, 700, -1),
    TextStyle.CARD: Type(15, 700, -1),
    TextStyle.STRONG: Type(14, 600),
    TextStyle.BODY: Type(14, 400),
    TextStyle.CONTROL: Type(14, 500),
    TextStyle.CHIP: Type(13, 500),
    TextStyle.STATUS: Type(13, 600),
    TextStyle.SMALL: Type(12.5, 400),
    TextStyle.CAPTION: Type(12, 400),
    TextStyle.CAPTION_STRONG: Type(12, 600),
    TextStyle.MONO: Type(12, 400),
}

#: Below this window width: one column, a rail instead of the sidebar.
NARROW_PX = 900
#: Below this window width the check panel stands above the claims.
MEDIUM_PX = 1_100
MAX_PAGE_PX = 1_120
