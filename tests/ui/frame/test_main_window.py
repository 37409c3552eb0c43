"""Journeys through the window: a wallet made, a badge in, a pack out and checked as its receiver would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.frame.conftest import PASSPHRASE
from wallet.model.report import Verdict
from wallet.operations.samples import SampleSet
from wallet.operations.session import Services
from wallet.ui.application import Desktop
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.main_window import MainWindow
from wallet.ui.models.credentials import CredentialsModel
from wallet.ui.recovery_sheet import groups_of
from wallet.ui.sidebar import Section
from wallet.ui.workspace import Workspace

Settle = Callable[[], None]


def _press(window: QWidget, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def _type(window: QWidget, name: str, text: str) -> None:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    found.setText(text)


def _drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    spot, actions = QPoint(400, 400), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dragEnterEvent(QDragEnterEvent(spot, actions, mime, buttons, keys))
    overlay = window.findChild(QWidget, "drop_overlay")
    assert overlay is not None
    assert overlay.isVisible()
    window.dropEvent(QDropEvent(QPointF(spot), actions, mime, buttons, keys))
    assert not overlay.isVisible()


def _make_wallet(desktop: Desktop, settled: Settle) -> str:
    """Walk through the three steps and return the recovery code that was shown."""
    window = desktop.window
    _press(window.welcome, "create_button")
    _type(window, "new_passphrase", PASSPHRASE)
    _type(window, "repeat_passphrase", PASSPHRASE)
    _press(window, "make_button")
    settled()
    shown = window.findChild(QWidget, "recovery_code")
    assert shown is not None
    code = "-".join(label.full_text for label in shown.findChildren(SafeLabel))
    _press(window, "code_kept")
    _type(window, "typed_code", " ".join(groups_of(code)).lower())
    _press(window, "open_wallet")
    settled()
    return code


def _workspace(desktop: Desktop) -> Workspace:
    workspace = desktop.window.workspace
    assert workspace is not None
    return workspace


def _titles(workspace: Workspace) -> set[str]:
    return {row.title for row in workspace.library.model.rows()}


def test_first_start_shows_three_doors(desktop: Desktop) -> None:
    assert desktop.window.page is desktop.window.welcome
    assert desktop.window.status.text == "No wallet yet"


def test_make_a_wallet_drop_a_badge_share_it_and_check_the_pack(
    desktop: Desktop,
    settled: Settle,
    sample_folder: Path,
    tmp_path: Path,
    demo: SampleSet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _make_wallet(desktop, settled)
    work = _workspace(desktop)
    badge = next(file for file in demo.files if file.name.endswith(".png"))

    _drop(desktop.window, sample_folder / badge.name)
    settled()
    assert work.review is not None
    _press(work.review, "import_done")
    settled()
    rows = work.library.model.rows()
    assert len(rows) == 1

    work.library.credential_opened.emit(rows[0].id)
    settled()
    assert work.detail.credential_id == rows[0].id
    _press(work.detail, "detail_share")
    settled()
    assert work.sharing is not None
    _type(work.sharing, "audience_field", "Kestrel & Rowe")
    for _ in range(2):
        _press(work.sharing, "share_next")
        settled()
    target = tmp_path / "out.vcpack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    _press(work.sharing, "save_pack")
    settled()
    assert target.is_file()

    work.close_sharing()
    work.show_section(Section.VERIFY)
    _drop(desktop.window, target)
    settled()
    result = work.verify.result
    assert result is not None
    assert [item.title for item in result.items] == [rows[0].title]
    assert result.packs[0].verdict is Verdict.VALID
    work.show_section(Section.SHARED_LOG)
    assert any("Kestrel & Rowe" in label.full_text for label in work.log.findChildren(SafeLabel))


def test_locking_leaves_no_claim_in_the_widget_tree(sample_wallet: Desktop, settled: Settle) -> None:
    window = sample_wallet.window
    work = _workspace(sample_wallet)
    titles = _titles(work)
    assert len(titles) > 5
    work.open_detail(work.library.model.rows()[0].id)
    settled()
    QGuiApplication.clipboard().clear()
    window.actions_by_name["action_lock"].trigger()
    settled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.workspace is None
    assert window.findChildren(CredentialsModel) == []
    shown = " ".join(label.full_text for label in window.findChildren(SafeLabel))
    spoken = " ".join(widget.accessibleName() for widget in window.findChildren(QWidget))
    assert [title for title in titles if title in shown or title in spoken] == []
    assert window.windowTitle() == "Wallet"


def test_a_locked_wallet_opens_again_with_passphrase_and_with_the_recovery_code(
    desktop: Desktop, settled: Settle
) -> None:
    code = _make_wallet(desktop, settled)
    window = desktop.window
    window.lock()
    settled()
    assert window.page is window.unlock
    assert window.status.text == "Wallet locked"
    _type(window.unlock, "passphrase_field", "not my passphrase")
    _press(window.unlock, "unlock_button")
    settled()
    assert window.page is window.unlock
    _press(window.unlock, "recovery_link")
    _type(window.unlock, "passphrase_field", code)
    _press(window.unlock, "unlock_button")
    settled()
    assert window.workspace is not None
    window.lock()
    settled()
    _type(window.unlock, "passphrase_field", PASSPHRASE)
    _press(window.unlock, "unlock_button")
    settled()
    assert window.workspace is not None


def test_a_second_window_is_told_that_the_wallet_is_open(
    desktop: Desktop, settled: Settle, services: Services, qtbot: QtBot
) -> None:
    _make_wallet(desktop, settled)
    second = MainWindow(services, desktop.background)
    qtbot.addWidget(second)
    assert second.page is second.unlock
    _type(second.unlock, "passphrase_field", PASSPHRASE)
    _press(second.unlock, "unlock_button")
    settled()
    assert second.workspace is None
    said = " ".join(label.full_text for label in second.unlock.findChildren(SafeLabel))
    assert "open in another window" in said


def test_idle_time_locks(sample_wallet: Desktop, settled: Settle) -> None:
    assert sample_wallet.idle.running
    sample_wallet.idle.idle.emit()
    settled()
    assert sample_wallet.window.workspace is None
    assert not sample_wallet.idle.running


def test_a_drop_without_a_wallet_is_checked_and_kept_nowhere(
    desktop: Desktop, settled: Settle, sample_folder: Path, services: Services
) -> None:
    _drop(desktop.window, sample_folder)
    settled()
    assert desktop.window.page is desktop.window.desk
    assert desktop.window.desk.result is not None
    assert not services.vault_folder.exists()
    desktop.window.desk.back_requested.emit()
    assert desktop.window.desk.result is None


def test_pasted_text_is_imported(sample_wallet: Desktop, settled: Settle) -> None:
    QGuiApplication.clipboard().setText('{"not": "a credential"}')
    sample_wallet.window.actions_by_name["action_paste"].trigger()
    settled()
    review = _workspace(sample_wallet).review
    assert review is not None
    shown = " ".join(label.full_text for label in review.findChildren(SafeLabel))
    assert "Pasted text cannot be read" in shown


def test_samples_are_gone_when_they_are_closed(
    sample_wallet: Desktop, settled: Settle, services: Services
) -> None:
    assert sample_wallet.window.status.text.startswith("Samples")
    folder = _workspace(sample_wallet)._session.vault.folder
    assert folder.is_dir()
    sample_wallet.window.lock()
    settled()
    assert not folder.exists()
    assert not services.vault_folder.exists()
    assert sample_wallet.window.page is sample_wallet.window.welcome


def test_deleting_can_be_undone(sample_wallet: Desktop, settled: Settle) -> None:
    work = _workspace(sample_wallet)
    before = _titles(work)
    one = work.library.model.rows()[0]
    work.library.delete_requested.emit((one.id,))
    settled()
    assert _titles(work) == before - {one.title}
    _press(work, "note_undo")
    settled()
    assert _titles(work) == before


def test_importing_again_finds_what_is_known_and_names_what_cannot_be_read(
    sample_wallet: Desktop, settled: Settle, sample_folder: Path
) -> None:
    (sample_folder / "welding-cert.pdf").write_bytes(b"%PDF-1.7 cut off")
    sample_wallet.window.take_in(Incoming(paths=(sample_folder,)))
    settled()
    review = _workspace(sample_wallet).review
    assert review is not None
    odd = review.findChild(QWidget, "import_odd")
    assert odd is not None
    lines = [label.full_text for label in odd.findChildren(SafeLabel)]
    assert lines.index("welding-cert.pdf cannot be read") < lines.index("You already have this one")


def test_restoring_a_backup_through_the_dialog(
    desktop: Desktop, settled: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    _make_wallet(desktop, settled)
    backup = tmp_path / "saved.vcwallet"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(backup), ""))
    _workspace(desktop).settings.backup_requested.emit()
    settled()
    assert backup.is_file()
    desktop.window.lock()
    settled()
    desktop.window.show_restore()
    dialog = desktop.window.findChild(QWidget, "restore_dialog")
    assert dialog is not None
    other = tmp_path / "restored"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(other))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(backup), ""))
    _press(dialog, "choose_backup")
    _press(dialog, "choose_folder")
    _type(dialog, "secret_field", PASSPHRASE)
    _press(dialog, "restore_go")
    settled()
    assert desktop.window.workspace is not None
    assert desktop.window.settings.vault_folder == str(other)
