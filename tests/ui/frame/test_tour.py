"""The tour's pictures: real pages, both themes, two sizes, none of them blank."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from wallet.operations.session import Services
from wallet.operations.tour import run_tour
from wallet.ui.theme import Theme
from wallet.ui.tour import take_pictures


def test_every_page_has_its_picture(
    qapp: QApplication, dressed: Theme, services: Services, tmp_path: Path
) -> None:
    pictures = take_pictures(run_tour(services, tmp_path / "tour"))
    names = {path.name for path in pictures}
    assert {
        "01-welcome.png",
        "01-welcome-dark.png",
        "04-credentials.png",
        "04-credentials-narrow.png",
        "05-detail.png",
        "07-share-done.png",
        "08-verify-narrow-dark.png",
    } <= names
    assert len(names) == len(pictures)
    for path in pictures:
        image = QImage(str(path))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
        assert (image.width(), image.height()) in ((1280, 832), (760, 900))
        assert len(colours) > 20, path.name
    assert all(path.is_relative_to(tmp_path / "tour") for path in pictures)
