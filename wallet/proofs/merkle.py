"""Merkle proofs of Blockcerts: is this document the one whose hash leads to the root in the receipt?

Only what can be computed here: the hash of the document's statements, and the path from it to the root.
Whether that root stands in a public chain, and who put it there, needs a look-up that nobody makes; a receipt
that agrees with its document proves nothing by itself, one that does not shows a changed document.
Specifications: MerkleProof2017 (Chainpoint 2.0), MerkleProof2019 (W3C CCG draft).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from wallet.codec.cbor import CborValue, decode_cbor
from wallet.codec.encoding import multibase_decode
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, ProofError
from wallet.model.reasons import ReasonCode, reason

from .prepared import Prepared

_MAX_STEPS: Final = 64  # a batch of 2 to the power of that
_MAX_VALUE_CHARS: Final = 16 * 1024
_HASH: Final = re.compile(r"[0-9a-f]{64}")
# The members of MerkleProof2019 by their numbers, and the sides of a step.
_ROOT, _TARGET, _ANCHORS, _PATH = 0, 1, 2, 3
_LEFT, _RIGHT = 0, 1
_DEPTH: Final = 6  # the members as pairs, one of them, its anchors, one anchor, its pairs, a pair
_BITCOIN, _ETHEREUM, _POLYGON = "Bitcoin", "Ethereum", "Polygon"
_TESTS, _NOWHERE = "a network for tests", "no chain: made for tests"
#: What each number stands for where no network is named, and the networks that are known of it.
_CHAINS: Final = {0: _BITCOIN, 1: _ETHEREUM, 2: _POLYGON, -1: _NOWHERE}
_NETWORKS: Final = {
    0: {1: _BITCOIN, 2: _TESTS, 3: _TESTS},
    1: {1: _ETHEREUM, 3: _TESTS, 4: _TESTS, 5: _TESTS, 11155111: _TESTS},
    2: {137: _POLYGON, 80001: _TESTS},
}
#: What names of chains hold in the older kind. It stands in a sentence of ours, so it is a word of ours.
_CHAINS_2017: Final = (("mock", _NOWHERE), *((name, _TESTS) for name in (
    "test", "ropsten", "rinkeby", "goerli", "sepolia")), ("btc", _BITCOIN), ("bitcoin", _BITCOIN),
    ("eth", _ETHEREUM))
#: Writers from before RDFC-1.0 left some characters as they are, which it escapes.
_ESCAPES: Final = re.compile(rb"\\(?:u00[0-9A-F]{2}|.)", re.DOTALL)
_PLAIN: Final = {b"\\b": b"\b", b"\\f": b"\f"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a Merkle proof states.

    Attributes:
        target: Hash of the document.
        root: Where its path ends.
        path: Steps from the target to the root: whether the other hash is on the left, and that hash.
        chain: Where the root is said to stand, in words; "" if it does not say.
    """

    target: bytes
    root: bytes
    path: tuple[tuple[bool, bytes], ...]
    chain: str = ""


def read_receipt(proof: JsonObject) -> Receipt:
    """Read a receipt of either kind.

    Raises:
        ProofError: PROOF_MALFORMED.
    """
    return _of_2019(proof["proofValue"]) if "proofValue" in proof else _of_2017(proof)


def check_receipt(prepared: Prepared, receipt: Receipt) -> None:
    """Compare a document with its receipt.

    Args:
        prepared: The document without its receipt.
        receipt: Says what the document's hash is.

    Raises:
        ProofError: SIGNATURE_WRONG: the document is another, or the path does not lead to the root.
        LinkedDataError: The document cannot be turned into statements.
    """
    found = receipt.target
    for left, other in receipt.path:
        found = _hash(other + found if left else found + other)
    if found != receipt.root:
        raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite="MerkleProof", member="path"))
    for by_reference in (False, True):
        for _, form in prepared.variants(by_reference=by_reference):
            if any(_hash(one) == receipt.target for one in _writings(form.nquads)):
                return
    raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite="MerkleProof"))


def _writings(nquads: bytes) -> Iterator[bytes]:
    yield nquads
    if b"\\" in nquads:
        yield _ESCAPES.sub(_unescaped, nquads)
        yield _ESCAPES.sub(lambda match: b"\t" if match[0] == b"\\t" else _unescaped(match), nquads)


def _unescaped(match: re.Match[bytes]) -> bytes:
    escape = match[0]
    return bytes((int(escape[2:], 16),)) if escape.startswith(b"\\u") else _PLAIN.get(escape, escape)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _of_2017(proof: JsonObject) -> Receipt:
    steps = proof.get("proof", [])
    if not isinstance(steps, list) or len(steps) > _MAX_STEPS:
        raise _malformed("proof")
    path = []
    for step in steps:
        sides = [side for side in ("left", "right") if isinstance(step, dict) and side in step]
        if len(sides) != 1:
            raise _malformed("proof")
        path.append((sides[0] == "left", _digest(step[sides[0]], "proof")))
    anchors = proof.get("anchors")
    first = anchors[0] if isinstance(anchors, list) and anchors and isinstance(anchors[0], dict) else {}
    target, root = (_digest(proof.get(name), name) for name in ("targetHash", "merkleRoot"))
    named = str(first.get("chain", first.get("type", ""))).lower()
    chain = next((word for part, word in _CHAINS_2017 if part in named[:100]), "")
    return Receipt(target, root, tuple(path), chain)


def _of_2019(value: Any) -> Receipt:
    if not isinstance(value, str) or len(value) > _MAX_VALUE_CHARS:
        raise _malformed("proofValue")
    try:
        members = _members(decode_cbor(multibase_decode(value), negative=True, depth=_DEPTH))
        steps = members.get(_PATH, [])
        if not isinstance(steps, list) or len(steps) > _MAX_STEPS:
            raise _malformed("path")
        return Receipt(_inner_digest(members.get(_TARGET)), _inner_digest(members.get(_ROOT)),
                       tuple(_step(one) for one in steps), _chain(members.get(_ANCHORS)))
    except CodecError:
        raise _malformed("proofValue") from None


def _members(value: CborValue) -> dict[CborValue, CborValue]:
    """Return a map that may be written as an array of pairs."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value):
        pairs = [one for one in value if isinstance(one, list)]
        found: dict[CborValue, CborValue] = {one[0]: one[1] for one in pairs if isinstance(one[0], int)}
        if len(found) == len(pairs):
            return found
    raise _malformed("proofValue")


def _step(value: CborValue) -> tuple[bool, bytes]:
    if not isinstance(value, list) or len(value) != 2 or value[0] not in (_LEFT, _RIGHT):
        raise _malformed("path")
    return value[0] == _LEFT, _inner_digest(value[1])


def _inner_digest(value: CborValue | None) -> bytes:
    """A hash is CBOR again inside its bytes: as bytes, or as hex text."""
    inner = decode_cbor(value) if isinstance(value, bytes) else None
    if isinstance(inner, bytes) and len(inner) == 32:
        return inner
    return _digest(inner, "targetHash")


def _digest(value: Any, member: str) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value.lower()):
        raise _malformed(member)
    return bytes.fromhex(value)


def _chain(anchors: CborValue | None) -> str:
    if not isinstance(anchors, list) or not anchors:
        return ""
    members = _members(anchors[0])
    blockchain, network = members.get(0), members.get(1)
    if not isinstance(blockchain, int):
        return ""
    if isinstance(network, int) and blockchain >= 0:
        return _NETWORKS.get(blockchain, {}).get(network, "")
    return _CHAINS.get(blockchain, "")


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
