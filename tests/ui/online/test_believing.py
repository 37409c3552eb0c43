"""What the learner believes, through the window: compared, named, distrusted, and each taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from tests.operations.conftest import documents_of
from tests.ui.online.conftest import Life
from wallet.model.beliefs import Stance
from wallet.model.evidence import Grade
from wallet.operations.evidence_shelf import shelve
from wallet.operations.issuers import issuer
from wallet.ui.dialogs.issuer import IssuerDialog


def _stance(life: Life) -> Stance:
    belief = issuer(life.session, life.issuer.id).belief
    return belief.stance if belief else Stance.NONE


def _shown(life: Life) -> IssuerDialog:
    shelve(life.session.kept, documents_of(life.issuer, Grade.SUPPLIED), life.session.contexts,
           life.session.now())
    life.work.open_detail(life.ids[0])
    life.wait()
    life.press("step_issuer")
    dialog = life.dialogs()[0]
    assert isinstance(dialog, IssuerDialog)
    return dialog


def test_host_comes_first_and_the_name_is_its_own_word(life: Life) -> None:
    said = life.said(_shown(life)).splitlines()
    assert said[1] == "northbridge.example"
    assert "It calls itself “Northbridge University”" in said
    assert "None of your lists names it. That is no fault of a credential." in said
    assert not life.web.requests


def test_a_fingerprint_is_compared_and_taken_back(life: Life) -> None:
    dialog = _shown(life)
    (key,) = issuer(life.session, life.issuer.id).keys
    life.press("issuer_pin")
    life.find(QLineEdit, "text_field").setText("0000 1111 2222 3333 4444")
    life.press("text_dialog_go")
    assert _stance(life) is Stance.NONE
    assert life.find(QLineEdit, "text_field").isVisible()
    life.find(QLineEdit, "text_field").setText(key.fingerprint.lower())
    life.press("text_dialog_go")
    assert _stance(life) is Stance.PINNED
    assert "listed now · compared by you" in life.said(dialog)
    assert "Noted: you compared the key of northbridge.example." in life.said()
    life.press("note_undo")
    assert _stance(life) is Stance.NONE
    assert "compared by you" not in life.said(dialog)


def test_distrust_is_seen_in_the_check_panel_and_taken_back(life: Life) -> None:
    dialog = _shown(life)
    life.press("issuer_distrust")
    assert _stance(life) is Stance.DISTRUSTED
    assert "Not trusted by you." in life.said(dialog)
    dialog.close()
    assert "not to be trusted" in life.said(life.work.detail)
    life.press("note_undo")
    assert _stance(life) is Stance.NONE
    assert "not to be trusted" not in life.said(life.work.detail)


def test_a_name_of_her_own_and_forgetting(life: Life) -> None:
    dialog = _shown(life)
    life.press("issuer_name")
    life.find(QLineEdit, "text_field").setText("My <b>old</b> school")
    life.press("text_dialog_go")
    assert "You call it “My <b>old</b> school”." in life.said(dialog)
    life.press("issuer_forget")
    assert "My <b>old</b> school" not in life.said(dialog)
    assert issuer(life.session, life.issuer.id).belief is None
