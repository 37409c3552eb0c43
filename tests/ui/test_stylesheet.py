"""The style sheet: no colour but the tokens', sizes that grow with the text."""

from __future__ import annotations

import re

import pytest

from wallet.ui.stylesheet import stylesheet
from wallet.ui.tokens import DARK, LIGHT, TYPES, Tokens

SIZES = {style: step.px * 0.75 for style, step in TYPES.items()}


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_a_token(look: Tokens) -> None:
    sheet = stylesheet(look, SIZES, 1.0)
    known = {getattr(look, name) for name in look.__slots__ if str(getattr(look, name)).startswith("#")}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= known
    assert sheet.count("{") == sheet.count("}")


def test_themes_differ_and_larger_text_makes_larger_controls() -> None:
    assert stylesheet(LIGHT, SIZES, 1.0) != stylesheet(DARK, SIZES, 1.0)
    assert "min-height: 34px" in stylesheet(LIGHT, SIZES, 1.0)
    assert "min-height: 70px" in stylesheet(LIGHT, SIZES, 2.0)


def test_no_property_of_qt_itself_is_used_as_a_key() -> None:
    """`size` and its like are Qt's own properties: setting them from a factory does nothing."""
    keys = set(re.findall(r"\[(\w+)=", stylesheet(LIGHT, SIZES, 1.0)))
    assert not keys & {"size", "width", "height", "font", "visible", "enabled", "geometry"}
