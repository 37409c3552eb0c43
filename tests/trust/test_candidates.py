"""What the documents say of a key: the best mention counts, and what was taken back anywhere is in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.simulators.signing import SigningKey
from wallet.keys.controller import VerificationMethod
from wallet.keys.keypair import PublicKey, public_key_from_multibase
from wallet.model.reasons import ReasonCode, reason
from wallet.trust.candidates import Candidate, Standing, as_said_since, candidate, earliest, without_doubles

UNI = "did:web:uni.example"
MARCH, JUNE = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 6))


def key(seed: str = "uni") -> PublicKey:
    return public_key_from_multibase(SigningKey("EdDSA", seed).multibase)


def entry(name: str, seed: str = "uni", *, revoked: datetime | None = None,
          expires: datetime | None = None) -> VerificationMethod:
    return VerificationMethod(f"{UNI}#{name}", UNI, key(seed), revoked=revoked, expires=expires)


LISTED = Candidate(f"{UNI}#k", key(), Standing.RETIRED)


def test_without_an_entry_there_is_no_key() -> None:
    assert candidate(f"{UNI}#k", None, Standing.UNKNOWN, (), missing=UNI) == Candidate(
        f"{UNI}#k", None, Standing.UNKNOWN, missing=UNI)
    assert candidate(f"{UNI}#k", entry("k", revoked=JUNE), Standing.AUTHORISED, ()) == Candidate(
        f"{UNI}#k", key(), Standing.AUTHORISED, revoked=JUNE)


@pytest.mark.parametrize(("said", "revoked", "in_doubt"), [
    (entry("k", revoked=MARCH), MARCH, False),  # this very method
    (entry("old", revoked=MARCH), MARCH, True),  # the same key under another name
    (entry("old", "other", revoked=MARCH), None, False), (entry("k", "other", revoked=MARCH), None, False),
    (entry("old"), None, False)],
    ids=["itself", "another name", "another key", "another key under its name", "not revoked"])
def test_a_key_that_was_taken_back_anywhere_is_not_as_good_as_before(
        said: VerificationMethod, revoked: datetime | None, *, in_doubt: bool) -> None:
    found = as_said_since(LISTED, (said,))
    assert found.revoked == revoked
    assert (found.problem == reason(ReasonCode.KEY_REVOKED)) is in_doubt
    assert found.key == LISTED.key


def test_the_first_of_several_ends_counts() -> None:
    found = as_said_since(replace(LISTED, revoked=JUNE), (
        entry("k", revoked=datetime(2026, 7, 1, tzinfo=UTC), expires=JUNE), entry("k", expires=MARCH)))
    assert (found.revoked, found.expires, found.problem) == (JUNE, MARCH, None)
    assert earliest(None, JUNE, MARCH) == MARCH
    assert earliest(None) is None


def test_the_best_mention_of_a_key_stays() -> None:
    worse = replace(LISTED, standing=Standing.NOT_LISTED)
    best = replace(LISTED, standing=Standing.AUTHORISED)
    other = replace(LISTED, key=key("other"))
    assert without_doubles((worse, other, LISTED, best)) == (best, other)


def test_what_was_sealed_while_a_key_was_listed() -> None:
    was = replace(LISTED, listed_at=MARCH, gone_at=JUNE)
    assert was.was_listed(MARCH)
    assert not was.was_listed(JUNE)
    assert not was.was_listed(None)
    assert not replace(was, listed_at=None).was_listed(MARCH)
