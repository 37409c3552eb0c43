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


def main(folder: str, recovery_code: str, first: str) -> None:
    issuer = SimulatedIssuer("did:key")
    services = Services(lambda: NOW, Contexts.pinned(ASSETS / "contexts"), ASSETS, Path(folder), Path("none"))
    session = unlock_wallet(services, Path(folder), RecoveryCode(recovery_code))
    session.supplied = MemoryEvidence(())
    print("ready", flush=True)  # noqa: T201 - the parent listens
    number = int(first)
    with tempfile.TemporaryDirectory() as name:
        while True:
            digests = {}
            for one in range(number, number + _BATCH):
                data = issuer.badge(title=f"Badge {one}", number=one)
                (Path(name) / f"{one}.json").write_bytes(data)
                digests[f"{one}.json"] = hashlib.sha256(data).hexdigest()
            for row in import_each(session, [Path(name) / file for file in digests]):
                assert row.outcome in (ImportOutcome.ADDED, ImportOutcome.KNOWN)
                print(digests[row.name], flush=True)  # noqa: T201 - the acknowledgement
            number += _BATCH


if __name__ == "__main__":
    main(*sys.argv[1:])
