"""D7: withdrawal lists, V01 to V10. Who may say "not withdrawn", of whom, and how a list may lie."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    case,
    refused,
    status_open,
    valid,
)
from tests.attacks.cases import Expected as Must
from tests.attacks.scene import attacker, evidence_of, university
from tests.conftest import AT
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.signing import JsonObject, base64url, compact_json, embed_proof
from tests.verify.desk import documents
from wallet.formats.tokenlist import decode_token_list
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Verdict
from wallet.trust.evidence_store import evidence_document
from wallet.verify.evidence import Expectation

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
INDEX = 11
REVOKED = Must(Verdict.REVOKED.value, R.STATUS_REVOKED, CheckId.STATUS)
UNTRUSTED = status_open(R.STATUS_LIST_UNTRUSTED)

Edit = Callable[[JsonObject], object]


def listed(issuer: SimulatedIssuer, edit: Edit | None = None, *, by: SimulatedIssuer | None = None,
           broken: Edit | None = None) -> bytes:
    """The issuer's list after an edit, sealed by it or by somebody else, and an edit after sealing."""
    document = json.loads(issuer.status_list())
    del document["proof"]
    if edit:
        edit(document)
    sealed = (by or issuer).seal(document)
    if broken:
        broken(sealed)
    return compact_json(sealed)


def world(issuer: SimulatedIssuer, found: bytes, *others: SimulatedIssuer, entry: JsonObject | None = None,
          data: bytes = b"", grade: Grade = Grade.SUPPLIED, **more: object) -> File:
    """A badge with an entry, the parties' documents, and this at the list's address."""
    data = data or issuer.badge(entries=(entry or issuer.entry(INDEX),))
    address = issuer.list_address()
    keys = [one for one in evidence_of(issuer, *others) if one.address != address]
    return File(data, (*keys, *documents({address: found}, grade=grade)),
                **more)  # type: ignore[arg-type] # File checks


def _encoded(text: str) -> Edit:
    return lambda one: one["credentialSubject"].update(encodedList=text)


def _packed(data: bytes) -> Edit:
    return _encoded("u" + base64url(data))


_ZEROS = bytes(16_384)


def _unsigned_kind(grade: Grade, address: str, revoked: list[object]) -> File:
    """A badge with the kind of list that nobody seals, and that list."""
    issuer = university()
    document = issuer.badge_document()
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    document["credentialStatus"] = {"id": address, "type": "1EdTechRevocationList"}
    named = [document["id"] if one == "$ID" else one for one in revoked]
    served = documents({address: compact_json({"id": address, "revokedCredential": named})}, grade=grade,
                       fetched_at=LISTED_AT)
    return File(compact_json(issuer.seal(document)), (*evidence_of(issuer), *served))


_WEB_LIST = "https://northbridge.example/revocations"


@case("V01", C, "a list without a seal, with a broken one, or of a kind that nobody seals",
      attacks={"no proof": UNTRUSTED, "empty proof": UNTRUSTED, "bit cleared": UNTRUSTED,
               "date changed": UNTRUSTED, "sealed with a lost key": UNTRUSTED, "not a list": UNTRUSTED,
               "not JSON": UNTRUSTED, "unsealed kind, from the sender": UNTRUSTED,
               "unsealed kind, of another host": UNTRUSTED,
               "unsealed kind, withdrawn": REVOKED},
      twins={TWIN: VALID, "unsealed kind": VALID, "withdrawn": REVOKED})
def _unsealed_list(variant: str) -> Input:
    issuer = university()
    if variant.startswith("unsealed kind"):
        host = "https://mallory.example/revocations" if "host" in variant else _WEB_LIST
        grade = Grade.SENDER if "sender" in variant else Grade.FETCHED
        return _unsigned_kind(grade, host, ["$ID"] if "withdrawn" in variant else [])
    if variant in ("withdrawn", "bit cleared"):
        issuer.revoke(INDEX)
    edits: dict[str, Edit] = {
        "no proof": lambda one: one.pop("proof"), "empty proof": lambda one: one.update(proof=[]),
        "bit cleared": _packed(gzip.compress(_ZEROS)),
        "date changed": lambda one: one.update(validFrom="2026-11-20T00:00:00Z")}
    lost = SimulatedIssuer("did:web", seed="lost") if variant == "sealed with a lost key" else None
    found = listed(issuer, broken=edits.get(variant), by=lost)
    if variant in ("not a list", "not JSON"):
        found = issuer.badge()
    if variant != "not JSON":
        return world(issuer, found)
    broken = EvidenceDocument(issuer.list_address(), EvidenceKind.OTHER, b"<html>", "0" * 64, Grade.FETCHED,
                              "test")
    return File(issuer.badge(entries=(issuer.entry(INDEX),)), (
        *(one for one in evidence_of(issuer) if one.address != issuer.list_address()), broken))


@case("V02", C, "an all-clear list, validly sealed by somebody else",
      attacks={"from the sender": UNTRUSTED, "sealed by the issuer, from the sender": UNTRUSTED,
               "own address of the attacker, from the sender": UNTRUSTED,
               "claims to be the issuer's": UNTRUSTED,
               "at the sealed address": valid(note=R.STATUS_LIST_KEPT_BY),
               "newer than the issuer's own, which has withdrawn it": REVOKED,
               "many, newer than the issuer's own, which has withdrawn it": REVOKED,
               "many, newer than the issuer's own token, which has withdrawn it": REVOKED,
               "at the sealed address, withdrawn": Must(Verdict.REVOKED.value, R.STATUS_REVOKED,
                                                        CheckId.STATUS,
                                                         R.STATUS_LIST_KEPT_BY)},
      twins={TWIN: VALID, "newer than the issuer's own": valid(note=R.STATUS_LIST_KEPT_BY),
             "taken back by the issuer's own": VALID})
def _foreign_list(variant: str) -> Input:
    issuer, other = university(), attacker("did:web")
    issuer.revoke(INDEX) if variant not in (TWIN, "at the sealed address") else None
    clear = university()

    def made_by(one: JsonObject) -> None:
        one["issuer"] = other.id

    grade = Grade.SENDER if "from the sender" in variant else Grade.SUPPLIED
    if "the issuer's own" in variant and "sender" not in variant:
        return _two_lists(issuer, clear, other, variant)
    if variant == "claims to be the issuer's":
        return world(issuer, listed(clear, by=other), other)
    if variant in (TWIN, "sealed by the issuer, from the sender"):
        return world(issuer, listed(clear), grade=grade)
    keeper = issuer if variant.endswith("withdrawn") else clear
    return world(issuer, listed(keeper, made_by, by=other), other, grade=grade)


def _two_lists(issuer: SimulatedIssuer, clear: SimulatedIssuer, other: SimulatedIssuer,
               variant: str) -> Input:
    """The issuer's own list, and a newer one at the same address."""
    def foreign(one: JsonObject, hour: int = 0) -> None:
        one.update(issuer=other.id, name=issuer.id, validFrom=f"2026-11-19T{hour:02}:00:00Z")

    own = listed(clear if variant == "newer than the issuer's own" else issuer)
    own = issuer.status_list(as_jwt=True) if "token" in variant else own
    newer = listed(clear, foreign, by=other)
    if variant.startswith("taken back"):
        newer = listed(clear, lambda one: one.update(validFrom="2026-11-19T00:00:00Z"))
    first = world(issuer, own, other, grade=Grade.FETCHED)
    lists = [newer]
    if variant.startswith("many"):
        lists += [listed(clear, partial(foreign, hour=hour), by=other) for hour in range(1, 7)]
    more = [one for place, data in enumerate(lists) for one in documents(
        {issuer.list_address(): data}, grade=Grade.FETCHED, fetched_at=AT - timedelta(hours=9 - place))]
    return File(first.data, (*first.evidence, *more))


@case("V03", C, "a list of another purpose than the entry asks for",
      attacks={"suspension for revocation": status_open(R.STATUS_PURPOSE),
               "array that leaves it out": status_open(R.STATUS_PURPOSE),
               "entry asks for suspension": status_open(R.STATUS_PURPOSE),
               "no purpose": status_open(R.STATUS_PURPOSE), "capitals": status_open(R.STATUS_PURPOSE)},
      twins={TWIN: VALID, "array that has it": VALID})
def _purpose(variant: str) -> Input:
    issuer = university()
    purposes: dict[str, object] = {
        "suspension for revocation": "suspension", "array that leaves it out": ["suspension", "message"],
        "array that has it": ["suspension", "revocation"], "capitals": "Revocation"}
    entry = issuer.entry(INDEX)
    if variant == "entry asks for suspension":
        entry["statusPurpose"] = "suspension"

    def edit(one: JsonObject) -> None:
        subject = one["credentialSubject"]
        subject["statusPurpose"] = purposes.get(variant, "revocation")
        if variant == "no purpose":
            del subject["statusPurpose"]

    return world(issuer, listed(issuer, edit), entry=entry)


_BAD_INDEX = status_open(R.STATUS_ENTRY_MALFORMED)
_INDEXES: dict[str, object] = {
    "-1": "-1", "1e3": "1e3", "space": " 5", "space behind": "5 ", "Arabic digit": "\u0663",
    "underscore": "1_000",
    "plus": "+5", "5.0": 5.0, "float text": "5.0", "leading zero": "05", "hex": "0x5", "empty": "",
    "true": True,
    "2^63": str(2**63), "20 digits": "9" * 20, "newline": "5\n", "superscript": "\u00b2",
    "-1 as a number": -1}


@case("V04", H, "an index that is none, or lies beyond the list",
      attacks={**dict.fromkeys(_INDEXES, _BAD_INDEX), "length of the list": status_open(R.STATUS_INDEX),
               "beyond the list": status_open(R.STATUS_INDEX)},
      twins={TWIN: VALID, "last index": VALID, "as a number": VALID})
def _index(variant: str) -> Input:
    issuer = university()
    values = _INDEXES | {TWIN: "5", "length of the list": "131072", "beyond the list": "999999999999999",
                         "last index": "131071", "as a number": 5}
    entry = issuer.entry(INDEX) | {"statusListIndex": values[variant]}
    return world(issuer, listed(issuer), entry=entry)


@case("V05", H, "bits read from the wrong end",
      attacks={"0 set, read at 0": REVOKED, "0 set, read at 7": VALID, "7 set, read at 0": VALID,
               "9 set, read at 9": REVOKED, "last set, read at the last": REVOKED},
      twins={TWIN: VALID})
def _bit_order(variant: str) -> Input:
    issuer = university()
    bits, at = {"0 set, read at 0": (b"\x80", 0), "0 set, read at 7": (b"\x80", 7), TWIN: (b"\0", 0),
                "7 set, read at 0": (b"\x01", 0), "9 set, read at 9": (b"\0\x40", 9),
                "last set, read at the last": (bytes(16_383) + b"\1", 131_071)}[variant]
    data = bits + bytes(16_384 - len(bits))
    return world(issuer, listed(issuer, _packed(gzip.compress(data))), entry=issuer.entry(at))


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


@case("V06", H, "a list that grows without end when unpacked",
      attacks={"5 MiB": UNTRUSTED, "64 MiB": UNTRUSTED,
               "256 MiB, as evidence": refused(R.EVIDENCE_UNREADABLE),
               "packed twice": status_open(R.STATUS_INDEX)},
      twins={TWIN: VALID, "exactly 4 MiB": VALID})
def _bomb_list(variant: str) -> Input:
    issuer = university()
    if variant == "256 MiB, as evidence":  # its text is longer than any text may be: it is never kept
        found = listed(issuer, _packed(_bomb(256 << 20)))
        return Act(lambda: evidence_document(issuer.list_address(), found, grade=Grade.FETCHED,
                                             source="test"))
    sizes = {"5 MiB": 5, "64 MiB": 64, "exactly 4 MiB": 4}
    packed = gzip.compress(_bomb(256 << 20)) if variant == "packed twice" else (
        _bomb(sizes[variant] << 20) if variant in sizes else gzip.compress(_ZEROS))
    # What is packed twice is unpacked once: the entry lies beyond the end of what is inside.
    place = 100_000_000 if variant == "packed twice" else 100_000
    return world(issuer, listed(issuer, _packed(packed)), entry=issuer.entry(place))


_GOOD = gzip.compress(_ZEROS, mtime=0)
_DAMAGED = {"two members": _GOOD + _GOOD, "bytes behind": _GOOD + b"x", "cut off": _GOOD[:-9],
            "wrong sum": _GOOD[:-8] + b"\0\0\0\1" + _GOOD[-4:], "wrong length": _GOOD[:-4] + b"\0\0\0\1",
            "zlib": zlib.compress(_ZEROS), "not packed": _ZEROS[:300], "no data": gzip.compress(b"")}
#: Packed so that it needs padding, and letters in which the two alphabets differ.
_PLAIN = next(text for text in (base64url(gzip.compress(_ZEROS + bytes([one]), mtime=0))
                                for one in range(256))
              if len(text) % 4 and set("-_") & set(text))
_QUIRKS = {"padding": "u" + _PLAIN + "=" * (-len(_PLAIN) % 4), "no prefix": _PLAIN,
           "plain alphabet": "u" + _PLAIN.replace("-", "+").replace("_", "/")}
_TEXTS = {"foreign letters": "u" + _PLAIN[:-1] + "!", "white space": "u" + _PLAIN[:9] + " " + _PLAIN[9:],
          "another base": "z" + _PLAIN, "empty": "", "only the prefix": "u"}


@case("V07", M, "a list packed or written in ways on which programs differ",
      attacks={**dict.fromkeys(_DAMAGED, UNTRUSTED), **dict.fromkeys(_TEXTS, UNTRUSTED),
               **dict.fromkeys(_QUIRKS, valid(note=R.QUIRK_LIST_ENCODING)), "not text": UNTRUSTED,
               "token list with a prefix": refused(R.STATUS_LIST_MALFORMED),
               "token list with padding": refused(R.STATUS_LIST_MALFORMED)},
      twins={TWIN: VALID, "token list": FINE})
def _packing(variant: str) -> Input:
    issuer = university()
    if variant.startswith("token list"):
        packed = base64url(zlib.compress(_ZEROS))
        packed = {"prefix": "u" + packed, "padding": packed + "=" * (-len(packed) % 4 or 4)}.get(
            variant.rsplit(maxsplit=1)[-1], packed)
        return Act(lambda: decode_token_list({"status_list": {"bits": 1, "lst": packed}}))
    text = "u" + base64url(_DAMAGED.get(variant, _GOOD))
    text = (_QUIRKS | _TEXTS).get(variant, text)
    edit = _encoded(text)
    if variant == "not text":
        return world(issuer, listed(issuer, lambda one: one["credentialSubject"].update(encodedList=5)))
    return world(issuer, listed(issuer, edit))


@case("V08", M, "a list so short that its keeper learns who is looked up",
      attacks={"64 entries": valid(note=R.QUIRK_LIST_SHORT), "10,000 entries": valid(note=R.QUIRK_LIST_SHORT),
               "64 entries, withdrawn": REVOKED, "64 entries, beyond": status_open(R.STATUS_INDEX),
               "one below the size": valid(note=R.QUIRK_LIST_SHORT)},
      twins={TWIN: VALID})
def _short_list(variant: str) -> Input:
    issuer = university()
    bits = {"10,000 entries": 10_000, TWIN: 131_072, "one below the size": 131_064}.get(variant, 64)
    data = bytearray(bits // 8)
    if variant.endswith("withdrawn"):
        data[INDEX // 8] |= 0x80 >> INDEX % 8
    entry = issuer.entry(64 if variant.endswith("beyond") else INDEX)
    return world(issuer, listed(issuer, _packed(gzip.compress(bytes(data)))), entry=entry)


def _sized(issuer: SimulatedIssuer, size: object, index: int = INDEX, messages: int = 4) -> JsonObject:
    said = [{"status": f"0x{number:x}", "message": f"state {number}"} for number in range(messages)]
    more = {"statusMessage": said} if messages else {}
    return issuer.entry(index) | {"statusPurpose": "message", "statusSize": size, **more}


@case("V09", M, "values of several bits: without their meaning, too large, beyond the list",
      attacks={"no messages": _BAD_INDEX, "no messages, size 8": _BAD_INDEX, "size 0": _BAD_INDEX,
               "size -1": _BAD_INDEX, "size 64": _BAD_INDEX, "size 2.5": _BAD_INDEX,
               "size as text": _BAD_INDEX,
               "size true": _BAD_INDEX, "index times size beyond": status_open(R.STATUS_INDEX),
               "a set message": valid(R.STATUS_MESSAGE, CheckId.STATUS)},
      twins={"size 2": valid(R.STATUS_MESSAGE, CheckId.STATUS), "size 8": VALID,
             "last of size 2": VALID})
def _several_bits(variant: str) -> Input:
    issuer = university()
    sizes: dict[str, object] = {"no messages, size 8": 8, "size 0": 0, "size -1": -1, "size 64": 64,
                                "size 8": 8,
                                "size 2.5": 2.5, "size as text": "2", "size true": True}
    index = {"index times size beyond": 65_536, "last of size 2": 65_535}.get(variant, INDEX)
    messages = 0 if variant.startswith("no messages") else 256 if variant == "size 8" else 4
    entry = _sized(issuer, sizes.get(variant, 2), index, min(messages, 60))
    data = bytearray(_ZEROS)
    if variant == "a set message":
        data[INDEX * 2 // 8] |= 0b01 << 6 - INDEX * 2 % 8

    def edit(one: JsonObject) -> None:
        one["credentialSubject"].update(statusPurpose="message")
        _packed(gzip.compress(bytes(data)))(one)

    return world(issuer, listed(issuer, edit), entry=entry)


@case("V10", H, "a list that has ended, or has not begun",
      attacks={"ended": status_open(R.STATUS_LIST_ENDED), "begins later": UNTRUSTED,
               "its seal ended": status_open(R.STATUS_LIST_ENDED),
               "ended, withdrawn": REVOKED, "begins later, withdrawn": REVOKED,
               "older than the caller accepts": status_open(R.STATUS_STALE),
               "asked for before the credential was sealed": status_open(R.STATUS_STALE)},
      twins={TWIN: VALID, "ttl exceeded": VALID, "ends later": VALID,
             "asked for after the credential was sealed": VALID, "begun before it was asked for": VALID})
def _list_period(variant: str) -> Input:
    issuer = university()
    if "asked for" in variant:
        return _asked_for(issuer, variant)
    if variant.endswith("withdrawn"):
        issuer.revoke(INDEX)
    edits: dict[str, JsonObject] = {
        "ended": {"validUntil": "2026-11-20T00:00:00Z"},
        "ended, withdrawn": {"validUntil": "2026-11-20T00:00:00Z"},
        "begins later": {"validFrom": "2026-11-22T00:00:00Z"},
        "ends later": {"validUntil": "2026-12-01T00:00:00Z"},
        "begins later, withdrawn": {"validFrom": "2026-11-22T00:00:00Z"}}

    def edit(one: JsonObject) -> None:
        one.update(edits.get(variant, {}))
        if variant == "ttl exceeded":
            one["credentialSubject"]["ttl"] = 1000

    policy = Expectation(max_status_age=timedelta(days=1)) if variant.startswith("older") else Expectation()
    if variant == "its seal ended":
        return world(issuer, _with_ended_seal(issuer), expectation=policy)
    return world(issuer, listed(issuer, edit), expectation=policy)


def _asked_for(issuer: SimulatedIssuer, variant: str) -> Input:
    """A list on the day before or after the credential was sealed; or a month after the one now."""
    sealed_on = AT - timedelta(days=7)
    data = issuer.badge(entries=(issuer.entry(INDEX),), created=sealed_on)
    day = sealed_on + timedelta(days=-1 if variant.startswith("asked for before") else 1)
    begins = AT + timedelta(days=30) if variant.startswith("begun") else sealed_on - timedelta(days=2)
    fetched = documents({issuer.list_address(): issuer.status_list(listed=begins)}, grade=Grade.FETCHED,
                        fetched_at=max(day, begins + timedelta(days=1)))
    if not variant.startswith("begun"):
        fetched = [replace(fetched[0], fetched_at=day)]
    keys = [one for one in evidence_of(issuer) if one.address != issuer.list_address()]
    return File(data, (*keys, *fetched))


def _with_ended_seal(issuer: SimulatedIssuer) -> bytes:
    document = json.loads(issuer.status_list())
    del document["proof"]
    return compact_json(embed_proof(document, issuer.key, suite="eddsa-rdfc-2022", method=issuer.method,
                                    created="2026-11-18T06:00:00Z",
                                    options={"expires": "2026-11-20T00:00:00Z"}))
