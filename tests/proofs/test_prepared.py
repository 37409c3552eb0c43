"""A document made ready: each way it may have been meant, once, and nothing that would not be signed."""

from __future__ import annotations

import pytest

from tests.codec.samples import badge, contexts
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_PROOFS
from wallet.model.reasons import ReasonCode
from wallet.proofs.prepared import as_json, as_statements, prepare
from wallet.proofs.suites import SUITES

PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "verificationMethod": "did:example:a#1",
    "proofPurpose": "assertionMethod",
    "proofValue": "z1",
}
STATEMENTS, JSON = SUITES["eddsa-rdfc-2022"], SUITES["eddsa-jcs-2022"]


def test_a_document_is_prepared_without_its_proofs() -> None:
    document = badge() | {"proof": PROOF}
    prepared = prepare(document, contexts())
    assert "proof" not in prepared.document
    assert "proof" in document
    assert prepared.proofs == (PROOF,)


def test_compiled_contexts_and_the_reference_say_the_same_bytes() -> None:
    prepared = prepare(badge() | {"proof": PROOF}, contexts())
    fast, slow = (list(as_statements(prepared, PROOF, STATEMENTS, "SHA-256"))[place] for place in (0, -1))
    assert fast[:2] == slow[:2]
    assert b"z1" not in fast[0], "the value of a proof seals nothing"


def test_a_form_is_made_once() -> None:
    prepared = prepare(badge() | {"proof": PROOF}, contexts())
    (one,), (again,) = ([form for _, form in prepared.variants()][:1] for _ in range(2))
    assert one is again


def test_an_undefined_term_has_no_form() -> None:
    with pytest.raises(LinkedDataError) as caught:
        prepare(badge() | {"colour": "red", "proof": PROOF}, contexts())
    assert caught.value.reason.code is ReasonCode.UNDEFINED_TERM


def test_what_is_sealed_as_json_may_hold_words_of_its_own_and_says_so() -> None:
    proof = PROOF | {"cryptosuite": "eddsa-jcs-2022"}
    prepared = prepare(badge() | {"colour": "red", "proof": proof}, contexts())
    assert [note.code for note in prepared.notes] == [ReasonCode.QUIRK_NO_AGREED_MEANING]
    options, document, notes = as_json(prepared, proof, JSON)
    assert b'"colour":"red"' in document
    assert b"z1" not in options
    assert notes == ()


def test_the_number_of_proofs_is_bounded() -> None:
    prepare(badge() | {"proof": [PROOF] * MAX_PROOFS}, contexts())
    with pytest.raises(LinkedDataError) as caught:
        prepare(badge() | {"proof": [PROOF] * (MAX_PROOFS + 1)}, contexts())
    assert caught.value.reason.code is ReasonCode.LIMIT_PROOFS
