"""A process that dies before each file operation of an act outside the store: making, new passphrase, backup.

    python -m tests.faults.deaths ACT AT FOLDER SECRET

Counts the operations on files below the folder's parent and ends the process, without any clearing up, just
before number `AT`. Ends with status `DIED`, or with 0 once there is no such operation any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.conftest import REPOSITORY
from tests.vault.vaults import NOW, PASSPHRASE
from wallet.vault.backup import restore_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import RecoveryCode, create_vault, open_vault
from wallet.vault.recovery import recovery_text
from wallet.vault.rotation import rotate_data_key
from wallet.vault.slots import change_passphrase

DIED: Final = 86
NEW_PASSPHRASE: Final = "the new passphrase"
NEW_CODE: Final = recovery_text(b"another entropy!")
BACKUP_NAME: Final = "wallet.vcwallet"
_COUNTED: Final = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.link"})


def make(folder: Path, _: str) -> None:
    """Make a vault and say its recovery code."""
    created = create_vault(folder, PASSPHRASE, now=NOW, kdf=FLOOR)
    created.vault.close()
    print(created.recovery_code, flush=True)  # noqa: T201 - the acknowledgement


def renew(folder: Path, recovery_code: str) -> None:
    """Change the passphrase."""
    change_passphrase(folder, RecoveryCode(recovery_code), NEW_PASSPHRASE, now=NOW, kdf=FLOOR)
    print("changed", flush=True)  # noqa: T201 - the acknowledgement


def back_up(folder: Path, recovery_code: str) -> None:
    """Write a backup beside the vault."""
    vault = open_vault(folder, RecoveryCode(recovery_code), now=NOW)
    write_backup(vault, folder.parent / BACKUP_NAME, now=NOW)
    print("written", flush=True)  # noqa: T201 - the acknowledgement
    vault.close()


def restore(folder: Path, recovery_code: str) -> None:
    """Make a vault from the backup that lies beside it."""
    restore_backup(folder.parent / BACKUP_NAME, folder, RecoveryCode(recovery_code), now=NOW).close()
    print("restored", flush=True)  # noqa: T201 - the acknowledgement


def rotate(folder: Path, recovery_code: str) -> None:
    """Encrypt everything under a new data key, with the same passphrase and a new code."""
    rotate_data_key(folder, RecoveryCode(recovery_code), passphrase=PASSPHRASE, recovery_code=NEW_CODE,
                    now=NOW, kdf=FLOOR)
    print("rotated", flush=True)  # noqa: T201 - the acknowledgement


ACTS: Final[dict[str, Callable[[Path, str], None]]] = {
    "make": make, "renew": renew, "back_up": back_up, "restore": restore, "rotate": rotate}


def die_during(act: str, at: int, folder: Path, secret: str = "") -> tuple[bool, str]:
    """Run the act in a process that dies before operation `at`; return whether it did, and its last word."""
    done = subprocess.run([sys.executable, "-m", "tests.faults.deaths", act, str(at), str(folder), secret],
                          capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode in (0, DIED), done.stderr
    return done.returncode == DIED, done.stdout.strip()


def _arm(at: int, below: Path) -> None:
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == at:
            os._exit(DIED)

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if event in _COUNTED and str(arguments[0]).startswith(str(below)):
            tick()

    real_sync = os.fsync

    def counted_sync(descriptor: int) -> None:
        tick()
        real_sync(descriptor)

    os.fsync = counted_sync  # type: ignore[assignment] # our own calls hand over descriptors
    sys.addaudithook(listen)


if __name__ == "__main__":
    _folder = Path(sys.argv[3])
    _arm(int(sys.argv[2]), _folder.parent)
    ACTS[sys.argv[1]](_folder, sys.argv[4])
