"""Files of which their authors test a part only: a proof in a wrapper, a proof on something that is no badge.

What such a file lacks (its key, a vocabulary nobody staged) is given to it here, in the open; the judgement
or the arithmetic is the program's own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.table import AT, Desk, entries
from tests.simulators.signing import compact_json, pinned_contexts
from tests.verify.desk import answer
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.linked_data.vocabulary import inline_vocabulary
from wallet.formats.parse import parse
from wallet.keys.did import resolve_pure
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.errors import ProofError, WalletError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.proofs.data_integrity import prepare, verify_proof
from wallet.proofs.suites import SUITES
from wallet.verify.gather import gather
from wallet.verify.pipeline import Expectation, judge

Json = dict[str, Any]
SCHEMA = "http://schema.org/"
#: What the published vocabulary makes of the words that these files use: it takes whatever it is given, also
#: the words of the proof, which no other vocabulary of these files defines.
SCHEMA_WORDS = {"@context": {word: SCHEMA + word for word in (
    "Person", "firstName", "lastName", "jobTitle", "telephone", "email", "Ed25519Signature2018",
    "Ed25519Signature2020", "EcdsaSecp256r1Signature2019", "created", "proofPurpose", "verificationMethod")}}
INLINE = "https://example.org/contexts/inline"


def with_check(vectors: Path, check: str) -> list[Json]:
    found = [entry for entry in entries(vectors) if entry["check"].startswith(check)]
    assert found
    return found


def read(vectors: Path, entry: Json) -> Json:
    document: Json = json.loads((vectors / entry["path"]).read_text(encoding="utf-8"))
    return document


def test_sealed_by_somebody_else_is_intact_and_not_authorised(vectors: Path) -> None:
    """The proof holds, the key is not the issuer's: integrity passes, the verdict is invalid."""
    desk = Desk(vectors)
    for entry in with_check(vectors, "signature only"):
        report = desk.judge(entry["path"])
        assert report.verdict is not Verdict.VALID, entry["path"]
        if "verdict_here" in entry or entry["cryptosuite"] not in SUITES:
            continue  # a feature that may be left out
        assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK), entry["path"]
        why = answer(report, CheckId.KEY_AUTHORITY)
        assert why == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED), entry["path"]
        assert report.verdict is Verdict.INVALID


def _moved(document: Json) -> tuple[Json, Contexts]:
    """Move an inline context to an address: its statements, and so its seal, stay the same."""
    own = document["@context"]
    [inline] = [one for one in own if isinstance(one, dict)]
    listed = [INLINE if one is inline else one for one in own]
    contexts = pinned_contexts().extended({INLINE: compact_json({"@context": inline})})
    return document | {"@context": listed}, contexts


def test_credentials_in_a_wrapper_hold_and_break(vectors: Path) -> None:
    """Some are refused as published, for words defined inside them (a rule of ours, not a bad seal)."""
    desk = Desk(vectors)
    decided = set()
    for entry in with_check(vectors, "wrapper"):
        if entry["cryptosuite"] not in SUITES:
            continue
        wrapper = read(vectors, entry)
        document = wrapper["input"]
        moved, contexts = _moved(document)
        report = desk.judge_bytes(compact_json(document))
        harmless = bool(inline_vocabulary(document))
        expected = ((Outcome.PASSED, ReasonCode.STRUCTURE_OK) if harmless
                    else (Outcome.FAILED, ReasonCode.CONTEXT_INLINE))
        assert answer(report, CheckId.STRUCTURE) == expected, entry["path"]
        [method] = wrapper["verificationMethods"].values()
        key = public_key_from_multibase(method["publicKeyMultibase"])
        facts = verify_proof(prepare(moved, contexts), moved["proof"], key)
        assert facts.suite == entry["cryptosuite"]
        broken = moved | {"id": "urn:uuid:5dce72cb-5b97-4ab0-8b4d-1617482e5506"}
        with pytest.raises(ProofError) as caught:
            verify_proof(prepare(broken, contexts), broken["proof"], key)
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
        decided.add(entry["cryptosuite"])
    assert {"ecdsa-rdfc-2019", "ecdsa-sd-2023"} <= decided


def test_proofs_on_what_is_no_credential(vectors: Path) -> None:
    contexts = pinned_contexts().extended({SCHEMA: compact_json(SCHEMA_WORDS)})
    outcomes: dict[str, str] = {}
    codes = set()
    for entry in with_check(vectors, "proof only"):
        document = read(vectors, entry)
        proof = document["proof"]
        key = resolve_pure(proof["verificationMethod"].partition("#")[0]).methods[0].key
        assert key is not None
        try:
            verify_proof(prepare(document, contexts), proof, key)
        except WalletError as error:
            codes.add(error.reason.code)
            outcomes[entry["path"]] = "invalid"
        else:
            outcomes[entry["path"]] = "valid"
    assert outcomes == {entry["path"]: entry["expected"] for entry in with_check(vectors, "proof only")}
    assert codes == {ReasonCode.SIGNATURE_WRONG, ReasonCode.PROOF_MALFORMED}  # one is of another width


def test_base_proofs_are_their_holders(vectors: Path) -> None:
    """Good for the one it was issued to; whoever else is given it is told what it is."""
    desk = Desk(vectors)
    found = with_check(vectors, "base proof")
    assert {entry["cryptosuite"] for entry in found} == {"ecdsa-sd-2023", "bbs-2023"}
    for entry in found:
        data = (vectors / entry["path"]).read_bytes()
        parsed = parse(data)
        evidence = gather(parsed, desk.store, desk.contexts)
        hers = judge(parsed, evidence, at=AT, expectation=Expectation(is_holder=True))
        assert answer(hers, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK), entry["path"]
        others = desk.judge(entry["path"])
        assert answer(others, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.PROOF_BASE), entry["path"]
        assert others.verdict is Verdict.MALFORMED
