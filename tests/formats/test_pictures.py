"""Pictures that travel inside a credential: only PNG and JPEG inside the limits are handed on."""

from __future__ import annotations

import base64
import io
import struct

import pytest
from PIL import Image

from wallet.formats.pictures import PNG_MAGIC, inline_picture, remote_picture
from wallet.model.limits import MAX_DATA_URI_CHARS


def _uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _drawn(form: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (7, 5), "navy").save(target, form)
    return target.getvalue()


@pytest.mark.parametrize(("kind", "form"), [("png", "PNG"), ("jpeg", "JPEG"), ("jpg", "JPEG")])
def test_a_small_png_or_jpeg_is_shown(kind: str, form: str) -> None:
    uri = _uri(kind, _drawn(form))
    assert inline_picture({"id": uri, "type": "Image"}) == inline_picture(uri) == uri


def test_everything_else_reads_as_no_picture() -> None:
    png = _drawn("PNG")
    huge = PNG_MAGIC + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 50_000, 50_000) + b"\0" * 9
    for uri in (
        _uri("svg+xml", b"<svg/>"),
        _uri("png", b"GIF89a"),
        _uri("jpeg", png),
        _uri("png", huge),
        "data:text/html,<b>",
        "data:image/png;base64,%%%",
        _uri("png", PNG_MAGIC),
        "https://a.example/b.png",
        _uri("png", png) + "A" * MAX_DATA_URI_CHARS,
    ):
        assert inline_picture(uri) == ""
    assert inline_picture(None) == inline_picture(5) == ""


def test_a_remote_picture_is_an_address_and_nothing_else() -> None:
    assert remote_picture({"id": "https://a.example/b.png"}) == "https://a.example/b.png"
    for address in ("file:///etc/passwd", "javascript:alert(1)", "data:image/png;base64,AA", "/b.png", ""):
        assert remote_picture(address) == ""
