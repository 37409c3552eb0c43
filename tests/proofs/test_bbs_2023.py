"""bbs-2023: the W3C appendix value by value, attacks upon the parts of a proof, features by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.codec.samples import badge, contexts
from tests.proofs.published import Appendix, indexes
from tests.simulators.selective import SelectiveIssuer
from wallet.codec.linked_data.canonical import canonicalise
from wallet.keys.keypair import HolderKey, PublicKey, public_key_from_multibase
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.proofs import bbs_2023
from wallet.proofs.data_integrity import prepare, verify_proof
from wallet.proofs.disclosure import derive, verify_base_proof
from wallet.proofs.disclosure_value import read_value, write_value
from wallet.proofs.grouping import hash_of, label_statements, part, relabel, shuffled_labels
from wallet.proofs.selective import select

ISSUER = SelectiveIssuer(bbs_2023.NAME)
KEY = public_key_from_multibase(ISSUER.multibase)
FOLDER = "w3c/vc-di-bbs/TestVectors"


@pytest.fixture(scope="module")
def wind(vectors: Path) -> Appendix:
    return Appendix(vectors, FOLDER, "windMandatory.json", "windSelective.json")


@pytest.fixture(scope="module")
def derived() -> dict[str, Any]:
    base = ISSUER.seal(badge())
    return derive(base, base["proof"], ["/credentialSubject/achievement"], contexts())


def test_the_published_base_proof_is_made_byte_for_byte(wind: Appendix) -> None:
    document, proof, known = wind.opened("addSignedSDBase.json")
    keys = wind.read("BBSKeyMaterial.json")
    secret = bytes.fromhex(keys["hmacKeyString"])
    assert canonicalise(document, known).decode() == "".join(wind.read("addBaseDocCanon.json"))
    options = wind.options("addSignedSDBase.json")
    assert options.decode() == wind.read("addProofConfigCanon.txt")
    statements = label_statements(document, known, shuffled_labels(secret))
    assert list(statements.lines) == wind.read("addBaseDocHMACCanon.json")
    always, _ = wind.pointers
    places = statements.selection(always).indexes
    assert list(places) == indexes(wind.read("addBaseTransform.json")["mandatory"])
    mandatory, others = part(statements.lines, places)
    assert others == [line for _, line in wind.read("addBaseTransform.json")["nonMandatory"]["value"]]
    hashes = wind.read("addHashData.json")
    assert hash_of(mandatory).hex() == hashes["mandatoryHash"]
    base = bbs_2023.read_base(proof["proofValue"])
    assert base.header.hex() == hashes["proofHash"] + hashes["mandatoryHash"]
    assert base.signature.hex() == wind.read("addRawBaseSignatureInfo.json")["bbsSignature"]
    assert base.public_key.hex() == keys["publicKeyHex"]
    assert (base.secret, list(base.pointers)) == (secret, always)
    number = int(keys["privateKeyHex"], 16)
    value = bbs_2023.create_value(options, statements, always, issuer_secret=number, secret=secret)
    assert value == proof["proofValue"]
    key = public_key_from_multibase(proof["verificationMethod"].partition("#")[2])
    bbs_2023.verify_base(options, statements, value, key)


def test_the_published_selection_is_the_same_and_its_proof_holds(wind: Appendix) -> None:
    document, proof, known = wind.opened("addSignedSDBase.json")
    always, chosen = wind.pointers
    statements = label_statements(document, known, bbs_2023.read_base(proof["proofValue"]).labelling)
    shown = statements.selection([*always, *chosen])
    assert list(shown.indexes) == wind.read("derivedGroupIndexes.json")["combinedIndexes"]
    unsigned = wind.read("derivedUnsignedReveal.json")
    assert select(document, [*always, *chosen]) == unsigned | {"@context": document["@context"]}
    options = wind.options("addSignedSDBase.json")
    header = bytes.fromhex(wind.read("BBSDeriveMaterial.json")["presentationHeaderHex"])
    value = bbs_2023.derive_value(options, statements, proof["proofValue"], shown, presentation_header=header)
    ours = bbs_2023.read_derived(value)
    part_, published_proof, _ = wind.opened("derivedRevealDocument.json")
    published = bbs_2023.read_derived(published_proof["proofValue"])
    stated = wind.read("derivedDisclosureData.json")
    assert published.proof.hex() == stated["bbsProof"]
    assert len(ours.proof) == len(published.proof)
    for one in (ours, published):
        assert list(one.labels.items()) == [tuple(pair) for pair in stated["labelMap"]["value"]]
        assert list(one.mandatory) == stated["mandatoryIndexes"]
        assert list(one.selective) == stated["adjSelectiveIndexes"]
        assert one.presentation_header == header == bytes(stated["presentationHeader"].values())
    key = public_key_from_multibase(proof["verificationMethod"].partition("#")[2])
    for one_value in (value, published_proof["proofValue"]):
        bbs_2023.verify_derived(options, canonicalise(part_, known), one_value, key)
    lines = relabel(canonicalise(part_, known), published.labels)
    assert list(lines) == [statements.lines[index] for index in shown.indexes]


@pytest.mark.parametrize(
    ("folder", "feature"), [("HolderBinding", "holder binding"), ("PseudonymHB", "pseudonym")]
)
@pytest.mark.parametrize("name", ["derivedRevealDocument.json", "addSignedSDBase.json"])
def test_published_features_are_named_and_nothing_is_said_about_the_seal(
    vectors: Path, folder: str, feature: str, name: str
) -> None:
    appendix = Appendix(vectors, f"{FOLDER}/{folder}", "", "")
    whole = appendix.read(name)
    key = public_key_from_multibase(whole["proof"]["verificationMethod"].partition("#")[2])
    for check in (verify_proof, verify_base_proof):
        with pytest.raises(ProofUnsupportedError) as caught:
            check(prepare(whole, appendix.known), whole["proof"], key)
        assert caught.value.reason.code is ReasonCode.PROOF_UNSUPPORTED
        assert caught.value.reason["suite"] == f"bbs-2023 {feature}"


def refusal(document: dict[str, Any], key: PublicKey = KEY) -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        verify_proof(prepare(document, contexts()), document["proof"], key)
    return caught.value.reason.code


def with_members(document: dict[str, Any], change: Callable[[list[Any]], object]) -> dict[str, Any]:
    """A derived proof with one of its members changed: proof, labels, mandatory, selective, header."""
    members = read_value(document["proof"]["proofValue"], 3, 5, suite="", base=2)
    change(members)
    return document | {"proof": document["proof"] | {"proofValue": write_value(3, members)}}


def test_x01_a_base_proof_is_refused_and_its_derived_twin_is_not(derived: dict[str, Any]) -> None:
    assert refusal(ISSUER.seal(badge())) is ReasonCode.PROOF_BASE
    assert verify_proof(prepare(derived, contexts()), derived["proof"], KEY).suite == bbs_2023.NAME


def _swap(members: list[Any]) -> None:
    members[1][0], members[1][1] = members[1][1], members[1][0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m[2].pop(), ReasonCode.SIGNATURE_WRONG),  # X02
        (lambda m: (m[2].pop(), m[3].append(m[3][-1] + 1)), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].append(4_000), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].append(m[2][-1]), ReasonCode.PROOF_MALFORMED),
        (lambda m: m[3].pop(), ReasonCode.SIGNATURE_WRONG),  # X03
        (lambda m: m[3].__setitem__(-1, m[3][-1] + 1), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].__setitem__(-1, 4_000), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].__setitem__(-1, 2**63), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].reverse(), ReasonCode.PROOF_MALFORMED),
        (_swap, ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[1].pop(0), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[1].clear(), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[1].__setitem__(99, 99), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[1].__setitem__(0, 99), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[1].__setitem__(0, m[1][1]), ReasonCode.PROOF_MALFORMED),
        (lambda m: m[1].__setitem__(0, "b0"), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(1, []), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(0, m[0][:-1]), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(0, m[0] + bytes(31) + b"\1"), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(0, "text"), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(4, b"\0"), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(4, 0), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.append(0), ReasonCode.PROOF_MALFORMED),
    ],
)
def test_x02_x03_a_mangled_proof_is_refused(
    derived: dict[str, Any], change: Callable[[list[Any]], object], code: ReasonCode
) -> None:
    assert refusal(with_members(derived, change)) is code
    untouched = with_members(derived, lambda _: None)
    assert untouched == derived
    verify_proof(prepare(untouched, contexts()), untouched["proof"], KEY)


def test_another_key_or_kind_of_key_does_not_open_it(derived: dict[str, Any]) -> None:
    other = public_key_from_multibase(SelectiveIssuer(bbs_2023.NAME, "elsewhere").multibase)
    assert refusal(derived, other) is ReasonCode.SIGNATURE_WRONG
    assert refusal(derived, HolderKey.from_seed(bytes(32)).public) is ReasonCode.KEY_SUITE_MISMATCH


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.__setitem__(0, m[0][:-1] + bytes([m[0][-1] ^ 1])),
        lambda m: m.__setitem__(1, bytes(64)),
        lambda m: m.__setitem__(3, bytes(32)),
        lambda m: m[4].pop(),
    ],
)
def test_a_mangled_base_proof_is_refused_by_its_holder_and_derives_nothing(
    change: Callable[[list[Any]], object],
) -> None:
    base = ISSUER.seal(badge())
    members = read_value(base["proof"]["proofValue"], 2, 5, suite="", base=2)
    change(members)
    proof = base["proof"] | {"proofValue": write_value(2, members)}
    for attempt in (
        lambda: verify_base_proof(prepare(base, contexts()), proof, KEY),
        lambda: derive(base, proof, ["/name"], contexts()),
    ):
        with pytest.raises(ProofError) as caught:
            attempt()
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    verify_base_proof(prepare(base, contexts()), base["proof"], KEY)
