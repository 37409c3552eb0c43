"""Errands with what is kept, through the window: the bin and back, a backup that opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from wallet.operations import library
from wallet.ui.application import Desktop
from wallet.ui.workspace import Workspace

Settle = Callable[[], None]


@pytest.fixture
def work(sample_wallet: Desktop) -> Workspace:
    workspace = sample_wallet.window.workspace
    assert workspace is not None
    return workspace


def test_what_is_deleted_leaves_its_page_and_comes_back(work: Workspace, settled: Settle) -> None:
    one = work.library.model.rows()[0].id
    work.open_detail(one)
    settled()
    work.detail.delete_requested.emit(one)
    settled()
    assert work.detail.credential_id == ""
    assert one not in {row.id for row in work.library.model.rows()}
    assert [row.id for row in library.credentials(work._session, binned=True)] == [one]
    work._note._button.click()
    settled()
    assert one in {row.id for row in work.library.model.rows()}


def test_a_backup_is_made_where_it_was_asked_for(
    work: Workspace, settled: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(tmp_path / "mine"), ""))
    work.settings.backup_requested.emit()
    settled()
    assert (tmp_path / "mine.vcwallet").read_bytes().startswith(b"learner-wallet backup")


def test_nothing_happens_where_no_place_is_chosen(
    work: Workspace, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([], ""))
    work.settings.backup_requested.emit()
    work.detail.export_requested.emit("nothing")
    work.settings.evidence_requested.emit()
    settled()
    assert work._note.isHidden()
