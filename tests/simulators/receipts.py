"""Certificates with a Merkle receipt of their own making, in both forms; nobody's chain knows them."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.simulators.issuer import V2
from tests.simulators.signing import JsonObject, pinned_contexts
from wallet.codec.cbor import encode_cbor
from wallet.codec.encoding import base58_encode
from wallet.codec.linked_data.canonical import canonicalise, context_addresses

OTHERS = (b"\x01" * 32, b"\x02" * 32)  # the neighbours on the way up: one on the left, one on the right


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def target_of(document: JsonObject) -> bytes:
    choice = pinned_contexts().variants(context_addresses(document))[0]
    return digest(canonicalise(document, choice))


def root_of(target: bytes) -> bytes:
    return digest(digest(OTHERS[0] + target) + OTHERS[1])


def certificate_3(**changes: Any) -> JsonObject:
    """A Blockcerts 3 certificate."""
    return with_receipt({
        "@context": [V2, "https://w3id.org/blockcerts/v3.1"],
        "id": "urn:uuid:41015b98-fc99-447c-b211-ef6782147fb3",
        "type": ["VerifiableCredential", "BlockcertsCredential"], "issuer": "https://northbridge.example/issuer",
        "validFrom": "2026-01-01T00:00:00Z", "name": "Certificate",
        "credentialSubject": {"id": "did:example:learner"}, **changes})


def with_receipt(document: JsonObject) -> JsonObject:
    target = target_of(document)
    hashes = [hex_text(one) for one in (root_of(target), target)]
    path = [[0, hex_text(OTHERS[0])], [1, hex_text(OTHERS[1])]]
    value = encode_cbor({0: hashes[0], 1: hashes[1], 2: [[[0, 1], [1, 3], [2, hex_text(b"tx")]]], 3: path})
    return {**document, "proof": proof_of(value)}


def proof_of(value: bytes) -> JsonObject:
    return {"type": "MerkleProof2019", "created": "2026-01-01T00:00:00Z", "proofPurpose": "assertionMethod",
            "verificationMethod": "https://northbridge.example/issuer#key",
            "proofValue": "z" + base58_encode(value)}


def hex_text(value: bytes) -> bytes:
    """As receipts hold their hashes: bytes that hold CBOR that holds a text."""
    return encode_cbor(value.hex())


def receipt_2(target: bytes) -> JsonObject:
    """The receipt of a Blockcerts 2 certificate."""
    return {"type": ["MerkleProof2017", "Extension"], "targetHash": target.hex(),
            "merkleRoot": root_of(target).hex(),
            "proof": [{"left": OTHERS[0].hex()}, {"right": OTHERS[1].hex()}],
            "anchors": [{"sourceId": "aa", "type": "BTCOpReturn", "chain": "bitcoinMainnet"}]}


def certificate_2() -> JsonObject:
    """A Blockcerts 2 certificate: an Open Badges 2.0 assertion."""
    document = {
        "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"], "type": "Assertion",
        "id": "urn:uuid:bbba8553-8ec1-445f-82c9-a57251dd731c", "issuedOn": "2026-01-01T00:00:00Z",
        "badge": {"id": "urn:uuid:82a4c9f2-3588-457b-80ea-da695571b8fc", "type": "BadgeClass",
                  "name": "Certificate", "description": "Knots,\tsplices"},
        "recipient": {"type": "email", "identity": "maya@lind.example", "hashed": False}}
    return {**document, "signature": receipt_2(target_of(document))}
