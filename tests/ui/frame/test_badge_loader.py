"""Badge pictures: loaded once, a few at a time, and handed on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from wallet.ui.application import Desktop
from wallet.ui.badge_loader import BadgeLoader


def test_pictures_arrive_once(sample_wallet: Desktop, settled: Callable[[], None]) -> None:
    work = sample_wallet.window.workspace
    assert work is not None
    seen: list[str] = []

    def show(credential_id: str, picture: QImage) -> None:
        assert not picture.isNull()
        seen.append(credential_id)

    owner = QObject(work)
    loader = BadgeLoader(sample_wallet.background, work._session, show, owner)
    rows = work.library.model.rows()
    loader.load(rows)
    settled()
    assert len(seen) == len(set(seen)) > 3
    loader.load(rows)
    settled()
    assert len(seen) == len(set(seen))
