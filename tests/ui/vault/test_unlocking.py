"""Who gets in, through the window: quick unlock on, used and lost; passphrase, code and data key changed."""

from __future__ import annotations

from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life
from tests.ui.vault.driving import NEW, choose_new, dialog, fill, is_open, unlock_with
from tests.vault.keychains import Computer, Keeping, Locked
from wallet.operations.wallets import Passphrase
from wallet.ui.dialogs.unlocking import NewCodeDialog, PassphraseDialog, QuickUnlockDialog
from wallet.ui.sidebar import Section


def _settings(life: Life) -> None:
    life.work.show_section(Section.SETTINGS)


def _type_code_back(life: Life, asked: NewCodeDialog) -> str:
    code = asked._recovery_code
    life.press("new_code_dialog_go")
    life.press("code_kept")
    fill(asked, "typed_code", code)
    life.press("open_wallet")
    return code


def test_quick_unlock_is_explained_used_and_falls_back(life: Life, computer: Computer) -> None:
    _settings(life)
    life.press("quick_unlock")
    asked = dialog(life, QuickUnlockDialog)
    assert "a thief too" in life.said(asked)
    unlock_with(asked, "not my passphrase")
    life.press("quick_unlock_dialog_go")
    assert asked.isVisible()
    assert "does not open" in life.said(asked) or "not the passphrase" in life.said(asked).lower()
    unlock_with(asked)
    life.press("quick_unlock_dialog_go")
    assert life.dialogs() == []
    assert "On until" in life.said(life.work.settings)

    window = life.desktop.window
    window.lock()
    life.wait()
    life.press("quick_button")
    assert is_open(life)

    window.lock()
    life.wait()
    computer.entries = Locked()
    life.press("quick_button")
    assert not is_open(life)
    assert "did not answer, or was not opened. Type your passphrase." in life.said(window.unlock)
    computer.entries.let_go.set()
    computer.entries = Keeping()
    window.unlock.unlock_requested.emit(Passphrase(PASSPHRASE))
    life.wait()
    assert is_open(life)
    _settings(life)
    life.press("quick_unlock")
    assert "Off." in life.said(life.work.settings)


def test_the_passphrase_and_the_code_are_changed(life: Life) -> None:
    _settings(life)
    life.press("change_passphrase")
    asked = dialog(life, PassphraseDialog)
    unlock_with(asked)
    fill(asked, "new_secret", NEW)
    fill(asked, "repeat_secret", "something else altogether")
    assert not asked.is_complete()
    choose_new(asked)
    life.press("passphrase_dialog_go")
    assert life.dialogs() == []
    assert "new passphrase" in life.work._note.text

    life.press("new_recovery_code")
    code_dialog = dialog(life, NewCodeDialog)
    unlock_with(code_dialog, NEW)
    code = _type_code_back(life, code_dialog)
    assert life.dialogs() == []
    window = life.desktop.window
    window.lock()
    life.wait()
    life.press("recovery_link")
    fill(window.unlock, "passphrase_field", code)
    life.press("unlock_button")
    assert is_open(life)


def test_a_wrong_secret_brings_back_the_first_step(life: Life) -> None:
    _settings(life)
    life.press("new_recovery_code")
    asked = dialog(life, NewCodeDialog)
    unlock_with(asked, "not my passphrase")
    _type_code_back(life, asked)
    assert asked.isVisible()
    assert life.find(type(asked._go), "new_code_dialog_go").isEnabled()


def test_everything_is_encrypted_anew_and_open_again(life: Life) -> None:
    _settings(life)
    before = {row.id for row in life.work.library.model.rows()}
    life.press("rotate_button")
    asked = dialog(life, NewCodeDialog)
    assert "backups made before still open" in life.said(asked)
    unlock_with(asked)
    choose_new(asked)
    _type_code_back(life, asked)
    life.wait()
    window = life.desktop.window
    assert window.workspace is not None
    assert {row.id for row in window.workspace.library.model.rows()} == before
    assert "encrypted anew" in window.workspace._note.text
    window.lock()
    life.wait()
    window.unlock.unlock_requested.emit(Passphrase(PASSPHRASE))
    life.wait()
    assert not is_open(life)
