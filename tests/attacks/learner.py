"""What the generators of operations share: a learner's wallet in a folder of its own, and how imports count.

A folder is made anew for each wish and goes away with the run. Registers no case itself.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.conftest import ASSETS, AT
from tests.simulators.signing import pinned_contexts
from wallet.model.errors import OperationError
from wallet.model.evidence import EvidenceDocument
from wallet.operations.intake import ImportOutcome, ImportSummary, import_bytes, import_paths
from wallet.operations.session import Services, Session
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.cipher import FLOOR
from wallet.vault.container import Passphrase, RecoveryCode, create_vault, open_vault

PASSPHRASE = "vier große Laternen treiben"


@cache
def _root() -> Path:
    keeper = tempfile.TemporaryDirectory(prefix="wallet-attacks-")
    atexit.register(keeper.cleanup)
    return Path(keeper.name)


@cache
def _template() -> tuple[Path, str]:
    folder = _root() / "template"
    created = create_vault(folder, PASSPHRASE, now=AT, kdf=FLOOR)
    created.vault.close()
    return folder, created.recovery_code


def everything() -> Path:
    """Return the folder below which every wallet of these cases lies."""
    return _root()


def new_folder() -> Path:
    """Return an empty folder of its own."""
    return Path(tempfile.mkdtemp(dir=_root()))


def vault_copy() -> tuple[Path, RecoveryCode]:
    """Return an empty vault, closed, and what opens it without deriving anything."""
    folder = new_folder() / "wallet"
    template, code = _template()
    shutil.copytree(template, folder)
    return folder, RecoveryCode(code)


def by_passphrase(text: str = PASSPHRASE) -> Passphrase:
    """The secret that the learner remembers."""
    return Passphrase(text)


@contextmanager
def learner(evidence: Iterable[EvidenceDocument] = ()) -> Iterator[Session]:
    """An opened wallet that has this evidence for now, and goes away afterwards."""
    folder, secret = vault_copy()
    try:
        with session_of(folder, secret, evidence) as session:
            yield session
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)


@contextmanager
def session_of(folder: Path, secret: RecoveryCode, evidence: Iterable[EvidenceDocument] = (),
               ) -> Iterator[Session]:
    """The wallet in this folder, opened; it stays."""
    vault = open_vault(folder, secret, now=AT)
    services = Services(lambda: AT, pinned_contexts(), ASSETS, folder, folder.parent / "settings.json")
    session = Session(services, vault, pinned_contexts())
    session.supplied = MemoryEvidence(tuple(evidence))
    try:
        yield session
    finally:
        vault.close()


def kept(session: Session, data: bytes, name: str = "badge") -> str:
    """Import one credential, which must be kept, and return the wallet's own id for it."""
    (row,) = import_bytes(session, data, name).rows
    assert row.credential_id, row
    return row.credential_id


def print_of(folder: Path) -> dict[str, str]:
    """Return what a wallet's files hold, file by file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())
            if path.is_file() and not path.name.endswith("-shm")}


def demand_import(path: Path) -> None:
    """Import one file: returns if it is kept, raises the reason if it is refused, which changes nothing.

    Raises:
        OperationError: With the reason of the refusal.
    """
    with learner() as session:
        before = print_of(session.services.vault_folder)
        summary = import_paths(session, [path])
        (row,) = summary.rows
        if row.outcome is ImportOutcome.REFUSED:
            assert print_of(session.services.vault_folder) == before, "a refusal changed the wallet"
            assert row.reason is not None
            raise OperationError(row.reason)


def outcomes(summary: ImportSummary) -> dict[str, int]:
    """Count the rows of an import by what became of them."""
    return {one.value: summary.count(one) for one in ImportOutcome if summary.count(one)}
