"""Evidence for keeps: put on a shelf, looked at with all its versions, taken off, and given to others.

A shelf is the wallet's own store or the plain file of somebody who only checks (`saved`). What a document's
own seal says of it is found out when it is put there. Reading maps, folders and packs is in `evidence`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import OperationError, WalletError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Verified
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Verdict
from wallet.model.stored import Changes
from wallet.trust.evidence_pack import may_leave, write_evidence_pack
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence
from wallet.verify.pipeline import judge

from .checking import Desk, Expectation
from .evidence import load_evidence, trusted_contexts
from .files import atomic_write, make_folder
from .logged import logged
from .session import Session

_MAP_NAME: Final = "map.json"
#: Sealed as it should be; what time has done to it since is another question.
_SEALED: Final = frozenset({Verdict.VALID, Verdict.EXPIRED, Verdict.NOT_YET_VALID, Verdict.REVOKED,
                            Verdict.SUSPENDED})


class Shelf(EvidenceStore, Protocol):
    """Where documents are kept by hand."""

    def all(self) -> tuple[EvidenceDocument, ...]:
        """Return every kept document by address, the versions of one newest first."""
        ...

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document; other versions stay."""
        ...

    def remove(self, address: str) -> None:
        """Forget every version at an address."""
        ...


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version of one document.

    Attributes:
        kept: Whether it is on the shelf; else it only stands beside a credential.
        pinned_to: Ids and titles of the credentials it stands beside.
    """

    document: EvidenceDocument
    kept: bool = True
    pinned_to: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shelved:
    """What putting documents on a shelf did.

    Attributes:
        documents: How many were taken.
        changes_of_keys: Issuers whose keys are others now than before.
    """

    documents: int
    changes_of_keys: tuple[KeyChange, ...] = ()


@logged
def add_evidence(session: Session, sources: Sequence[Path], *, trust_contexts: bool = False) -> Changes:
    """Keep documents in the wallet; older versions stay, and other keys than before leave a line in the log.

    Raises:
        OperationError: As `load_evidence`; EVIDENCE_CONTEXT for contexts without the explicit wish.
        FormatError: A pack is altered or damaged.
        VaultError: DISK_FULL, VAULT_READ_ONLY.
    """
    supplied = _supplied(sources, session.now(), trust_contexts=trust_contexts)
    with session.vault.transaction():
        shelve(session.kept, supplied, session.contexts, session.now())
    contexts = tuple(one for one in supplied if one.kind is EvidenceKind.CONTEXT)
    if contexts:
        session.contexts = trusted_contexts(session.contexts, contexts)
    return Changes(evidence=True)


def save_evidence(shelf: Shelf, sources: Sequence[Path], contexts: Contexts, now: datetime) -> Shelved:
    """Keep documents without a wallet; vocabularies are not among what is kept so.

    Raises:
        OperationError: As `load_evidence`; EVIDENCE_CONTEXT; SAVED_EVIDENCE_FULL, DISK_FULL and kin.
        FormatError: A pack is altered or damaged.
    """
    return shelve(shelf, _supplied(sources, now, trust_contexts=False), contexts, now)


def shelve(shelf: Shelf, documents: Sequence[EvidenceDocument], contexts: Contexts,
           now: datetime) -> Shelved:
    """Put documents on a shelf, each with what its own seal says of it."""
    known = LayeredEvidence((MemoryEvidence(documents), shelf))
    found = tuple(shelf.add(with_own_seal(one, known, contexts, now)) for one in documents)
    return Shelved(len(documents), tuple(one for one in found if one))


def with_own_seal(document: EvidenceDocument, known: EvidenceStore, contexts: Contexts,
                  now: datetime) -> EvidenceDocument:
    """Return a withdrawal list with the mark that its own seal holds, if it does; all else as it is."""
    if document.kind is not EvidenceKind.STATUS_LIST or Verified.OWN_SEAL in document.verified:
        return document
    try:
        listed = parse(document.data)
    except WalletError:
        return document
    if not isinstance(listed, Credential):
        return document
    # A list about a list could go on for ever.
    alone = replace(listed, statuses=())
    report = judge(alone, Desk(contexts, known).gather(alone), at=now, expectation=Expectation())
    if report.verdict not in _SEALED:
        return document
    return replace(document, verified=tuple(one for one in Verified
                                            if one in (*document.verified, Verified.OWN_SEAL)))


def kept_evidence(session: Session) -> tuple[EvidenceDocument, ...]:
    """Return every kept document, all versions."""
    return session.kept.all()


def versions_of(session: Session, address: str) -> tuple[KeptVersion, ...]:
    """Return every version at an address, kept or only beside a credential, newest first.

    Raises:
        OperationError: EVIDENCE_ADDRESS if there is none.
    """
    shelf = session.kept
    kept = {(one.sha256, one.grade) for one in shelf.documents(address)}
    pins: dict[str, list[tuple[str, str]]] = {}
    for sha256, credential_id, title in shelf.pinned_to(address):
        pins.setdefault(sha256, []).append((credential_id, title))
    found: dict[tuple[str, str], KeptVersion] = {}
    for one in (*shelf.documents(address), *(one for one in shelf.everything() if one.address == address)):
        found.setdefault((one.sha256, one.grade.value), KeptVersion(
            one, (one.sha256, one.grade) in kept, tuple(pins.get(one.sha256, ()))))
    if not found:
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address))
    return tuple(found.values())


def versions_on(shelf: Shelf, address: str) -> tuple[KeptVersion, ...]:
    """Return every version at an address of a shelf, newest first. Raises as `versions_of`."""
    found = shelf.documents(address)
    if not found:
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address))
    return tuple(KeptVersion(one) for one in found)


def remove_evidence(session: Session, address: str) -> Changes:
    """Forget every version at that address; what is pinned beside a credential stays.

    Raises:
        OperationError: EVIDENCE_ADDRESS if nothing is kept there.
    """
    remove_from(session.kept, address)
    return Changes(evidence=True)


def remove_from(shelf: Shelf, address: str) -> None:
    """Forget every version at an address of a shelf. Raises as `remove_evidence`."""
    if not shelf.documents(address):
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address))
    shelf.remove(address)


def export_evidence(session: Session, folder: Path) -> Path:
    """Write every kept document and a map into a folder that `--evidence` reads; return the map.

    Where several versions of one address are kept, the newest is written.

    Raises:
        OperationError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    make_folder(folder)
    kept = session.kept
    table: dict[str, str] = {}
    for address in sorted({document.address for document in kept.all()}):
        newest = kept.documents(address)[0]
        name = f"{newest.sha256[:16]}.json"
        atomic_write(folder / name, newest.data)
        table[address] = name
    target = folder / _MAP_NAME
    atomic_write(target, json.dumps(table, indent=1, ensure_ascii=False).encode("utf-8"))
    return target


def export_pack(documents: Sequence[EvidenceDocument], target: Path) -> int:
    """Write all versions of these documents into one file, and return how many are in it.

    What is about a learner is left out: records of her badges, and what nobody knows the kind of.

    Raises:
        TrustError: LIMIT_BYTES or LIMIT_ITEMS.
        OperationError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    chosen = [one for one in documents if may_leave(one)]
    atomic_write(target, write_evidence_pack(chosen))
    return len(chosen)


def _supplied(sources: Sequence[Path], now: datetime, *, trust_contexts: bool) -> list[EvidenceDocument]:
    supplied = load_evidence(sources, now=now)
    if supplied.contexts and not trust_contexts:
        raise OperationError(reason(ReasonCode.EVIDENCE_CONTEXT, found=supplied.contexts[0].address))
    return [*supplied.documents, *supplied.contexts]
