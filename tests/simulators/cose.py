"""COSE_Sign1 messages of the simulated issuer, written by hand: RFC 8949 §3, RFC 9052 §4."""

from __future__ import annotations

from typing import Any

from tests.simulators.signing import SigningKey

ALGORITHMS = {"EdDSA": -8, "ES256": -7, "RS256": -257}


def cbor(value: Any) -> bytes:
    """Encode as general writers do: shortest form, the order of a map kept."""
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        return _head(5, len(value)) + b"".join(cbor(key) + cbor(one) for key, one in value.items())
    raise TypeError(value)


def cose_sign1(payload: bytes, key: SigningKey, kid: str, *, typ: Any = "application/vc+cose",
               cty: Any = "application/vc", protected: dict[Any, Any] | None = None,
               unprotected: dict[Any, Any] | None = None, tag: bytes = b"\xd2") -> bytes:
    """Seal a payload; `protected` replaces single labels, with None leaving one out."""
    header: dict[Any, Any] = {1: ALGORITHMS[key.algorithm], 3: cty, 4: kid.encode(), 16: typ}
    header = {label: one for label, one in (header | (protected or {})).items() if one is not None}
    sealed = cbor(header)
    signature = key.sign(cbor(["Signature1", sealed, b"", payload]))
    return tag + cbor([sealed, unprotected or {}, payload, signature])


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes((kind << 5 | number,))
    width = next(one for one in (1, 2, 4, 8) if number < 1 << 8 * one)
    return bytes((kind << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[width],)) + number.to_bytes(width)
