"""A proof's options, remembered but for their date: the bytes are those that both paths would write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codec.samples import contexts
from wallet.codec.linked_data.canonical import canonical_form, context_addresses, reference_form
from wallet.codec.linked_data.contexts import ContextSet
from wallet.model.errors import LinkedDataError
from wallet.proofs import options as remembered
from wallet.proofs.options import written_options

_V2 = "https://www.w3.org/ns/credentials/v2"
_BADGE = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPTIONS: dict[str, Any] = {
    "@context": [_V2, _BADGE],
    "type": "DataIntegrityProof",
    "created": "2026-05-01T08:30:00Z",
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
    "verificationMethod": "did:example:a#1",
}
DATES = st.sampled_from(("2026-05-01T08:30:00Z", "2026-05-01T08:30:00.123+02:00", "2026-05-01T08:30:00",
                         "0001-02-03T04:05:06Z", "9999-12-31T23:59:59Z", "+2026", "Z", ":", "2026-05-01"))
ODD: st.SearchStrategy[Any] = st.sampled_from(
    ('2026"', "2026\n", "", "x\\", "\uff12\uff10", 7, None, [], {}, ["2026"], "Z" * 65))
OTHERS = st.fixed_dictionaries({}, optional={
    "id": st.sampled_from(("urn:uuid:1", "https://a.example/p", "_:b", "relative")),
    "expires": DATES | ODD,
    "challenge": st.sampled_from(("c", '"quoted"', "2026-05-01T08:30:00Z", "0001-02-03T04:05:06Z")),
    "domain": st.sampled_from(("d", ["d", "e"], 'a"^^<b> .\n')),
    "nonce": st.text(max_size=8),
    "previousProof": st.sampled_from(("urn:uuid:2", ["urn:uuid:2", "urn:uuid:3"])),
    "unknown": st.just("x"),
    "http://purl.org/dc/terms/created": DATES,
    "dc:created": DATES,
    "@type": st.just("x"),
    "type": st.sampled_from(("DataIntegrityProof", ["DataIntegrityProof"], "https://w3id.org/security#Ed25519")),
})


def contexts_of(document: dict[str, Any]) -> ContextSet:
    return contexts().variants(context_addresses(document))[0]


def outcome(document: dict[str, Any], write: Any) -> object:
    try:
        found = write(document, contexts_of(OPTIONS))
    except LinkedDataError as error:
        return error.reason
    return found if isinstance(found, bytes) else found.nquads


@given(others=OTHERS, created=DATES | ODD, absent=st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_a_proof_says_the_bytes_are_those_of_the_ordinary_way(
    others: dict[str, Any], created: object, absent: bool
) -> None:
    document = OPTIONS | {"created": created} | others
    if absent:
        del document["created"]
    expected = outcome(document, canonical_form)
    for _ in range(2):
        assert outcome(document, written_options) == expected


@pytest.mark.parametrize("created", ["2026-05-01T08:30:00Z", "2031-12-01T00:00:00.5-07:00"])
def test_the_reference_path_writes_the_same(created: str) -> None:
    document = OPTIONS | {"created": created}
    assert written_options(document, contexts_of(document)) == reference_form(
        document, contexts_of(document)).nquads


def test_another_date_of_the_same_issuer_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known = contexts_of(OPTIONS)
    written_options(OPTIONS, known)

    def nobody(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(remembered, "canonical_form", nobody)
    later = OPTIONS | {"created": "2027-01-01T00:00:00Z"}
    assert b'"2027-01-01T00:00:00Z"^^' in written_options(later, known)
    with pytest.raises(AssertionError):
        written_options(OPTIONS | {"verificationMethod": "did:example:b#1"}, known)
