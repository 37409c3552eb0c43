"""A certificate gives its key through the gate, and nothing else."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.simulators.self_signed import self_made
from tests.simulators.signing import SigningKey
from wallet.codec.sdjwt import split_sd_jwt
from wallet.keys.certificates import leaf_key
from wallet.keys.keypair import public_key_from_jwk
from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode
from wallet.proofs.jws import verify_jws

KEY = SigningKey("ES256", "certified")


def test_the_first_certificate_is_the_one_that_signed() -> None:
    chain = [self_made(KEY, "northbridge.example"), self_made(SigningKey("ES256", "root"), "root.example")]
    assert leaf_key(chain) == public_key_from_jwk(KEY.jwk)


@pytest.mark.parametrize("x5c", [None, [], "text", [7], {}, [""], ["!"], [base64.b64encode(b"0").decode()],
                                 [base64.urlsafe_b64encode(b"\xfb\xff" * 9).decode()], ["A" * 20_000]])
def test_what_is_no_chain(x5c: object) -> None:
    with pytest.raises(KeysError) as caught:
        leaf_key(x5c)
    assert caught.value.reason.code is ReasonCode.KEY_MALFORMED


def test_published_chains(vectors: Path) -> None:
    """The leaf's key opens the seal; whose it is stays open."""
    folder = vectors / "credo-ts/packages/core/src/modules/sd-jwt-vc/__tests__/sdjwtvc.fixtures"
    opened = 0
    for text in ((folder / "sdJwtVcPid.jwt").read_text().strip(), *_wrapped(folder)):
        token = split_sd_jwt(text).jws
        if "x5c" in token.header:
            assert verify_jws(token, leaf_key(token.header["x5c"])).suite == token.header["alg"]
            opened += 1
    assert opened >= 2


def _wrapped(folder: Path) -> list[str]:
    found = []
    for name in ("funkeX509.json", "simpleX509.json"):
        values = json.loads((folder / name).read_text()).values()
        found += [value for value in values if isinstance(value, str) and "~" in value]
    return found
