"""A stranger's copy brought in through the window is its sender's word, unless the learner calls it hers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.simulators.issuer import SimulatedIssuer
from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life
from tests.ui.vault.driving import dialog, unlock_with
from wallet.model.evidence import Grade
from wallet.operations import evidence_shelf, upkeep, wallets
from wallet.ui.buttons import Segments
from wallet.ui.dialogs.copies import CompareDialog
from wallet.ui.sidebar import Section


def strangers_backup(life: Life, folder: Path) -> Path:
    """Return a backup of another wallet, with a document in it that somebody wrote down by hand."""
    services = replace(life.session.services, vault_folder=folder / "theirs")
    theirs = wallets.create_wallet(services, services.vault_folder, PASSPHRASE).session
    document = folder / "did.json"
    document.write_bytes(SimulatedIssuer("did:web", name="Elsewhere").controller_document())
    evidence_shelf.add_evidence(theirs, (document,))
    target = folder / "theirs.vcwallet"
    upkeep.back_up(theirs, target)
    wallets.lock(theirs)
    return target


@pytest.mark.parametrize("mine", [False, True])
def test_what_comes_in_is_worth_what_she_says(life: Life, tmp_path: Path, mine: bool,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    file = strangers_backup(life, tmp_path)
    life.work.show_section(Section.SETTINGS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(file), ""))
    life.press("merge_button")
    asked = dialog(life, CompareDialog)
    unlock_with(asked)
    life.press("compare_dialog_go")
    answer = asked.findChild(Segments, "whose_answer")
    assert answer is not None
    if mine:
        answer.choose(1)
    before = {one.sha256 for one in life.session.kept.all()}
    life.press("compare_dialog_go")
    came = [one for one in life.session.kept.all() if one.sha256 not in before]
    assert (Grade.SUPPLIED in {one.grade for one in came}) is mine
