"""D6: who an issuer is, D01 and D06 to D13. Names anybody can take, documents of others, look-alikes.

D02 to D05, which meet the network, are in `network`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

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
    not_authorised,
    refused,
    undetermined,
    valid,
)
from tests.attacks.cases import Expected as Must
from tests.attacks.fetching import fetch_key, refresh_after_rotation
from tests.attacks.scene import achievement, attacker, edited, evidence_of, sealed, university, unsealed
from tests.conftest import AT
from tests.simulators.issuer import OB_2_0, V2, SimulatedIssuer
from tests.simulators.signing import JsonObject, SigningKey, compact_json
from tests.verify.desk import documents
from wallet.codec.strict_json import parse_object
from wallet.keys.controller import controller_document
from wallet.model.credential import Parsed
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Report
from wallet.trust.evidence_pack import read_evidence_pack, write_evidence_pack
from wallet.trust.evidence_store import evidence_document
from wallet.trust.issuer_keys import issuer_metadata
from wallet.trust.registry import IssuerList, issuer_list
from wallet.wording.outcomes import Audience, sentence, who_sealed

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
_UNLISTED = valid(R.ISSUER_UNLISTED, CheckId.RECOGNITION)
_LISTED = valid(R.ISSUER_LISTED, CheckId.RECOGNITION)
_SELF_MADE = valid(R.ISSUER_SELF_MADE, CheckId.RECOGNITION)
_OPEN_KEY = undetermined(R.KEY_UNKNOWN, CheckId.KEY_AUTHORITY)


def _lists(*issuers: str) -> tuple[IssuerList, ...]:
    entries = [{"id": one, "name": "Northbridge University"} for one in issuers]
    return (issuer_list(compact_json(entries), name="National register"),)


def _called_by(where: str, name: str = "Northbridge University") -> Callable[[Report, Parsed | None], None]:
    """The sentence says through which address it was sealed, and the claimed name never stands alone."""
    def check(report: Report, _parsed: Parsed | None) -> None:
        assert where in who_sealed(report), who_sealed(report)
        for audience in Audience:
            said = sentence(report, audience)
            assert name not in said or "calls itself" in said, said
    return check


@case("D01", C, "the attacker's own seal, with a famous name and picture inside",
      attacks={"did:web": _UNLISTED, "did:key": _SELF_MADE, "https": _UNLISTED, "did:jwk": _SELF_MADE},
      twins={TWIN: _LISTED})
def _famous_name(variant: str) -> Input:
    honest = university()
    lists = _lists(honest.id)
    if variant == TWIN:
        return File(honest.badge(), evidence_of(honest), lists=lists)
    other = attacker(variant)
    data = sealed(other, lambda one: one["issuer"].update(
        image={"id": "https://northbridge.example/logo.png", "type": "Image"},
        url="https://northbridge.example/"))
    where = "mallory.example" if variant in ("did:web", "https") else ""
    return File(data, evidence_of(other), lists=lists, holds=_called_by(where))


@case("D06", C, "the document at the issuer's address is about somebody else",
      attacks={"attacker's document": _OPEN_KEY, "attacker's keys, no id": _OPEN_KEY,
               "other capitals": _OPEN_KEY,
               "slash behind": _OPEN_KEY, "at the gate": refused(R.DID_DOCUMENT_MALFORMED),
               "fetched": refused(R.ANSWER_OTHER_ID)},
      twins={TWIN: VALID, "at the gate, honest": FINE, "fetched, honest": FINE})
def _other_subject(variant: str) -> Input:
    issuer, other = university(), attacker("did:web")
    document = json.loads((issuer if variant == TWIN else other).controller_document())
    if variant.startswith("fetched"):
        served = (issuer if variant.endswith("honest") else other).controller_document()
        return Act(lambda: fetch_key(issuer, served))
    if variant.startswith("at the gate"):
        chosen = issuer if variant.endswith("honest") else other
        return Act(lambda: controller_document(parse_object(chosen.controller_document()), address=issuer.id))
    if variant == "attacker's keys, no id":
        del document["id"]
    if variant == "other capitals":
        document["id"] = issuer.id.upper()
    if variant == "slash behind":
        document["id"] = issuer.id + "/"
    data = issuer.badge() if variant == TWIN else _forged(issuer, other)
    return File(data, tuple(documents({issuer.id: compact_json(document)})))


def _forged(issuer: SimulatedIssuer, other: SimulatedIssuer) -> bytes:
    """The university's words under the attacker's seal."""
    return compact_json(other.seal(issuer.badge_document()))


_OLDER = undetermined(R.KEY_COPY_OLDER, CheckId.KEY_AUTHORITY)
_RETIRED = undetermined(R.KEY_RETIRED, CheckId.KEY_AUTHORITY)


@case("D07", H, "the issuer's document lists a new key since: both versions are kept, with their dates",
      attacks={"sealed with the old key": _RETIRED, "old key, only the new document": not_authorised(),
               "new key, claims an old date": VALID, "never a key of theirs": not_authorised(),
               "back-dated with the old key": _RETIRED, "old key, seen after the change": _RETIRED,
               "no key of theirs, dated after our copy": _OLDER,
               "a forger's document, taken in before the issuer's own": _RETIRED,
               "old key, the old document in a pack that names no day": _RETIRED,
               "old key, in hand before, taken back under another name since":
                   undetermined(R.KEY_REVOKED, CheckId.KEY_AUTHORITY),
               "old token, its keys said to be elsewhere since":
                   undetermined(R.KEY_UNKNOWN, CheckId.KEY_AUTHORITY),
               "told at a refresh": FINE},
      twins={"old token, its keys said to be elsewhere since, where it is": VALID,
             "old key, old document": VALID, "new key, both documents": valid(note=R.ISSUER_KEY_CHANGED),
             "new key, our copy is older": _OLDER,
             "old key, in hand before": valid(note=R.KEY_WAS_LISTED), "same key at a refresh": FINE,
             "old key, in hand before, another taken back since": valid(note=R.KEY_WAS_LISTED)})
def _rotated(variant: str) -> Input:
    if variant.endswith("refresh"):
        return Act(lambda: refresh_after_rotation(university(), rotates=variant.startswith("told")))
    if variant.startswith("old token"):
        return _elsewhere(is_there=variant.endswith("where it is"))
    issuer, other = university(), attacker("did:web")
    backdated = AT - timedelta(days=900)
    old = issuer.badge(created=backdated) if variant.startswith("back-dated") else issuer.badge()
    before, old_key = issuer.controller_document(), issuer.key
    issuer.rotate()
    new = issuer.badge(created=AT - timedelta(days=900)) if "old date" in variant else issuer.badge()
    later = issuer.controller_document()
    if "taken back" in variant:
        later = _taking_back(later, SigningKey("EdDSA", "lost") if "another taken" in variant else old_key)
    versions = {before: AT - timedelta(days=200), later: AT - timedelta(days=1)}
    if "old document" in variant:
        versions = {before: AT}
    if "only the new" in variant:
        versions = {issuer.controller_document(): AT}
    if variant.startswith("a forger"):
        forger = SimulatedIssuer("did:web", seed="mallory")  # calls itself by the university's very id
        handed, own = (evidence_document(issuer.id, one.controller_document(), grade=grade, source="test",
                                         fetched_at=AT - timedelta(days=age)) for one, grade, age in (
                           (forger, Grade.SUPPLIED, 200), (issuer, Grade.FETCHED, 1)))
        return File(forger.badge(), (handed, own), seen_at=AT - timedelta(days=100))
    if "in a pack" in variant:
        undated = evidence_document(issuer.id, before, grade=Grade.FETCHED, source="test")
        (packed,) = read_evidence_pack(write_evidence_pack((undated,)), now=AT)
        own = evidence_document(issuer.id, later, grade=Grade.FETCHED, source="test",
                                fetched_at=AT - timedelta(days=1))
        return File(old, (packed, own))
    if "our copy" in variant:
        versions = {before: AT - timedelta(days=200)}
        new = issuer.badge(created=AT - timedelta(days=9))
    if variant.startswith("no key"):
        new = edited(new, lambda one: one.update(name="Surgery"))
    data = old if "old key" in variant else _forged(issuer, other) if "never" in variant else new
    found = [evidence_document(issuer.id, one, grade=Grade.FETCHED, source="test", fetched_at=moment)
             for one, moment in versions.items()]
    seen = {"in hand": AT - timedelta(days=100), "seen aft": AT}
    seen_at = next((when for word, when in seen.items() if f"old key, {word}" in variant), None)
    return File(data, (*found, *evidence_of(other)), seen_at=seen_at)


def _elsewhere(*, is_there: bool) -> File:
    """A token by a key that the issuer's metadata listed, before it named a place that nobody looked at."""
    issuer, keys = university("https-jwks"), "https://keys.example/set"
    place, listed = issuer_metadata(issuer.id), issuer.controller_document()
    inline = compact_json({"issuer": issuer.id, "jwks": json.loads(listed)})
    naming = compact_json({"issuer": issuer.id, "jwks_uri": keys})
    days = {inline: (place, 200), naming: (place, 1), **({listed: (keys, 1)} if is_there else {})}
    return File(issuer.badge_jwt(), tuple(
        evidence_document(address, data, grade=Grade.FETCHED, source="test",
                          fetched_at=AT - timedelta(days=age)) for data, (address, age) in days.items()))


def _taking_back(document: bytes, key: SigningKey) -> bytes:
    """The issuer's document with one key more, revoked long ago."""
    return edited(document, lambda one: one["verificationMethod"].append(
        one["verificationMethod"][0] | {"id": one["id"] + "#lost", "publicKeyMultibase": key.multibase,
                                        "revoked": "2026-06-24T00:00:00Z"}))


def _noticed(note: R | None) -> Must:
    """Unlisted, and what looks alike is pointed out."""
    return valid(R.ISSUER_UNLISTED, CheckId.RECOGNITION, note=note)


_HOSTS = {"capitals": "Northbridge.example", "punycode": "xn--northbrdge-32i.example",
          "one letter": "northbrigde.example", "below it": "northbridge.example.mallory.example",
          "subdomain": "login.northbridge.example", "port": "northbridge.example%3A8443"}


@case("D08", H, "an address that only looks like a known one",
      attacks={"capitals": _noticed(R.HOST_CAPITALS), "punycode": _noticed(R.HOST_MIXED_SCRIPTS),
               "one letter": _noticed(R.HOST_RESEMBLES), "below it": _noticed(R.HOST_RESEMBLES),
               "subdomain": _noticed(R.NAME_OF_LISTED), "port": _noticed(None),
               "Cyrillic": malformed(R.PROOF_MALFORMED), "trailing dot": _noticed(R.HOST_TRAILING_DOT),
               "full-width": malformed(R.PROOF_MALFORMED),
               "Cyrillic web address": _noticed(R.HOST_MIXED_SCRIPTS)},
      twins={TWIN: _LISTED})
def _lookalike_host(variant: str) -> Input:
    lists = _lists(university().id)
    if variant == "Cyrillic web address":  # said as the network knows it, never as it looks
        page = SimulatedIssuer("https", host="northbr\u0456dge.example", seed="mallory")
        return File(page.badge(), evidence_of(page), lists=lists,
                    holds=_called_by("xn--northbrdge-32i.example"))
    if variant == TWIN:
        return File(university().badge(), evidence_of(university()), lists=lists)
    hosts = _HOSTS | {"Cyrillic": "northbr\u0456dge.example", "trailing dot": "northbridge.example.",
                      "full-width": "northbridge\uff0eexample"}
    other = SimulatedIssuer("did:web", host=hosts[variant], seed="mallory")
    document = json.loads(SimulatedIssuer("did:web", host="mallory.example", seed="mallory").badge())
    del document["proof"]
    document["issuer"]["id"] = other.id
    served = tuple(documents({other.id: other.controller_document()}))
    return File(compact_json(other.seal(document)), served, lists=lists)


@case("D09", M, "a self-made identifier that names a famous university",
      attacks={"did:key": _SELF_MADE, "did:jwk": _SELF_MADE}, twins={TWIN: _LISTED})
def _self_made(variant: str) -> Input:
    lists = _lists(university().id)
    if variant == TWIN:
        return File(university().badge(), evidence_of(university()), lists=lists)

    def holds(report: Report, _parsed: Parsed | None) -> None:
        assert who_sealed(report) == "an issuer that calls itself “Northbridge University”"
        assert "Anybody can make such a key" in sentence(report, Audience.EMPLOYER)

    return File(attacker(variant).badge(), lists=lists, holds=holds)


def _member() -> SimulatedIssuer:
    return SimulatedIssuer("did:web", host="northbridge.example:students:~eve", seed="eve")


@case("D10", M, "a member of the university with an identifier below the university's own",
      attacks={"own badge": _noticed(R.ISSUER_BELOW_HOST), "own page": _noticed(R.ISSUER_BELOW_HOST),
               "names the university": not_authorised(),
               "only the university's document": _OPEN_KEY},
      twins={TWIN: _LISTED, "listed herself": _LISTED})
def _path_identifier(variant: str) -> Input:
    issuer, eve = university(), _member()
    if variant == TWIN:
        return File(issuer.badge(), evidence_of(issuer, eve), lists=_lists(issuer.id))
    if variant == "names the university":
        return File(_forged(issuer, eve), evidence_of(issuer, eve), lists=_lists(issuer.id))
    if variant == "own page":  # the same by a web address
        page = SimulatedIssuer("https", seed="eve", host="northbridge.example/~eve")
        return File(page.badge(), evidence_of(page), lists=_lists(issuer.id),
                    holds=_called_by("northbridge.example/~eve"))
    document = university("did:web").badge_document()
    document["issuer"]["id"] = eve.id
    data = compact_json(eve.seal(document))
    if variant == "only the university's document":
        return File(data, evidence_of(issuer), lists=_lists(issuer.id))
    lists = _lists(issuer.id, eve.id) if variant == "listed herself" else _lists(issuer.id)
    holds = None if variant == "listed herself" else _called_by("northbridge.example/students/~eve")
    return File(data, evidence_of(issuer, eve), lists=lists, holds=holds)


_EQUAL: dict[str, JsonObject] = {
    "alsoKnownAs": {"alsoKnownAs": ["did:web:northbridge.example"]},
    "controller": {"controller": "did:web:northbridge.example"},
    "sameAs": {"sameAs": "did:web:northbridge.example", "equivalentId": ["did:web:northbridge.example"]}}


@case("D12", H, "the attacker's document says that he is the university",
      attacks={**{f"own badge, {name}": _UNLISTED for name in _EQUAL},
               **{f"names the university, {name}": not_authorised() for name in _EQUAL}},
      twins={TWIN: _LISTED})
def _claims_to_be(variant: str) -> Input:
    issuer, other = university(), attacker("did:web")
    if variant == TWIN:
        return File(issuer.badge(), evidence_of(issuer), lists=_lists(issuer.id))
    kind, _, name = variant.partition(", ")
    document = json.loads(other.controller_document()) | _EQUAL[name]
    served = (*evidence_of(issuer), *documents({other.id: compact_json(document)}))
    data = other.badge() if kind == "own badge" else _forged(issuer, other)
    return File(data, served, lists=_lists(issuer.id))


def _endorsement(by: SimulatedIssuer, of: str) -> JsonObject:
    return by.seal({
        "@context": [V2, OB_2_0], "id": "urn:uuid:endorsement", "type": ["VerifiableCredential",
                                                                         "EndorsementCredential"],
        "issuer": {"id": by.id, "type": ["Profile"], "name": "Ministry of Education"},
        "validFrom": "2026-05-13T00:00:00Z",
        "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Sound."}})


def _told(code: R) -> Must:
    return Must("valid", note=code)


def _not_by_name(report: Report, _parsed: Parsed | None) -> None:
    check = report.check(CheckId.ENDORSEMENTS)
    assert check is not None
    assert not any("Ministry" in value for note in check.notes for _, value in note.params)


@case("D13", M, "an endorsement that the attacker sealed himself, shown as praise",
      attacks={"by the attacker": _told(R.ENDORSEMENT_GOOD), "altered": _told(R.ENDORSEMENT_BAD),
               "of something else": _told(R.ENDORSEMENT_OF_OTHER), "unsealed": _told(R.ENDORSEMENT_BAD),
               "by somebody unknown": _told(R.ENDORSEMENT_UNKNOWN),
               "added later": bad_seal()},
      twins={TWIN: VALID, "by a listed party": _told(R.ENDORSEMENT_GOOD)})
def _endorsed(variant: str) -> Input:
    issuer, guild = university(), SimulatedIssuer("did:web", host="guild.example", seed="guild")
    by = {"by somebody unknown": SimulatedIssuer("did:web", host="unknown.example", seed="unknown"),
          "by a listed party": guild}.get(variant, attacker())
    of = achievement(issuer.badge_document())["id"]
    praise = _endorsement(by, "https://elsewhere.example/1" if variant == "of something else" else of)
    if variant == "altered":
        praise["credentialSubject"]["endorsementComment"] = "Excellent."
    if variant == "unsealed":
        del praise["proof"]
    if variant == "added later":
        return File(unsealed(issuer, lambda one: achievement(one).update(endorsement=[praise])),
                    evidence_of(issuer))
    praised = {} if variant == TWIN else {"endorsement": [praise]}
    data = sealed(issuer, lambda one: achievement(one).update(praised))
    return File(data, evidence_of(issuer, guild), lists=_lists(issuer.id, guild.id),
                holds=None if variant == "by a listed party" else _not_by_name)
