"""COSE: the number of the algorithm belongs to the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.cose import ALGORITHMS, cose_sign1
from tests.simulators.signing import SigningKey
from wallet.codec.cose import cose_bytes, split_cose
from wallet.codec.strict_json import parse_object
from wallet.keys.keypair import public_key_from_jwk
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.proofs.cose import cose_algorithm, verify_cose


@pytest.mark.parametrize("algorithm", list(ALGORITHMS))
def test_a_message_of_each_kind(algorithm: str) -> None:
    key = SigningKey(algorithm, "cose")
    public = public_key_from_jwk(key.jwk)
    data = cose_sign1(b"payload", key, "key-1")
    assert verify_cose(split_cose(data), public).suite == f"COSE {algorithm}"
    for broken in (data.replace(b"payload", b"pay1oad"), data.replace(b"application/vc", b"application/vp")):
        with pytest.raises(ProofError) as caught:
            verify_cose(split_cose(broken), public)
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize(("number", "code"), [
    (5, ReasonCode.ALGORITHM_REFUSED),  # HMAC 256/256
    (1, ReasonCode.ALGORITHM_REFUSED),  # A128GCM
    (0, ReasonCode.ALGORITHM_REFUSED),
    ("ES256", ReasonCode.ALGORITHM_REFUSED),
    (-47, ReasonCode.ALGORITHM_UNSUPPORTED),  # ES256K
    (-999, ReasonCode.ALGORITHM_UNSUPPORTED),
])
def test_what_is_no_signature_is_refused_and_what_we_lack_is_named(number: object, code: ReasonCode) -> None:
    message = split_cose(cose_sign1(b"x", SigningKey("ES256", "cose"), "k", protected={1: number}))
    with pytest.raises(ProofError) as caught:
        cose_algorithm(message)
    assert caught.value.reason.code is code
    assert isinstance(caught.value, ProofUnsupportedError) is (code is ReasonCode.ALGORITHM_UNSUPPORTED)


def test_the_key_fixes_the_algorithm() -> None:
    key = SigningKey("ES256", "cose")
    for number in (-8, -35, -36, -37, -257):
        message = split_cose(cose_sign1(b"x", key, "k", protected={1: number}))
        with pytest.raises(ProofError) as caught:
            verify_cose(message, public_key_from_jwk(key.jwk))
        assert caught.value.reason.code is ReasonCode.KEY_SUITE_MISMATCH
    newer = split_cose(cose_sign1(b"x", key, "k", protected={1: -9}))
    assert verify_cose(newer, public_key_from_jwk(key.jwk)).suite == "COSE ES256"


def test_published_messages(vectors: Path) -> None:
    folder = vectors / "w3c/vc-jose-cose-test-suite/tests/input"
    for name, file in (("credential-cose-bad-media-type", "vm-p384"), ("presentation-cose-single", "vm-p384"),
                       ("presentation-cose-bad-credential", "vm-p256")):
        key = public_key_from_jwk(parse_object((folder / f"{file}.json").read_bytes())["publicKeyJwk"])
        message = split_cose(cose_bytes((folder / f"{name}.txt").read_bytes()))
        assert verify_cose(message, key).suite.startswith("COSE ES")
