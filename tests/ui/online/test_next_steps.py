"""Steps are shown where they lead somewhere; links are text that can be copied and never opened."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.links import Link, LinkKind
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.beside import Beside
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.next_steps import NextSteps

FULL = Beside(2, 3, "pictures.example", "new.example", reason(ReasonCode.ADVICE_ASK_ISSUER),
              tuple(Link(f"https://x.example/{n}", LinkKind.PAGE) for n in range(8)))


def test_every_step_is_told(qtbot: QtBot, theme: Theme) -> None:
    steps = NextSteps()
    qtbot.addWidget(steps)
    steps.show_steps(FULL, has_issuer=True, is_entry=True)
    for name, told in (("step_online", steps.online_requested), ("step_issuer", steps.issuer_requested),
                       ("step_picture", steps.picture_requested), ("step_renewal", steps.renewal_requested),
                       ("step_details", steps.details_requested), ("copy_link", steps.copy_requested)):
        pressed = steps.findChild(QPushButton, name)
        assert isinstance(pressed, QPushButton)
        with qtbot.waitSignal(told, timeout=1000):
            pressed.click()
    said = [one.full_text for one in steps.findChildren(SafeLabel)]
    assert "and 2 more" in said
    assert any(one.startswith("To get a sealed version: ask whoever awarded it") for one in said)


def test_nothing_to_do_takes_no_room(qtbot: QtBot, light: Theme) -> None:
    steps = NextSteps()
    qtbot.addWidget(steps)
    steps.show_steps(Beside(), has_issuer=False)
    assert steps.isHidden()
