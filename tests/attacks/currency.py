"""D7: dates and what is pointed to, V11 to V20. Whose clock, which dates, and nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    bad_seal,
    case,
    malformed,
    refused,
    status_open,
    undetermined,
    valid,
)
from tests.attacks.cases import Expected as Must
from tests.attacks.fetching import refresh_with_list
from tests.attacks.network import refusal_of
from tests.attacks.scene import achievement, evidence_of, judged_file, sealed, university
from tests.attacks.status import INDEX, REVOKED, listed, world
from tests.conftest import AT
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web_issuer import WebIssuer
from tests.verify.desk import documents
from wallet.model.credential import Parsed
from wallet.model.evidence import EvidenceKind, Grade, Wanted
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report, Verdict
from wallet.operations.requests import Need, names_of, plan
from wallet.trust.evidence_store import evidence_document
from wallet.verify.evidence import Expectation

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
SUSPENDED = Must(Verdict.SUSPENDED.value, R.STATUS_SUSPENDED, CheckId.STATUS)
EXPIRED = Must(Verdict.EXPIRED.value, R.ENDED, CheckId.VALIDITY)
NOT_YET = Must(Verdict.NOT_YET_VALID.value, R.NOT_YET, CheckId.VALIDITY)
_UNREADABLE = malformed(R.DATE_UNREADABLE)


@case("V11", H, "an older list, still in force, served after a newer one",
      attacks={"older fetched later": REVOKED, "older fetched later, undated": REVOKED,
               "older at a refresh": refused(R.ANSWER_OLDER), "many older, given later": REVOKED,
               "of the same date, given later": REVOKED,
               "another list of the issuer's, given later": REVOKED,
               "four other lists of the issuer's, given, and ours too": REVOKED,
               "a web record, given later": Must(Verdict.REVOKED.value, R.STATUS_REVOKED, CheckId.STATUS)},
      twins={"newer clear": VALID, "newer at a refresh": FINE, "newer, given later, clear": VALID,
             "a web record, fetched later": VALID})
def _rollback(variant: str) -> Input:
    if variant.endswith("refresh"):
        later = 2 if variant.startswith("newer") else -30
        return Act(lambda: refresh_with_list(university(), INDEX, days_later=later))
    if variant.startswith("a web record"):
        return _records(Grade.SUPPLIED if "given" in variant else Grade.FETCHED)
    issuer, address = university(), university().list_address()
    many = 6 if variant.startswith("many") else 4 if variant.startswith("four") else 1
    older = [issuer.status_list(listed=LISTED_AT - timedelta(days=30 + number)) for number in range(many)]
    if variant.startswith("of the same"):
        older = [issuer.status_list()]
    if variant.startswith(("another", "newer, given")):
        own = address if variant.startswith("newer") else address + "/other"
        older = [_other_list(issuer, own)]
    if variant.startswith("four"):
        older = [_other_list(issuer, f"{address}/{number}") for number in range(many)]
    if variant != "newer clear":
        issuer.revoke(INDEX)
    data = issuer.badge(entries=(issuer.entry(INDEX),))
    undated, given = variant.endswith("undated"), "given" in variant
    grades = [Grade.SUPPLIED if variant.endswith("ours too") else Grade.FETCHED,
              Grade.SUPPLIED if given else Grade.FETCHED]
    served = [evidence_document(
        address, found, grade=grades[place > 0], source="test",
        fetched_at=None if undated else AT - timedelta(days=1 if place else 2))
        for place, found in enumerate((issuer.status_list(), *older))]
    keys = [one for one in evidence_of(issuer) if one.address != address]
    return File(data, (*keys, *served))


def _other_list(issuer: SimulatedIssuer, own: str) -> bytes:
    return listed(issuer, lambda one: one.update(id=own, validFrom="2026-11-20T00:00:00Z"))


def _records(grade: Grade) -> File:
    """A badge that its website withdrew, and a later copy of its record that does not."""
    website = WebIssuer()
    award = website.assertion()
    clear, gone = website.served(award), compact_json(award | {"revoked": True})
    fetched = documents(clear | {website.at("a/1"): gone}, grade=Grade.FETCHED,
                        fetched_at=AT - timedelta(days=2))
    later = documents({website.at("a/1"): clear[website.at("a/1")]}, grade=grade,
                      fetched_at=AT - timedelta(days=1))
    return File(compact_json(award), (*fetched, *later))


@case("V12", C, "no list at hand",
      attacks={"no list": status_open(R.STATUS_NOT_SEEN), "another list": status_open(R.STATUS_NOT_SEEN),
               "several, one missing": status_open(R.STATUS_NOT_SEEN)},
      twins={TWIN: VALID, "no entry": VALID})
def _no_list(variant: str) -> Input:
    issuer = university()
    if variant == "no entry":
        return File(issuer.badge(), evidence_of(issuer))
    entries = (issuer.entry(INDEX), issuer.entry(INDEX, "suspension"))
    data = issuer.badge(entries=entries if variant == "several, one missing" else entries[:1])
    suspension = issuer.list_address("suspension")
    keep = {TWIN: (suspension, issuer.list_address()), "no list": ()}.get(variant, (suspension,))
    found = [one for one in evidence_of(issuer) if one.address in (issuer.id, *keep)]
    return File(data, tuple(found))


_STRANGE = {"id": "https://northbridge.example/recalls#7", "type": "https://recalls.example/terms#Recall"}
#: Nobody has that list, and nothing on it could withdraw anything.
_MESSAGES = {"type": "BitstringStatusListEntry", "statusPurpose": "message", "statusListIndex": "3",
             "statusListCredential": "https://northbridge.example/messages"}


@case("V13", H, "several entries, of which one is bad or cannot be read",
      attacks={"clear, withdrawn": REVOKED, "withdrawn, clear": REVOKED, "clear, strange": status_open(
          R.STATUS_TYPE_UNKNOWN), "strange, clear": status_open(R.STATUS_TYPE_UNKNOWN),
               "strange, withdrawn": REVOKED, "on hold, clear": SUSPENDED, "withdrawn, on hold": REVOKED,
               "strange, on hold": SUSPENDED, "17 entries": malformed(R.LIMIT_ITEMS)},
      twins={"clear, clear again": VALID, "16 entries": VALID,
             "clear, messages": valid(note=R.STATUS_NOTICE_NOT_SEEN)})
def _several_entries(variant: str) -> Input:
    issuer = university()
    issuer.revoke(INDEX)
    issuer.suspend(INDEX)
    if variant.endswith("entries"):
        entries = tuple(issuer.entry(100 + number) for number in range(int(variant.split(maxsplit=1)[0])))
        return File(issuer.badge(entries=entries), evidence_of(issuer))
    made = {"clear": issuer.entry(3), "clear again": issuer.entry(4), "withdrawn": issuer.entry(INDEX),
            "on hold": issuer.entry(INDEX, "suspension"), "strange": _STRANGE, "messages": _MESSAGES}
    data = issuer.badge(entries=tuple(made[name] for name in variant.split(", ")))
    return File(data, evidence_of(issuer))


_ADDRESSES = {"file": "file:///etc/passwd", "data": "data:application/json,%7B%7D",
              "script": "javascript:alert(1)",
              "local": "http://127.0.0.1/list", "numbers": "https://127.0.0.1/list",
              "of one learner": "https://northbridge.example/status?who=maya-lind-matric-0017",
              "of one credential": "https://northbridge.example/status?credential=7"}
#: Why nothing is asked there; the local one never comes so far as a sheet that shows it.
_NOT_ASKED = {"file": R.REQUEST_SCHEME, "data": R.REQUEST_SCHEME, "script": R.REQUEST_SCHEME,
              "local": R.ADDRESS_INSECURE, "numbers": None, "of one learner": R.REQUEST_TRACKING,
              "of one credential": R.REQUEST_TRACKING}


def _asks_nobody(variant: str) -> Callable[[Report, Parsed | None], None]:
    """What is wanted is asked of nobody: the plan says why, or the door does."""
    def check(report: Report, parsed: Parsed | None) -> None:
        hosts = {one.host for one in report.wanted if not one.address.startswith(("https:", "http:"))}
        assert hosts <= {""}, hosts
        assert parsed is not None
        wanted = Wanted(_ADDRESSES[variant], EvidenceKind.STATUS_LIST, "")
        (request,) = plan((Need(wanted, names_of(parsed)),))
        assert (request.refused.code if request.refused else None) is _NOT_ASKED[variant]
        assert refusal_of(_ADDRESSES[variant]) is not R.HOST_UNKNOWN or request.refused

    return check


def _asks_for_the_list(_report: Report, parsed: Parsed | None) -> None:
    assert parsed is not None
    address = university().entry(INDEX)["statusListCredential"]
    (request,) = plan((Need(Wanted(address, EvidenceKind.STATUS_LIST, ""), names_of(parsed)),))
    assert request.refused is None
    assert refusal_of(address) is R.HOST_UNKNOWN


@case("V14", H, "a list at an address that must not be fetched, or that tells who is looked up",
      attacks=dict.fromkeys(_ADDRESSES, status_open(R.STATUS_NOT_SEEN)),
      twins={TWIN: VALID})
def _list_address(variant: str) -> Input:
    issuer = university()
    entry = issuer.entry(INDEX)
    if variant != TWIN:
        entry["statusListCredential"] = _ADDRESSES[variant]
    holds = _asks_for_the_list if variant == TWIN else _asks_nobody(variant)
    return File(issuer.badge(entries=(entry,)), evidence_of(issuer), holds=holds)


@case("V15", H, "the status entry taken away, or pointed to another list or place",
      attacks={"removed": bad_seal(), "another place": bad_seal(), "another list": bad_seal(),
               "another purpose": bad_seal(), "emptied": bad_seal(), "null": bad_seal()},
      twins={TWIN: REVOKED, "clear": VALID})
def _status_removed(variant: str) -> Input:
    issuer = university()
    issuer.revoke(INDEX)
    data = issuer.badge(entries=(issuer.entry(3 if variant == "clear" else INDEX),))
    document = json.loads(data)
    entry = document["credentialStatus"]
    changes: dict[str, JsonObject] = {
        "another place": {"statusListIndex": "3"}, "another purpose": {"statusPurpose": "suspension"},
        "another list": {"statusListCredential": "https://northbridge.example/status/other"}}
    entry |= changes.get(variant, {})
    if variant == "removed":
        del document["credentialStatus"]
    if variant in ("emptied", "null"):
        document["credentialStatus"] = [] if variant == "emptied" else None
    return judged_file(compact_json(document), issuer)


@case("V16", M, "a list that has a status of its own, in a circle",
      attacks={"of itself": VALID, "of itself, withdrawn": VALID, "set, of itself": REVOKED},
      twins={TWIN: VALID})
def _circle(variant: str) -> Input:
    issuer = university()
    entry = issuer.entry(5)
    if variant == "of itself, withdrawn":
        issuer.revoke(5)
    if variant == "set, of itself":
        issuer.revoke(INDEX)
    own = {} if variant == TWIN else {"credentialStatus": entry}
    return world(issuer, listed(issuer, lambda one: one.update(own)))


_DATES: dict[str, JsonObject] = {
    "begins later": {"validFrom": "2026-11-21T00:00:01Z"}, "ended": {"validUntil": "2026-11-20T23:59:59Z"},
    "begins later, other zone": {"validFrom": "2026-11-21T02:00:01+02:00"},
    "ended, other zone": {"validUntil": "2026-11-20T18:59:59-05:00"},
    "ends before it begins": {"validUntil": "2026-01-01T00:00:00Z"},
    "leap second": {"validUntil": "2027-06-30T23:59:60Z"},
    "year 10000": {"validUntil": "10000-01-01T00:00:00Z"},
    "a day": {"validUntil": "2027-01-01"}, "month 13": {"validUntil": "2027-13-01T00:00:00Z"},
    "30 February": {"validUntil": "2027-02-30T00:00:00Z"},
    "25 o'clock": {"validUntil": "2027-01-01T25:00:00Z"},
    "year -1": {"validFrom": "-0001-01-01T00:00:00Z"},
    "zone +25:00": {"validUntil": "2027-01-01T00:00:00+25:00"},
    "Arabic digits": {"validUntil": "\u0662027-01-01T00:00:00Z"},
    "space for T": {"validUntil": "2027-01-01 00:00:00Z"},
    "24:00:01": {"validUntil": "2027-01-01T24:00:01Z"}, "number": {"validUntil": 1800000000},
    "no zone": {"validUntil": "2027-06-01T00:00:00"}, "24:00:00": {"validUntil": "2027-06-01T24:00:00Z"},
    "24:00:00 of the day before": {"validUntil": "2026-11-19T24:00:00Z"},
    "begins now": {"validFrom": "2026-11-21T00:00:00Z"}, "ends now": {"validUntil": "2026-11-21T00:00:00Z"},
    "both now": {"validFrom": "2026-11-21T00:00:00Z", "validUntil": "2026-11-21T00:00:00Z"},
}
_NO_DATES = ("leap second", "year 10000", "a day", "month 13", "30 February", "25 o'clock", "year -1",
             "zone +25:00", "Arabic digits", "space for T", "24:00:01", "number")


@case("V17", H, "dates at their edges, and dates that are none",
      attacks={"begins later": NOT_YET, "ended": EXPIRED, "begins later, other zone": NOT_YET,
               "ended, other zone": EXPIRED, "ends before it begins": malformed(R.DATE_ORDER),
               **dict.fromkeys(_NO_DATES, _UNREADABLE), "24:00:00 of the day before": EXPIRED,
               "no zone": valid(note=R.QUIRK_DATE), "1.1 begins later": NOT_YET, "1.1 ended": EXPIRED},
      twins={TWIN: VALID, "begins now": VALID, "ends now": VALID, "both now": VALID, "24:00:00": VALID,
             "1.1 twin": VALID})
def _dates(variant: str) -> Input:
    issuer = university()
    if variant.startswith("1.1"):
        begins = datetime(2026, 12, 1, tzinfo=UTC) if "later" in variant else datetime(2026, 5, 1, tzinfo=UTC)
        ends = datetime(2026, 11, 1, tzinfo=UTC) if "ended" in variant else None
        return judged_file(issuer.badge(version="1.1", valid_from=begins, valid_until=ends), issuer)
    return judged_file(sealed(issuer, lambda one: one.update(_DATES.get(variant, {}))), issuer)


_BEHIND = undetermined(R.CLOCK_SUSPECT, CheckId.VALIDITY)


@case("V18", H, "the clock of this computer set back, before evidence that is already here",
      attacks={"two years back": _BEHIND, "before the program was made": _BEHIND},
      twins={TWIN: VALID, "a day back": VALID, "the caller chose the time": VALID})
def _clock_back(variant: str) -> Input:
    issuer = university()
    back = {TWIN: 0, "a day back": 1, "two years back": 100}.get(variant, 60)
    made = AT - timedelta(days=30)
    arrived = None if variant.startswith("before") else AT
    found = [evidence_document(address, data, grade=Grade.SUPPLIED, source="test", fetched_at=arrived)
             for address, data in issuer.evidence().items()]
    floor = None if "chose" in variant else made
    return File(issuer.badge(), tuple(found), at=AT - timedelta(days=back), clock_floor=floor)


_LATER = AT + timedelta(days=3653)


@case("V19", M, "the clock ten years ahead",
      attacks={"with an end": EXPIRED,
               "with a list, and an age the caller accepts": status_open(R.STATUS_STALE),
               "list ended meanwhile": status_open(R.STATUS_LIST_ENDED)},
      twins={TWIN: VALID, "without an end": valid(note=R.CLOCK_FAR_AHEAD), "with a list": VALID})
def _clock_ahead(variant: str) -> Input:
    issuer = university()
    if variant in ("with an end", TWIN):
        data = issuer.badge(valid_until=datetime(2029, 1, 1, tzinfo=UTC))
        return File(data, evidence_of(issuer), at=AT if variant == TWIN else _LATER)
    if variant == "without an end":
        return File(issuer.badge(), evidence_of(issuer), at=_LATER, clock_floor=AT)
    ends = {"validUntil": "2027-01-01T00:00:00Z"} if variant == "list ended meanwhile" else {}
    policy = Expectation(max_status_age=timedelta(days=30)) if "accepts" in variant else Expectation()
    return world(issuer, listed(issuer, lambda one: one.update(ends)), at=_LATER, expectation=policy)


_TRACKER = "https://tracker.example/?who=maya"
_POINTING: dict[str, JsonObject] = {
    "refreshService": {"id": _TRACKER, "type": "1EdTechCredentialRefresh"},
    "credentialSchema": {"id": _TRACKER, "type": "1EdTechJsonSchemaValidator2019"},
    "renderMethod": {"id": _TRACKER, "type": "https://render.example/terms#Template"},
    "termsOfUse": {"id": _TRACKER, "type": "https://terms.example/terms#Policy"},
    "evidence": {"id": _TRACKER, "type": ["Evidence"]},
    "image": {"id": _TRACKER, "type": "Image"},
}


def _wants_nothing(report: Report, _parsed: Parsed | None) -> None:
    assert _TRACKER not in {one.address for one in report.wanted}


@case("V20", M, "addresses that invite a fetch: refresh, schema, rendering, terms, evidence, pictures",
      attacks=dict.fromkeys((*_POINTING, "picture of the achievement"), VALID))
def _pointing(variant: str) -> Input:
    issuer = university()

    def edit(one: JsonObject) -> None:
        one["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
        if variant in _POINTING:
            one[variant] = _POINTING[variant]
        if variant == "picture of the achievement":
            achievement(one)["image"] = {"id": _TRACKER, "type": "Image"}

    return judged_file(sealed(issuer, edit), issuer, holds=_wants_nothing)
