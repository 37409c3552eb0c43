"""The band: art below, texts as labels above; long titles grow it, only Sealed is white on colour."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from wallet.model.credential import EvidenceClass
from wallet.ui.art import Artwork
from wallet.ui.hero import MIN_HEIGHT_PX, HeroBand
from wallet.ui.labels import ClassPill, SafeLabel
from wallet.ui.theme import Theme


def band(qtbot: QtBot, title: str, evidence_class: EvidenceClass = EvidenceClass.SEALED) -> HeroBand:
    made = HeroBand(Artwork("i", title, evidence_class), title=title, awarded_by="Awarded by X",
                    facts="To Maya")
    qtbot.addWidget(made)
    made.resize(616, max(made.heightForWidth(616), MIN_HEIGHT_PX))
    made.show()
    return made


def test_texts_are_there_for_readers(qtbot: QtBot, theme: Theme) -> None:
    made = band(qtbot, "Data Analysis Foundations")
    assert made.height() == MIN_HEIGHT_PX
    assert [label.full_text for label in made.findChildren(SafeLabel)] == \
        ["Data Analysis Foundations", "Awarded by X", "To Maya"]
    pill = made.findChild(ClassPill)
    assert pill is not None
    assert pill.accessibleName() == "Sealed"


def test_a_long_title_grows_the_band_and_has_an_end(qtbot: QtBot, light: Theme) -> None:
    made = band(qtbot, "Advanced Practice " * 40)
    assert made.height() > MIN_HEIGHT_PX
    assert len(made.title.full_text) <= 161
    assert made.title.height() >= made.title.heightForWidth(made.title.width())


@pytest.mark.parametrize(("evidence_class", "white"), [
    (EvidenceClass.SEALED, True), (EvidenceClass.HOSTED, False), (EvidenceClass.DOCUMENT, False),
    (EvidenceClass.OWN, False),
])
def test_only_sealed_is_white_on_colour(qtbot: QtBot, light: Theme, evidence_class: EvidenceClass,
                                        white: bool) -> None:
    made = band(qtbot, "T", evidence_class)
    assert (made.title.palette().color(made.title.foregroundRole()).lightness() == 255) is white
    ground = made.grab().toImage().pixelColor(300, 20)
    assert (ground.lightness() < 150) is white
