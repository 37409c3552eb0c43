"""The look of a report: contrast in every theme, one style sheet named by its hash, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import product

import pytest

from wallet.model.report import Level
from wallet.share.report_style import POLICY, STYLE, icon

_LEAST = 4.5
_THEMES = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)


def _luminance(colour: str) -> float:
    parts = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
                        for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_there_is_a_theme_for_light_for_dark_and_for_paper() -> None:
    assert len(_THEMES) == 3
    assert "prefers-color-scheme: dark" in STYLE
    assert "@media print" in STYLE
    assert "size: A4" in STYLE


@pytest.mark.parametrize(("theme", "level"), list(product(range(3), Level)))
def test_words_can_be_read_on_every_ground(theme: int, level: Level) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", _THEMES[theme]))
    tint = colours[f"{level.value}-tint"]
    for ink, ground in product((colours["text"], colours["soft"], colours[level.value]),
                               (colours["ground"], colours["card"], tint)):
        assert _contrast(ink, ground) >= _LEAST, (ink, ground)


def test_nothing_but_this_one_sheet_is_let_in() -> None:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    assert POLICY.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in POLICY
    assert "unsafe" not in POLICY
    assert "script" not in POLICY
    for forbidden in ("url(", "@import", "http", "</", "\\", "expression"):
        assert forbidden not in STYLE


def test_shapes_differ_without_colour_and_are_silent() -> None:
    drawn = {icon(level).text for level in Level}
    assert len(drawn) == len(Level)
    assert all('aria-hidden="true"' in one and "style" not in one for one in drawn)
