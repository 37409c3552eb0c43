"""The QR view: the modules of our own picture come back exactly and are painted crisply, in both themes."""

from __future__ import annotations

import io

import pytest
import qrcode
import zxingcpp
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from wallet.ui.qr_view import QrView, modules_of
from wallet.ui.theme import Theme

TEXT = "LW1:" + "0123456789ABCDEF" * 12


def picture(text: str = TEXT, box: int = 4, border: int = 4) -> tuple[bytes, list[list[bool]]]:
    code = qrcode.QRCode(border=border, box_size=box)
    code.add_data(text)
    code.make(fit=True)
    stream = io.BytesIO()
    code.make_image().save(stream, "PNG")
    return stream.getvalue(), [[bool(dark) for dark in line] for line in code.modules]


@pytest.mark.parametrize("box", [1, 3, 8])
def test_the_modules_are_found_again(light: Theme, box: int) -> None:
    png, modules = picture(box=box)
    assert [list(line) for line in modules_of(QImage.fromData(png))] == modules


@pytest.mark.parametrize("ratio", [1, 2])
def test_what_is_shown_can_be_read(qtbot: QtBot, theme: Theme, ratio: int) -> None:
    view = QrView(280)
    qtbot.addWidget(view)
    view.resize(280 * ratio, 280 * ratio)
    png, _ = picture()
    view.set_picture(png, "Share pack as a code")
    shown = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
    assert colours == {"#000000", "#ffffff"}  # black on white in both themes, nothing smoothed
    grey = Image.frombytes("RGBA", (shown.width(), shown.height()), bytes(shown.constBits())).convert("L")
    found = zxingcpp.read_barcode(grey)
    assert found is not None
    assert found.text == TEXT
    assert view.accessibleName() == "Share pack as a code"


def test_the_quiet_zone_is_kept(qtbot: QtBot, light: Theme) -> None:
    view = QrView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.set_picture(picture()[0], "code")
    shown = view.grab().toImage()
    step = 200 // (len(view.modules) + 8)
    assert all(shown.pixelColor(x, y) == QColor("#ffffff") for x in range(4 * step) for y in range(200))


@pytest.mark.parametrize("data", [b"", b"not a picture"])
def test_what_is_no_code_shows_nothing(qtbot: QtBot, light: Theme, data: bytes) -> None:
    view = QrView()
    qtbot.addWidget(view)
    view.set_picture(data, "none")
    assert view.modules == ()


def test_a_blank_picture_has_no_modules(light: Theme) -> None:
    blank = QImage(50, 50, QImage.Format.Format_RGB32)
    blank.fill(QColor("#ffffff"))
    assert modules_of(blank) == ()
