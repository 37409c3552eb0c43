"""Certificates anchored in a chain: what can be computed is, and the chain stays an open question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.table import Desk
from tests.simulators.receipts import certificate_2, certificate_3
from tests.simulators.signing import JsonObject
from tests.verify.desk import answer, judged, row
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict

FIXTURES = "blockcerts/cert-verifier-js/test/fixtures"


def judge(document: JsonObject) -> Report:
    return judged(json.dumps(document).encode())


@pytest.mark.parametrize("document", [certificate_2(), certificate_3()], ids=["v2", "v3"])
def test_one_that_agrees_stays_open_until_somebody_asks_the_chain(document: JsonObject) -> None:
    report = judge(document)
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, R.ANCHOR_NOT_CHECKED)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.NOT_MEANINGFUL)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.UNSUPPORTED)
    assert report.wanted == ()


@pytest.mark.parametrize("document", [
    {**certificate_2(), "issuedOn": "2020-01-01T00:00:00Z"}, {**certificate_3(), "name": "Changed"}],
    ids=["v2", "v3"])
def test_a_changed_one_is_invalid(document: JsonObject) -> None:
    report = judge(document)
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, R.SIGNATURE_WRONG)
    assert report.verdict is Verdict.INVALID


def test_a_receipt_that_is_none_is_malformed() -> None:
    document = certificate_3()
    document["proof"]["proofValue"] = "zAAAA"
    assert judge(document).verdict is Verdict.MALFORMED


def test_what_our_rules_cannot_read_is_not_accused() -> None:
    loose = {**certificate_3(), "unheard": "of"}
    check = row(judge(loose), CheckId.PROOF)
    assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, R.PROOF_UNSUPPORTED)
    assert [note.code for note in check.notes] == [R.UNDEFINED_TERM]


def test_an_unknown_vocabulary_is_named_and_wanted() -> None:
    document = certificate_3()
    document["@context"] = [*document["@context"], "https://x.example/terms"]
    report = judge(document)
    assert headline_code(report) is HeadlineCode.CONTEXT_UNKNOWN
    assert [one.address for one in report.wanted] == ["https://x.example/terms"]


def test_a_hashlink_leaves_a_difference_open() -> None:
    assert judge({**certificate_3(), "name": "hl:zQm"}).verdict is Verdict.UNDETERMINED
    assert answer(judge(certificate_3(name="hl:zQm")), CheckId.PROOF)[1] is R.ANCHOR_NOT_CHECKED


def test_a_chain_of_proofs_is_left_alone() -> None:
    document = certificate_3()
    document["proof"]["chainedProofType"] = "MerkleProof2019"
    assert answer(judge(document), CheckId.PROOF) == (Outcome.UNDETERMINED, R.PROOF_UNSUPPORTED)


@pytest.mark.parametrize(("name", "code"), [
    ("v2/ethereum-ropsten-valid-2.0.json", R.ANCHOR_NOT_CHECKED),
    ("v2/mocknet-valid-2.0.json", R.ANCHOR_NOT_CHECKED),
    ("v2/testnet-valid-v1-issuer-2.0.json", R.ANCHOR_NOT_CHECKED),
    ("v2/ethereum-tampered-2.0.json", R.SIGNATURE_WRONG),
    ("v2/mainnet-invalid-merkle-receipt-2.0.json", R.SIGNATURE_WRONG),
    ("v3/blockcerts-3.0-alpha.json", R.ANCHOR_NOT_CHECKED),
    ("v3/ethereum-sepolia-v3.json", R.ANCHOR_NOT_CHECKED),
    ("v3/mocknet-vc-v2-data-integrity-proof.json", R.ANCHOR_NOT_CHECKED),
    ("v3/cert-rl-status-list-2021-suspended.json", R.ANCHOR_NOT_CHECKED)])
def test_published_certificates(vectors: Path, name: str, code: R) -> None:
    report = Desk(vectors).judge(f"{FIXTURES}/{name}")
    assert row(report, CheckId.PROOF).reason.code is code
