"""Federations: an issuer is named only by statements that hold, one under the other, from the anchor down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.simulators.federation import LIFE, SimulatedEntity, SimulatedKey, kept
from wallet.model.errors import TrustError
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import ReasonCode
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.federation import (
    MAX_PATH,
    Federation,
    anchor_of,
    configuration_address,
    statement_address,
)
from wallet.trust.registry import Answer, Listing

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
ISSUED = AT - timedelta(hours=3)
DID = "did:web:northbridge.example"
HTTPS = "https://northbridge.example/issuers/1"


def anchor(host: str = "registry.example") -> SimulatedEntity:
    return SimulatedEntity(f"https://{host}", ISSUED)


def ask(documents: list[EvidenceDocument], issuer: str = DID, at: datetime = AT,
        key: SimulatedKey | None = None) -> Answer:
    store = MemoryEvidence(documents)
    federation = Federation("Federation", "https://registry.example", store.documents,
                            key.public if key else None)
    return federation.ask(issuer, at)


def what(answer: Answer) -> str:
    assert answer.because is not None
    return answer.because["what"]


def test_an_issuer_that_the_anchor_names_is_listed_with_what_it_says() -> None:
    root = anchor()
    answer = ask([root.own_document(), root.document_about(DID)])
    assert answer.listing is Listing.LISTED
    assert answer.issuer is not None
    assert (answer.issuer.name, answer.issuer.legal_name, answer.issuer.ror) == (
        "Northbridge University", "Northbridge University, Inc.", "https://ror.org/042nb2s44")
    assert (answer.date, answer.until) == (ISSUED, ISSUED + LIFE)
    assert [one.address for one in answer.evidence] == [
        "https://registry.example/.well-known/openid-federation",
        f"https://registry.example/fetch?sub={DID}"]


def test_what_is_missing_is_named_and_nothing_is_said() -> None:
    root = anchor()
    nothing = ask([])
    assert (nothing.listing, [one.address for one in nothing.wanted]) == (
        Listing.UNCHECKED, ["https://registry.example/.well-known/openid-federation"])
    half = ask([root.own_document()])
    assert half.listing is Listing.UNCHECKED
    assert [(one.address, one.host) for one in half.wanted] == [
        (f"https://registry.example/fetch?sub={DID}", "registry.example")]


def test_the_hosts_no_is_a_no_until_it_says_yes() -> None:
    root = anchor()
    address = statement_address(root.endpoint, DID)
    no = kept(address, b'{"error":"not_found"}', AT)
    answer = ask([root.own_document(), no])
    assert (answer.listing, answer.date) == (Listing.ABSENT, AT)
    earlier = kept(address, root.signed(root.about(DID)), AT - timedelta(hours=1))
    assert ask([root.own_document(), no, earlier]).listing is Listing.ABSENT
    later = kept(address, root.signed(root.about(DID)), AT + timedelta(hours=1))
    assert ask([root.own_document(), no, later]).listing is Listing.LISTED


def test_an_answer_ends_and_says_so() -> None:
    root = anchor()
    documents = [root.own_document(), root.document_about(DID)]
    assert ask(documents, at=ISSUED + LIFE - timedelta(seconds=1)).listing is Listing.LISTED
    ended = ask(documents, at=ISSUED + LIFE)
    assert (ended.listing, ended.until, len(ended.wanted)) == (Listing.ENDED, ISSUED + LIFE, 2)


Edit = Callable[[SimulatedEntity, SimulatedEntity], list[EvidenceDocument]]


def about(**members: Any) -> Edit:
    return lambda root, _other: [root.own_document(), root.document_about(DID, **members)]


def by(**header: Any) -> Edit:
    return lambda root, _other: [root.own_document(), kept(
        statement_address(root.endpoint, DID), root.signed(root.about(DID), **header))]


def _by_another(root: SimulatedEntity, other: SimulatedEntity) -> list[EvidenceDocument]:
    data = other.signed(root.about(DID), kid=root.key.kid)
    return [root.own_document(), kept(statement_address(root.endpoint, DID), data)]


def _altered(root: SimulatedEntity, _other: SimulatedEntity) -> list[EvidenceDocument]:
    good = root.signed(root.about(DID)).split(b".")
    swapped = root.signed(root.about(DID, name="Mallory")).split(b".")[1]
    return [root.own_document(), kept(statement_address(root.endpoint, DID),
                                      b".".join((good[0], swapped, good[2])))]


def _others_configuration(root: SimulatedEntity, other: SimulatedEntity) -> list[EvidenceDocument]:
    return [kept(configuration_address(root.id), other.signed(other.configuration())),
            root.document_about(DID)]


def _forged_configuration(root: SimulatedEntity, other: SimulatedEntity) -> list[EvidenceDocument]:
    data = other.signed(root.configuration())
    return [kept(configuration_address(root.id), data), root.document_about(DID)]


def _private(root: SimulatedEntity, _other: SimulatedEntity) -> list[EvidenceDocument]:
    keys = {"keys": [root.key.jwk() | {"d": "AAAA"}]}
    return [root.own_document(jwks=keys), root.document_about(DID)]


SECONDS = int(AT.timestamp())
DEFECTS: dict[str, tuple[Edit, str]] = {
    "of somebody else": (about(sub="did:web:mallory.example"), "sub"),
    "by somebody else": (about(iss="https://mallory.example"), "iss"),
    "signed by somebody else": (_by_another, "signature"),
    "altered": (_altered, "signature"),
    "unknown key": (by(kid="other"), "kid"),
    "no key named": (by(kid=None), "kid"),
    "key in its own header": (by(kid="x", jwk=SimulatedKey("mallory").jwk()), "kid"),
    "another type": (by(typ="JWT"), "typ"),
    "no type": (by(typ=None), "typ"),
    "alg none": (by(alg="none"), "form"),
    "another algorithm": (by(alg="EdDSA"), "signature"),
    "shared secret": (by(alg="HS256"), "signature"),
    "from the future": (about(iat=SECONDS + 3600, exp=SECONDS + 7200), "iat"),
    "ends before it begins": (about(exp=SECONDS - 36000), "iat"),
    "no end": (about(exp=None), "exp"),
    "no begin": (about(iat="2026"), "iat"),
    "true as a time": (about(iat=True), "iat"),
    "a far end": (about(exp=10**15), "exp"),
    "critical and unknown": (about(crit=["quota"]), "crit"),
    "critical, no list": (about(crit="quota"), "crit"),
    "a policy about what we show": (about(metadata_policy={"federation_entity": {}}), "metadata_policy"),
    "a critical policy": (about(metadata_policy_crit=["regex"]), "metadata_policy_crit"),
    "constraints of no shape": (about(constraints=[]), "constraints"),
    "keys of no shape": (about(jwks={"keys": {}}), "jwks"),
    "two keys of one id": (about(jwks={"keys": [SimulatedKey("a").jwk()] * 2}), "jwks"),
    "another's configuration": (_others_configuration, "iss"),
    "a forged configuration": (_forged_configuration, "kid"),
    "a private key": (_private, "private key"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_statement_that_does_not_hold_says_nothing(name: str) -> None:
    edit, expected = DEFECTS[name]
    answer = ask(edit(anchor(), anchor("mallory.example")))
    assert (answer.listing, what(answer)) == (Listing.UNCHECKED, expected)
    assert answer.because is not None
    assert answer.because.code is ReasonCode.STATEMENT_REFUSED


@pytest.mark.parametrize("data", [b"", b"{}", b"a.b.c", b"\xff", b"x" * (256 * 1024 + 1), b"[" * 9_000],
                         ids=["empty", "object", "three parts", "no text", "large", "deep"])
def test_what_is_no_statement_says_nothing(data: bytes) -> None:
    root = anchor()
    assert ask([root.own_document(), kept(statement_address(root.endpoint, DID), data)]
               ).listing is Listing.UNCHECKED
    assert ask([kept(configuration_address(root.id), data)]).listing is Listing.UNCHECKED


def test_what_the_sender_brings_is_no_registry() -> None:
    root = anchor()
    sent = [kept(one.address, one.data, grade=Grade.SENDER)
            for one in (root.own_document(), root.document_about(DID))]
    assert ask(sent).listing is Listing.UNCHECKED
    supplied = [kept(one.address, one.data, grade=Grade.SUPPLIED) for one in sent]
    assert ask(supplied).listing is Listing.LISTED


def test_a_pinned_key_of_the_anchor_is_asked_for() -> None:
    root = anchor()
    documents = [root.own_document(), root.document_about(DID)]
    assert ask(documents, key=root.key).listing is Listing.LISTED
    other = ask(documents, key=SimulatedKey("compared by telephone"))
    assert (other.listing, what(other)) == (Listing.UNCHECKED, "pinned key")


def test_the_newest_statement_and_configuration_speak() -> None:
    root = anchor()
    renamed = root.document_about(DID, AT, name="Northbridge Institute")
    documents = [root.own_document(AT - timedelta(days=9)), root.own_document(AT),
                 root.document_about(DID, AT - timedelta(days=9)), renamed]
    answer = ask(documents)
    assert answer.issuer is not None
    assert answer.issuer.name == "Northbridge Institute"


# --- ways with intermediates ---


def chain(length: int) -> list[SimulatedEntity]:
    """The anchor, and intermediates each below the one before."""
    found = [anchor()]
    for place in range(length):
        found.append(SimulatedEntity(f"https://i{place}.example", ISSUED, hints=(found[-1].id,)))
    return found


def way(entities: list[SimulatedEntity], **of_anchor: Any) -> list[EvidenceDocument]:
    leaf = SimulatedEntity(HTTPS, ISSUED, hints=(entities[-1].id,))
    documents = [one.own_document() for one in (*entities, leaf)]
    for above, below in pairwise(entities):
        documents.append(above.document_above(below, **(of_anchor if above is entities[0] else {})))
    return [*documents, entities[-1].document_about(HTTPS)]


@pytest.mark.parametrize("length", [0, 1, 2, MAX_PATH - 1])
def test_an_https_issuer_may_stand_below_intermediates(length: int) -> None:
    answer = ask(way(chain(length)), HTTPS)
    assert answer.listing is Listing.LISTED
    assert len(answer.evidence) == length + 2


def test_a_way_that_is_too_long_is_not_walked() -> None:
    assert ask(way(chain(MAX_PATH + 1)), HTTPS).listing is Listing.UNCHECKED


def test_superiors_in_a_circle_end() -> None:
    one = SimulatedEntity("https://i1.example", ISSUED, hints=("https://i2.example",))
    two = SimulatedEntity("https://i2.example", ISSUED, hints=("https://i1.example", "https://i2.example"))
    leaf = SimulatedEntity(HTTPS, ISSUED, hints=(one.id,))
    documents = [anchor().own_document(), one.own_document(), two.own_document(), leaf.own_document(),
                 one.document_above(two), two.document_above(one), one.document_about(HTTPS)]
    assert ask(documents, HTTPS).listing is Listing.UNCHECKED


def test_many_superiors_are_bounded() -> None:
    names = [f"https://i{place}.example" for place in range(40)]
    crowd = [SimulatedEntity(name, ISSUED, hints=tuple(names)) for name in names]
    leaf = SimulatedEntity(HTTPS, ISSUED, hints=tuple(names))
    entities = (anchor(), leaf, *crowd)
    answer = ask([one.own_document() for one in entities], HTTPS)
    assert answer.listing is Listing.UNCHECKED
    assert len(answer.wanted) <= 32


def test_an_intermediate_that_the_anchor_does_not_know_vouches_for_nobody() -> None:
    root, mallory = anchor(), SimulatedEntity("https://mallory.example", ISSUED, hints=(anchor().id,))
    leaf = SimulatedEntity(HTTPS, ISSUED, hints=(mallory.id,))
    documents = [root.own_document(), mallory.own_document(), leaf.own_document(),
                 mallory.document_about(HTTPS)]
    assert ask(documents, HTTPS).listing is Listing.UNCHECKED
    no = kept(statement_address(root.endpoint, mallory.id), b'{"error":"not_found"}')
    no_leaf = kept(statement_address(root.endpoint, HTTPS), b'{"error":"not_found"}')
    assert ask([*documents, no, no_leaf], HTTPS).listing is Listing.ABSENT


def test_an_intermediate_speaks_with_the_keys_that_the_anchor_lists() -> None:
    root, middle = chain(1)
    middle.key = SimulatedKey("stolen address")
    documents = way([root, middle])
    honest = chain(1)[1]
    documents = [one for one in documents if one.address != statement_address(root.endpoint, middle.id)]
    assert ask([*documents, root.document_above(honest)], HTTPS).listing is Listing.UNCHECKED
    assert ask(way([root, honest]), HTTPS).listing is Listing.LISTED


@pytest.mark.parametrize(("constraints", "expected"), [
    ({"max_path_length": 1}, ""), ({"max_path_length": 0}, "max_path_length"),
    ({"max_path_length": "1"}, "max_path_length"),
    ({"naming_constraints": {"permitted": [".example"]}}, ""),
    ({"naming_constraints": {"permitted": ["northbridge.example"]}}, ""),
    ({"naming_constraints": {"permitted": [".northbridge.example"]}}, "naming_constraints"),
    ({"naming_constraints": {"excluded": ["northbridge.example"]}}, "naming_constraints"),
    ({"naming_constraints": []}, "naming_constraints"),
], ids=str)
def test_constraints_of_a_superior_hold_below(constraints: dict[str, Any], expected: str) -> None:
    answer = ask(way(chain(1), constraints=constraints), HTTPS)
    if expected:
        assert (answer.listing, what(answer)) == (Listing.UNCHECKED, expected)
    assert (answer.listing is Listing.LISTED) is not bool(expected)


def test_kinds_that_a_superior_does_not_allow_are_not_shown() -> None:
    answer = ask(way(chain(1), constraints={"allowed_entity_types": ["openid_provider"]}), HTTPS)
    assert answer.issuer is not None
    assert (answer.issuer.name, answer.issuer.ror) == ("Northbridge University", "")


@pytest.mark.parametrize("address", ["https://registry.example", "http://r.example/.well-known/openid-federation",
                                     "https://r.example?x=/.well-known/openid-federation",
                                     "https://u@r.example/.well-known/openid-federation", ""])
def test_an_anchor_has_an_https_address_with_a_configuration(address: str) -> None:
    with pytest.raises(TrustError) as caught:
        anchor_of(address)
    assert caught.value.reason["what"] == "address"
    assert anchor_of("https://r.example/oidf/.well-known/openid-federation") == "https://r.example/oidf"


def test_addresses_of_statements() -> None:
    assert statement_address("https://r.example/fetch", DID) == f"https://r.example/fetch?sub={DID}"
    assert statement_address("https://r.example/f?a=1", "did:web:a%3A8443") == (
        "https://r.example/f?a=1&sub=did:web:a%253A8443")
