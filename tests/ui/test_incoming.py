"""Drops and pastes: files of this computer, pictures, text; web addresses are only text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from wallet.ui.incoming import Incoming, holds_something, incoming


def _take(mime: QMimeData) -> Incoming:
    return incoming(mime, text_name="pasted text", picture_name="pasted picture")


def test_files_come_as_paths(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.json")), QUrl.fromLocalFile(str(tmp_path / "b.png"))])
    assert _take(mime) == Incoming(paths=(tmp_path / "a.json", tmp_path / "b.png"))


def test_a_web_address_is_text_and_never_a_file() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://badges.example/1.png")])
    mime.setText("https://badges.example/1.png")
    here = "https://badges.example/1.png"
    assert _take(mime) == Incoming(data=here.encode(), name="pasted text", address=here)


@pytest.mark.parametrize("text", ["ftp://x.example/1", "see https://x.example/1", "https://a.example/ b",
                                  "https://a.example/" + "x" * 10_000, "javascript:alert(1)"])
def test_what_is_not_one_web_address_is_only_text(text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert _take(mime).address == ""


def test_a_picture_comes_as_png(qtbot: QtBot) -> None:
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(0)
    mime = QMimeData()
    mime.setImageData(picture)
    taken = _take(mime)
    assert taken.name == "pasted picture"
    assert taken.data.startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_nothing_is_nothing(text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert not _take(mime)


def test_text_loses_only_the_blanks_around_it() -> None:
    mime = QMimeData()
    mime.setText("\n eyJhbGciOi.J9.x \n")
    assert _take(mime).data == b"eyJhbGciOi.J9.x"
    assert holds_something(mime)
    assert not holds_something(QMimeData())
