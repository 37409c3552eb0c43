"""Technical details: every identifier and hash, as facts to copy; empty ones are left out."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.ui import fabricated as made
from wallet.model.credential import CompactJws, Issuer, Securing
from wallet.ui.technical import as_text, evidence_facts, technical_facts


def test_what_stands_behind_a_credential_is_all_there() -> None:
    shown = made.detail()
    facts = dict(technical_facts(shown.stored, shown.credential))
    assert (facts["Format"], facts["Data model"]) == ("Open Badges 3.0", "2.0")
    assert facts["Seal"] == "embedded proof, eddsa-rdfc-2022"
    assert facts["Key"] == "did:web:northbridge.example#key-1"
    assert facts["Credential id"].startswith("urn:uuid:")
    assert facts["Issuer id"] == "did:web:northbridge.example"
    assert facts["SHA-256 of the file"] == hashlib.sha256(shown.credential.original.data).hexdigest()
    assert facts["Number in this wallet"] == "c0002"
    assert "UTC" in facts["Checked"]


def test_a_token_names_its_algorithm_and_key() -> None:
    shown = made.detail()
    token = CompactJws("a.b.c", {"alg": "ES256", "kid": "did:web:x#1"}, b"", b"", b"")
    signed = replace(shown.credential, securing=Securing.JWS, jws=token, proofs=())
    facts = dict(technical_facts(shown.stored, signed))
    assert facts["Seal"] == "compact JWS, ES256"
    assert facts["Key"] == "did:web:x#1"


def test_what_is_missing_is_left_out_and_what_is_long_is_cut() -> None:
    shown = made.detail()
    bare = replace(shown.credential, id="", proofs=({"verificationMethod": {"id": "did:x#1"}},),
                   issuer=Issuer("x" * 5_000))
    facts = dict(technical_facts(shown.stored, bare))
    assert "Credential id" not in facts
    assert facts["Seal"] == "embedded proof"
    assert facts["Key"] == "did:x#1"
    assert len(facts["Issuer id"]) == 600


def test_evidence_says_where_from_and_when() -> None:
    (label, value), = evidence_facts(made.detail().evidence)
    assert label == "Key document"
    assert "did:web:northbridge.example" in value
    assert "supplied by you" in value
    assert "12 May 2026" in value
    assert made.KEY.sha256 in value


def test_facts_can_be_copied_as_lines() -> None:
    assert as_text((("A", "1"), ("B", "2"))) == "A: 1\nB: 2"
