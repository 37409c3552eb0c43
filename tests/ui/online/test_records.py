"""Addresses, documents, statements and an export, through the window; each kept as what it is."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QPushButton

from tests.formats.test_linkedin_export import CERTIFICATIONS, EDUCATION, archive
from tests.simulators import badge_host
from tests.simulators.pdf import pdf_with
from tests.simulators.pictures import badge_png
from tests.ui.online.conftest import Life
from wallet.model.credential import EvidenceClass
from wallet.model.report import Verdict
from wallet.ui.dialogs.tick_list import TickListDialog
from wallet.ui.incoming import Incoming
from wallet.ui.tick import Tick


def _pasted(life: Life, address: str) -> None:
    life.work.take_in(Incoming(data=address.encode(), name="Pasted text", address=address))
    life.wait()


def _classes(life: Life) -> list[EvidenceClass]:
    return [one.evidence_class for one in life.session.vault.list() if one.id not in life.ids]


def test_a_pasted_address_is_asked_about_and_brought(life: Life) -> None:
    here = "https://northbridge.example/files/9.json"
    life.web.put(here, life.issuer.badge(number=9))
    _pasted(life, here)
    assert "1 document: the address you gave" in life.said(life.dialogs()[0])
    assert not life.web.requests
    life.press("sheet_once")
    assert "1 credential added" in life.said()
    (new,) = (one for one in life.session.vault.list() if one.id not in life.ids)
    assert new.report.verdict is Verdict.VALID


def test_a_page_without_a_credential_is_kept_if_she_wants(life: Life) -> None:
    here = "https://courses.example/verify/AB12"
    badge_host.page(life.web, here)
    _pasted(life, here)
    life.press("sheet_once")
    assert "No credential there" in life.said(life.dialogs()[0])
    assert _classes(life) == []
    life.press("confirm_yes")
    assert life.find(QLineEdit, "details_link").text() == here
    life.find(QLineEdit, "details_title").setText("Knots, a course")
    life.find(QLineEdit, "details_date").setText("2025-04")
    life.press("details_dialog_go")
    assert _classes(life) == [EvidenceClass.DOCUMENT]
    assert "Knots, a course" in life.said(life.work.detail)
    assert "Genuine" not in life.said()


def test_a_file_at_an_address_is_kept_as_a_document_if_she_wants(life: Life) -> None:
    here = "https://courses.example/print/AB12.pdf"
    life.web.put(here, pdf_with(title="Knots"), "application/pdf")
    _pasted(life, here)
    life.press("sheet_once")
    assert "You can keep the file as a document with its link." in life.said(life.dialogs()[0])
    assert _classes(life) == []
    life.press("confirm_yes")
    assert life.find(QLineEdit, "details_title").text() == "Knots"
    assert life.find(QLineEdit, "details_link").text() == here
    life.press("details_dialog_go")
    assert _classes(life) == [EvidenceClass.DOCUMENT]
    assert here in life.said(life.work.detail)
    assert life.web.requests[here] == 1


def test_a_pasted_picture_without_a_code_is_kept_from_the_review(life: Life) -> None:
    life.work.take_in(Incoming(data=badge_png(), name="Pasted picture"))
    life.wait()
    life.press("keep_document")
    life.press("details_dialog_go")
    assert _classes(life) == [EvidenceClass.DOCUMENT]


def test_a_public_list_is_ticked(life: Life) -> None:
    ids = badge_host.CREDLY_IDS[:2]
    badge_host.credly_list(life.web, "maya-lind", ids)
    site = badge_host.credly(life.web)
    for one in ids:
        site.award(one)
    life.work.web.records.bring("https://www.credly.com/users/maya-lind")
    life.wait()
    assert "the public list you gave" in life.said(life.dialogs()[0])
    life.press("sheet_once")
    shown = life.dialogs()[0]
    assert isinstance(shown, TickListDialog)
    ticks = shown.findChildren(Tick)
    assert len(ticks) == 2
    ticks[1].click()
    life.press("tick_list_go")
    assert "api.credly.com" in life.said(life.dialogs()[0])
    assert "2 documents from 2 sites." in life.said(life.dialogs()[0])
    life.press("sheet_once")
    assert _classes(life) == [EvidenceClass.HOSTED]


def test_a_file_without_a_credential_becomes_a_document(life: Life, tmp_path: Path) -> None:
    path = tmp_path / "course.pdf"
    path.write_bytes(pdf_with(title="Rope work", author="Harbor", links=("https://harbor.example/v/1",)))
    life.work.take_in(Incoming(paths=(path,)))
    life.wait()
    life.press("keep_document")
    assert life.find(QLineEdit, "details_title").text() == "Rope work"
    assert life.find(QLineEdit, "details_issuer").text() == "Harbor"
    life.find(QPlainTextEdit, "details_about").setPlainText("Two days.")
    life.press("details_dialog_go")
    assert _classes(life) == [EvidenceClass.DOCUMENT]
    assert "https://harbor.example/v/1" in life.said(life.work.detail)
    assert not life.web.requests
    life.press("step_details")
    life.find(QLineEdit, "details_title").setText("Rope work, renewed")
    life.press("details_dialog_go")
    assert "Rope work, renewed" in life.said(life.work.detail)


def test_no_file_no_document(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: ("", ""))
    life.work.web.records.ask_document()
    life.wait()
    assert not life.dialogs()


def test_a_statement_of_her_own(life: Life) -> None:
    life.work.web.records.ask_statement()
    keep = life.find(QPushButton, "details_dialog_go")
    assert not keep.isEnabled()
    life.find(QLineEdit, "details_title").setText("Ran the chess club")
    life.press("details_dialog_go")
    assert _classes(life) == [EvidenceClass.OWN]


def test_an_export_is_a_list_to_tick(life: Life, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    path.write_bytes(archive(Certifications=CERTIFICATIONS, Education=EDUCATION, messages="x"))
    life.work.take_in(Incoming(paths=(path,)))
    life.wait()
    shown = life.dialogs()[0]
    assert "Not taken over" in life.said(shown)
    for tick in shown.findChildren(Tick)[1:]:
        tick.click()
    life.press("tick_list_go")
    assert _classes(life) == [EvidenceClass.OWN]


def test_another_archive_goes_its_usual_way(life: Life, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with ZipFile(path, "w") as packed:
        packed.writestr("badge.json", life.issuer.badge(number=9))
    life.work.take_in(Incoming(paths=(path,)))
    life.wait()
    assert not life.dialogs()
    assert "1 credential added" in life.said()


def test_an_address_that_is_none_is_told(life: Life) -> None:
    life.work.web.records.ask_address()
    life.find(QLineEdit, "text_field").setText("https://user:secret@uni.example/")
    life.press("text_dialog_go")
    assert life.dialogs()[0].objectName() == "failure_dialog"
    assert not life.web.requests


def test_a_badge_of_a_website_says_how_to_get_a_sealed_one(life: Life) -> None:
    record = badge_host.credly(life.web).award(badge_host.CREDLY_IDS[0])
    _pasted(life, record["id"])
    life.press("sheet_once")
    life.press("import_done")
    (new,) = (one for one in life.session.vault.list() if one.id not in life.ids)
    life.work.open_detail(new.id)
    life.wait()
    assert "To get a sealed version from Credly: log in there" in life.said(life.work.detail)
