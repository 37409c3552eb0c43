"""When a copy of the wallet and its secrets may be in somebody's hands: another data key for everything."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wallet.model.errors import VaultError
from wallet.vault.header import SlotType
from wallet.vault.keychain import Keychain
from wallet.vault.rotation import rotate_data_key
from wallet.vault.unlocking import Passphrase, Secret, read_vault_header

from .logged import logged
from .passphrase import demand_strength
from .progress import Progress, stepping
from .session import Services
from .wallets import unlock_wallet


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done.

    Attributes:
        quick_unlock_ended: Quick unlock was on, and is off now.
        keys_to_replace: How many keys of the learner's own were in the copy too.
    """

    quick_unlock_ended: bool
    keys_to_replace: int


@logged
def rotate(services: Services, folder: Path, secret: Secret, *, passphrase: str, recovery_code: str,
           keychain: Keychain | None = None, progress: Progress | None = None) -> Rotated:
    """Encrypt the wallet under a new key, wrapped for this passphrase and this recovery code.

    Backups and copies made before still open with the secrets of that time: tell the learner. The wallet
    must not be open anywhere, this program's own window included: lock it first.

    Args:
        services: The program.
        folder: The wallet's.
        secret: What opens it now.
        passphrase: What opens it from then on; a new one is wiser than the old one.
        recovery_code: From `recovery.fresh_recovery_code`, shown and typed back.
        keychain: This computer's, to remove the entry of quick unlock from; None for the real one.
        progress: Told until the new secrets count. Stopping before leaves everything as it was.

    Raises:
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK.
        CancelledError: Before the new secrets count.
        VaultError: VAULT_BUSY, VAULT_WRONG_PASSPHRASE and kin, DISK_FULL, FOLDER_UNWRITABLE, VAULT_DAMAGED.
    """
    demand_strength(passphrase)
    header = read_vault_header(folder).header
    slot = header.slot(SlotType.KEYCHAIN)
    rotate_data_key(folder, secret, passphrase=passphrase, recovery_code=recovery_code, now=services.clock(),
                    step=stepping(progress))
    if slot and slot.keychain:
        with suppress(VaultError):  # an entry that opens nothing any more
            (keychain or Keychain()).forget(header.vault_id, slot.keychain.backend)
    session = unlock_wallet(services, folder, Passphrase(passphrase))
    try:
        keys = sum(one.retired_at is None for one in session.holder_keys.all())
    finally:
        session.vault.close()
    return Rotated(slot is not None, keys)
