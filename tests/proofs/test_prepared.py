"""A document made ready: each way it may have been meant, once, and nothing that would not be signed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.codec.samples import OB_3, VC_2, badge, contexts
from wallet.codec.linked_data.canonical import CanonicalForm
from wallet.codec.linked_data.contexts import ContextDocument, Contexts, ContextSet
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_PROOFS
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs import prepared as prepared_module
from wallet.proofs.prepared import as_json, as_statements, prepare, usual_statements
from wallet.proofs.suite import Suite
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


def test_options_that_would_not_be_signed_are_named_and_never_called_another_text() -> None:
    proof = PROOF | {"colour": "red"}
    with pytest.raises(LinkedDataError) as caught:
        list(as_statements(prepare(badge() | {"proof": proof}, contexts()), proof, STATEMENTS, "SHA-256"))
    assert caught.value.reason.code is ReasonCode.UNDEFINED_TERM


@pytest.mark.parametrize(("proof", "suite", "plain"), [
    (PROOF, STATEMENTS, True), (PROOF | {"@context": [VC_2]}, STATEMENTS, False),
    (PROOF | {"@context": [OB_3, VC_2]}, STATEMENTS, False),
    (PROOF, SUITES["EcdsaSecp256r1Signature2019"], True)],
    ids=["plain", "fewer contexts", "another order", "words of its own"])
def test_only_what_is_plain_is_told_without_asking_how_it_was_meant(
        proof: dict[str, Any], suite: Suite, *, plain: bool) -> None:
    prepared = prepare(badge() | {"proof": proof}, contexts())
    usual = usual_statements(prepared, proof, suite, "SHA-256")
    assert (usual is not None) is plain
    if usual:
        assert usual == next(as_statements(prepared, proof, suite, "SHA-256"))


COLOUR = "https://uni.example/colour/v1"


def coloured() -> tuple[dict[str, Any], Contexts]:
    """A badge with a word of a vocabulary that has lost it since."""
    newest, older = (ContextDocument(COLOUR, str(place), {"@context": terms}, str(place), shipped=False)
                     for place, terms in enumerate(({}, {"colour": f"{COLOUR}#colour"})))
    known = Contexts({COLOUR: (newest, older)} | {
        one.address: (one,) for one in contexts().variants((VC_2, OB_3))[0].documents})
    return badge(colour="red") | {"@context": [VC_2, OB_3, COLOUR], "proof": PROOF}, known


def test_a_word_that_only_an_older_content_has_is_read_by_that() -> None:
    [(used, form)] = prepare(*coloured()).variants()
    assert used.document(COLOUR) == {"@context": {"colour": f"{COLOUR}#colour"}}
    assert b'"red"' in form.nquads


def test_what_is_too_intricate_once_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[ContextSet] = []

    def intricate(_document: object, used: ContextSet, **_: object) -> CanonicalForm:
        tried.append(used)
        raise LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION))

    monkeypatch.setattr(prepared_module, "canonical_form", intricate)
    with pytest.raises(LinkedDataError) as caught:
        prepare(*coloured())
    assert (caught.value.reason.code, len(tried)) == (ReasonCode.LIMIT_CANONICALISATION, 1)


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
