"""Credential art: the class makes the material, the issuer the colour, time and withdrawal take it away."""

from __future__ import annotations

import colorsys

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmapCache

from tests.ui import fabricated as made
from tests.ui.test_tokens import contrast
from wallet.model.credential import EvidenceClass
from wallet.ui.art import (
    PALETTES,
    STONE,
    ArtState,
    Artwork,
    Frame,
    art_pixmap,
    art_state,
    paint_art,
    palette_of,
    rounded_path,
    thumbnail_frame,
)
from wallet.ui.theme import Theme, ThemeChoice

FRAME = Frame(QSize(319, 116))
SEALED = EvidenceClass.SEALED


def saturation(image: QImage, x: int = 200, y: int = 60) -> float:
    colour = image.pixelColor(x, y)
    return colorsys.rgb_to_hls(colour.redF(), colour.greenF(), colour.blueF())[2]


def drawn(work: Artwork, frame: Frame = FRAME) -> QImage:
    return art_pixmap(work, frame).toImage()


def test_the_palette_belongs_to_the_issuer_for_ever() -> None:
    """These values are promised to be the same on every computer."""
    assert [palette_of(f"did:web:school{n}.example")[0] for n in range(6)] == \
        ["violet", "clay", "clay", "amber", "clay", "violet"]
    assert {palette_of(str(n))[0] for n in range(200)} == {name for name, _, _ in PALETTES}


@pytest.mark.parametrize("palette", [*PALETTES, STONE], ids=lambda palette: palette[0])
def test_white_text_is_readable_on_every_band(palette: tuple[str, str, str]) -> None:
    assert min(contrast("#FFFFFF", palette[1]), contrast("#FFFFFF", palette[2])) >= 4.5


def test_only_sealed_gets_colour(light: Theme) -> None:
    works = {one: drawn(Artwork("https://a.example", "T", one)) for one in EvidenceClass}
    assert works[SEALED].pixelColor(200, 20).lightness() < 140
    for one in (EvidenceClass.HOSTED, EvidenceClass.DOCUMENT, EvidenceClass.OWN):
        assert works[one].pixelColor(200, 20).lightness() > 200
    assert len({bytes(image.constBits()) for image in works.values()}) == len(works)


def test_ended_and_withdrawn_lose_their_colour_and_withdrawn_is_hatched(light: Theme) -> None:
    states = {state: drawn(Artwork("https://a.example", "T", SEALED, state)) for state in ArtState}
    assert saturation(states[ArtState.LIVE]) > 0.3
    assert saturation(states[ArtState.ENDED]) < 0.1
    assert saturation(states[ArtState.WITHDRAWN]) < 0.1
    assert states[ArtState.ENDED] != states[ArtState.WITHDRAWN]


def test_a_report_says_the_state() -> None:
    assert art_state(made.report()) is ArtState.LIVE
    assert art_state(made.report(made.ended())) is ArtState.ENDED
    assert art_state(made.report(made.withdrawn())) is ArtState.WITHDRAWN
    assert art_state(made.report(made.not_asked())) is ArtState.LIVE


def test_the_sealed_band_is_the_same_in_both_themes_and_papers_are_not(dressed: Theme) -> None:
    document = Artwork("x", "T", EvidenceClass.DOCUMENT)
    sealed = Artwork("x", "T", SEALED)
    dressed.choose(ThemeChoice.DARK)
    dark = drawn(document), drawn(sealed)
    dressed.choose(ThemeChoice.LIGHT)
    assert drawn(document) != dark[0]
    assert drawn(sealed) == dark[1]


def test_art_is_painted_once(light: Theme) -> None:
    QPixmapCache.clear()
    work = Artwork("https://once.example", "T", SEALED)
    first = art_pixmap(work, FRAME)
    assert art_pixmap(work, FRAME).cacheKey() == first.cacheKey()
    assert art_pixmap(work, FRAME, 2.0).width() == 2 * first.width()


def test_a_picture_replaces_the_badge_and_nothing_else(light: Theme) -> None:
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("#00ff00"))
    plain, own = Artwork("i", "T", SEALED), Artwork("i", "T", SEALED, ArtState.LIVE, picture, "p1")
    one, other = drawn(plain), drawn(own)
    badge = QRectF(15, 23, 70, 70)
    changed = [QPoint(x, y) for x in range(0, 319, 3) for y in range(0, 116, 3)
               if one.pixelColor(x, y) != other.pixelColor(x, y)]
    assert changed
    assert all(badge.contains(QPointF(point)) for point in changed)
    assert other.pixelColor(50, 58).name() == "#00ff00"


def test_corners_are_rounded_where_asked(light: Theme) -> None:
    image = drawn(Artwork("i", "T", SEALED))
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(0, 115).alpha() == 255
    small = drawn(Artwork("i", "T", SEALED), thumbnail_frame(48, 34, 6))
    assert small.pixelColor(47, 33).alpha() == 0
    box = QRectF(0, 0, 100, 50)
    assert rounded_path(box, 10, "none").contains(QPointF(1, 1))
    assert not rounded_path(box, 10, "start").contains(QPointF(0.5, 0.5))
    assert rounded_path(box, 10, "start").contains(QPointF(99, 1))
    assert rounded_path(box, 10, "start", mirrored=True).contains(QPointF(1, 1))


def test_art_lands_where_it_is_put(light: Theme) -> None:
    canvas = QImage(400, 200, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    paint_art(painter, QPointF(50, 40), Artwork("i", "T", SEALED), FRAME)
    painter.end()
    assert canvas.pixelColor(49, 100).alpha() == 0
    assert canvas.pixelColor(60, 100).alpha() == 255
