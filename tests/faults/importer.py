"""The real import, to be killed: reads badge files, judges them, keeps them, says so after each one.

    python -m tests.faults.importer FOLDER RECOVERY_CODE FIRST_NUMBER

Speaks as `writer` does: `ready`, then the SHA-256 of every payload that is safely kept.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from tests.conftest import ASSETS
from tests.simulators.issuer import SimulatedIssuer
from tests.vault.vaults import NOW
from wallet.codec.linked_data.contexts import Contexts
from wallet.operations.intake import ImportOutcome, import_each
from wallet.operations.session import Services
from wallet.operations.wallets import RecoveryCode, unlock_wallet
from wallet.trust.evidence_store import MemoryEvidence

_BATCH = 5
_ISSUER = SimulatedIssuer("did:key")


def services_for(folder: Path) -> Services:
    """The program's, on that wallet."""
    return Services(lambda: NOW, Contexts.pinned(ASSETS / "contexts"), ASSETS, folder,
                    folder.parent / "settings.json")


def made_files(folder: Path, first: int, count: int) -> tuple[Path, ...]:
    """Write badges that nobody had before."""
    paths = []
    for number in range(first, first + count):
        paths.append(folder / f"{number}.json")
        paths[-1].write_bytes(_ISSUER.badge(title=f"Badge {number}", number=number))
    return tuple(paths)


def digest_of(path: Path) -> str:
    """Return what the wallet knows the file by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(folder: str, recovery_code: str, first: str) -> None:
    """Import until the end."""
    session = unlock_wallet(services_for(Path(folder)), Path(folder), RecoveryCode(recovery_code))
    session.supplied = MemoryEvidence(())
    print("ready", flush=True)  # noqa: T201 - the parent listens
    number = int(first)
    with tempfile.TemporaryDirectory() as name:
        while True:
            paths = made_files(Path(name), number, _BATCH)
            for row in import_each(session, paths):
                assert row.outcome in (ImportOutcome.ADDED, ImportOutcome.KNOWN)
                print(digest_of(Path(name) / row.name), flush=True)  # noqa: T201 - the acknowledgement
            number += _BATCH


if __name__ == "__main__":
    main(*sys.argv[1:])
