"""Seals the wallet found good before: used while it judges its own credentials, and kept afterwards."""

from __future__ import annotations

from wallet.proofs.known_seals import KnownSeals
from wallet.vault.verdicts import VaultVerdicts

from .session import Session


def known_seals(session: Session) -> KnownSeals:
    """Return what the wallet knows of seals."""
    return KnownSeals(VaultVerdicts(session.vault).facts)


def keep_seals(session: Session, known: KnownSeals | None) -> None:
    """Keep what was learned, where the wallet may be written to.

    Raises:
        VaultError: As `Vault.transaction`.
    """
    if known is not None and known.learned and not session.vault.read_only:
        VaultVerdicts(session.vault).keep(known.learned, session.now())
