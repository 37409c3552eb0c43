"""The one form of a signature value, whatever suite it belongs to."""

from __future__ import annotations

import pytest

from wallet.codec.encoding import base58_encode, base64url_encode
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.suite import read_signature

SIGNATURE = bytes(range(1, 65))


def test_one_form_of_one_of_the_lengths_is_read() -> None:
    assert read_signature("z" + base58_encode(SIGNATURE), {64, 96}) == SIGNATURE
    assert read_signature("z" + base58_encode(SIGNATURE + bytes(32)), {64, 96}) == SIGNATURE + bytes(32)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "z",
        "z0OIl",
        "m" + base64url_encode(SIGNATURE),
        "u" + base64url_encode(SIGNATURE),
        "f" + SIGNATURE.hex(),
        "z1" + base58_encode(SIGNATURE),
        "z" + base58_encode(SIGNATURE[1:]),
        "z" + base58_encode(SIGNATURE) + "\n",
    ],
    ids=repr,
)
def test_every_other_form_is_malformed(value: str) -> None:
    with pytest.raises(ProofError) as caught:
        read_signature(value, {64})
    assert caught.value.reason.code is ReasonCode.PROOF_MALFORMED
    assert caught.value.reason["member"] == "proofValue"
