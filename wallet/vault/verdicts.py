"""Seals that were found good before, kept inside the vault, where nobody else can write.

What a row means is in `proofs.known_seals`. A row that cannot be read counts as none; there are only so many,
and the oldest go first. Losing them all costs time and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from wallet.codec.dates import format_datetime
from wallet.model.errors import VaultError
from wallet.model.reasons import Reason, ReasonCode
from wallet.proofs.data_integrity import ProofFacts

from .database import Database
from .store import Vault

MAX_VERDICTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class VaultVerdicts:
    """The seals that a vault knows."""

    vault: Vault

    def facts(self, name: str) -> ProofFacts | None:
        """Return what the seal of that name came to, None if it is not known.

        A vault that cannot be read says nothing about a seal: it is checked, then.
        """
        try:
            return known_facts(self.vault.database, name)
        except VaultError:
            return None

    def keep(self, learned: Mapping[str, ProofFacts], now: datetime) -> None:
        """Remember seals that were found good.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        if learned:
            with self.vault.transaction():
                keep_facts(self.vault.database, learned, now)


def known_facts(database: Database, name: str) -> ProofFacts | None:
    """Return what the seal of that name came to, None if it is not known or its row cannot be read."""
    text = database.value("SELECT facts FROM verdict WHERE known = ?", (name,))
    return _read(text) if isinstance(text, str) else None


def keep_facts(database: Database, learned: Mapping[str, ProofFacts], now: datetime, *,
               most: int = MAX_VERDICTS) -> None:
    """Remember seals, and forget the oldest where there are too many."""
    made_at = format_datetime(now)
    for name, facts in learned.items():
        database.rows("INSERT OR REPLACE INTO verdict (known, facts, made_at) VALUES (?, ?, ?)",
                      (name, _written(facts), made_at))
    excess = database.value("SELECT count(*) FROM verdict") - most
    if excess > 0:
        database.rows("DELETE FROM verdict WHERE known IN (SELECT known FROM verdict ORDER BY made_at, known "
                      "LIMIT ?)", (excess,))


def _written(facts: ProofFacts) -> str:
    notes = [[note.code.value, list(map(list, note.params))] for note in facts.notes]
    return json.dumps([facts.suite, facts.legacy, notes, list(facts.previous)], separators=(",", ":"))


def _read(text: str) -> ProofFacts | None:
    try:
        suite, legacy, notes, previous = json.loads(text)
        if not (isinstance(suite, str) and isinstance(legacy, bool)):
            return None
        return ProofFacts(suite, legacy, tuple(map(_note, notes)), tuple(map(_text, previous)))
    except (ValueError, TypeError):  # a row of another program, or a code that is not known here
        return None


def _note(body: Any) -> Reason:
    code, params = body
    return Reason(ReasonCode(code), tuple((_text(name), _text(value)) for name, value in params))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
