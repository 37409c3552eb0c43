"""What they will see: every value, places readable, long ones cut here only, a refused item marked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId
from wallet.model.sharing import Revealed, ShareTerms
from wallet.operations.sharing import Preview, PreviewItem
from wallet.ui.dialogs.share_preview import PreviewStep, readable_path, values_table
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/credentialSubject/achievement/name", "credentialSubject → achievement → name"),
        ("/result/0/value", "result → 1 → value"),
        ("/a~1b/c~0d", "a/b → c~d"),
    ],
)
def test_a_place_is_readable(pointer: str, shown: str) -> None:
    assert readable_path(pointer) == shown


def test_a_long_value_is_cut_and_says_so(qtbot: QtBot, light: Theme) -> None:
    table = values_table((Revealed("/proof/proofValue", "z" * 900),))
    qtbot.addWidget(table)
    assert any("900 characters in all" in label.full_text for label in table.findChildren(SafeLabel))


def test_what_no_receiver_accepts_can_be_left_out(qtbot: QtBot, theme: Theme) -> None:
    altered = fabricated.report((CheckId.PROOF, fabricated.FAILED, reason(ReasonCode.SIGNATURE_WRONG)))
    item = PreviewItem(
        "c1", "<b>Title</b>", "Issuer", altered, (Revealed("/name", "<b>Title</b>"),), shareable=False
    )
    step = PreviewStep()
    qtbot.addWidget(step)
    step.show_preview(
        Preview(ShareTerms(audience="Kestrel"), (item,), (Revealed("/holder", "did:key:z"),), "")
    )
    leave = step.findChild(QPushButton, "leave_out")
    assert isinstance(leave, QPushButton)
    with qtbot.waitSignal(step.leave_out_requested, timeout=1000) as left:
        leave.click()
    assert left.args == ["c1"]
    said = " ".join(label.full_text for label in step.findChildren(SafeLabel))
    assert "2 details, and nothing else" in said
    assert "did:key:z" in said
