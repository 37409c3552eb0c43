"""The values of selective proofs: `u`, base64url, three bytes that say which kind, and an array in CBOR.

A value that is not exactly what its kind demands is refused here, so that the recipes only compare what
is well formed. Specifications: VC-DI-ECDSA §3.5.2 to §3.5.8, VC-DI-BBS §3.3.1 to §3.3.7.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, Final, TypeGuard

from wallet.codec.cbor import decode_cbor, encode_cbor
from wallet.codec.encoding import base64url_decode, base64url_encode
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, ProofError, ProofUnsupportedError
from wallet.model.limits import MAX_DISCLOSURES, MAX_QUADS, MAX_STRING_CHARS
from wallet.model.reasons import ReasonCode, reason

from .suites import suite_name

#: Third bytes of the holder's own proofs by suite, those with unsupported features included.
BASES: Final = {"ecdsa-sd-2023": frozenset({0x00}), "bbs-2023": frozenset({0x02, 0x04, 0x06, 0x08})}
_PREFIX: Final = b"\xd9\x5d"
_HEADER_BYTES: Final = 3


def read_value(value: str, kind: int, length: int, *, suite: str, base: int,
               features: dict[int, str] | None = None) -> list[Any]:
    """Decode a proof value of one kind into its array.

    Args:
        value: As the proof has it.
        kind: The third byte that is expected.
        length: How many members the array must have.
        suite: Named in the refusal of a base proof.
        base: The third byte of a base proof, which is the holder's only.
        features: Third bytes of optional features that are not supported, with a name for each.

    Raises:
        ProofError: PROOF_MALFORMED; PROOF_BASE: a base proof where a derived one is expected.
        ProofUnsupportedError: PROOF_UNSUPPORTED, with the feature's name.
    """
    header, body = _split(value)
    if header in (features or {}):
        named = f"{suite} {features[header]}" if features else suite
        raise ProofUnsupportedError(reason(ReasonCode.PROOF_UNSUPPORTED, suite=named))
    if header == base and base != kind:
        raise ProofError(reason(ReasonCode.PROOF_BASE, suite=suite))
    if header != kind:
        raise malformed()
    try:
        members = decode_cbor(body)
    except CodecError:
        raise malformed() from None
    if not isinstance(members, list) or len(members) != length:
        raise malformed()
    return members


def is_base(proof: JsonObject) -> bool:
    """Whether this is the holder's own proof, which must never be handed on."""
    bases, kind = _kind(proof)
    return kind in bases


def is_derived(proof: JsonObject) -> bool:
    """Whether this is a proof of a part, made by a holder from a base proof."""
    bases, kind = _kind(proof)
    return bool(bases) and kind >= 0 and kind not in bases


def kind_of(value: str) -> int:
    """Return the third byte of a proof value.

    Raises:
        ProofError: PROOF_MALFORMED.
    """
    return _split(value)[0]


def write_value(kind: int, members: Sequence[Any]) -> str:
    """Encode an array as a proof value of that kind."""
    return "u" + base64url_encode(_PREFIX + bytes((kind,)) + encode_cbor(list(members)))


def is_bytes(value: Any, lengths: Collection[int]) -> TypeGuard[bytes]:
    """Whether a member is a byte string of one of these lengths."""
    return isinstance(value, bytes) and len(value) in lengths


def is_index_list(value: Any) -> TypeGuard[list[int]]:
    """Whether a member is a list of places, each after the one before."""
    return (
        isinstance(value, list)
        and len(value) <= MAX_QUADS
        and all(isinstance(index, int) for index in value)
        and all(before < after for before, after in pairwise(value))
    )


def is_pointer_list(value: Any) -> TypeGuard[list[str]]:
    """Whether a member is a list of texts, as pointers are."""
    is_short = isinstance(value, list) and len(value) <= MAX_DISCLOSURES
    return is_short and all(isinstance(one, str) for one in value)


def malformed() -> ProofError:
    """Build the refusal of a value that is not of its kind."""
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member="proofValue"))


def _kind(proof: JsonObject) -> tuple[frozenset[int], int]:
    named = proof.get("cryptosuite")
    if named.__class__ is not str or named not in BASES:  # as nearly every proof
        return frozenset(), -1
    value = proof.get("proofValue")
    try:
        bases = BASES.get(suite_name(proof), frozenset())
        return bases, kind_of(value) if bases and isinstance(value, str) else -1
    except ProofError:
        return frozenset(), -1


def _split(value: str) -> tuple[int, bytes]:
    if not value.startswith("u") or len(value) > MAX_STRING_CHARS:
        raise malformed()
    try:
        data = base64url_decode(value[1:])
    except CodecError:
        raise malformed() from None
    if len(data) <= _HEADER_BYTES or not data.startswith(_PREFIX):
        raise malformed()
    return data[2], data[_HEADER_BYTES:]
