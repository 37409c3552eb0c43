"""One window per wallet: the second hears that it is busy; a failed attempt holds nothing."""

from __future__ import annotations

import pytest

from tests.operations.conftest import PASSPHRASE
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.session import Services
from wallet.operations.wallets import Passphrase
from wallet.operations.window import create_in_window, open_in_window


def test_a_second_window_is_told_and_the_next_one_gets_in(services: Services) -> None:
    first = create_in_window(services, services.vault_folder, PASSPHRASE)
    assert first.recovery_code
    with pytest.raises(VaultError) as refused:
        open_in_window(services, services.vault_folder, Passphrase(PASSPHRASE))
    assert refused.value.reason.code is ReasonCode.VAULT_BUSY
    first.close()
    open_in_window(services, services.vault_folder, Passphrase(PASSPHRASE)).close()


def test_a_wrong_passphrase_holds_nothing(services: Services) -> None:
    create_in_window(services, services.vault_folder, PASSPHRASE).close()
    with pytest.raises(VaultError) as refused:
        open_in_window(services, services.vault_folder, Passphrase("not this one at all"))
    assert refused.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE
    open_in_window(services, services.vault_folder, Passphrase(PASSPHRASE)).close()
