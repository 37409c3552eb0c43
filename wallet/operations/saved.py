"""Evidence of somebody who has no wallet: one plain file of public documents in the cache folder.

It is an evidence pack that keeps our own grades and dates; anybody who can write to that folder can write
it, so nothing in it counts as shipped, and no context is taken from it. A damaged file is named and left
out. It is looked into only on request, and each answer names the document, where it is from, and its date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from wallet.model.errors import OperationError, WalletError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MIB
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.evidence_pack import may_leave, read_evidence_pack, write_evidence_pack
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.key_changes import key_change

from .files import atomic_write, make_folder, read_file
from .session import Services

FILE_NAME: Final = "documents.vcevidence"
MAX_SAVED_BYTES: Final = 48 * MIB  # below what a pack may have, so that it can always be read again
MAX_SAVED_DOCUMENTS: Final = 5_000


class SavedEvidence:
    """The documents in one plain file; an `EvidenceStore`, and a shelf to keep things on.

    Attributes:
        problem: Why the file could not be read, None if it could or is not there.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if it is there. Never raises for what is in it."""
        self._path = path
        self.problem: Reason | None = None
        self._documents: tuple[EvidenceDocument, ...] = ()
        try:
            found = read_evidence_pack(read_file(path), now=None, own=True)
        except WalletError as error:
            if error.reason.code is ReasonCode.FILE_MISSING:
                return
            self.problem = reason(ReasonCode.SAVED_EVIDENCE_DAMAGED, name=path.name)
            return
        self._documents = tuple(one for one in found if _may_be_saved(one))

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return the versions kept for an address, newest first."""
        return MemoryEvidence(one for one in self._documents if one.address == address).documents(address)

    def all(self) -> tuple[EvidenceDocument, ...]:
        """Return every kept document by address, the versions of one newest first."""
        addresses = dict.fromkeys(sorted(one.address for one in self._documents))
        return tuple(one for address in addresses for one in self.documents(address))

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document; other versions stay. One that is about a learner is not kept at all.

        Raises:
            OperationError: SAVED_EVIDENCE_FULL, FOLDER_UNWRITABLE, DISK_FULL; nothing was changed.
        """
        if not _may_be_saved(document):
            return None
        before = self.documents(document.address)
        same = [one for one in self._documents if _is_same(one, document)]
        first = min((one.first_seen for one in (*same, document) if one.first_seen), default=None)
        new = replace(document, first_at=first if first != document.fetched_at else None)
        self._write((*(one for one in self._documents if one not in same), new))
        return key_change(before[0], document) if before else None

    def remove(self, address: str) -> None:
        """Forget every version at an address. Raises as `add`."""
        self._write(one for one in self._documents if one.address != address)

    def etag(self, address: str, sha256: str) -> str:  # noqa: ARG002 - the port's signature
        """Return "": marks of hosts are not kept here, so each answer comes whole."""
        return ""

    def keep_etag(self, address: str, etag: str, sha256: str) -> None:
        """Do nothing: see `etag`."""

    def _write(self, documents: Iterable[EvidenceDocument]) -> None:
        chosen = tuple(documents)
        size = sum({one.sha256: len(one.data) for one in chosen}.values())
        if size > MAX_SAVED_BYTES or len(chosen) > MAX_SAVED_DOCUMENTS:
            limit = f"{MAX_SAVED_BYTES // MIB} MiB"
            raise OperationError(reason(ReasonCode.SAVED_EVIDENCE_FULL, limit=limit))
        make_folder(self._path.parent)
        atomic_write(self._path, write_evidence_pack(chosen, own=True))
        self._documents = chosen
        self.problem = None


def saved_evidence(services: Services) -> SavedEvidence:
    """Return what is saved on this computer for checking without a wallet.

    Raises:
        OperationError: FOLDER_UNWRITABLE where this program has no folder for it.
    """
    if services.cache_folder is None:
        raise OperationError(reason(ReasonCode.FOLDER_UNWRITABLE, name=""))
    return SavedEvidence(services.cache_folder / FILE_NAME)


def _may_be_saved(document: EvidenceDocument) -> bool:
    """Public, and no vocabulary: those decide what a seal means, and are believed for a single run only."""
    return may_leave(document) and document.kind is not EvidenceKind.CONTEXT


def _is_same(one: EvidenceDocument, other: EvidenceDocument) -> bool:
    identity: tuple[str, str, Grade] = (one.address, one.sha256, one.grade)
    return identity == (other.address, other.sha256, other.grade)
