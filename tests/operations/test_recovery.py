from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE
from wallet.formats.qr import read_qr
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.recovery import (
    code_groups,
    demand_own_code,
    fresh_recovery_code,
    is_same_code,
    recovery_qr,
    renew_recovery_code,
    save_sheet,
    sheet_text,
)
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, RecoveryCode, lock, unlock_wallet


def test_what_is_typed_back_is_compared_as_people_write() -> None:
    code = fresh_recovery_code()
    assert code != fresh_recovery_code()
    assert is_same_code(code.lower().replace("-", " "), code)
    assert not is_same_code(fresh_recovery_code(), code)
    with pytest.raises(VaultError) as caught:
        is_same_code(code[:-1], code)
    assert caught.value.reason.code is ReasonCode.RECOVERY_CODE_TYPO


def test_a_new_code_opens_and_the_old_one_does_not(session: Session, services: Services) -> None:
    folder, code = services.vault_folder, fresh_recovery_code()
    renew_recovery_code(services, folder, Passphrase(PASSPHRASE), code, session=session)
    lock(session)
    lock(unlock_wallet(services, folder, RecoveryCode(code)))
    newer = fresh_recovery_code()
    renew_recovery_code(services, folder, RecoveryCode(code), newer)
    with pytest.raises(VaultError) as caught:
        demand_own_code(folder, code)
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_RECOVERY_CODE
    demand_own_code(folder, newer)


def test_the_sheet_holds_the_code_and_what_it_is_for(tmp_path: Path) -> None:
    code = fresh_recovery_code()
    text = sheet_text(code.lower())
    for group in code.split("-"):
        assert group in text
    assert "away from the computer" in text
    assert str(tmp_path) not in text
    path = save_sheet(code, tmp_path / "sheet.txt")
    assert path.read_text("utf-8") == text


def test_the_picture_is_read_back_as_the_code(tmp_path: Path) -> None:
    code = fresh_recovery_code()
    (frame,) = recovery_qr(code)
    assert frame.text == code
    path = save_sheet(code, tmp_path / "sheet.PNG")
    assert read_qr(path.read_bytes()) == (code,)
    assert io.BytesIO(frame.png).read(4) == b"\x89PNG"


def test_a_sheet_is_made_of_a_code_only(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        save_sheet("ABCDE", tmp_path / "sheet.txt")
    assert caught.value.reason.code is ReasonCode.RECOVERY_CODE_TYPO
    assert not (tmp_path / "sheet.txt").exists()
    assert len(code_groups(fresh_recovery_code())) == 6
