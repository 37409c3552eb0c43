"""Status lists: the entry in a credential, the list it points to, and one value out of it.

Bitstring Status List 1.0 and its forerunners StatusList2021 and RevocationList2020 share one encoding:
bits, first bit most significant, packed by gzip, written in base64url. What published lists do otherwise is
decoded where only one reading is possible, and named. Whose list it is and what it means: `verify`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Any, Final

from wallet.codec.encoding import base64url_decode
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import MAX_STATUS_LIST_BYTES, MAX_URL_CHARS, MIN_STATUS_LIST_BITS
from wallet.model.reasons import Reason, ReasonCode, reason

from .members import VALUE_OBJECT, first_object, objects, strings, types
from .vc import Findings


@unique
class StatusKind(StrEnum):
    """Kinds of status entries, by their type's name."""

    BITSTRING = "BitstringStatusListEntry"
    STATUS_LIST_2021 = "StatusList2021Entry"
    REVOCATION_LIST_2020 = "RevocationList2020Status"
    REVOCATION_LIST_1EDTECH = "1EdTechRevocationList"
    REVOCATION_LIST_OB2 = "RevocationList"  # of an Open Badges 2.0 profile; no entry of a credential names it
    TOKEN_LIST = "status_list"
    UNKNOWN = ""


#: What software that issues badges writes into `credentialStatus` for a list of tokens: the list's own type.
_TOKEN_TYPE: Final = "statuslist+jwt"
#: Kinds whose lists nobody seals, by their standard: they count as web records of the issuer.
UNSEALED: Final = (StatusKind.REVOCATION_LIST_1EDTECH, StatusKind.REVOCATION_LIST_OB2)


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry of `credentialStatus`.

    Attributes:
        kind: UNKNOWN for a type we cannot read; never "not revoked".
        type: The type's own name.
        purpose: `revocation`, `suspension`, `message` or another word of the issuer.
        index: Place in the list; 0 where the kind has none.
        list_address: Where the list is, sealed into the credential.
        size: Bits of one value.
        messages: Value and its meaning, for values of several bits.
    """

    kind: StatusKind
    type: str
    purpose: str = ""
    index: int = 0
    list_address: str = ""
    size: int = 1
    messages: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StatusList:
    """A decoded list.

    Attributes:
        kind: Of the entries it answers.
        purposes: What its bits mean.
        data: The bits, first one most significant unless `least_first`.
        notes: Allowances made while decoding.
        size: Bits of one value where the list says it itself; 0 where each entry does.
        least_first: Whether bits are counted from the least significant end of each byte.
    """

    kind: StatusKind
    purposes: tuple[str, ...]
    data: bytes
    notes: tuple[Reason, ...] = ()
    size: int = 0
    least_first: bool = False

    def entry(self, index: int, size: int = 1) -> int:
        """Return the value at an index, of `size` bits.

        Raises:
            FormatError: STATUS_INDEX if it is outside the list.
        """
        size = self.size or size
        first = index * size
        if index < 0 or size < 1 or first + size > len(self.data) * 8:
            raise FormatError(
                reason(ReasonCode.STATUS_INDEX, index=str(index)[:40], found=str(len(self.data) * 8))
            )
        if self.least_first:  # sizes that divide eight: a value never crosses a byte
            return self.data[first >> 3] >> (first & 7) & ((1 << size) - 1)
        value = 0
        for bit in range(first, first + size):
            value = value << 1 | self.data[bit >> 3] >> (7 - (bit & 7)) & 1
        return value


@dataclass(frozen=True, slots=True)
class _Names:
    """How one kind of list calls its parts."""

    kind: StatusKind
    credential: str
    index: str
    address: str
    multibase: bool


_BY_SUBJECT: Final[Mapping[str, _Names]] = MappingProxyType(
    {
        "BitstringStatusList": _Names(
            StatusKind.BITSTRING,
            "BitstringStatusListCredential",
            "statusListIndex",
            "statusListCredential",
            multibase=True,
        ),
        "StatusList2021": _Names(
            StatusKind.STATUS_LIST_2021,
            "StatusList2021Credential",
            "statusListIndex",
            "statusListCredential",
            multibase=False,
        ),
        "RevocationList2020": _Names(
            StatusKind.REVOCATION_LIST_2020,
            "RevocationList2020Credential",
            "revocationListIndex",
            "revocationListCredential",
            multibase=False,
        ),
    }
)
_BY_KIND: Final = {names.kind: names for names in _BY_SUBJECT.values()}
_CREDENTIALS: Final = frozenset(names.credential for names in _BY_SUBJECT.values())
#: What the type of an entry may say: that of a token has none, and an entry may call itself anything.
_ENTRY_TYPES: Final = (*_BY_KIND, *UNSEALED)
_REVOCATION: Final = "revocation"
#: In the place of an entry: which member the sender shows only a part of. Nothing that an SD-JWT shows can be
#: called this (RFC 9901 §7.1).
HIDDEN_ENTRY: Final = "..."
#: What the values of a Token Status List are about; its entries name no purpose.
TOKEN_PURPOSE: Final = "status"
# ASCII digits without sign, space or leading zero: `int()` alone reads far more than the standard allows.
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_STATUS: Final = re.compile(r"0x[0-9a-fA-F]{1,4}", re.ASCII)
_MAX_SIZE_BITS: Final = 16
_GZIP: Final = 16 + zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}", re.ASCII)
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*={0,2}", re.ASCII)


def is_status_list(document: JsonObject) -> bool:
    """Return whether a credential is a status list."""
    subject = first_object(document.get("credentialSubject"))
    return bool(_CREDENTIALS & set(types(document)) or _BY_SUBJECT.keys() & set(types(subject)))


def check_list(document: JsonObject) -> tuple[Reason, ...]:
    """List what breaks the shape of a status list credential: its two type names must go together."""
    findings = Findings()
    for subject in objects(document.get("credentialSubject")):
        names = _names_of(subject)
        if names is None:
            findings.untyped("credentialSubject.type", "BitstringStatusList", types(subject))
        elif names.credential not in types(document):
            findings.untyped("type", names.credential, types(document))
        if not isinstance(subject.get("encodedList"), str):
            findings.missing("credentialSubject.encodedList")
    return tuple(findings.problems)


def parse_status_entry(entry: JsonObject) -> StatusEntry:
    """Read one entry of `credentialStatus`.

    Raises:
        FormatError: STATUS_ENTRY_MALFORMED; STATUS_HIDDEN.
    """
    if HIDDEN_ENTRY in entry:
        raise FormatError(reason(ReasonCode.STATUS_HIDDEN, member=str(entry[HIDDEN_ENTRY])[:80]))
    if "status_list" in entry:  # the `status` claim of a token
        return _token_entry(first_object(entry["status_list"]))
    entry = {name: _one(value) for name, value in entry.items()}
    names = types(entry)
    if _TOKEN_TYPE in names:
        return _token_entry(entry)
    kind = next((kind for kind in _ENTRY_TYPES if kind.value in names), StatusKind.UNKNOWN)
    if kind is StatusKind.UNKNOWN:
        return StatusEntry(kind, ", ".join(names)[:200])
    if kind in UNSEALED:
        return StatusEntry(kind, kind.value, _REVOCATION, list_address=_address(entry, "id"))
    fields = _BY_KIND[kind]
    purpose = entry.get("statusPurpose", _REVOCATION if kind is StatusKind.REVOCATION_LIST_2020 else None)
    if not isinstance(purpose, str) or not purpose:
        raise _bad_entry("statusPurpose", purpose)
    size = _size(entry)
    messages = _messages(entry, size)
    return StatusEntry(
        kind,
        kind.value,
        purpose,
        _index(entry, _member(entry, fields.index, "statusListIndex")),
        _address(entry, _member(entry, fields.address, "statusListCredential")),
        size,
        messages,
    )


def decode_status_list(document: JsonObject) -> StatusList:
    """Decode the list inside a status list credential.

    Raises:
        FormatError: STATUS_LIST_MALFORMED, or LIMIT_BYTES for one that inflates beyond its bound.
    """
    subject = first_object(document.get("credentialSubject"))
    names = _names_of(subject)
    if names is None:
        raise _bad_list("type")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str) or not encoded:
        raise _bad_list("encodedList")
    packed, notes = _decode(encoded, multibase=names.multibase)
    window = _GZIP
    if names.kind is StatusKind.REVOCATION_LIST_2020 and not packed.startswith(_GZIP_MAGIC):
        # That draft asks for zlib, published lists are packed either way; the first bytes tell which.
        window = zlib.MAX_WBITS
        notes += (reason(ReasonCode.QUIRK_LIST_ENCODING, which="packing"),)
    data = inflate(packed, window)
    if len(data) * 8 < MIN_STATUS_LIST_BITS:
        notes += (reason(ReasonCode.QUIRK_LIST_SHORT, which=str(len(data) * 8)),)
    # RevocationList2020 §5.1 knows no purpose: its only meaning is revocation.
    purposes = (_REVOCATION,) if names.kind is StatusKind.REVOCATION_LIST_2020 else ()
    return StatusList(names.kind, strings(subject.get("statusPurpose")) or purposes, data, notes)


def _names_of(subject: JsonObject) -> _Names | None:
    return next((_BY_SUBJECT[name] for name in types(subject) if name in _BY_SUBJECT), None)


def _decode(encoded: str, *, multibase: bool) -> tuple[bytes, tuple[Reason, ...]]:
    """Return the packed bytes; name prefix, alphabet and padding where they differ from the standard's."""
    quirks: list[str] = []
    # Packed bytes always start with `H4sI`, so a leading `u` can only be the multibase prefix.
    prefixed = encoded.startswith("u")
    body = encoded[1:] if prefixed else encoded
    if prefixed != multibase:
        quirks.append("prefix")
    if not _BASE64URL.fullmatch(body):
        if not _BASE64.fullmatch(body):
            raise _bad_list("base64")
        quirks.append("alphabet")
    if body.endswith("="):
        if len(body) % 4:
            raise _bad_list("padding")
        quirks.append("padding")
    try:
        packed = base64url_decode(body.rstrip("=").translate(str.maketrans("+/", "-_")))
    except CodecError as error:
        raise _bad_list("base64") from error
    return packed, tuple(reason(ReasonCode.QUIRK_LIST_ENCODING, which=quirk) for quirk in quirks)


def inflate(packed: bytes, window: int) -> bytes:
    """Unpack a list under its bound.

    Args:
        packed: One whole stream.
        window: What zlib calls `wbits`: it says which wrapping the stream must have.

    Raises:
        FormatError: STATUS_LIST_MALFORMED or LIMIT_BYTES.
    """
    inflater = zlib.decompressobj(window)
    try:
        data = inflater.decompress(packed, MAX_STATUS_LIST_BYTES + 1)
    except zlib.error as error:
        raise _bad_list("packing") from error
    if len(data) > MAX_STATUS_LIST_BYTES:
        raise FormatError(
            reason(ReasonCode.LIMIT_BYTES, what="encodedList", limit=str(MAX_STATUS_LIST_BYTES))
        )
    # Cut short, or with a second member behind it, where decoders disagree about the length.
    if not inflater.eof or inflater.unused_data or not data:
        raise _bad_list("packing")
    return data


def _token_entry(entry: JsonObject) -> StatusEntry:
    """Token Status List §6.2: a number without sign, and the list's address."""
    index = entry.get("idx")
    if isinstance(index, bool) or not isinstance(index, int):
        raise _bad_entry("idx", index)
    kind = StatusKind.TOKEN_LIST
    return StatusEntry(kind, kind.value, TOKEN_PURPOSE, _index(entry, "idx"), _address(entry, "uri"))


def _one(value: Any) -> Any:
    """Return a value that is written as one of several, with its form, or as an object, as it is by itself.

    A seal over statements covers each of them alike: written so, no entry may become one that cannot be read.
    """
    if isinstance(value, list) and value:
        found = [_one(one) for one in value]
        is_one = not isinstance(found[0], dict) and all(one == found[0] for one in found)
        return found[0] if is_one else value
    if isinstance(value, dict) and "@value" in value and value.keys() <= VALUE_OBJECT:
        return value["@value"]
    return value["id"] if isinstance(value, dict) and value.keys() == {"id"} else value


def _index(entry: JsonObject, member: str) -> int:
    value = entry.get(member)
    if isinstance(value, bool) or not isinstance(value, int | str) or not _INDEX.fullmatch(str(value)):
        raise _bad_entry(member, value)
    return int(value)


def _address(entry: JsonObject, member: str) -> str:
    value = entry.get(member)
    if not isinstance(value, str) or not value or len(value) > MAX_URL_CHARS:
        raise _bad_entry(member, value)
    return value


def _member(entry: JsonObject, own: str, newer: str) -> str:
    """Return which member an entry uses: RevocationList2020 is met with the names of what came after it."""
    if own != newer and own in entry and newer in entry:
        raise _bad_entry(newer, entry[newer])
    return own if own in entry else newer


def _size(entry: JsonObject) -> int:
    value = entry.get("statusSize", 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MAX_SIZE_BITS:
        raise _bad_entry("statusSize", value)
    return value


def _messages(entry: JsonObject, size: int) -> tuple[tuple[int, str], ...]:
    stated = objects(entry.get("statusMessage"))
    if size > 1 and not stated:  # Bitstring Status List 1.0 §2.1: then it MUST be present
        raise _bad_entry("statusMessage", None)
    found: dict[int, str] = {}
    for one in stated[: 1 << size]:
        status, message = one.get("status"), one.get("message")
        if not isinstance(status, str) or not _STATUS.fullmatch(status) or not isinstance(message, str):
            raise _bad_entry("statusMessage", status)
        if found.setdefault(int(status, 16), message) != message:
            raise _bad_entry("statusMessage", status)
    return tuple(found.items())


def _bad_entry(member: str, value: Any) -> FormatError:
    return FormatError(reason(ReasonCode.STATUS_ENTRY_MALFORMED, member=member, found=str(value)[:80]))


def _bad_list(what: str) -> FormatError:
    return FormatError(reason(ReasonCode.STATUS_LIST_MALFORMED, what=what))
