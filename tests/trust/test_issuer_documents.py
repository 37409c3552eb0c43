"""Several documents of one issuer: beside each other, without a word about keys, taking a key back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.simulators.signing import SigningKey
from tests.trust.test_issuer_keys import (
    CERTIFIED,
    HTTPS,
    JUNE,
    KEY,
    LISTED,
    MARCH,
    OTHER,
    UNI,
    controller,
    keys,
    lookup,
    metadata,
    method,
    only,
)
from wallet.trust.issuer_keys import IssuerKeys, Relationship, Standing, issuer_metadata


@pytest.mark.parametrize("later", ["profile", "metadata"])
def test_an_issuers_metadata_is_no_version_of_its_profile(later: str) -> None:
    """Two documents of an issuer stand side by side, whichever of them came last."""
    profile = controller(HTTPS, method(f"{HTTPS}#k", controller=HTTPS), assertionMethod=[f"{HTTPS}#k"])
    served = ((HTTPS, profile), (issuer_metadata(HTTPS), metadata(HTTPS)))
    dates = {0: JUNE, 1: MARCH} if later == "profile" else {0: MARCH, 1: JUNE}
    found = keys(lookup(*served, dates=dates), HTTPS)
    assert only(found.for_method(f"{HTTPS}#k")).standing is Standing.AUTHORISED
    assert only(found.for_header({"kid": "k1"})).standing is Standing.AUTHORISED
    assert found.changed is None
    assert all(current for *_, current in found.listed)
    assert found.may_list_since("new", JUNE)  # the other copy is as old as March
    changed = lookup(*served, (HTTPS, controller(HTTPS, assertionMethod=[])),
                     dates={**dates, 2: datetime(2026, 7, 1, tzinfo=UTC)})
    assert only(keys(changed, HTTPS).for_method(f"{HTTPS}#k")).standing is Standing.RETIRED
    assert keys(changed, HTTPS).changed is not None


def test_the_same_bytes_at_both_places_replace_what_either_said_before() -> None:
    place, (old, new) = issuer_metadata(HTTPS), (
        json.dumps({"keys": [{**one.jwk, "kid": "k1"}]}).encode() for one in (CERTIFIED, OTHER))
    found = keys(lookup((place, old), (place, new), (HTTPS, new), dates={0: MARCH, 1: JUNE, 2: JUNE}), HTTPS)
    standings = {one.key.thumbprint: one.standing for one in found.for_header({"kid": "k1"}) if one.key}
    assert sorted(standings.values()) == [Standing.AUTHORISED, Standing.RETIRED]


def test_a_profile_without_a_word_about_keys_says_nothing_against_any() -> None:
    """A badge's profile need not list keys; those of tokens stand in the metadata."""
    silent = json.dumps({"id": HTTPS, "type": "Profile", "name": "Law"}).encode()
    alone = keys(lookup((HTTPS, silent)), HTTPS)
    assert (alone.known, alone.absent) == (False, Standing.UNKNOWN)
    assert alone.for_header({"kid": "k1"}) == ()
    both = keys(lookup((HTTPS, silent), (issuer_metadata(HTTPS), metadata(HTTPS)),
                       dates={0: JUNE, 1: MARCH}), HTTPS)
    assert only(both.for_header({"kid": "k1"})).standing is Standing.AUTHORISED
    # That there are none is a word, and what was listed before is gone.
    empty = json.dumps({"id": HTTPS, "type": "Profile", "publicKey": []}).encode()
    assert keys(lookup((HTTPS, empty)), HTTPS).absent is Standing.NOT_LISTED
    listed = controller(HTTPS, method(f"{HTTPS}#k", controller=HTTPS), assertionMethod=[f"{HTTPS}#k"])
    before = keys(lookup((HTTPS, listed), (HTTPS, silent), dates={0: MARCH, 1: JUNE}), HTTPS)
    assert only(before.for_method(f"{HTTPS}#k")).standing is Standing.RETIRED
    assert before.absent is Standing.NOT_LISTED
    of_a_did = json.dumps({"id": UNI}).encode()
    assert keys(lookup((UNI, of_a_did))).absent is Standing.NOT_LISTED
    counted = IssuerKeys(HTTPS, Relationship.ASSERTION, lookup((HTTPS, silent)), silence_counts=True)
    assert counted.absent is Standing.NOT_LISTED


def test_a_key_taken_back_under_another_name_since_is_in_doubt_and_not_only_retired() -> None:
    """Whoever has the key names the method that a document of before listed."""
    revoked = method(f"{UNI}#old", revoked="2026-02-01T00:00:00Z")
    newer = controller(UNI, revoked, method(f"{UNI}#n", OTHER), assertionMethod=[f"{UNI}#old", f"{UNI}#n"])
    found = keys(lookup((UNI, LISTED), (UNI, newer), dates={0: MARCH, 1: JUNE}))
    one = only(found.for_method(f"{UNI}#k"))
    assert (one.standing, one.revoked) == (Standing.RETIRED, datetime(2026, 2, 1, tzinfo=UTC))
    assert one.problem is not None
    twin = newer.replace(KEY.multibase.encode(), CERTIFIED.multibase.encode())
    other = only(keys(lookup((UNI, LISTED), (UNI, twin), dates={0: MARCH, 1: JUNE})).for_method(f"{UNI}#k"))
    assert (other.standing, other.revoked, other.problem) == (Standing.RETIRED, None, None)


@pytest.mark.parametrize("where", ["beside the reference", "in the metadata"])
def test_a_party_may_take_back_a_key_wherever_it_is_listed(where: str) -> None:
    home, name = "https://keys.example/k", f"{HTTPS}#k"
    revoked = method(f"{HTTPS}#old", controller=HTTPS, revoked="2026-02-01T00:00:00Z")
    if where == "beside the reference":
        theirs = json.dumps({**method(home, controller=HTTPS), "id": home}).encode()
        served = [(HTTPS, controller(HTTPS, revoked, assertionMethod=[home])), (home, theirs)]
        name, twin = home, [(HTTPS, controller(HTTPS, assertionMethod=[home])), (home, theirs)]
    else:
        own = (HTTPS, controller(HTTPS, method(name, controller=HTTPS), assertionMethod=[name]))
        jwk = {"kty": "OKP", "crv": "Ed25519", **KEY.jwk, "kid": "old"}
        twin = [own, (issuer_metadata(HTTPS), json.dumps({"keys": [jwk]}).encode())]
        taken = {"keys": [{**jwk, "revoked": {"revoked_at": 1}}]}
        served = [own, (issuer_metadata(HTTPS), json.dumps(taken).encode())]
    one = only(keys(lookup(*served), HTTPS).for_method(name))
    assert (one.standing, one.problem is None) == (Standing.AUTHORISED, False)
    assert one.revoked is not None
    other = only(keys(lookup(*twin), HTTPS).for_method(name))
    assert (other.standing, other.revoked, other.problem) == (Standing.AUTHORISED, None, None)


@pytest.mark.parametrize("count", [17, 64, 65, 200])
def test_an_issuer_of_many_keys_is_not_said_to_lack_the_last_one(count: int) -> None:
    """Only sixteen were tried, and what the seventeenth had sealed was called altered."""
    others = [SigningKey("ES256", f"key {number % 3}").jwk | {"kid": f"a{number:03}"}
              for number in range(count - 1)]
    listed = json.dumps({"keys": [*others, CERTIFIED.jwk | {"kid": "last"}]}).encode()
    found = keys(lookup((HTTPS, listed)), HTTPS)
    for header in ({}, {"kid": HTTPS}):
        tried = found.for_header(header)
        keyless = [one for one in tried if one.key is None]
        if count <= 64:
            assert len(tried) == count
            assert not keyless
        else:
            assert (len(tried), [one.standing for one in keyless]) == (65, [Standing.UNKNOWN])
    assert only(found.for_header({"kid": "last"})).standing is Standing.AUTHORISED


def test_keys_that_are_for_something_else_leave_nothing_in_doubt_where_none_is_named() -> None:
    """A set often holds one to encrypt with, too."""
    encrypting = SigningKey("ES256", "other").jwk | {"kid": "e", "use": "enc"}
    listed = json.dumps({"keys": [encrypting, CERTIFIED.jwk | {"kid": "k1", "use": "sig"}]}).encode()
    found = keys(lookup((HTTPS, listed)), HTTPS)
    assert [one.method for one in found.to_try] == [f"{HTTPS}#k1"]
    assert only(found.for_header({"kid": "e"})).problem is not None  # who names it gets "cannot tell"


# --- keys that an issuer's metadata says are elsewhere ---

PLACE, SET = issuer_metadata(HTTPS), "https://keys.example/set"
JULY = datetime(2026, 7, 1, tzinfo=UTC)
NAMING = json.dumps({"issuer": HTTPS, "jwks_uri": SET}).encode()


def key_set(key: SigningKey = CERTIFIED) -> bytes:
    return json.dumps({"keys": [{**key.jwk, "kid": "k1"}]}).encode()


@pytest.mark.parametrize("before", [(PLACE, metadata(HTTPS)), (HTTPS, key_set())], ids=["metadata", "set"])
def test_keys_that_are_elsewhere_may_be_others_until_they_are_here(before: tuple[str, bytes]) -> None:
    """What was listed before counted on, and what is listed there now was somebody else's."""
    found = keys(lookup(before, (PLACE, NAMING), dates={0: MARCH, 1: JUNE}), HTTPS)
    one = only(found.for_header({"kid": "k1"}))
    assert (one.standing, one.missing) == (Standing.UNKNOWN, HTTPS)
    assert found.absent is Standing.UNKNOWN
    assert found.changed is None
    seen = IssuerKeys(HTTPS, Relationship.ASSERTION,
                      lookup(before, (PLACE, NAMING), dates={0: MARCH, 1: JUNE}), seen_at=MARCH)
    assert only(seen.for_header({"kid": "k1"})).was_listed(MARCH)
    for now, standings in ((CERTIFIED, [Standing.AUTHORISED]),
                           (OTHER, [Standing.AUTHORISED, Standing.RETIRED])):
        served = (before, (PLACE, NAMING), (SET, key_set(now)))
        there = keys(lookup(*served, dates={0: MARCH, 1: JUNE, 2: JUNE}), HTTPS)
        assert [one.standing for one in there.for_header({"kid": "k1"})] == standings
    own = controller(HTTPS, method(f"{HTTPS}#k", controller=HTTPS), assertionMethod=[f"{HTTPS}#k"])
    beside = keys(lookup((HTTPS, own), (PLACE, NAMING), dates={0: MARCH, 1: JUNE}), HTTPS)
    assert only(beside.for_method(f"{HTTPS}#k")).standing is Standing.AUTHORISED
    assert beside.absent is Standing.UNKNOWN


def test_a_key_set_at_an_issuers_own_address_stands_beside_its_profile() -> None:
    """It was asked for there by way of the metadata; a profile of later replaces none of its keys."""
    silent = json.dumps({"id": HTTPS, "type": "Profile", "name": "Law"}).encode()
    for dates in ({0: MARCH, 1: JUNE}, {0: JUNE, 1: MARCH}, {0: JUNE, 1: JUNE}):
        found = keys(lookup((HTTPS, key_set()), (HTTPS, silent), dates=dates), HTTPS)
        assert only(found.for_header({"kid": "k1"})).standing is Standing.AUTHORISED
        assert found.changed is None
    newer = keys(lookup((HTTPS, key_set()), (PLACE, key_set(OTHER)), dates={0: MARCH, 1: JUNE}), HTTPS)
    assert sorted(one.standing for one in newer.for_header({"kid": "k1"})) == [
        Standing.AUTHORISED, Standing.RETIRED]


def test_a_key_set_that_is_named_no_more_came_when_it_came() -> None:
    """Whoever keeps the old address could list a key of his own there, as of before the issuer left."""
    moved = json.dumps({"issuer": HTTPS, "jwks_uri": "https://keys.example/new"}).encode()
    found = keys(lookup((PLACE, NAMING), (PLACE, moved), ("https://keys.example/new", key_set(OTHER)),
                        (SET, key_set()), dates={0: MARCH, 1: JUNE, 2: JUNE, 3: JULY}), HTTPS)
    left = next(one for one in found.for_header({"kid": "k1"}) if one.standing is Standing.RETIRED)
    assert (left.listed_at, left.gone_at) == (JULY, JUNE)
    assert not left.was_listed(MARCH)
