"""An opened vault: everything that can be asked of it and done to it.

Each writing call is one transaction and on the disk when it returns; `transaction` joins several. What the
records are is in the modules by kind; how a vault is made and opened in `container`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wallet.model.credential import Original
from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Report
from wallet.model.sharing import ShareRecord
from wallet.model.stored import NewRecord, StoredCredential

from . import belongings, credentials, documents, holder_keys, labels
from .cipher import VaultKeys
from .credentials import Added, AddOutcome
from .database import Database
from .locks import FileLock
from .schema import generation, set_meta

__all__ = ["AddOutcome", "Added", "Vault"]


class Vault:
    """One opened vault. May be used from several threads, one of which writes at a time.

    Attributes:
        folder: Where it lies.
        id: The same for all copies and backups of this vault.
        database: For the modules of this room.
        warnings: What a person should know about this copy (older than it was, clock, place).
    """

    def __init__(self, folder: Path, vault_id: str, database: Database, keys: VaultKeys,
                 warnings: tuple[Reason, ...] = (), hold: FileLock | None = None) -> None:
        self.folder = folder
        self.id = vault_id
        self.database = database
        self.warnings = warnings
        self._keys: VaultKeys | None = keys
        self._hold = hold

    def close(self) -> None:
        """Close the store and let go of the keys. Doing so twice is harmless."""
        self._keys = None
        self.database.close()
        if self._hold:
            self._hold.release()

    @property
    def keys(self) -> VaultKeys:
        """The derived keys, for backups.

        Raises:
            VaultError: VAULT_LOCKED.
        """
        if self._keys is None:
            raise VaultError(reason(ReasonCode.VAULT_LOCKED))
        return self._keys

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: the place does not allow it, or a newer program wrote it."""
        return self.database.access.read_only

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside is kept together, or none of it.

        Raises:
            VaultError: VAULT_READ_ONLY, VAULT_BUSY, DISK_FULL, FOLDER_UNWRITABLE, VAULT_LOCKED.
        """
        with self.database.transaction():
            outermost = self.database.depth == 1
            yield
            if outermost:
                set_meta(self.database, "generation", generation(self.database) + 1)

    def data_version(self) -> int:
        """Return a number that changes when another program has changed the store."""
        return int(self.database.value("PRAGMA data_version"))

    @property
    def generation(self) -> int:
        """How many transactions have changed this vault since it was made."""
        return generation(self.database)

    # --- credentials ---

    def add(self, record: NewRecord, *, now: datetime) -> Added:
        """Keep a credential with its evidence; acknowledged once it is on the disk.

        Raises:
            VaultError: As `transaction`; nothing was changed then.
        """
        with self.transaction():
            return credentials.add_credential(self.database, record, now)

    def list(self, *, binned: bool = False, limit: int = -1, offset: int = 0) -> tuple[StoredCredential, ...]:
        """Return what is in the library, or in the bin, newest first. A negative limit is none."""
        return credentials.list_credentials(self.database, binned=binned, limit=limit, offset=offset)

    def count(self, *, binned: bool = False) -> int:
        """Return how many are in the library, or in the bin."""
        return credentials.count_credentials(self.database, binned=binned)

    def search(self, text: str, *, limit: int = -1) -> tuple[StoredCredential, ...]:
        """Return what holds every typed word or its beginning, or is called so by the learner, best first.

        An empty text finds everything.
        """
        return labels.find_labelled(self.database, text, limit=limit)

    def get(self, id_or_prefix: str) -> StoredCredential:
        """Return one credential by its id or by a beginning that only it has.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND.
        """
        return credentials.get_credential(self.database, id_or_prefix)

    def original(self, credential_id: str) -> Original:
        """Return the bytes exactly as they came.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND, VAULT_DAMAGED.
        """
        return credentials.original_of(self.database, credential_id)

    def set_report(self, credential_id: str, report: Report,
                   evidence: Sequence[EvidenceDocument] = ()) -> None:
        """Keep a new report; its evidence is pinned beside what is pinned already.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND, and as `transaction`.
        """
        with self.transaction():
            credentials.keep_report(self.database, credential_id, report)
            serial = credentials.serial_of(self.database, credential_id)
            for document in evidence:
                documents.pin(self.database, serial, document)

    def evidence(self, credential_id: str) -> tuple[EvidenceDocument, ...]:
        """Return the documents pinned beside a credential, newest first.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND.
        """
        serial = credentials.serial_of(self.database, credential_id)
        return documents.pinned_documents(self.database, serial)

    def to_bin(self, ids: Sequence[str], *, now: datetime) -> None:
        """Put credentials into the bin, all or none. Raises as `set_report`."""
        with self.transaction():
            credentials.set_binned(self.database, ids, now)

    def from_bin(self, ids: Sequence[str]) -> None:
        """Take credentials out of the bin, all or none. Raises as `set_report`."""
        with self.transaction():
            credentials.set_binned(self.database, ids, None)

    def purge(self, ids: Sequence[str]) -> None:
        """Remove credentials that are in the bin for good, all or none. Raises as `set_report`."""
        with self.transaction():
            credentials.purge_credentials(self.database, ids)

    # --- the rest ---

    def setting(self, name: str) -> str | None:
        """Return a setting, None if it was never set."""
        return belongings.setting(self.database, name)

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting. Raises as `transaction`."""
        with self.transaction():
            belongings.keep_setting(self.database, name, value)

    def holder_key(self) -> bytes:
        """Return the Ed25519 seed of the learner's key that signs where none is named.

        Raises:
            VaultError: VAULT_DAMAGED.
        """
        return holder_keys.default_seed(self.database)

    def log_share(self, record: ShareRecord) -> str:
        """Write a line into the log of what left, and return its id; an empty id is given one."""
        with self.transaction():
            return belongings.keep_share(self.database, record)

    def shares(self) -> tuple[ShareRecord, ...]:
        """Return the log of what left, newest first."""
        return belongings.kept_shares(self.database)

    def forget_shares(self) -> None:
        """Empty the log of what left. Raises as `transaction`."""
        with self.transaction():
            belongings.forget_shares(self.database)
