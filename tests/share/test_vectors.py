"""Credentials that others sealed keep their verdict when they are presented here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.simulators.signing import pinned_contexts
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.report import Verdict
from wallet.model.sharing import ShareTerms
from wallet.share.presentation import is_presentable, present
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

AT = datetime(2026, 11, 21, tzinfo=UTC)
KEY = HolderKey.from_seed(bytes(range(32)))


@pytest.fixture(scope="module")
def documents(vectors: Path) -> tuple[EvidenceDocument, ...]:
    found = []
    for address, name in json.loads((vectors / "offline-map.json").read_bytes()).items():
        try:
            found.append(evidence_document(address, (vectors / name).read_bytes(), grade=Grade.SUPPLIED,
                                           source="vectors"))
        except WalletError:
            continue  # pages and pictures, which prove nothing
    return tuple(found)


@pytest.fixture(scope="module")
def contexts(documents: tuple[EvidenceDocument, ...]) -> Contexts:
    pinned = pinned_contexts()
    return pinned.extended({one.address: one.data for one in documents
                            if one.kind is EvidenceKind.CONTEXT and one.address not in pinned.addresses()})


def good_ones(vectors: Path) -> list[tuple[str, Credential]]:
    """Every published credential that its authors call valid and a presentation can carry."""
    found = []
    for entry in json.loads((vectors / "expected.json").read_bytes()):
        if entry["check"] != "full" or entry["expected"] != "valid":
            continue
        file = vectors / entry["path"]
        try:
            parsed = parse(file.read_bytes(), name=file.name)
        except WalletError:
            continue
        if isinstance(parsed, Credential) and is_presentable(parsed):
            found.append((entry["path"], parsed))
    return found


def test_verdict_is_the_same_inside_a_presentation(
        vectors: Path, documents: tuple[EvidenceDocument, ...], contexts: Contexts) -> None:
    store = MemoryEvidence(documents)
    compared = 0
    for name, credential in good_ones(vectors):
        alone = judge(credential, gather(credential, store, contexts), at=AT)
        if alone.verdict is not Verdict.VALID:
            continue
        parsed = parse(present((credential,), KEY, ShareTerms(), at=AT, contexts=contexts,
                               presentation_id="urn:uuid:4f3c2b1a-0000-4000-8000-000000000001"))
        report = judge(parsed, gather(parsed, store, contexts), at=AT)
        assert (report.verdict, report.items[0].verdict) == (Verdict.VALID, Verdict.VALID), name
        compared += 1
    assert compared >= 40
