"""Through the window: an empty home, a backup file, and the code read from the printed sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget

from tests.conftest import ASSETS, AT
from tests.journeys.test_restore import code_on
from tests.ui.frame.conftest import PASSPHRASE, elsewhere
from wallet.operations import library
from wallet.operations.intake import import_bytes
from wallet.operations.labels import set_note
from wallet.operations.recovery import sheet_text
from wallet.operations.samples import samples
from wallet.operations.session import Services
from wallet.operations.upkeep import back_up
from wallet.operations.wallets import RecoveryCode, create_wallet, lock, unlock_wallet, wallet_exists
from wallet.ui.application import Desktop
from wallet.ui.dialogs.restore import RestoreDialog


def _backed_up(services: Services, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Use a wallet on another computer; return its printed sheet and what it held."""
    created = create_wallet(elsewhere(services, folder / "old"), folder / "old", PASSPHRASE)
    session = created.session
    for file in samples(ASSETS, AT).files:
        import_bytes(session, file.data, file.name)
    held = library.credentials(session)
    set_note(session, held[0].id, "For the harbor job")
    back_up(session, folder / "stick.vcwallet")
    lock(session)
    return sheet_text(created.recovery_code), tuple(one.id for one in held)


def _press(below: QWidget, *, name: str = "", text: str = "") -> None:
    found = [one for one in below.findChildren(QAbstractButton)
             if (one.objectName() == name if name else one.text() == text)]
    assert found, (name, text)
    found[0].click()


def _shown(desktop: Desktop) -> tuple[str, ...]:
    workspace = desktop.window.workspace
    return tuple(row.id for row in workspace.library.model.rows()) if workspace else ()


def test_the_welcome_page_leads_back_to_everything(desktop: Desktop, settled: Callable[[], None],
                                                   services: Services, tmp_path: Path) -> None:
    sheet, held = _backed_up(services, tmp_path)
    settled()
    window = desktop.window
    assert _shown(desktop) == ()
    _press(window, name="restore_link")
    dialog = window.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    dialog.set_source(tmp_path / "stick.vcwallet")
    _press(dialog, text="Recovery code")
    field = dialog.findChild(QLineEdit, "secret_field")
    go = dialog.findChild(QPushButton, "restore_go")
    assert isinstance(field, QLineEdit)
    assert isinstance(go, QPushButton)

    code = code_on(sheet)
    QTest.keyClicks(field, code[:-1] + ("y" if code[-1] in "xX" else "x"))
    go.click()
    settled()
    assert dialog.isVisible(), "a slip of the hand leaves everything as it was typed"
    assert not wallet_exists(services.vault_folder)
    field.clear()
    QTest.keyClicks(field, code_on(sheet))
    go.click()
    settled()

    assert _shown(desktop) == held
    assert not (services.vault_folder / "vault.unfinished").exists()
    session = unlock_wallet(services, services.vault_folder, RecoveryCode(code_on(sheet)))
    assert [one.id for one in library.search(session, "harbor job")] == [held[0]]
    lock(session)
