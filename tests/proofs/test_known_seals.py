"""What a known seal is known by: change any of it and it is another seal, which has to be checked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.codec.samples import badge, contexts
from wallet.keys.keypair import HolderKey
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs import known_seals
from wallet.proofs.data_integrity import ProofFacts
from wallet.proofs.known_seals import KnownSeals, seal_name
from wallet.proofs.prepared import prepare

KEY, OTHER = (HolderKey.from_seed(bytes([one]) * 32).public for one in (1, 2))
PROOF = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
PREPARED = prepare(badge() | {"proof": PROOF}, contexts())
FACTS = ProofFacts("eddsa-rdfc-2022", notes=(reason(ReasonCode.QUIRK_DATE, which="created"),))


def name(**changes: Any) -> str:
    told = {"data": b"bytes", "key": KEY, "proof": PROOF, "prepared": PREPARED, "kind": "proof"} | changes
    return seal_name(**told)  # type: ignore[arg-type]


def test_the_same_seal_has_the_same_name() -> None:
    assert name() == name()


@pytest.mark.parametrize(
    "changes",
    [
        {"data": b"other"},
        {"data": b""},
        {"key": OTHER},
        {"proof": PROOF | {"proofValue": "z2"}},
        {"proof": PROOF | {"previousProof": "urn:1"}},
        {"proof": None},
        {"prepared": None},
        {"kind": "base"},
    ],
    ids=str,
)
def test_another_seal_has_another_name(changes: dict[str, Any]) -> None:
    assert name(**changes) != name()


def test_other_vocabularies_make_another_seal() -> None:
    ours = PREPARED.choices
    longer = prepare(badge(), contexts()).upon(()).choices
    assert longer == ours
    fewer = prepare({"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:1",
                     "type": "VerifiableCredential"}, contexts())
    assert name(prepared=fewer) != name()


def test_other_rules_make_another_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    before = name()
    monkeypatch.setattr(known_seals, "_RULES", 1)  # before a second name for a word was refused
    assert name() != before


def test_a_known_seal_is_not_checked_again() -> None:
    known = KnownSeals(lambda name: FACTS if name == "a" else None)
    assert known.check("a", _never) is FACTS
    assert known.learned == {}


def test_an_unknown_seal_is_checked_once_and_learned() -> None:
    known = KnownSeals(lambda _: None)
    assert known.check("a", lambda: FACTS) is FACTS
    assert known.check("a", _never) is FACTS
    assert known.learned == {"a": FACTS}


def test_a_bad_seal_is_never_learned() -> None:
    known = KnownSeals(lambda _: None)
    with pytest.raises(ProofError):
        known.check("a", _wrong)
    assert known.learned == {}


def _never() -> ProofFacts:
    raise AssertionError("checked again")


def _wrong() -> ProofFacts:
    raise ProofError(reason(ReasonCode.SIGNATURE_WRONG))
