"""A wallet full of samples: made for looking round, in a folder that goes away."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from wallet.operations.intake import ImportRow
from wallet.operations.samples import samples
from wallet.operations.session import Services, Session
from wallet.operations.tour import take_samples
from wallet.operations.wallets import create_wallet

_SECRET_BYTES = 24


def create_sample_wallet(services: Services, folder: Path) -> Session:
    """Make a wallet with a passphrase nobody knows and import the samples.

    Raises:
        VaultError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    made = create_wallet(replace(services, vault_folder=folder), folder, secrets.token_urlsafe(_SECRET_BYTES))
    take_demo(made.session)
    return made.session


def take_demo(session: Session) -> tuple[ImportRow, ...]:
    """Take the samples into an open wallet, with the demo issuers' documents and their learner's address."""
    demo = samples(session.services.assets, session.now())
    if not session.identities:
        session.set_identities(demo.identities)
    return take_samples(session, demo)
