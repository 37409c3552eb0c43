from __future__ import annotations

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import OperationError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.intake import import_bytes
from wallet.operations.library import credentials
from wallet.operations.session import Services
from wallet.operations.wallets import (
    Passphrase,
    RecoveryCode,
    create_wallet,
    lock,
    renew_passphrase,
    unlock_wallet,
    wallet_exists,
)


def test_a_life_create_lock_open_change_recover(services: Services, issuer: SimulatedIssuer) -> None:
    folder = services.vault_folder
    assert not wallet_exists(folder)
    made = create_wallet(services, folder, PASSPHRASE)
    import_bytes(made.session, issuer.badge(), "badge.json")
    lock(made.session)
    assert wallet_exists(folder)

    with pytest.raises(VaultError) as error:
        unlock_wallet(services, folder, Passphrase("not this one"))
    assert error.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE

    renew_passphrase(services, folder, Passphrase(PASSPHRASE), "seven quiet harbours at dawn")
    with pytest.raises(VaultError):
        unlock_wallet(services, folder, Passphrase(PASSPHRASE))
    for secret in (Passphrase("seven quiet harbours at dawn"), RecoveryCode(made.recovery_code)):
        session = unlock_wallet(services, folder, secret)
        assert len(credentials(session)) == 1
        lock(session)


def test_opening_never_creates_and_creating_never_replaces(services: Services) -> None:
    with pytest.raises(VaultError) as missing:
        unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE))
    assert missing.value.reason.code is ReasonCode.VAULT_MISSING
    assert not services.vault_folder.exists()
    lock(create_wallet(services, services.vault_folder, PASSPHRASE).session)
    with pytest.raises(VaultError) as exists:
        create_wallet(services, services.vault_folder, PASSPHRASE)
    assert exists.value.reason.code is ReasonCode.VAULT_EXISTS


def test_a_weak_passphrase_makes_no_wallet(services: Services) -> None:
    with pytest.raises(OperationError):
        create_wallet(services, services.vault_folder, "password")
    assert not services.vault_folder.exists()
