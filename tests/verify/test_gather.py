"""Gathering: exactly what a judgement looks at, and by name what is not there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.simulators.signing import compact_json, embed_proof, pinned_contexts
from tests.verify.desk import FETCHED_AT, attacker, documents, edited, judged, row, university
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.report import CheckId, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.evidence import Evidence
from wallet.verify.gather import gather, still_wanted


def gathered(data: bytes, evidence: list[EvidenceDocument] | None = None) -> Evidence:
    return gather(parse(data), MemoryEvidence(evidence or []), pinned_contexts())


def wanted(evidence: Evidence) -> list[tuple[str, EvidenceKind, str]]:
    return [(one.address, one.kind, one.host) for one in evidence.wanted]


def test_issuer_and_list_are_wanted_by_name_kind_and_host() -> None:
    uni = university()
    badge = uni.badge(entries=(uni.entry(7),))
    assert wanted(gathered(badge)) == [
        (uni.id, EvidenceKind.DID_DOCUMENT, "northbridge.example"),
        (uni.list_address(), EvidenceKind.STATUS_LIST, "northbridge.example")]


def test_nothing_is_wanted_when_everything_is_there() -> None:
    for kind in ("did:web", "https", "https-jwks", "did:key", "did:jwk"):
        uni = university(kind)
        badge = uni.badge(entries=(uni.entry(7),))
        assert wanted(gathered(badge, documents(uni.evidence()))) == []


def test_only_what_is_needed_is_taken() -> None:
    uni, other = university(), attacker("did:web")
    evidence = gathered(uni.badge(), documents(uni.evidence() | other.evidence()))
    assert [address for address, versions in evidence.documents.items() if versions] == [uni.id]


def test_the_document_of_a_lists_keeper_is_wanted_too() -> None:
    uni, keeper = university(), university(seed="keeper", host="lists.example")
    badge = uni.badge(entries=(keeper.entry(7),))
    served = {uni.id: uni.controller_document(), keeper.list_address(): keeper.status_list()}
    assert wanted(gathered(badge, documents(served))) == [
        (keeper.id, EvidenceKind.DID_DOCUMENT, "lists.example")]


def test_a_key_set_that_metadata_names_is_taken_and_wanted_by_its_address() -> None:
    """SD-JWT VC §5.2; only what the newest metadata names is wanted, and nothing where keys are at hand."""
    uni, place = university("https-jwks"), "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    keys = "https://keys.example/set"
    metadata = {place: compact_json({"issuer": uni.id, "jwks_uri": keys})}
    assert wanted(gathered(uni.badge_jwt(), documents(metadata))) == [
        (keys, EvidenceKind.JWK_SET, "keys.example")]
    served = metadata | {keys: uni.controller_document()}
    evidence = gathered(uni.badge_jwt(), documents(served))
    assert wanted(evidence) == []
    report = judged(uni.badge_jwt(), documents(served))
    assert report.verdict is Verdict.VALID
    assert [one.address for one in row(report, CheckId.KEY_AUTHORITY).evidence] == [keys, place]
    own = metadata | {uni.id: uni.controller_document()}
    assert wanted(gathered(uni.badge_jwt(), documents(own))) == []
    assert judged(uni.badge_jwt(), documents(metadata)).verdict is Verdict.UNDETERMINED
    stranger = metadata | {keys: attacker("https-jwks").controller_document()}
    assert judged(uni.badge_jwt(), documents(stranger)).verdict is Verdict.INVALID


def test_the_place_of_keys_is_wanted_where_what_is_here_has_not_the_one_that_sealed() -> None:
    """A profile beside it, or what the metadata held before, closed the way to them."""
    uni, place = university("https-jwks"), "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    keys = "https://keys.example/set"
    metadata = documents({place: compact_json({"issuer": uni.id, "jwks_uri": keys})}, fetched_at=FETCHED_AT)
    silent = compact_json({"id": uni.id, "type": "Profile", "name": uni.name})
    listing = compact_json({"id": uni.id, "type": "Profile", "assertionMethod": []})
    for profile in (silent, listing):
        beside = [*metadata, *documents({uni.id: profile}, fetched_at=FETCHED_AT)]
        report = judged(uni.badge_jwt(), beside)
        assert report.verdict is Verdict.UNDETERMINED
        assert [one.address for one in report.wanted] == [keys]
        there = documents({keys: uni.controller_document()})
        assert judged(uni.badge_jwt(), [*beside, *there]).verdict is Verdict.VALID
        assert judged(uni.badge_jwt(), [*beside, *there]).wanted == ()
    inline = compact_json({"issuer": uni.id, "jwks": json.loads(uni.controller_document())})
    for day, verdict, asked in ((-1, Verdict.UNDETERMINED, [keys]), (1, Verdict.VALID, [])):
        held = documents({place: inline}, fetched_at=FETCHED_AT + timedelta(days=day))
        report = judged(uni.badge_jwt(), [*metadata, *held])
        assert (report.verdict, [one.address for one in report.wanted]) == (verdict, asked)


def test_of_two_copies_the_older_one_may_lack_the_key() -> None:
    """It was said of the newer one that it is older than the seal, and neither was asked for anew."""
    uni, place = university("https-jwks"), "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    metadata = compact_json({"issuer": uni.id, "jwks": json.loads(uni.controller_document())})
    uni.rotate()
    profile = compact_json({"id": uni.id, "type": "Profile", "assertionMethod": []})
    sealed = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    for days, verdict in ((-30, Verdict.UNDETERMINED), (10, Verdict.INVALID)):
        held = [*documents({uni.id: profile}, fetched_at=sealed + timedelta(days=days)),
                *documents({place: metadata}, fetched_at=sealed + timedelta(days=30))]
        report = judged(uni.badge_jwt(), held)
        assert report.verdict is verdict
        assert [one.address for one in report.wanted] == ([uni.id] if days < 0 else [])
        why = row(report, CheckId.KEY_AUTHORITY).reason
        assert why["date"] == ("2026-04-12T09:30:00Z" if days < 0 else "")


def test_a_document_that_the_issuers_refers_to_is_wanted_too() -> None:
    uni, home = university(), "did:web:keys.example"
    refers = json.dumps({"id": uni.id, "assertionMethod": [f"{home}#k"]}).encode()
    assert wanted(gathered(uni.badge(), documents({uni.id: refers}))) == [
        (home, EvidenceKind.DID_DOCUMENT, "keys.example")]


def test_home_of_a_foreign_method_is_wanted_only_while_the_issuer_is_silent() -> None:
    uni, mallory = university(), attacker("did:web")
    forged = compact_json(embed_proof(uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022",
                                      method=mallory.method, created="2026-05-12T09:30:00Z"))
    assert {address for address, *_ in wanted(gathered(forged))} == {uni.id, mallory.id}
    assert wanted(gathered(forged, documents(uni.evidence()))) == []


def test_the_senders_copy_does_not_still_the_wish() -> None:
    uni = university()
    evidence = gathered(uni.badge(), documents(uni.evidence(), grade=Grade.SENDER))
    assert [one.address for one in evidence.wanted] == [uni.id]
    assert evidence.documents[uni.id]


def test_unknown_vocabularies_are_wanted_as_vocabularies() -> None:
    badge = edited(university("did:key").badge(),
                   lambda badge: badge["@context"].append("https://edu.example/terms/v1"))
    assert wanted(gathered(badge)) == [("https://edu.example/terms/v1", EvidenceKind.CONTEXT, "edu.example")]


def test_documents_served_by_https_answer_for_their_did() -> None:
    uni = university()
    served = documents({"https://northbridge.example/.well-known/did.json": uni.controller_document()})
    evidence = gathered(uni.badge(), served)
    assert wanted(evidence) == []
    assert evidence.lookup("https://northbridge.example/.well-known/did.json")


def test_items_of_a_presentation_are_gathered_for_and_each_knows_its_own_wishes() -> None:
    uni, other = university(), university(seed="other", host="other.example")
    pack: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "holder": "did:web:learner.example",
        "verifiableCredential": [json.loads(uni.badge()), json.loads(other.badge())]}
    sealed = compact_json(embed_proof(pack, uni.key, suite="eddsa-rdfc-2022",
                                      method="did:web:learner.example#k", created="2026-05-12T09:30:00Z",
                                      purpose="authentication"))
    evidence = gathered(sealed, documents(uni.evidence()))
    assert {one.address for one in evidence.wanted} == {"did:web:learner.example", other.id}
    assert still_wanted(parse(uni.badge()), evidence) == ()
    assert [one.address for one in still_wanted(parse(other.badge()), evidence)] == [other.id]


def test_a_name_that_no_address_can_have_is_not_wanted() -> None:
    uni = university()
    token = uni.seal_jwt(uni.badge_document(), kid="https://mallory.example/" + "a" * 5_000)
    assert [one.address for one in gathered(token).wanted] == [uni.id]


def test_a_profile_without_a_word_about_keys_leaves_them_wanted() -> None:
    uni = university("https-jwks")
    silent = compact_json({"id": uni.id, "type": "Profile", "name": "Northbridge"})
    served, token = documents({uni.id: silent}), uni.badge_jwt()
    assert wanted(gathered(token, served)) == [(uni.id, EvidenceKind.ISSUER_PROFILE, "northbridge.example")]
    place = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    assert wanted(gathered(token, [*served, *documents({place: uni.controller_document()})])) == []
