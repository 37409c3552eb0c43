"""Evidence packs: many public documents in one file, so that another machine can check offline.

    manifest.json   {"format": "vcevidence", "version": 1, "documents": [{"address", "sha256", "grade",
                     "source", "fetched", "verified"}, …], "sha256": {"<member>": "<hex>", …}}
    <sha256>        the bytes of each document, once

A pack is not sealed: what it says of grades and dates is the word of whoever made it, and stays that. Each
document counts as supplied by the person who took the pack in; one that came with the thing to be checked
is never looked into. The hashes find damage. Nothing goes into a pack that is about a learner.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.codec.strict_json import dump_json, parse_json, parse_object
from wallet.formats.openbadges2 import Part, part_of
from wallet.formats.pack import MANIFEST, read_members
from wallet.model.errors import CodecError, FormatError, TrustError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Said, Verified
from wallet.model.limits import MAX_FILE_BYTES, MAX_PACK_MEMBERS
from wallet.model.reasons import ReasonCode, reason

from .evidence_store import evidence_document

PACK_FORMAT: Final = "vcevidence"
PACK_VERSION: Final = 1
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
_SOURCE: Final = "evidence pack"
_ZIP_START: Final = b"PK\x03\x04"
_MANIFEST_NODES: Final = 200_000
#: What may be about a learner, or about anything.
_PRIVATE_KINDS: Final = frozenset({EvidenceKind.OTHER})


def is_evidence_pack(data: bytes) -> bool:
    """Tell by its beginning whether something may be a pack."""
    return data.startswith(_ZIP_START)


def may_leave(document: EvidenceDocument) -> bool:
    """Whether a document is public and says nothing about a learner."""
    if document.grade is Grade.SENDER or document.kind in _PRIVATE_KINDS:
        return False
    if document.kind is not EvidenceKind.BADGE_RECORD:
        return True
    try:
        return part_of(parse_object(document.data)) is not Part.ASSERTION
    except WalletError:
        return False


def write_evidence_pack(documents: Iterable[EvidenceDocument], *, own: bool = False) -> bytes:
    """Return a pack of those documents that may leave; the same input gives the same bytes everywhere.

    Args:
        documents: All versions, in any order.
        own: Whether it is our own file, which also keeps what other packs said and each first sight.

    Raises:
        TrustError: LIMIT_BYTES or LIMIT_ITEMS.
    """
    chosen = sorted({one for one in documents if own or may_leave(one)}, key=_order)
    members = {one.sha256: one.data for one in chosen}
    if len(members) >= MAX_PACK_MEMBERS:
        raise TrustError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(MAX_PACK_MEMBERS)))
    if sum(map(len, members.values())) > MAX_FILE_BYTES:
        raise TrustError(reason(ReasonCode.LIMIT_BYTES, what="pack", limit=str(MAX_FILE_BYTES)))
    described = dump_json({"format": PACK_FORMAT, "version": PACK_VERSION,
                           "documents": [_described(one, own=own) for one in chosen],
                           "sha256": {name: name for name in members}})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in {MANIFEST: described, **members}.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_STORED
            archive.writestr(entry, data)
    return target.getvalue()


def read_evidence_pack(data: bytes, *, now: datetime | None, own: bool = False,
                       ) -> tuple[EvidenceDocument, ...]:
    """Take a pack apart.

    Args:
        data: The file.
        now: When it was taken in; None for one run.
        own: Whether it is our own file, whose grades and dates are our own.

    Raises:
        FormatError: PACK_ALTERED for a document that is not what the manifest says, PACK_DAMAGED,
            FORMAT_UNKNOWN for another kind of archive, FORMAT_UNSUPPORTED for a later version.
        TrustError: EVIDENCE_ADDRESS, EVIDENCE_UNREADABLE.
    """
    members = read_members(data)
    described = _manifest(members)
    found = []
    for entry in described:
        content = members.get(_text(entry, "sha256"))
        if content is None:
            raise FormatError(reason(ReasonCode.PACK_ALTERED, member=_text(entry, "sha256")[:64]))
        found.append(_own(entry, content) if own else _supplied(entry, content, now))
    return tuple(found)


def _described(document: EvidenceDocument, *, own: bool) -> dict[str, Any]:
    # The source of what was supplied by hand could name a file of somebody's computer.
    source = document.source if own or document.grade in (Grade.FETCHED, Grade.FETCHED_PLAIN) else ""
    described: dict[str, Any] = {
        "address": document.address, "sha256": document.sha256, "grade": document.grade.value,
        "source": source, "fetched": _date(document.fetched_at),
        "verified": [one.value for one in document.verified]}
    if own:
        described["first"] = _date(document.first_seen)
        if document.said:
            described["said"] = {"grade": document.said.grade.value, "source": document.said.source,
                                 "fetched": _date(document.said.fetched_at)}
    return described


def _supplied(entry: dict[str, Any], content: bytes, now: datetime | None) -> EvidenceDocument:
    document = evidence_document(_text(entry, "address"), content, grade=Grade.SUPPLIED, source=_SOURCE,
                                 fetched_at=now)
    return replace(document, said=_said(entry))


def _own(entry: dict[str, Any], content: bytes) -> EvidenceDocument:
    """Nobody ships documents in a file that anybody can write: such a word counts as supplied."""
    grade = _grade(entry)
    document = evidence_document(
        _text(entry, "address"), content, grade=Grade.SUPPLIED if grade is Grade.SHIPPED else grade,
        source=_text(entry, "source"), fetched_at=_moment(entry, "fetched"))
    words = entry.get("verified")
    told = {one for one in words if isinstance(one, str)} if isinstance(words, list) else set()
    first = _moment(entry, "first")
    said = entry.get("said")
    told.discard(Verified.SHIPPED.value)
    return replace(document, said=_said(said) if isinstance(said, dict) else None,
                   verified=tuple(one for one in Verified if one.value in told),
                   first_at=first if first != document.fetched_at else None)


def _manifest(members: dict[str, bytes]) -> list[dict[str, Any]]:
    try:
        document = parse_json(members.get(MANIFEST, b""), max_nodes=_MANIFEST_NODES)
    except CodecError as error:
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=MANIFEST)) from error
    if not isinstance(document, dict) or document.get("format") != PACK_FORMAT:
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="zip"))
    version = document.get("version")
    if isinstance(version, bool) or version != PACK_VERSION:
        raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what="pack", found=str(version)[:20]))
    hashes, entries = document.get("sha256"), document.get("documents")
    if not isinstance(hashes, dict) or not isinstance(entries, list):
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=MANIFEST))
    for name in sorted((set(members) - {MANIFEST}) ^ set(hashes)):
        raise FormatError(reason(ReasonCode.PACK_ALTERED, member=name[:200]))
    for name, data in members.items():
        if name != MANIFEST and not hashes[name] == name == hashlib.sha256(data).hexdigest():
            raise FormatError(reason(ReasonCode.PACK_ALTERED, member=name[:200]))
    if not all(isinstance(one, dict) for one in entries):
        raise FormatError(reason(ReasonCode.PACK_DAMAGED, member=MANIFEST))
    return entries


def _order(document: EvidenceDocument) -> tuple[str, str, str, str, str]:
    return (document.address, document.sha256, document.grade.value, _date(document.fetched_at) or "",
            document.source)


def _said(entry: dict[str, Any]) -> Said:
    return Said(_grade(entry), _text(entry, "source"), _moment(entry, "fetched"))


def _grade(entry: dict[str, Any]) -> Grade:
    word = _text(entry, "grade")
    return next((one for one in Grade if one.value == word), Grade.SENDER)


def _text(entry: dict[str, Any], member: str) -> str:
    value = entry.get(member)
    return value if isinstance(value, str) else ""


def _moment(entry: dict[str, Any], member: str) -> datetime | None:
    try:
        return parse_datetime(_text(entry, member))[0].astimezone(UTC)
    except (CodecError, OverflowError):
        return None


def _date(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
