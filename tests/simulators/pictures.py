"""Small badge pictures for tests, drawn on the spot, and the two ways of baking a credential into them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from wallet.formats.baked import bake_png, bake_svg


def badge_png(colour: str = "#1E3A8A", *, size: int = 48) -> bytes:
    """A coloured disc with a white ring."""
    picture = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((2, 2, size - 3, size - 3), fill=colour)
    draw.ellipse((8, 8, size - 9, size - 9), outline="white", width=2)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def badge_svg(colour: str = "#1B5238") -> bytes:
    """The same as SVG."""
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 48 48"><circle cx="24" cy="24" r="22" fill="{colour}"/></svg>\n').encode()


def baked_png(credential: bytes) -> bytes:
    """The credential inside a new PNG picture."""
    return bake_png(badge_png(), credential)


def baked_svg(credential: bytes) -> bytes:
    """The credential inside a new SVG picture."""
    return bake_svg(badge_svg(), credential)
