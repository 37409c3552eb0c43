"""The open wallet: search, check again, export, own addresses, evidence; every failure in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from wallet.model.report import CheckId, Outcome
from wallet.operations import library, sharing
from wallet.operations.samples import SampleSet
from wallet.operations.shelf import Wish
from wallet.ui.application import Desktop
from wallet.ui.labels import SafeLabel
from wallet.ui.sidebar import Section
from wallet.ui.workspace import Workspace

Settle = Callable[[], None]


@pytest.fixture
def work(sample_wallet: Desktop) -> Workspace:
    workspace = sample_wallet.window.workspace
    assert workspace is not None
    return workspace


def _said(root: QWidget) -> str:
    return " ".join(label.full_text for label in root.findChildren(SafeLabel) if not label.isHidden())


def test_search_finds_and_clears(work: Workspace, settled: Settle) -> None:
    everything = {row.id for row in work.library.model.rows()}
    one = work.library.model.rows()[0]
    work.library.wished.emit(Wish(one.title.split()[0]))
    settled()
    found = {row.id for row in work.library.model.rows()}
    assert one.id in found
    assert found < everything
    work.library.wished.emit(Wish())
    settled()
    assert {row.id for row in work.library.model.rows()} == everything


def test_checking_again_keeps_new_reports(work: Workspace, settled: Settle) -> None:
    work.check_again()
    settled()
    assert "checked again, offline" in work._note.text


def test_the_original_is_saved_byte_for_byte_and_noted(
    work: Workspace, settled: Settle, tmp_path: Path, demo: SampleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(target))
    one = work.library.model.rows()[0]
    work.detail.export_requested.emit(one.id)
    settled()
    assert [path.read_bytes() in {file.data for file in demo.files} for path in target.iterdir()] == [True]
    assert [share.channel.value for share in sharing.shares(work._session)] == ["original"]


def test_own_addresses_settle_whose_a_credential_is(work: Workspace, settled: Settle) -> None:
    def outcomes() -> set[Outcome]:
        checks = [row.report.check(CheckId.RECIPIENT) for row in library.credentials(work._session)]
        return {check.outcome for check in checks if check is not None}

    assert Outcome.PASSED in outcomes()
    work.settings.identities_changed.emit(("somebody@else.example",))
    settled()
    assert Outcome.PASSED not in outcomes()
    assert "compared with them" in _said(work.settings)


def test_evidence_that_is_none_is_a_failure_in_words(
    work: Workspace, settled: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = tmp_path / "cat.json"
    none.write_text("[1, 2]")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([str(none)], ""))
    work.settings.evidence_requested.emit()
    settled()
    dialog = work.window().findChild(QWidget, "failure_dialog")
    assert dialog is not None
    assert "cat.json" in _said(dialog)


def test_a_narrow_window_has_a_rail(sample_wallet: Desktop, work: Workspace) -> None:
    sample_wallet.window.resize(1280, 800)
    assert work._sidebar.width() == 220
    sample_wallet.window.resize(760, 800)
    assert work._sidebar.width() == 64


def test_files_dropped_on_the_verify_page_are_checked_and_not_kept(
    work: Workspace, settled: Settle, sample_folder: Path
) -> None:
    from wallet.ui.incoming import Incoming

    before = len(library.credentials(work._session))
    work.show_section(Section.VERIFY)
    work.take_in(Incoming(paths=(sample_folder,)))
    settled()
    assert work.verify.result is not None
    assert work.review is None
    assert len(library.credentials(work._session)) == before
