"""Whose key: both ways, by reference, only the newest document, never the sender's word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.self_signed import self_made
from tests.simulators.signing import SigningKey
from wallet.model.errors import KeysError
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.reasons import ReasonCode
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.trust.issuer_keys import (
    Candidate,
    IssuerKeys,
    Lookup,
    Relationship,
    Standing,
    check_method_url,
    issuer_metadata,
    wanted_document,
)

UNI = "did:web:uni.example"
KEY = SigningKey("EdDSA", "uni")
OTHER = SigningKey("EdDSA", "other")
HTTPS = "https://uni.example/law"
CERTIFIED = SigningKey("ES256", "certified")
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def method(method_id: str, key: SigningKey = KEY, *, controller: str = UNI, **extra: str) -> dict[str, Any]:
    return {"id": method_id, "type": "Multikey", "controller": controller,
            "publicKeyMultibase": key.multibase, **extra}


def controller(address: str, *methods: dict[str, Any], **lists: list[str]) -> bytes:
    return json.dumps({"id": address, "verificationMethod": list(methods), **lists}).encode()


def lookup(*served: tuple[str, bytes], grade: Grade = Grade.SUPPLIED,
           dates: Mapping[int, datetime] | None = None) -> Lookup:
    return MemoryEvidence(
        evidence_document(address, data, grade=grade, source="test", fetched_at=(dates or {}).get(place))
        for place, (address, data) in enumerate(served)).documents


def keys(found: Lookup, party: str = UNI, relationship: Relationship = Relationship.ASSERTION) -> IssuerKeys:
    return IssuerKeys(party, relationship, found)


def only(candidates: tuple[Candidate, ...]) -> Candidate:
    assert len(candidates) == 1
    return candidates[0]


LISTED = controller(UNI, method(f"{UNI}#k"), assertionMethod=[f"{UNI}#k"])


def test_own_method_listed_is_authorised() -> None:
    one = only(keys(lookup((UNI, LISTED))).for_method(f"{UNI}#k"))
    assert one.standing is Standing.AUTHORISED
    assert one.key is not None
    assert one.key.multibase == KEY.multibase
    assert [used.address for used in one.evidence] == [UNI]


def test_did_web_is_also_found_under_the_address_that_serves_it() -> None:
    found = lookup(("https://uni.example/.well-known/did.json", LISTED))
    assert only(keys(found).for_method(f"{UNI}#k")).standing is Standing.AUTHORISED


@pytest.mark.parametrize("listed", [{"authentication": [f"{UNI}#k"]}, {"keyAgreement": [f"{UNI}#k"]}, {}])
def test_listed_for_something_else_is_not_listed(listed: dict[str, list[str]]) -> None:
    found = lookup((UNI, controller(UNI, method(f"{UNI}#k"), **listed, assertionMethod=[])))
    assert only(keys(found).for_method(f"{UNI}#k")).standing is Standing.NOT_LISTED


@pytest.mark.parametrize(("relationship", "member", "other"), [
    (Relationship.ASSERTION, "assertionMethod", "authentication"),
    (Relationship.AUTHENTICATION, "authentication", "assertionMethod")])
def test_each_purpose_has_its_own_list(relationship: Relationship, member: str, other: str) -> None:
    for listed, standing in ((member, Standing.AUTHORISED), (other, Standing.NOT_LISTED)):
        found = lookup((UNI, controller(UNI, method(f"{UNI}#k"), **{listed: [f"{UNI}#k"]})))
        assert only(keys(found, UNI, relationship).for_method(f"{UNI}#k")).standing is standing


def test_method_of_another_document_needs_both_documents() -> None:
    home = "did:web:keys.example"
    named = (UNI, controller(UNI, assertionMethod=[f"{home}#k"]))
    theirs = (home, controller(home, method(f"{home}#k", controller=home), assertionMethod=[f"{home}#k"]))
    silent = (home, controller(home, method(f"{home}#k", controller=home), assertionMethod=[]))
    both = only(keys(lookup(named, theirs)).for_method(f"{home}#k"))
    assert both.standing is Standing.AUTHORISED
    assert {used.address for used in both.evidence} == {UNI, home}
    assert only(keys(lookup(named, silent)).for_method(f"{home}#k")).standing is Standing.NOT_LISTED
    alone = only(keys(lookup(named)).for_method(f"{home}#k"))
    assert (alone.standing, alone.missing) == (Standing.UNKNOWN, home)


def test_a_method_that_only_claims_the_university_as_controller_is_nobodys() -> None:
    home = "did:web:mallory.example"
    claims = (home, controller(home, method(f"{home}#k", OTHER, controller=UNI),
                               assertionMethod=[f"{home}#k"]))
    one = only(keys(lookup((UNI, LISTED), claims)).for_method(f"{home}#k"))
    assert one.standing is Standing.NOT_LISTED


def test_an_issuer_that_describes_somebody_elses_key_needs_his_agreement() -> None:
    described = (UNI, controller(UNI, method(f"{UNI}#k", controller="did:web:b.example"),
                                 assertionMethod=[f"{UNI}#k"]))
    agreeing = ("did:web:b.example", controller(
        "did:web:b.example", method(f"{UNI}#k", controller="did:web:b.example"),
        assertionMethod=[f"{UNI}#k"]))
    other_key = ("did:web:b.example", controller(
        "did:web:b.example", method(f"{UNI}#k", OTHER, controller="did:web:b.example"),
        assertionMethod=[f"{UNI}#k"]))
    unreadable = ("did:web:b.example", other_key[1].replace(OTHER.multibase.encode(), b"z0"))
    assert only(keys(lookup(described)).for_method(f"{UNI}#k")).standing is Standing.UNKNOWN
    assert only(keys(lookup(described, agreeing)).for_method(f"{UNI}#k")).standing is Standing.AUTHORISED
    assert only(keys(lookup(described, other_key)).for_method(f"{UNI}#k")).standing is Standing.NOT_LISTED
    assert only(keys(lookup(described, unreadable)).for_method(f"{UNI}#k")).standing is Standing.NOT_LISTED


def test_newest_document_decides_and_an_earlier_one_makes_the_key_retired() -> None:
    newer = controller(UNI, method(f"{UNI}#k2", OTHER), assertionMethod=[f"{UNI}#k2"])
    found = lookup((UNI, LISTED), (UNI, newer), dates={0: MARCH, 1: JUNE})
    assert only(keys(found).for_method(f"{UNI}#k")).standing is Standing.RETIRED
    assert only(keys(found).for_method(f"{UNI}#k2")).standing is Standing.AUTHORISED
    swapped = lookup((UNI, LISTED), (UNI, newer), dates={0: JUNE, 1: MARCH})
    assert only(keys(swapped).for_method(f"{UNI}#k")).standing is Standing.AUTHORISED


def test_a_new_key_under_an_old_name_comes_first_and_the_old_one_is_retired() -> None:
    newer = controller(UNI, method(f"{UNI}#k", OTHER), assertionMethod=[f"{UNI}#k"])
    found = keys(lookup((UNI, LISTED), (UNI, newer), dates={0: MARCH, 1: JUNE})).for_method(f"{UNI}#k")
    assert [(one.standing, one.key.multibase if one.key else "") for one in found] == [
        (Standing.AUTHORISED, OTHER.multibase), (Standing.RETIRED, KEY.multibase)]


def test_described_but_no_longer_listed_is_retired_not_foreign() -> None:
    newer = controller(UNI, method(f"{UNI}#k"), assertionMethod=[])
    found = keys(lookup((UNI, LISTED), (UNI, newer), dates={0: MARCH, 1: JUNE}))
    assert only(found.for_method(f"{UNI}#k")).standing is Standing.RETIRED


def test_the_senders_document_establishes_nothing() -> None:
    found = keys(lookup((UNI, LISTED), grade=Grade.SENDER))
    assert not found.known
    assert found.absent is Standing.FROM_SENDER
    assert found.for_method(f"{UNI}#k") == ()


def test_a_document_of_another_subject_is_not_the_issuers() -> None:
    found = keys(lookup((UNI, controller("did:web:other.example", method("did:web:other.example#k")))))
    assert not found.known
    assert found.absent is Standing.UNKNOWN


def test_key_in_the_fragment_opens_and_proves_nothing() -> None:
    issuer, named = "https://uni.example/issuer", f"https://uni.example/issuer#{OTHER.multibase}"
    unknown = only(keys(lookup(), issuer).for_method(named))
    assert (unknown.standing, unknown.missing, unknown.key is not None) == (Standing.UNKNOWN, issuer, True)
    known = keys(lookup((issuer, controller(issuer, method(f"{issuer}#k", controller=issuer),
                                            assertionMethod=[f"{issuer}#k"]))), issuer)
    assert only(known.for_method(named)).standing is Standing.NOT_LISTED


def test_self_made_issuer_is_its_own_document_and_bare_did_key_is_a_quirk() -> None:
    issuer = SimulatedIssuer("did:key")
    party = keys(lookup(), issuer.id)
    full, bare = only(party.for_method(issuer.method)), only(party.for_method(issuer.id))
    assert full.standing is bare.standing is Standing.SELF_MADE
    assert full.notes == ()
    assert [note.code for note in bare.notes] == [ReasonCode.QUIRK_BARE_DID_KEY]


def test_key_that_fails_the_gate_is_named_and_unusable() -> None:
    weak = {"id": f"{UNI}#k", "type": "JsonWebKey", "controller": UNI,
            "publicKeyJwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}
    found = lookup((UNI, controller(UNI, weak, assertionMethod=[f"{UNI}#k"])))
    one = only(keys(found).for_method(f"{UNI}#k"))
    assert one.key is None
    assert one.problem is not None
    assert one.standing is Standing.AUTHORISED


class TestHeader:
    """Keys of a token, by what its header names."""

    jwks = json.dumps({"keys": [{**KEY.jwk, "kid": "first"}, {**OTHER.jwk, "kid": "second"}]}).encode()
    issuer = "https://uni.example/issuer"

    def found(self, header: dict[str, Any]) -> tuple[Candidate, ...]:
        return keys(lookup((self.issuer, self.jwks)), self.issuer).for_header({"alg": "EdDSA", **header})

    @pytest.mark.parametrize("kid", ["first", "#first", "https://uni.example/issuer#first"])
    def test_kid_is_method_id_fragment_or_jwk_name(self, kid: str) -> None:
        one = only(self.found({"kid": kid}))
        assert one.standing is Standing.AUTHORISED
        assert one.key is not None
        assert one.key.multibase == KEY.multibase

    @pytest.mark.parametrize("kid", ["third", "../../first", "' OR 1=1", "https://mallory.example/k#first"])
    def test_foreign_kid_finds_nothing(self, kid: str) -> None:
        assert self.found({"kid": kid}) == ()

    def test_no_name_means_every_listed_key(self) -> None:
        assert {one.method.rpartition("#")[2] for one in self.found({})} == {"first", "second"}

    def test_header_key_counts_only_if_the_issuer_lists_it(self) -> None:
        assert only(self.found({"jwk": OTHER.jwk})).standing is Standing.AUTHORISED
        stranger = SigningKey("EdDSA", "mallory")
        assert only(self.found({"jwk": stranger.jwk})).standing is Standing.NOT_LISTED
        unknown = keys(lookup(), self.issuer).for_header({"alg": "EdDSA", "jwk": stranger.jwk})
        assert only(unknown).standing is Standing.UNKNOWN

    def test_private_key_in_a_header_is_refused(self) -> None:
        with pytest.raises(KeysError) as caught:
            self.found({"jwk": {**KEY.jwk, "d": "AAAA"}})
        assert caught.value.reason.code is ReasonCode.KEY_PRIVATE

    def test_kid_that_is_the_issuer_means_its_keys(self) -> None:
        party = keys(lookup((UNI, LISTED)))
        assert only(party.for_header({"alg": "EdDSA", "kid": UNI})).standing is Standing.AUTHORISED


@pytest.mark.parametrize("url", [f"{UNI}#k?x", "did:web:uni.example/..#k", f"{UNI}#k#k", "#k", "k",
                                 f"{UNI}?versionId=1#k"])
def test_method_urls_with_tricks_are_refused(url: str) -> None:
    with pytest.raises(KeysError):
        check_method_url(url)


@pytest.mark.parametrize(("address", "kind", "host"), [
    ("did:web:uni.example:a", EvidenceKind.DID_DOCUMENT, "uni.example"),
    ("https://uni.example/issuer", EvidenceKind.ISSUER_PROFILE, "uni.example"),
    ("https://evil@uni.example/x", EvidenceKind.ISSUER_PROFILE, "uni.example"),
    ("urn:uuid:1", EvidenceKind.ISSUER_PROFILE, ""),
    ("did:ion:abc", EvidenceKind.DID_DOCUMENT, ""),
    ("did:web:127.0.0.1", EvidenceKind.DID_DOCUMENT, ""),
])
def test_wish_names_the_host_that_would_learn(address: str, kind: EvidenceKind, host: str) -> None:
    wish = wanted_document(address)
    assert (wish.address, wish.kind, wish.host) == (address, kind, host)


@pytest.mark.parametrize("address", [
    "https://evil.example?x=@uni.example/", "https://evil.example#@uni.example/",
    "https://evil.example\\@uni.example/", "https://uni.example@evil.example/a",
    "https://evil.example/@uni.example"])
def test_the_host_of_a_wish_cannot_be_disguised(address: str) -> None:
    assert wanted_document(address).host == "evil.example"
    assert wanted_document("https://uni.example:8443/a?b#c").host == "uni.example:8443"


# --- issuers of tokens ---


@pytest.mark.parametrize(("issuer", "location"), [
    ("https://uni.example", "https://uni.example/.well-known/jwt-vc-issuer"),
    ("https://uni.example/", "https://uni.example/.well-known/jwt-vc-issuer"),
    ("https://uni.example/law/1", "https://uni.example/.well-known/jwt-vc-issuer/law/1"),
    ("https://uni.example?x=1", ""), ("https://uni.example/#k", ""), ("http://uni.example", ""),
    (UNI, ""), ("https://", ""), ("urn:uuid:x", ""),
])
def test_where_an_issuer_of_tokens_publishes_its_keys(issuer: str, location: str) -> None:
    assert issuer_metadata(issuer) == location


def metadata(issuer: str, key: SigningKey = CERTIFIED) -> bytes:
    return json.dumps({"issuer": issuer, "jwks": {"keys": [{**key.jwk, "kid": "k1"}]}}).encode()


def test_keys_in_the_metadata_are_the_issuers_own() -> None:
    found = lookup((issuer_metadata(HTTPS), metadata(HTTPS)))
    assert only(keys(found, HTTPS).for_header({"kid": "k1"})).standing is Standing.AUTHORISED
    assert keys(found, HTTPS).for_header({"kid": "k2"}) == ()
    assert only(keys(found, HTTPS).for_header({})).standing is Standing.AUTHORISED


def test_metadata_of_another_issuer_is_not_believed() -> None:
    found = lookup((issuer_metadata(HTTPS), metadata("https://mallory.example")))
    assert not keys(found, HTTPS).known
    sent = lookup((issuer_metadata(HTTPS), metadata(HTTPS)), grade=Grade.SENDER)
    assert not keys(sent, HTTPS).known


def test_a_certificate_in_a_header_is_worth_what_the_issuers_own_word_makes_of_its_key() -> None:
    header = {"x5c": [self_made(CERTIFIED, "uni.example")]}
    listed = lookup((HTTPS, metadata(HTTPS)))
    assert only(keys(listed, HTTPS).for_header(header)).standing is Standing.AUTHORISED
    other = lookup((HTTPS, metadata(HTTPS, SigningKey("ES256", "other"))))
    assert only(keys(other, HTTPS).for_header(header)).standing is Standing.NOT_LISTED
    assert only(keys(lookup(), HTTPS).for_header(header)).standing is Standing.UNKNOWN
    with pytest.raises(KeysError):
        keys(lookup(), HTTPS).for_header({"x5c": ["AAAA"]})


def test_a_new_key_under_an_old_name_makes_no_forgery_of_what_the_old_one_sealed() -> None:
    before, after = (controller(HTTPS, method(f"{HTTPS}#k", key, controller=HTTPS),
                                assertionMethod=[f"{HTTPS}#k"]) for key in (KEY, OTHER))
    found = keys(lookup((HTTPS, before), (HTTPS, after), dates={0: MARCH, 1: JUNE}), HTTPS)
    for kid in ("k", "#k", f"{HTTPS}#k"):
        new, old = found.for_header({"kid": kid})
        assert (new.key and new.key.multibase, new.standing) == (OTHER.multibase, Standing.AUTHORISED)
        assert (old.key and old.key.multibase, old.standing) == (KEY.multibase, Standing.RETIRED)
        assert old.was_listed(MARCH)
        assert not old.was_listed(JUNE)


@pytest.mark.parametrize("described", [True, False])
def test_a_key_that_its_home_has_dropped_is_retired_and_no_sight_proves_it(described: bool) -> None:
    """The party's own document still names it; where the key lives, it was taken out since."""
    home, name = "did:web:keys.example", "did:web:keys.example#k"
    own = controller(UNI, *([method(name, controller=home)] if described else []), assertionMethod=[name])
    before = controller(home, method(name, controller=home), assertionMethod=[name])
    after = controller(home, method(f"{home}#n", OTHER, controller=home), assertionMethod=[f"{home}#n"])
    served = ((UNI, own), (home, before), (home, after))
    dropped = only(keys(lookup(*served, dates={0: MARCH, 1: MARCH, 2: JUNE})).for_method(name))
    assert dropped.standing is Standing.RETIRED
    assert dropped.key is not None
    assert not dropped.was_listed(MARCH)
    still = only(keys(lookup(*served[:2], dates={0: MARCH, 1: MARCH})).for_method(name))
    assert still.standing is Standing.AUTHORISED
    never = only(keys(lookup((UNI, own), (home, after))).for_method(name))
    assert never.standing is Standing.NOT_LISTED


KIDS = ("arn:aws:kms:eu:1:key/2", "urn:ietf:params:oauth:jwk-thumbprint:sha-256:abc", "key:2024",
        "https://keys.example/1", "did:web:keys.example#k")


@pytest.mark.parametrize("kid", KIDS)
def test_any_text_may_name_a_key_of_a_set(kid: str) -> None:
    """RFC 7517 §4.5: its structure is unspecified; a colon in it makes no address of it."""
    listed = json.dumps({"keys": [CERTIFIED.jwk | {"kid": kid}]}).encode()
    one = only(keys(lookup((HTTPS, listed)), HTTPS).for_header({"kid": kid}))
    assert one.standing is Standing.AUTHORISED
    # A document of the attacker's own under that very name changes nothing, and a name is all it has.
    strangers = controller("did:web:keys.example", method("did:web:keys.example#k", OTHER,
                                                         controller="did:web:keys.example"),
                           assertionMethod=["did:web:keys.example#k"])
    both = keys(lookup((HTTPS, listed), ("did:web:keys.example", strangers)), HTTPS)
    assert only(both.for_header({"kid": kid})).standing is Standing.AUTHORISED
    other = json.dumps({"keys": [CERTIFIED.jwk | {"kid": "another"}]}).encode()
    found = keys(lookup((HTTPS, other), ("did:web:keys.example", strangers)), HTTPS).for_header({"kid": kid})
    assert not [one for one in found if one.standing is not Standing.NOT_LISTED]


def test_a_method_goes_before_a_key_of_that_name() -> None:
    named = {"id": f"{UNI}#n", "type": "JsonWebKey", "controller": UNI,
             "publicKeyJwk": CERTIFIED.jwk | {"kid": f"{UNI}#k"}}
    document = controller(UNI, method(f"{UNI}#k"), named, assertionMethod=[f"{UNI}#k", f"{UNI}#n"])
    one = only(keys(lookup((UNI, document))).for_header({"kid": f"{UNI}#k"}))
    assert one.key is not None
    assert one.key.multibase == KEY.multibase
