"""Labels: plain text only, cleaned and marked, cut where room is short; statuses with word and shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from wallet.model.credential import EvidenceClass
from wallet.model.report import Level
from wallet.ui.icons import Icon
from wallet.ui.labels import (
    ClassPill,
    IconLabel,
    SafeLabel,
    StatusLabel,
    paint_status,
    restyle,
    status_width,
    unusual_mark,
)
from wallet.ui.theme import Theme
from wallet.ui.tokens import Ink, TextStyle

HOSTILE = ('<img src="/etc/hostname">', "<b>✔ Verified</b>", '<a href="file:///x">x</a>', "# *md* ![x](y)")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_stays_text(qtbot: QtBot, theme: Theme, text: str) -> None:
    label = SafeLabel(text, untrusted=True)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text
    plain = QLabel()
    qtbot.addWidget(plain)
    assert plain.textFormat() is not Qt.TextFormat.PlainText  # what the class is for


def test_no_other_format_can_be_set(qtbot: QtBot, light: Theme) -> None:
    label = SafeLabel("x")
    qtbot.addWidget(label)
    for text_format in Qt.TextFormat:
        if text_format is not Qt.TextFormat.PlainText:
            with pytest.raises(ValueError, match="plain text"):
                label.setTextFormat(text_format)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_tricks_are_taken_out_and_marked(qtbot: QtBot, light: Theme) -> None:
    label = SafeLabel("Food \u202eSafety", untrusted=True)
    qtbot.addWidget(label)
    assert label.unusual
    assert "\u202e" not in label.text()
    assert unusual_mark() in label.text()
    twin = SafeLabel("Food Safety", untrusted=True)
    qtbot.addWidget(twin)
    assert not twin.unusual
    assert twin.text() == "Food Safety"


def test_our_own_sentences_keep_the_isolates_around_values(qtbot: QtBot, light: Theme) -> None:
    label = SafeLabel("Sealed by \u2068\u05d9\u05e8\u2069.")
    qtbot.addWidget(label)
    assert label.text() == "Sealed by \u2068\u05d9\u05e8\u2069."
    assert not label.unusual


def test_a_line_is_cut_to_the_room_and_read_whole(qtbot: QtBot, light: Theme) -> None:
    text = "Data Analysis Foundations for Everybody " * 5
    label = SafeLabel(text, elided=True)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.accessibleName() == text.strip()
    assert label.minimumSizeHint().width() < 120
    label.resize(5_000, 20)
    assert label.text() == text.strip()


def test_a_long_unbroken_name_does_not_widen_a_page(qtbot: QtBot, light: Theme) -> None:
    label = SafeLabel("x" * 2_000, untrusted=True, wrapped=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 400
    assert label.heightForWidth(300) > 300


def test_a_tag_is_wide_enough_for_its_word(qtbot: QtBot, light: Theme) -> None:
    tag = SafeLabel("Data visualisation", TextStyle.CHIP, elided=True)
    tag.setProperty("tag", True)
    qtbot.addWidget(tag)
    tag.resize(tag.sizeHint())
    tag.show()
    assert tag.text() == "Data visualisation"


def test_a_status_is_word_shape_and_colour(qtbot: QtBot, theme: Theme) -> None:
    label = StatusLabel(Level.CARE, "Withdrawal not checked")
    qtbot.addWidget(label)
    assert label.accessibleName() == "Withdrawal not checked"
    assert label.sizeHint().width() >= status_width("Withdrawal not checked")
    pictures = []
    for level in Level:
        label.set_status(level, "Same word")
        label.resize(label.sizeHint())
        pictures.append(label.grab().toImage())
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def test_a_status_paints_within_its_room(light: Theme) -> None:
    canvas = QImage(200, 30, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    room = canvas.rect().adjusted(0, 0, -100, 0)
    used = paint_status(painter, room, Level.GOOD, "Genuine and current and much longer than that")
    painter.end()
    assert used <= 101
    assert not any(canvas.pixelColor(x, y).alpha() for x in range(105, 200) for y in range(30))


@pytest.mark.parametrize("evidence_class", list(EvidenceClass))
def test_a_pill_says_its_class(qtbot: QtBot, theme: Theme, evidence_class: EvidenceClass) -> None:
    pill = ClassPill(evidence_class, "Sealed")
    qtbot.addWidget(pill)
    assert pill.accessibleName() == "Sealed"
    assert pill.sizeHint().height() >= 24
    assert not pill.grab().isNull()


def test_an_icon_is_decoration_unless_named(qtbot: QtBot, light: Theme) -> None:
    silent, named = IconLabel(Icon.CARE, 18), IconLabel(Icon.CARE, 18, name="Take care")
    for one in (silent, named):
        qtbot.addWidget(one)
    assert (silent.accessibleName(), named.accessibleName()) == ("", "Take care")
    before = silent.grab().toImage()
    silent.set_icon(Icon.CLOSE, Ink.PROBLEM)
    assert silent.grab().toImage() != before


def test_restyling_changes_the_colour(qtbot: QtBot, light: Theme) -> None:
    label = SafeLabel("word", TextStyle.STRONG)
    qtbot.addWidget(label)
    label.show()
    before = label.palette().color(label.foregroundRole())
    label.set_ink(Ink.PROBLEM)
    restyle(label)
    assert label.palette().color(label.foregroundRole()) != before
