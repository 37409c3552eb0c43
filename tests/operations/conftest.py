"""A learner's wallet in a temporary folder, with one simulated issuer whose documents she has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import ASSETS, AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.unwaited import wait_for_no_disk
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.operations.session import Services, Session
from wallet.operations.wallets import create_wallet, lock
from wallet.trust.evidence_store import MemoryEvidence, evidence_document

PASSPHRASE = "four bright lanterns drifting"


class Clock:
    """A clock that the test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def documents_of(issuer: SimulatedIssuer, grade: Grade = Grade.SUPPLIED) -> tuple[EvidenceDocument, ...]:
    """Return everything the issuer publishes now, as evidence."""
    return tuple(evidence_document(address, data, grade=grade, source="test", fetched_at=AT)
                 for address, data in issuer.evidence().items())


@pytest.fixture(autouse=True)
def _unwaited_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_no_disk(monkeypatch)


@pytest.fixture
def clock() -> Clock:
    return Clock(AT)


@pytest.fixture(scope="session")
def contexts() -> Contexts:
    return Contexts.pinned(ASSETS / "contexts")


@pytest.fixture
def services(tmp_path: Path, clock: Clock, contexts: Contexts) -> Services:
    return Services(clock=clock, contexts=contexts, assets=ASSETS, vault_folder=tmp_path / "wallet",
                    config_file=tmp_path / "config" / "settings.json")


@pytest.fixture
def issuer() -> SimulatedIssuer:
    return SimulatedIssuer("did:web")


@pytest.fixture
def session(services: Services, issuer: SimulatedIssuer) -> Iterator[Session]:
    """An opened wallet that has the issuer's documents for this run."""
    opened = create_wallet(services, services.vault_folder, PASSPHRASE).session
    issuer.entry(0)  # so that the revocation list is among the documents
    opened.supplied = MemoryEvidence(documents_of(issuer))
    yield opened
    lock(opened)


def at_folder(services: Services, folder: Path) -> Services:
    """Return the same services with another wallet folder."""
    return replace(services, vault_folder=folder)
