from __future__ import annotations

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.vault.keychains import Computer, Keeping
from wallet.model.errors import OperationError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.holder_keys import holder_keys, new_holder_key
from wallet.operations.keychain import quick_unlock_status, switch_on
from wallet.operations.recovery import fresh_recovery_code
from wallet.operations.rotation import rotate
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, RecoveryCode, lock, unlock_wallet

NEW = "seven quiet harbours at dawn"


def test_everything_is_under_new_secrets_and_quick_unlock_is_off(session: Session,
                                                                 services: Services) -> None:
    computer, folder, code = Computer(), services.vault_folder, fresh_recovery_code()
    switch_on(services, folder, Passphrase(PASSPHRASE), keychain=computer.keychain, session=session)
    new_holder_key(session, "for jobs")
    kept = holder_keys(session)
    lock(session)
    done = rotate(services, folder, Passphrase(PASSPHRASE), passphrase=NEW, recovery_code=code,
                  keychain=computer.keychain)
    assert (done.quick_unlock_ended, done.keys_to_replace) == (True, 2)
    assert isinstance(computer.entries, Keeping)
    assert computer.entries.kept == {}
    assert not quick_unlock_status(services, folder).on
    for secret in (Passphrase(NEW), RecoveryCode(code)):
        opened = unlock_wallet(services, folder, secret)
        assert holder_keys(opened) == kept
        assert opened.vault.warnings == ()
        lock(opened)
    with pytest.raises(VaultError) as caught:
        unlock_wallet(services, folder, Passphrase(PASSPHRASE))
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE


def test_a_wallet_that_is_open_is_busy_and_a_weak_passphrase_refused(session: Session,
                                                                     services: Services) -> None:
    folder, code = services.vault_folder, fresh_recovery_code()
    with pytest.raises(OperationError) as weak:
        rotate(services, folder, Passphrase(PASSPHRASE), passphrase="1234", recovery_code=code)
    assert weak.value.reason.code is ReasonCode.PASSPHRASE_WEAK
    with pytest.raises(VaultError) as caught:
        rotate(services, folder, Passphrase(PASSPHRASE), passphrase=PASSPHRASE, recovery_code=code)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY
    session.vault.set_setting("still", "mine")
