"""The process that is killed: opens a vault once, keeps credentials, says so after each one.

    python -m tests.faults.writer FOLDER RECOVERY_CODE FIRST_NUMBER

Prints `ready`, then the SHA-256 of every kept payload on a line of its own, after it was committed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.vault.vaults import NOW, document, numbered, record
from wallet.model.stored import NewRecord
from wallet.vault.container import RecoveryCode, open_vault


def varied(number: int) -> NewRecord:
    """Mostly small credentials, now and then a picture, some with evidence, some versions of another."""
    chance = random.Random(number)
    if chance.random() < 0.1:
        return record(b"picture %d" % number, credential_id=f"urn:{number}",
                      picture=chance.randbytes(chance.randrange(20_000, 400_000)))
    if chance.random() < 0.3:
        return record(b"with evidence %d" % number, credential_id=f"urn:version:{number // 50}",
                      evidence=(document(data=b"list %d" % (number // 7)),))
    return numbered(number)


def main(folder: str, recovery_code: str, first: str) -> None:
    vault = open_vault(Path(folder), RecoveryCode(recovery_code), now=NOW)
    print("ready", flush=True)  # noqa: T201 - the parent listens
    number = int(first)
    while True:
        made = varied(number)
        vault.add(made, now=NOW)
        print(made.sha256, flush=True)  # noqa: T201 - the acknowledgement
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
