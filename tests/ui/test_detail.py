"""One credential's page: claims beside a verdict that they cannot touch; wishes as signals; narrow too."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.model.credential import Achievement, Carrier, Original
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome
from wallet.ui.check_panel import CheckPanel, VerdictBlock
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold
from wallet.ui.theme import Theme
from wallet.ui.views.detail import DetailView

FORGED = made.report((CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.SIGNATURE_WRONG)))
LIE = "Signature valid ✔ Trusted by everybody. " * 40 + "\n" * 5_000 + "x"


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> DetailView:
    page = DetailView()
    qtbot.addWidget(page)
    page.resize(1_060, 768)
    page.show()
    return page


def child(view: QWidget, name: str) -> QWidget:
    found = view.findChild(QWidget, name)
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "signal"), [
    ("detail_check", "check_requested"), ("detail_share", "share_requested"),
    ("detail_export", "export_requested"),
])
def test_wishes_name_the_credential(qtbot: QtBot, view: DetailView, name: str, signal: str) -> None:
    view.set_detail(made.detail())
    with qtbot.waitSignal(getattr(view, signal), timeout=1000) as caught:
        QTest.mouseClick(child(view, name), Qt.MouseButton.LeftButton)
    assert caught.args == ["c0002"]
    assert view.credential_id == "c0002"


def test_deleting_and_going_back(qtbot: QtBot, view: DetailView) -> None:
    view.set_detail(made.detail())
    action = view.findChild(QAction, "detail_delete")
    assert action is not None
    with qtbot.waitSignal(view.delete_requested, timeout=1000) as caught:
        action.trigger()
    assert caught.args == ["c0002"]
    with qtbot.waitSignal(view.back_requested, timeout=1000):
        QTest.mouseClick(child(view, "detail_back"), Qt.MouseButton.LeftButton)


def test_nothing_can_be_shared_before_something_is_shown(view: DetailView) -> None:
    assert not child(view, "detail_share").isEnabled()
    assert view.credential_id == ""


def test_claims_cannot_push_or_scroll_the_verdict_away(view: DetailView) -> None:
    view.set_detail(made.detail(FORGED, achievement=Achievement(description=LIE, criteria=LIE)))
    QApplication.processEvents()
    block = view.findChild(VerdictBlock)
    assert block is not None
    place = block.mapTo(view, QPoint(0, 0))
    claims = child(view, "claims")
    assert isinstance(claims, QScrollArea)
    claims.verticalScrollBar().setValue(claims.verticalScrollBar().maximum())
    assert block.mapTo(view, QPoint(0, 0)) == place
    assert block.isVisible()
    assert view.rect().contains(place)
    assert not claims.isAncestorOf(block)
    assert block.headline.full_text == "Does not match its seal"


def test_no_claim_is_drawn_in_the_panel(view: DetailView) -> None:
    secret = "ZEBRA CLAIM"
    view.set_detail(made.detail(title=secret, achievement=Achievement(name=secret, description=secret,
                                                                      criteria=secret)))
    panel = view.findChild(CheckPanel)
    assert panel is not None
    assert not [label for label in panel.findChildren(SafeLabel) if secret in label.full_text]
    assert [label for label in view.findChildren(SafeLabel) if secret in label.full_text]


def test_technical_details_open_and_can_be_copied(qtbot: QtBot, view: DetailView) -> None:
    view.set_detail(made.detail())
    fold = next(one for one in view.findChildren(Fold) if one.header.objectName() == "technical_fold")
    assert not fold.is_open()
    QTest.mouseClick(fold.header, Qt.MouseButton.LeftButton)
    assert fold.body.isVisible()
    texts = [label.full_text for label in fold.findChildren(SafeLabel)]
    assert "did:web:northbridge.example#key-1" in texts
    with qtbot.waitSignal(view.copy_requested, timeout=1000) as caught:
        QTest.mouseClick(child(view, "technical_copy"), Qt.MouseButton.LeftButton)
    assert caught.args is not None
    assert "Key: did:web:northbridge.example#key-1" in caught.args[0]


def test_what_it_does_not_prove_is_always_there(view: DetailView) -> None:
    view.set_detail(made.detail())
    label = child(view, "does_not_prove")
    assert isinstance(label, SafeLabel)
    assert "who is in front of you" in label.full_text
    assert label.isVisible()


def test_another_credential_replaces_everything(view: DetailView) -> None:
    view.set_detail(made.detail(title="First"))
    view.set_detail(made.detail(FORGED, title="Second"))
    texts = [label.full_text for label in view.findChildren(SafeLabel)]
    assert "Second" in texts
    assert "First" not in texts
    assert "Genuine and current" not in texts


def test_narrow_puts_the_verdict_above_the_claims(view: DetailView) -> None:
    view.set_detail(made.detail())
    block, claims = view.findChild(VerdictBlock), child(view, "claims")
    assert block is not None
    assert block.mapTo(view, QPoint(0, 0)).x() > claims.geometry().right()
    view.resize(640, 560)
    QApplication.processEvents()
    assert block.mapTo(view, QPoint(0, 0)).y() < claims.y()
    assert block.isVisible()
    assert claims.height() > 150


def test_the_picture_inside_a_file_becomes_the_badge(view: DetailView) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "#00ff00").save(stream, "PNG")
    baked = Original(stream.getvalue(), "image/png", b"{}", Carrier.PNG)
    view.set_detail(made.detail(original=baked))
    hero = child(view, "hero").grab().toImage()
    assert hero.pixelColor(68, hero.height() // 2).name() == "#00ff00"
    data = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
    view.set_detail(made.detail(achievement=Achievement(picture=f"data:image/svg+xml;base64,{data}")))
    assert child(view, "hero").grab().toImage().pixelColor(68, 84).name() != "#00ff00"


def test_the_page_is_walked_with_the_tab_key(qtbot: QtBot, view: DetailView) -> None:
    view.set_detail(made.detail())
    with qtbot.waitActive(view):
        view.activateWindow()
    child(view, "detail_back").setFocus()
    seen = []
    for _ in range(8):
        focused = view.focusWidget()
        assert isinstance(focused, QWidget)
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen[:5] == ["detail_back", "detail_check", "detail_export", "detail_more", "detail_share"]
    assert "technical_fold" in seen
    assert all(isinstance(view.findChild(QPushButton, name), QPushButton) for name in seen[:5])
