"""The tour: the whole main job once, on samples, in a new folder. Shows a person, and proves to us.

A wallet is made, the samples are imported, a bundle and a QR picture leave it, and an employer's desk
without the wallet judges what left.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from wallet.codec.linked_data.contexts import Contexts
from wallet.model.report import Verdict
from wallet.model.sharing import ShareTerms
from wallet.model.stored import StoredCredential
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.evidence import VaultEvidence

from .checking import CheckedFile, Desk, Expectation, check_paths
from .files import atomic_write, make_folder
from .intake import ImportRow, import_bytes
from .library import credentials
from .samples import SampleSet, samples
from .session import Services, Session
from .sharing import present, save_pack, save_qr
from .wallets import create_wallet

AUDIENCE = "Harbor Foods, junior analyst"
DOMAIN = "https://jobs.harbor-foods.example"
_SHARED = 3


@dataclass(frozen=True, slots=True)
class Tour:
    """What the tour did; the session stays open for the pictures.

    Attributes:
        folder: Where everything lies.
        rows: One per sample, as imported.
        pack: The share pack that left.
        codes: The QR pictures that left.
        judged: What the employer's desk says about the pack, then about the QR pictures.
    """

    folder: Path
    session: Session
    rows: tuple[ImportRow, ...]
    kept: tuple[StoredCredential, ...]
    sample_files: tuple[Path, ...]
    pack: Path
    codes: tuple[Path, ...]
    judged: tuple[CheckedFile, ...]


def run_tour(services: Services, folder: Path) -> Tour:
    """Walk through the main job.

    Args:
        services: The program's.
        folder: A folder that is made; the wallet goes into `wallet` below it.

    Raises:
        OperationError, VaultError, ShareError: With the reason; nothing outside `folder` is touched.
    """
    make_folder(folder)
    at_home = replace(services, vault_folder=folder / "wallet")
    # Nobody needs to know it: the tour's wallet is for looking at, and holds nothing but samples.
    created = create_wallet(at_home, at_home.vault_folder, secrets.token_urlsafe(24))
    session = created.session
    demo = samples(services.assets, session.now())
    rows = take_samples(session, demo)
    files = _write_samples(demo, folder / "samples")
    kept = credentials(session)
    bundle = present(session, _worth_sharing(rows), ShareTerms(audience=AUDIENCE, domain=DOMAIN))
    pack = save_pack(session, bundle, folder / "application.vcpack")
    codes = save_qr(session, bundle, folder / "application-qr.png")
    judged = _as_employer(services.contexts, demo, (pack, *codes), session)
    return Tour(folder, session, rows, kept, files, pack, codes, judged)


def take_samples(session: Session, demo: SampleSet) -> tuple[ImportRow, ...]:
    """Import the samples, and keep the demo issuers' documents that prove them."""
    store = VaultEvidence(session.vault)
    for document in demo.evidence:
        store.add(document)
    return tuple(row for file in demo.files for row in import_bytes(session, file.data, file.name).rows)


def _worth_sharing(rows: tuple[ImportRow, ...]) -> tuple[str, ...]:
    good = [row.credential_id for row in rows if row.report and row.report.verdict is Verdict.VALID]
    return tuple(good[:_SHARED])


def _write_samples(demo: SampleSet, folder: Path) -> tuple[Path, ...]:
    make_folder(folder)
    for file in demo.files:
        atomic_write(folder / file.name, file.data)
    return tuple(folder / file.name for file in demo.files)


def _as_employer(contexts: Contexts, demo: SampleSet, left: tuple[Path, ...], session: Session,
                 ) -> tuple[CheckedFile, ...]:
    desk = Desk(contexts, MemoryEvidence(demo.evidence))
    return check_paths(desk, left, at=session.now(), expectation=Expectation(domain=DOMAIN))


