"""Evidence answers by exact address; an expectation asks nothing unless somebody says so."""

from __future__ import annotations

from tests.simulators.signing import pinned_contexts
from tests.verify.desk import documents
from wallet.verify.evidence import Evidence, Expectation


def test_lookup_is_by_exact_address() -> None:
    known = documents({"did:web:uni.example": b'{"id": "did:web:uni.example"}'})
    evidence = Evidence(pinned_contexts(), {"did:web:uni.example": tuple(known)})
    assert evidence.lookup("did:web:uni.example") == tuple(known)
    assert evidence.lookup("did:web:uni.example.") == ()


def test_nothing_is_expected_by_default() -> None:
    nothing = Expectation()
    assert nothing.identities == ()
    assert (nothing.challenge, nothing.domain, nothing.max_status_age) == (None, None, None)
