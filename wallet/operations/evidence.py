"""Evidence by hand: documents by address, for one run or for keeps.

A map is a JSON file of address and path, the paths beside it; a folder holds documents that name
themselves by their `id`, or a `map.json`; an evidence pack is one file of many. Nothing is fetched. A context
changes what signatures mean, so it is taken only on the bare wish `--trust-contexts`, and never over a
pinned one. Reading them is here, keeping them in `evidence_shelf`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import parse_object
from wallet.model.errors import CodecError, OperationError, TrustError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_EVIDENCE_BYTES, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason
from wallet.trust.evidence_pack import is_evidence_pack, read_evidence_pack
from wallet.trust.evidence_store import evidence_document

from .files import is_folder, read_file, walk

if TYPE_CHECKING:  # evidence for one run needs no vault
    from wallet.vault.evidence import VaultEvidence

_MAP_NAMES = ("map.json", "offline-map.json")
_SOURCE = "supplied by hand"


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a map or folder holds.

    Attributes:
        documents: Everything that can prove something.
        contexts: JSON-LD contexts among them, by address; believed only on an explicit wish.
    """

    documents: tuple[EvidenceDocument, ...]
    contexts: tuple[EvidenceDocument, ...]


def load_evidence(sources: Sequence[Path], *, now: datetime | None = None) -> Supplied:
    """Read maps, folders and single documents.

    Args:
        sources: Each a map, a folder or one document that names itself.
        now: When they were supplied, for those that are kept; None for one run.

    Raises:
        OperationError: FILE_MISSING, EVIDENCE_ADDRESS, EVIDENCE_UNREADABLE.
        FormatError: PACK_ALTERED and kin for an evidence pack.
    """
    found = [document for source in sources for document in _load(source, now)]
    contexts = tuple(one for one in found if one.kind is EvidenceKind.CONTEXT)
    return Supplied(tuple(one for one in found if one.kind is not EvidenceKind.CONTEXT), contexts)


def trusted_contexts(pinned: Contexts, supplied: Sequence[EvidenceDocument]) -> Contexts:
    """Return the pinned contexts and the supplied ones beside them; a pinned address always wins.

    Raises:
        LinkedDataError: A supplied context cannot be used.
    """
    return pinned.extended({one.address: one.data for one in supplied
                            if one.address not in pinned.addresses()})


def kept_contexts(pinned: Contexts, kept: VaultEvidence) -> Contexts:
    """Return the pinned contexts and those the learner keeps in her wallet."""
    return trusted_contexts(pinned, [one for one in kept.all() if one.kind is EvidenceKind.CONTEXT])


def _load(source: Path, now: datetime | None) -> list[EvidenceDocument]:
    if is_folder(source):
        for name in _MAP_NAMES:
            if (source / name).is_file():
                return _load_map(source / name, now)
        found = [_self_named(path, now) for path in walk([source])]
        return [document for document in found if document]
    data = read_file(source)
    if is_evidence_pack(data):
        return list(read_evidence_pack(data, now=now))
    if len(data) > MAX_EVIDENCE_BYTES:
        raise OperationError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=source.name,
                                    limit=str(MAX_EVIDENCE_BYTES)))
    table = _as_map(data)
    if table is not None:
        return _load_map(source, now)
    document = _self_named(source, now)
    if document is None:
        raise OperationError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=source.name))
    return [document]


def _as_map(data: bytes) -> dict[str, str] | None:
    """Return the table if the file is a map of address to path, else None."""
    try:
        table = parse_object(data)
    except CodecError:
        return None
    if not table or "id" in table or not all(isinstance(path, str) for path in table.values()):
        return None
    return table if all(":" in address for address in table) else None


def _load_map(path: Path, now: datetime | None) -> list[EvidenceDocument]:
    table = _as_map(read_file(path, max_bytes=MAX_EVIDENCE_BYTES))
    if table is None:
        raise OperationError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=path.name))
    folder = path.parent.resolve()
    found = []
    for address, relative in table.items():
        target = _placed(folder, relative)
        if len(address) > MAX_URL_CHARS:
            raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address[:200]))
        if target is None:
            raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address[:200],
                                        name=relative[:200]))
        found.append(_document(address, target, now))
    return [document for document in found if document]


def _placed(folder: Path, relative: str) -> Path | None:
    """Return where a map says that a document is, None if that is no place in its own folder."""
    try:
        target = (folder / relative).resolve()
    except (OSError, RuntimeError, ValueError):  # no name of a file, or links in a circle
        return None
    return target if target.is_relative_to(folder) else None


def _document(address: str, path: Path, now: datetime | None) -> EvidenceDocument | None:
    """Return the document, or None for one that proves nothing here (a picture of a badge, say)."""
    data = read_file(path, max_bytes=MAX_EVIDENCE_BYTES)
    try:
        return evidence_document(address, data, grade=Grade.SUPPLIED, source=_SOURCE, fetched_at=now)
    except TrustError:
        return None


def _self_named(path: Path, now: datetime | None) -> EvidenceDocument | None:
    try:
        data = read_file(path, max_bytes=MAX_EVIDENCE_BYTES)
        address = parse_object(data).get("id")
    except WalletError:
        return None
    if not isinstance(address, str) or ":" not in address or len(address) > MAX_URL_CHARS:
        return None
    return _document(address, path, now)


