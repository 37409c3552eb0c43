"""Receipts: the document's hash, the way to the root, and every shape that is none."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.simulators.receipts import (
    OTHERS,
    certificate_3,
    digest,
    hex_text,
    proof_of,
    receipt_2,
    root_of,
)
from tests.simulators.signing import pinned_contexts
from wallet.codec.cbor import encode_cbor
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.data_integrity import prepare
from wallet.proofs.merkle import Receipt, check_receipt, read_receipt

TARGET = digest(b"document")
STEPS = [[0, hex_text(OTHERS[0])], [1, hex_text(OTHERS[1])]]
EXPECTED = ((True, OTHERS[0]), (False, OTHERS[1]))


def value(**changes: Any) -> dict[int, Any]:
    members: dict[int, Any] = {0: hex_text(root_of(TARGET)), 1: hex_text(TARGET), 2: [[[0, 1]]], 3: STEPS}
    return members | {int(name[1:]): one for name, one in changes.items()}


def of_2019(members: Any) -> Receipt:
    return read_receipt(proof_of(encode_cbor(members)))


def refused(proof: Any) -> str:
    with pytest.raises(ProofError) as caught:
        read_receipt(proof)
    assert caught.value.reason.code is ReasonCode.PROOF_MALFORMED
    return caught.value.reason["member"]


def test_both_forms_say_the_same() -> None:
    old, new = read_receipt(receipt_2(TARGET)), of_2019(value())
    assert (old.target, old.root, old.path) == (new.target, new.root, new.path)
    assert (new.target, new.root, new.path) == (TARGET, root_of(TARGET), EXPECTED)
    assert (old.chain, new.chain) == ("Bitcoin", "Ethereum")


@pytest.mark.parametrize(("stated", "chain"), [
    ("bitcoinMainnet", "Bitcoin"), ("bitcoinTestnet", "a network for tests"),
    ("ethereumMainnet", "Ethereum"),
    ("ethereumRopsten", "a network for tests"), ("mockchain", "no chain: made for tests"),
    ("public one) was looked up, and there it stands", ""), (7, "")])
def test_a_chain_is_named_in_our_words(stated: Any, chain: str) -> None:
    anchors = [{"type": "BTCOpReturn", "chain": stated}]
    assert read_receipt(receipt_2(TARGET) | {"anchors": anchors}).chain == chain


@pytest.mark.parametrize(("anchor", "chain"), [
    ([[0, 0], [1, 1]], "Bitcoin"), ([[0, 0], [1, 3]], "a network for tests"), ([[0, 0]], "Bitcoin"),
    ([[0, 1], [1, 1]], "Ethereum"), ([[0, 1], [1, 5]], "a network for tests"), ([[0, 1], [1, 61]], ""),
    ([[0, 1], [1, 11155111]], "a network for tests"), ([[0, 1], [1, b"x"]], "Ethereum"),
    ([[0, 2], [1, 137]], "Polygon"), ([[0, 8], [1, 421614]], ""), ([[1, 1]], "")])
def test_a_test_network_is_not_called_by_the_name_of_its_chain(anchor: Any, chain: str) -> None:
    assert of_2019(value(_2=[anchor])).chain == chain


def test_members_may_be_pairs_and_hashes_bytes() -> None:
    pairs = [[key, one] for key, one in value(_1=encode_cbor(TARGET), _2=[]).items()]
    found = of_2019(pairs)
    assert (found.target, found.path, found.chain) == (TARGET, EXPECTED, "")


@pytest.mark.parametrize("members", [
    [], 7, "x", [[1, hex_text(TARGET)]], value(_0=7, _2=[]), value(_1=hex_text(b"short"), _2=[]),
    value(_1=b"", _2=[]), value(_3=7, _2=[]), value(_3=[[2, hex_text(TARGET)]], _2=[]),
    value(_3=[[0]], _2=[]),
    value(_3=STEPS * 40, _2=[]), value(_2=[7]), [[0, 1], [0, 2]], [[b"x", 1]]])
def test_what_is_no_receipt_is_malformed(members: Any) -> None:
    assert refused(proof_of(encode_cbor(members)))


@pytest.mark.parametrize("text", [7, "", "z", "uAAAA", "z" + "1" * 20_000, "zzzz"])
def test_what_is_no_encoding_is_malformed(text: Any) -> None:
    assert refused({"proofValue": text}) == "proofValue"


@pytest.mark.parametrize(("changes", "member"), [
    ({"targetHash": "zz"}, "targetHash"), ({"targetHash": None}, "targetHash"),
    ({"merkleRoot": 7}, "merkleRoot"), ({"proof": "x"}, "proof"), ({"proof": [{}]}, "proof"),
    ({"proof": [{"left": "a", "right": "b"}]}, "proof"),
    ({"proof": [{"left": "aa"}]}, "proof"), ({"proof": [{"left": "00" * 32}] * 65}, "proof")])
def test_what_is_no_older_receipt_is_malformed(changes: dict[str, Any], member: str) -> None:
    assert refused(receipt_2(TARGET) | changes) == member


def check(document: dict[str, Any]) -> None:
    check_receipt(prepare(document, pinned_contexts()), read_receipt(document["proof"]))


def wrong(document: dict[str, Any]) -> str:
    with pytest.raises(ProofError) as caught:
        check(document)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    return caught.value.reason["member"]


def test_a_document_agrees_with_its_receipt_and_a_changed_one_does_not() -> None:
    check(certificate_3())
    assert wrong({**certificate_3(), "name": "Changed"}) == ""


def test_a_way_that_does_not_lead_to_the_root_is_wrong() -> None:
    document = certificate_3()
    receipt = read_receipt(document["proof"])
    prepared = prepare(document, pinned_contexts())
    check_receipt(prepared, receipt)
    for path in (receipt.path[::-1], receipt.path[:1], ((False, OTHERS[0]), receipt.path[1])):
        with pytest.raises(ProofError) as caught:
            check_receipt(prepared, Receipt(receipt.target, receipt.root, path))
        assert caught.value.reason["member"] == "path"


@pytest.mark.parametrize("old", [(b"\\t", b"\t"), (b"\\b", b"\b"), (b"\\u0001", b"\x01")])
def test_old_writers_left_some_characters_as_they_are(old: tuple[bytes, bytes]) -> None:
    document = {key: one for key, one in certificate_3(name="a\tb\bc\x01d\\te").items() if key != "proof"}
    prepared = prepare(document, pinned_contexts())
    plain = next(prepared.variants())[1].nquads
    assert old[0] in plain
    assert b"d\\\\te" in plain
    older = plain.replace(b"\\b", b"\b").replace(b"\\u0001", b"\x01")
    for written in (plain, older, older.replace(b"a\\t", b"a\t")):
        hashed = hashlib.sha256(written).digest()
        check_receipt(prepared, Receipt(hashed, hashed, ()))
    other = hashlib.sha256(plain.replace(b"\\\\te", b"\\\te")).digest()
    with pytest.raises(ProofError):
        check_receipt(prepared, Receipt(other, other, ()))
