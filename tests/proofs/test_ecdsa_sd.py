"""ecdsa-sd-2023: every value of the W3C appendix, and attacks upon the parts of a proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.codec.samples import badge, contexts
from tests.proofs.published import Appendix, indexes
from tests.simulators.selective import SelectiveIssuer
from wallet.codec.encoding import multibase_decode
from wallet.codec.linked_data.canonical import canonicalise
from wallet.keys.keypair import HolderKey, PublicKey, public_key_from_multibase
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs import ecdsa_sd
from wallet.proofs.data_integrity import prepare, verify_proof
from wallet.proofs.disclosure import derive
from wallet.proofs.disclosure_value import read_value, write_value
from wallet.proofs.grouping import hash_of, hmac_labels, label_statements, part, relabel
from wallet.proofs.selective import select

ISSUER = SelectiveIssuer(ecdsa_sd.NAME)
KEY = public_key_from_multibase(ISSUER.multibase)


@pytest.fixture(scope="module")
def prc(vectors: Path) -> Appendix:
    return Appendix(
        vectors,
        "w3c/vc-di-ecdsa/TestVectors/ecdsa-sd-2023/prc",
        "../../prCredMandatory.json",
        "../../prCredSelective.json",
    )


@pytest.fixture(scope="module")
def derived() -> dict[str, Any]:
    base = ISSUER.seal(badge())
    return derive(base, base["proof"], ["/credentialSubject/achievement"], contexts())


def test_a_published_base_proof_is_repeated_step_by_step(prc: Appendix) -> None:
    document, proof, known = prc.opened("addSignedSDBase.json")
    keys = prc.read("../SDKeyMaterial.json")
    issuer = public_key_from_multibase(keys["baseKeyPair"]["publicKeyMultibase"])
    assert canonicalise(document, known).decode() == "".join(prc.read("addBaseDocCanon.json"))
    assert prc.options("addSignedSDBase.json").decode() == prc.read("addProofConfigCanon.txt")
    statements = label_statements(document, known, hmac_labels(bytes.fromhex(keys["hmacKeyString"])))
    assert list(statements.lines) == prc.read("addBaseDocHMACCanon.json")
    always, _ = prc.pointers
    places = statements.selection(always).indexes
    transform = prc.read("addBaseTransform.json")
    assert list(places) == indexes(transform["mandatory"])
    mandatory, others = part(statements.lines, places)
    assert others == [line for _, line in transform["nonMandatory"]["value"]]
    assert hash_of(mandatory).hex() == prc.read("addHashData.json")["mandatoryHash"]
    base = ecdsa_sd.read_base(proof["proofValue"])
    published = prc.read("derivedRecoveredBaseData.json")
    assert base.signature.hex() == published["baseSignature"]
    assert base.public_key == multibase_decode(published["proofPublicKey"])
    assert base.secret.hex() == published["hmacKey"]
    assert [one.hex() for one in base.signatures] == published["signatures"]
    assert list(base.pointers) == always
    ecdsa_sd.verify_base(prc.options("addSignedSDBase.json"), statements, proof["proofValue"], issuer)


def test_the_published_derived_proof_is_made_byte_for_byte(prc: Appendix) -> None:
    document, proof, known = prc.opened("addSignedSDBase.json")
    base = ecdsa_sd.read_base(proof["proofValue"])
    statements = label_statements(document, known, base.labelling)
    always, chosen = prc.pointers
    groups = prc.read("derivedGroupIndexes.json")
    shown = statements.selection([*always, *chosen])
    assert list(shown.indexes) == groups["combinedIndexes"]
    assert list(statements.selection(chosen).indexes) == groups["selectiveIndexes"]
    assert list(shown.labels.items()) == [
        tuple(pair) for pair in prc.read("derivedDisclosureData.json")["labelMap"]["value"]
    ]
    assert select(document, [*always, *chosen]) == prc.read("derivedUnsignedReveal.json")
    value = ecdsa_sd.derive_value(b"", statements, proof["proofValue"], shown)
    assert value == prc.read("derivedRevealDocument.json")["proof"]["proofValue"]
    assert (
        list(ecdsa_sd.read_derived(value).mandatory)
        == prc.read("derivedAdjMandatoryIndexes.json")["adjMandatoryIndexes"]
    )


def test_the_published_derived_proof_is_checked_step_by_step(prc: Appendix) -> None:
    document, proof, known = prc.opened("derivedRevealDocument.json")
    derived = ecdsa_sd.read_derived(proof["proofValue"])
    published = prc.read("verifyDerivedProofValue.json")
    assert [one.hex() for one in derived.signatures] == published["signatures"]
    assert list(derived.labels.items()) == [tuple(pair) for pair in published["labelMap"]]
    lines = relabel(canonicalise(document, known), derived.labels)
    assert list(lines) == prc.read("verifyNQuads.json")
    _, others = part(lines, derived.mandatory)
    assert others == prc.read("verifyCreateVerifyData.json")["nonMandatory"]
    issuer = public_key_from_multibase(prc.read("../SDKeyMaterial.json")["baseKeyPair"]["publicKeyMultibase"])
    options = prc.options("derivedRevealDocument.json")
    ecdsa_sd.verify_derived(options, canonicalise(document, known), proof["proofValue"], issuer)


def refusal(document: dict[str, Any], key: PublicKey = KEY) -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        verify_proof(prepare(document, contexts()), document["proof"], key)
    return caught.value.reason.code


def with_members(document: dict[str, Any], change: Callable[[list[Any]], object]) -> dict[str, Any]:
    """A derived proof with one of its members changed: signature, key, signatures, labels, places."""
    members = read_value(document["proof"]["proofValue"], 1, 5, suite="", base=0)
    change(members)
    return document | {"proof": document["proof"] | {"proofValue": write_value(1, members)}}


def test_x01_a_base_proof_is_refused_and_its_derived_twin_is_not(derived: dict[str, Any]) -> None:
    assert refusal(ISSUER.seal(badge())) is ReasonCode.PROOF_BASE
    assert verify_proof(prepare(derived, contexts()), derived["proof"], KEY).suite == ecdsa_sd.NAME


def test_a_derived_proof_holds_neither_secret_nor_other_signatures(derived: dict[str, Any]) -> None:
    base = ecdsa_sd.read_base(ISSUER.seal(badge())["proof"]["proofValue"])
    value = multibase_decode(derived["proof"]["proofValue"])
    assert ISSUER.secret == base.secret
    assert base.secret not in value
    assert len(ecdsa_sd.read_derived(derived["proof"]["proofValue"]).signatures) < len(base.signatures)


def _without_labels(members: list[Any]) -> None:
    members[3] = {}


def _swapped_labels(members: list[Any]) -> None:
    first, second, *_ = members[3]
    members[3][first], members[3][second] = members[3][second], members[3][first]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m[4].pop(), ReasonCode.SIGNATURE_WRONG),  # X02: one statement fewer is mandatory
        (lambda m: m[4].clear(), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[4].append(m[4][-1] + 1), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[4].append(4_000), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[4].append(m[4][-1]), ReasonCode.PROOF_MALFORMED),
        (lambda m: m[4].reverse(), ReasonCode.PROOF_MALFORMED),
        (lambda m: m[2].pop(), ReasonCode.SIGNATURE_WRONG),  # X03: too few, too many, twice
        (lambda m: m[2].append(m[2][0]), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].__setitem__(0, m[2][1]), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].reverse(), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].clear(), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[2].__setitem__(0, m[2][0][:-1]), ReasonCode.PROOF_MALFORMED),
        (_without_labels, ReasonCode.SIGNATURE_WRONG),  # X03: the map mangled
        (_swapped_labels, ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].pop(0), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].__setitem__(99, bytes(32)), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].__setitem__(0, bytes(32)), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m[3].__setitem__(0, m[3][1]), ReasonCode.PROOF_MALFORMED),  # two things under one name
        (lambda m: m[3].__setitem__(0, bytes(31)), ReasonCode.PROOF_MALFORMED),
        (lambda m: m[3].__setitem__("0", bytes(32)), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(0, m[2][0]), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(0, m[0][:-1] + bytes([m[0][-1] ^ 1])), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(0, m[0] + b"\0"), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(1, multibase_decode(KEY.multibase)), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(1, b"\x80\x24\x02" + bytes(32)), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(1, b"\x81\x24" + m[1][2:]), ReasonCode.SIGNATURE_WRONG),
        (lambda m: m.__setitem__(1, m[1][2:]), ReasonCode.PROOF_MALFORMED),
        (lambda m: m.__setitem__(3, []), ReasonCode.PROOF_MALFORMED),
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
    other = public_key_from_multibase(SelectiveIssuer(ecdsa_sd.NAME, "elsewhere").multibase)
    assert refusal(derived, other) is ReasonCode.SIGNATURE_WRONG
    assert refusal(derived, HolderKey.from_seed(bytes(32)).public) is ReasonCode.KEY_SUITE_MISMATCH


def test_a_stolen_statement_of_another_credential_does_not_fit(derived: dict[str, Any]) -> None:
    other = ISSUER.seal(badge(name="Brain Surgery"))
    theirs = derive(other, other["proof"], ["/name"], contexts())
    swapped = derived | {"proof": theirs["proof"]}
    assert refusal(swapped) is ReasonCode.SIGNATURE_WRONG
    added = derived | {"name": "Brain Surgery"}
    assert refusal(added) is ReasonCode.SIGNATURE_WRONG
