"""The bytes that are named are the bytes that were sealed: recomputed here from the outside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.conformance.table import Desk
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import compact_json
from tests.simulators.suites import Signer, badge, sealed
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.keys.keypair import PublicKey, public_key_from_multibase
from wallet.model.credential import Credential, Presentation, Unreadable
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.argument import (
    Part,
    PartKind,
    algorithm_of,
    always_shown,
    contents_of,
    is_shown_in_part,
    parts_of,
    parts_of_unreadable,
    statements_of,
)
from wallet.proofs.suite import read_signature

W3C = "w3c/vc-di-ecdsa/TestVectors"


def by_kind(content: Credential | Presentation, contexts: Contexts) -> dict[PartKind, Part]:
    return {part.kind: part for part in parts_of(content, contexts)}


def check_seal(proof: dict[str, str], parts: dict[PartKind, Part], document: PartKind, algorithm: str,
               length: int) -> None:
    """The hashes side by side are what the key signed."""
    covered = bytes.fromhex(parts[PartKind.OPTIONS].digest + parts[document].digest)
    key = public_key_from_multibase(proof["verificationMethod"].partition("#")[2])
    assert isinstance(key, PublicKey)
    key.verify(algorithm, read_signature(proof["proofValue"], {length}), covered)


def test_hashes_of_document_and_options_are_what_the_signature_covers(contexts: Contexts) -> None:
    data = SimulatedIssuer("did:key").badge()
    content = parse(data)
    parts = by_kind(content, contexts)
    assert parts[PartKind.FILE].size == len(data)
    assert parts[PartKind.FILE].digest == hashlib.sha256(data).hexdigest()
    check_seal(json.loads(data)["proof"], parts, PartKind.STATEMENTS, "EdDSA", 64)
    said = statements_of(content, contexts).encode()
    assert hashlib.sha256(said).hexdigest() == parts[PartKind.STATEMENTS].digest
    item = parts_of(content, contexts, inside=True)[0]
    assert (item.kind, item.digest) == (PartKind.ITEM, parts[PartKind.FILE].digest)


@pytest.mark.parametrize(("suite", "algorithm", "kind", "length"), [
    ("eddsa-jcs-2022", "EdDSA", PartKind.JSON, 64), ("ecdsa-jcs-2019", "ES256", PartKind.JSON, 64),
    ("ecdsa-jcs-2019", "ES384", PartKind.JSON, 96), ("ecdsa-rdfc-2019", "ES256", PartKind.STATEMENTS, 64),
    ("ecdsa-rdfc-2019", "ES384", PartKind.STATEMENTS, 96)])  # fmt: skip
def test_every_whole_seal_is_told_with_its_own_hash(
    contexts: Contexts, suite: str, algorithm: str, kind: PartKind, length: int
) -> None:
    signer = Signer(algorithm)
    document = sealed(badge(signer, suite), signer, suite)
    parts = by_kind(parse(compact_json(document)), contexts)
    assert parts[kind].algorithm == ("SHA-384" if algorithm == "ES384" else "SHA-256")
    check_seal(document["proof"], parts, kind, algorithm, length)


@pytest.mark.parametrize(("path", "kind", "algorithm", "length"), [
    ("ecdsa-rdfc-2019-p256/signedECDSAP256.json", PartKind.STATEMENTS, "ES256", 64),
    ("ecdsa-jcs-2019-p256/signedJCSECDSAP256.json", PartKind.JSON, "ES256", 64)])  # fmt: skip
def test_the_same_of_what_somebody_else_sealed(
    vectors: Path, path: str, kind: PartKind, algorithm: str, length: int
) -> None:
    data = (vectors / W3C / path).read_bytes()
    parts = by_kind(parse(data), Desk(vectors).contexts)
    check_seal(json.loads(data)["proof"], parts, kind, algorithm, length)


def test_a_chained_proof_is_told_with_the_proofs_it_covers(contexts: Contexts) -> None:
    signer = Signer("EdDSA")
    document = sealed(badge(signer, "eddsa-jcs-2022"), signer, "eddsa-jcs-2022", id="urn:uuid:1")
    document = sealed(document, signer, "eddsa-jcs-2022", id="urn:uuid:2", previousProof=["urn:uuid:1"])
    kinds = [part.kind for part in parts_of(parse(compact_json(document)), contexts)]
    assert kinds[-4:] == [PartKind.JSON, PartKind.OPTIONS, PartKind.CHAINED, PartKind.OPTIONS]


def test_token_names_its_signed_text(contexts: Contexts) -> None:
    token = SimulatedIssuer("did:key").badge_jwt()
    (part,) = [one for one in parts_of(parse(token), contexts) if one.kind is PartKind.SIGNED_TEXT]
    signed = token.strip().rpartition(b".")[0]
    assert (part.size, part.digest) == (len(signed), hashlib.sha256(signed).hexdigest())


def test_a_message_is_told_with_the_name_of_its_algorithm(vectors: Path, contexts: Contexts) -> None:
    path = "w3c/vc-jose-cose-test-suite/tests/input/presentation-cose-single.txt"
    content = parse((vectors / path).read_bytes())
    assert content.cose is not None
    assert content.cose.protected["alg"] == -35
    assert algorithm_of(content) == by_kind(content, contexts)[PartKind.SIGNED_TEXT].name == "ES384"


def test_parts_of_an_sd_jwt_that_are_shown_are_named(vectors: Path, contexts: Contexts) -> None:
    path = "w3c/vc-jose-cose-test-suite/tests/input/credential-sdjwt-selective.txt"
    parts = by_kind(parse((vectors / path).read_bytes()), contexts)
    assert parts[PartKind.DISCLOSURES].name == "firstName, lastName"


def test_a_vocabulary_that_a_document_may_bring_is_named_with_the_others(vectors: Path,
                                                                         contexts: Contexts) -> None:
    file = vectors / "digitalbazaar/bbs-2023-cryptosuite/test/test-vectors.derivedRevealDocument.json"
    content = parse(file.read_bytes())
    named = [part for part in parts_of(content, contexts) if part.kind is PartKind.VOCABULARY]
    assert all(part.problem is None for part in named)
    assert named[-1].name.startswith("urn:vocabulary:https://")
    said = hashlib.sha256(statements_of(content, contexts).encode()).hexdigest()
    assert said == by_kind(content, contexts)[PartKind.SHOWN].digest


def test_what_cannot_be_written_out_says_why(contexts: Contexts) -> None:
    document = json.loads(SimulatedIssuer("did:key").badge())
    document["unknownWord"] = "x"
    content = parse(json.dumps(document).encode())
    parts = by_kind(content, contexts)
    assert PartKind.FILE in parts
    why = parts[PartKind.STATEMENTS].problem
    assert why is not None
    assert why.code is ReasonCode.UNDEFINED_TERM
    assert isinstance(content, Credential)
    assert contents_of(content) == (content,)
    assert not is_shown_in_part(content)
    [item] = parts_of_unreadable(Unreadable(content.original, reason(ReasonCode.FORMAT_UNKNOWN)))
    assert (item.kind, item.size) == (PartKind.ITEM, len(content.original.data))


def test_a_receipt_and_the_statements_it_starts_from_are_told(vectors: Path) -> None:
    desk = Desk(vectors)
    path = "blockcerts/cert-verifier-js/test/fixtures/v3/mocknet-v3-valid.json"
    folder = (vectors / path).parent
    found = [by_kind(content, desk.contexts) for one in sorted(folder.glob("*2*.json"))
             if isinstance(content := parse(one.read_bytes()), Credential)]  # fmt: skip
    agreed = [parts for parts in found if PartKind.RECEIPT in parts
              and parts[PartKind.RECEIPT].digest == parts[PartKind.STATEMENTS].digest]  # fmt: skip
    assert agreed


def test_a_holders_own_proof_names_what_is_always_shown(vectors: Path) -> None:
    base = json.loads((vectors / W3C / "ecdsa-sd-2023/prc/addSignedSDBase.json").read_bytes())
    shown = always_shown(base["proof"])
    assert shown is not None
    assert all(pointer.startswith("/") for pointer in shown)
    derived = vectors / W3C / "ecdsa-sd-2023/prc/derivedRevealDocument.json"
    assert always_shown(json.loads(derived.read_bytes())["proof"]) is None
    content = parse(derived.read_bytes())
    assert is_shown_in_part(content)
    assert PartKind.SHOWN in by_kind(content, Desk(vectors).contexts)
