"""How a seal stands to what the learner believes, and fingerprints that two people can compare."""

from __future__ import annotations

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.beliefs import Belief, Stance
from wallet.trust.beliefs import Stand, fingerprint, of_fingerprint, stand

KEY = public_key_from_multibase(SimulatedIssuer("did:key").key.multibase).thumbprint
OTHER = public_key_from_multibase(SimulatedIssuer("did:key", seed="mallory").key.multibase).thumbprint
PINNED = Belief("did:web:a.example", AT, Stance.PINNED, (KEY,))


@pytest.mark.parametrize(("belief", "thumbprint", "expected"), [
    (None, KEY, Stand.SILENT), (PINNED, KEY, Stand.PINNED), (PINNED, OTHER, Stand.OTHER_KEY),
    (PINNED, "", Stand.SILENT), (Belief("a:b", AT, name="Ours"), KEY, Stand.SILENT),
    (Belief("a:b", AT, Stance.DISTRUSTED), KEY, Stand.DISTRUSTED),
    (Belief("a:b", AT, Stance.DISTRUSTED), "", Stand.DISTRUSTED)])  # fmt: skip
def test_stand(belief: Belief | None, thumbprint: str, expected: Stand) -> None:
    assert stand(belief, thumbprint) is expected


def test_a_fingerprint_is_five_groups_and_can_be_typed_in_any_way() -> None:
    short = fingerprint(KEY)
    assert [len(group) for group in short.split(" ")] == [4] * 5
    assert of_fingerprint(short, (OTHER, KEY)) == KEY
    assert of_fingerprint(short.lower().replace(" ", ":"), (KEY,)) == KEY
    assert of_fingerprint(short[:-1], (KEY,)) == ""
    assert of_fingerprint(short, (OTHER,)) == ""
    assert of_fingerprint("", (KEY, "no base64url!")) == ""
