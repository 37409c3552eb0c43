"""What a person dropped on the window or pasted into it, as paths and bytes. Nothing is read or judged here.

Only files of this computer count as files. A web address is told apart and followed nowhere: whether it is
asked is decided by the person, on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from wallet.model.limits import MAX_JSON_BYTES, MAX_PICTURE_PIXELS, MAX_URL_CHARS


@dataclass(frozen=True, slots=True)
class Incoming:
    """One drop or one paste.

    Attributes:
        paths: Files and folders of this computer.
        data: Pasted text or a pasted picture, where no files came.
        name: What to call `data` in a list.
        address: The web address that the text is, "" for anything else. Never followed here.
    """

    paths: tuple[Path, ...] = ()
    data: bytes = b""
    name: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """Return whether anything came."""
        return bool(self.paths or self.data)


def holds_something(mime: QMimeData) -> bool:
    """Return whether a drop would bring anything, without reading it."""
    return any(url.isLocalFile() for url in mime.urls()) or mime.hasImage() or mime.hasText()


def incoming(mime: QMimeData, *, text_name: str, picture_name: str) -> Incoming:
    """Take files first, then a picture, then text: what the sender meant most precisely.

    Args:
        mime: Of the drop or the clipboard.
        text_name: What to call pasted text.
        picture_name: What to call a pasted picture.
    """
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths=paths)
    if mime.hasImage():
        picture = mime.imageData()
        if isinstance(picture, QImage) and 0 < picture.width() * picture.height() <= MAX_PICTURE_PIXELS:
            return Incoming(data=_png(picture), name=picture_name)
    text = mime.text().strip()
    if not text or len(text) > MAX_JSON_BYTES:
        return Incoming()
    # A lone surrogate cannot be written as UTF-8; the parser then says so about the replacement.
    return Incoming(data=text.encode("utf-8", errors="replace"), name=text_name, address=_address(text))


def _address(text: str) -> str:
    """Return the text if it is one web address and nothing else."""
    is_one = text.lower().startswith(("https://", "http://")) and len(text) <= MAX_URL_CHARS
    return text if is_one and not any(sign.isspace() for sign in text) else ""


def _png(picture: QImage) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants text
    buffer.close()
    return bytes(store.data())
