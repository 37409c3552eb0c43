"""What the generators of the vault share: one with three credentials, and what opening it must keep to.

Registers no case itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.attacks.cases import Act
from tests.attacks.learner import (
    PASSPHRASE,
    new_folder,
    print_of,
    vault_copy,
)
from tests.conftest import AT
from tests.vault.vaults import demand_nothing_plain, record
from wallet.model.errors import VaultError
from wallet.vault.cipher import FLOOR
from wallet.vault.container import (
    RecoveryCode,
    Secret,
    create_vault,
    open_vault,
)
from wallet.vault.store import Vault
from wallet.wording.failures import failure


@cache
def filled() -> tuple[Path, RecoveryCode, dict[str, bytes]]:
    """A closed vault with three credentials, and what is in them."""
    folder, code = vault_copy()
    vault = open_vault(folder, code, now=AT)
    for number in range(3):
        vault.add(record(b'{"number": %d}' % number, title=f"Badge {number}",
                         credential_id=f"urn:x:{number}"), now=AT)
    inside = held(vault)
    vault.close()
    return folder, code, inside


def held(vault: Vault) -> dict[str, bytes]:
    return {one.id: vault.original(one.id).data for one in vault.list()}


def copy() -> tuple[Path, RecoveryCode]:
    folder, code, _ = filled()
    target = new_folder() / "wallet"
    shutil.copytree(folder, target)
    return target, code


def _demand_untouched(folder: Path, before: dict[str, str], error: VaultError) -> None:
    assert print_of(folder) == before, "a refusal changed the vault"
    assert failure(error.reason).safe


def opening(folder: Path, secret: Secret, also: Callable[[Vault], object] = lambda _: None) -> Act:
    """Open; what is refused was not touched, what opens holds what was put in."""
    def run() -> None:
        before = print_of(folder)
        try:
            vault = open_vault(folder, secret, now=AT)
        except VaultError as error:
            _demand_untouched(folder, before, error)
            raise
        try:
            assert held(vault) == filled()[2]
            also(vault)
        finally:
            vault.close()
        demand_nothing_plain(folder)

    return Act(run)


def demand_read_only(vault: Vault) -> None:
    assert vault.read_only
    vault.add(record(b"{}", title="one more"), now=AT)


@cache
def other() -> tuple[Path, RecoveryCode]:
    folder = new_folder() / "other"
    created = create_vault(folder, PASSPHRASE, now=AT, kdf=FLOOR)
    created.vault.close()
    return folder, RecoveryCode(created.recovery_code)


def crashed() -> tuple[Path, RecoveryCode]:
    """A vault whose last words are still in the log."""
    folder, code = copy()
    vault = open_vault(folder, code, now=AT)
    vault.set_setting("a", "b")
    target = new_folder() / "wallet"
    shutil.copytree(folder, target)
    vault.close()
    assert (target / "vault.db-wal").stat().st_size
    return target, code
