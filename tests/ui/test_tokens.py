"""The look as numbers: every text colour reaches its contrast on every ground it stands on."""

from __future__ import annotations

import pytest

from wallet.model.report import Level
from wallet.ui.tokens import DARK, LIGHT, TYPES, Ink, TextStyle, Tokens


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@LOOKS
@pytest.mark.parametrize("ink", ["text", "text_2", "text_3", "accent_text"])
def test_text_is_readable_on_every_ground(look: Tokens, ink: str) -> None:
    for ground in ("surface", "content", "window"):
        assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5, ground


@LOOKS
@pytest.mark.parametrize("level", list(Level))
def test_a_status_is_readable_on_pages_and_on_its_own_tint(look: Tokens, level: Level) -> None:
    for ground in (look.surface, look.content, look.tint(level)):
        assert contrast(look.status(level), ground) >= 4.5
    assert contrast(look.text, look.tint(level)) >= 4.5
    assert contrast(look.text_2, look.tint(level)) >= 4.5


@LOOKS
def test_controls_and_the_primary_button_are_seen(look: Tokens) -> None:
    assert min(contrast(look.control, ground) for ground in (look.surface, look.content, look.window)) >= 3
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.on_accent, look.accent_hover) >= 4.5
    assert contrast(look.record_ink, look.record_ground) >= 4.5


@LOOKS
def test_every_ink_is_a_colour(look: Tokens) -> None:
    assert all(look.ink(ink).startswith("#") and len(look.ink(ink)) == 7 for ink in Ink)


def test_nothing_is_smaller_than_twelve_pixels() -> None:
    assert set(TYPES) == set(TextStyle)
    assert min(step.px for step in TYPES.values()) >= 12
