"""Lists and documents through the window: put in force, first, out and back; saved for another computer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from tests.operations.conftest import documents_of
from tests.simulators.signing import compact_json
from tests.ui.online.conftest import Life
from wallet.operations.evidence_shelf import kept_evidence, shelve
from wallet.operations.list_overview import list_overview
from wallet.operations.lists import add_list_file
from wallet.ui.sidebar import Section

LIST = {"name": "Register", "updated": "2026-11-01", "issuers": [
    {"id": "did:web:northbridge.example", "name": "Northbridge University"}]}
ADDRESS = "https://register.example/list.json"


def _names(life: Life) -> list[str]:
    return [one.kept.name for one in list_overview(life.session)]


def test_a_file_put_first_removed_and_back(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(LIST), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(path), ""))
    life.work.show_section(Section.SETTINGS)
    life.press("show_lists")
    shipped = _names(life)
    life.press("list_file")
    assert life.find(QLineEdit, "list_name_field").text() == "mine"
    life.press("list_dialog_go")
    assert _names(life) == ["mine", *shipped]
    assert "A list · 1 issuer" in life.said(life.work.web.lists)
    life.work.web.lists.remove_requested.emit("list:mine")
    life.wait()
    assert _names(life) == shipped
    life.press("note_undo")
    assert _names(life) == ["mine", *shipped]


def test_a_list_from_the_web_through_the_sheet(life: Life) -> None:
    life.web.put(ADDRESS, LIST)
    life.work.web.page_wanted.emit(life.work.web.lists)
    life.press("list_address")
    life.find(QLineEdit, "list_address_field").setText(ADDRESS)
    life.press("list_dialog_go")
    assert "that somebody uses this list" in life.said(life.dialogs()[0])
    assert not life.web.requests
    life.press("sheet_once")
    assert ADDRESS in life.said(life.work.web.lists)
    life.web.put(ADDRESS, compact_json(LIST | {"updated": "2026-11-10"}))
    life.press("list_refresh")
    life.press("sheet_once")
    assert "1 list is new." in life.said()


def test_what_came_with_the_program_is_removed_and_used_again(life: Life) -> None:
    life.work.web.page_wanted.emit(life.work.web.lists)
    life.press("list_remove")
    assert _names(life) == []
    assert "No lists are in force." in life.said(life.work.web.lists)
    life.press("list_shipped")
    assert len(_names(life)) == 1


def test_documents_are_saved_and_removed_after_a_question(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(life.session.kept, documents_of(life.issuer), life.session.contexts, life.session.now())
    life.work.web.listing.show()
    life.wait()
    target = tmp_path / "pack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    life.work.web.page_wanted.emit(life.work.web.evidence)
    count = len(kept_evidence(life.session))
    life.press("evidence_export")
    assert (tmp_path / "pack.evidence.zip").stat().st_size > 0
    assert "saved as pack.evidence.zip" in life.said()
    life.press("evidence_remove")
    life.press("confirm_no")
    assert len(kept_evidence(life.session)) == count
    life.press("evidence_remove")
    life.press("confirm_yes")
    assert len(kept_evidence(life.session)) == count - 1
    assert not life.web.requests


def test_a_list_of_lists_brings_its_members_by_a_sheet_of_their_own(life: Life) -> None:
    known = "https://known.example/lists.json"
    lines = [{"name": "Register", "type": "dcc-legacy", "url": ADDRESS}]
    life.web.put(known, json.dumps(lines).encode())
    life.web.put(ADDRESS, LIST)
    life.work.web.page_wanted.emit(life.work.web.lists)
    life.press("list_address")
    life.find(QLineEdit, "list_address_field").setText(known)
    life.press("list_dialog_go")
    life.press("sheet_once")
    assert "register.example" in life.said(life.dialogs()[0])
    assert not life.web.requests[ADDRESS]
    life.press("sheet_once")
    assert "A list · 1 issuer" in life.said(life.find(QWidget, "list_member"))
    assert "found right by the secure connection" in life.said(life.find(QWidget, "list_member"))
    life.press("list_refresh")
    assert "register.example" in life.said(life.dialogs()[0])


def test_lists_are_moved_and_moved_back(life: Life, tmp_path: Path) -> None:
    for name in ("one", "two"):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(LIST), "utf-8")
        add_list_file(life.session, path)
    life.work.web.listing.show()
    life.work.web.page_wanted.emit(life.work.web.lists)
    life.wait()
    life.press("list_up")
    assert _names(life)[:2] == ["two", "one"]
    life.press("note_undo")
    assert _names(life)[:2] == ["one", "two"]
