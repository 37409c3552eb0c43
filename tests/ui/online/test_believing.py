"""What the learner believes, through the window: compared, named, distrusted, and each taken back."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QDialog, QLineEdit

from tests.conftest import AT
from tests.operations.conftest import documents_of
from tests.simulators.federation import SimulatedEntity
from tests.ui.online.conftest import Life
from wallet.model.beliefs import Stance
from wallet.model.evidence import Grade
from wallet.model.network import Permission
from wallet.operations.evidence_shelf import shelve
from wallet.operations.issuers import issuer
from wallet.operations.list_refresh import add_list_address
from wallet.ui.dialogs.issuer import IssuerDialog
from wallet.ui.sidebar import Section


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


def _with_a_federation(life: Life) -> SimulatedEntity:
    root = SimulatedEntity("https://registry.example", AT - timedelta(hours=1))
    anchor = root.own_document()
    life.web.put(anchor.address, anchor.data)
    add_list_address(life.session, life.session.door(Permission.COMMAND), anchor.address, name="Register")
    return root


def test_a_federation_is_asked_from_the_issuers_dialog(life: Life) -> None:
    about = _with_a_federation(life).document_about(life.issuer.id)
    life.web.put(about.address, about.data)
    _shown(life)
    life.press("issuer_ask")
    sheet = life.said(life.find(QDialog, "network_sheet"))
    assert "registry.example" in sheet
    assert "It learns from which issuer somebody has something, but not what." in sheet
    assert not life.web.requests[about.address]
    life.press("sheet_once")
    told = life.said(life.find(QDialog, "issuer_dialog"))
    assert ("Listed by Register, a federation that was asked · as of 20 November 2026 · until "
            "21 November 2026") in told
    assert "Ask the federation" not in told
    for one in life.dialogs():
        one.close()
    life.work.open_detail(life.ids[0])
    life.wait()
    assert "(a federation, which was asked)" in life.said(life.work.detail)


def test_that_a_federation_does_not_know_an_issuer_is_told_as_an_answer(life: Life) -> None:
    _with_a_federation(life)
    _shown(life)
    life.press("issuer_ask")
    life.press("sheet_once")
    assert "None of your lists names it." in life.said(life.find(QDialog, "issuer_dialog"))
    assert "1 site answered that it does not know the issuer." in life.said()


def test_without_leave_nothing_is_asked(life: Life) -> None:
    _with_a_federation(life)
    before = sum(life.web.requests.values())
    dialog = _shown(life)
    life.press("issuer_ask")
    life.press("sheet_cancel")
    assert sum(life.web.requests.values()) == before
    assert dialog.isVisible()


def test_the_sheet_before_a_refresh_names_the_federation(life: Life) -> None:
    about = _with_a_federation(life).document_about(life.issuer.id)
    life.web.put(about.address, about.data)
    life.work.show_section(Section.CREDENTIALS)
    life.work.library.online_requested.emit()
    life.wait()
    assert "1 document: what a federation says of an issuer" in life.said(life.dialogs()[0])
    life.press("sheet_once")
    assert life.web.requests[about.address] == 1
