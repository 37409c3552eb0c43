"""Beliefs about issuers in the store, each change of them in the log, and the way back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet.model.beliefs import Belief, Stance
from wallet.model.errors import VaultError
from wallet.model.events import Event, EventKind
from wallet.model.reasons import ReasonCode, reason

from .database import Database, Row
from .events import keep_event, kept_events
from .records import date_from_text, date_text, known
from .store import Vault

_SELECT: Final = "SELECT issuer_id, stance, fingerprint, name, note, at FROM belief"


@dataclass(frozen=True, slots=True)
class VaultBeliefs:
    """What the learner believes, in one opened vault. Each act is one transaction, with a line in the log."""

    vault: Vault

    def all(self) -> tuple[Belief, ...]:
        """Return everything she believes, by issuer."""
        return tuple(map(_belief, self.vault.database.rows(f"{_SELECT} ORDER BY issuer_id")))

    def about(self, issuer_id: str) -> Belief | None:
        """Return what she believes about one issuer."""
        row = self.vault.database.row(f"{_SELECT} WHERE issuer_id = ?", (issuer_id,))
        return _belief(row) if row else None

    def set(self, belief: Belief) -> None:
        """Believe this from now on; what was believed before stays in the log.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        with self.vault.transaction():
            _replace(self.vault.database, belief.issuer_id, belief, belief.at)

    def forget(self, issuer_id: str, *, now: datetime) -> None:
        """Believe nothing about an issuer any more.

        Raises:
            VaultError: BELIEF_NONE if there was nothing; as `Vault.transaction`.
        """
        with self.vault.transaction():
            if self.about(issuer_id) is None:
                raise VaultError(reason(ReasonCode.BELIEF_NONE, issuer=issuer_id))
            _replace(self.vault.database, issuer_id, None, now)

    def undo(self, issuer_id: str, *, now: datetime) -> Belief | None:
        """Take back the last act about an issuer that still stands, and return what is believed then.

        Raises:
            VaultError: BELIEF_NOTHING_TO_UNDO; as `Vault.transaction`.
        """
        database = self.vault.database
        with self.vault.transaction():
            last = _last_act(database, issuer_id)
            if last is None:
                raise VaultError(reason(ReasonCode.BELIEF_NOTHING_TO_UNDO, issuer=issuer_id))
            before = _from_text(issuer_id, last.details.get("before", ""))
            _put(database, issuer_id, before)
            keep_event(database, Event(now, EventKind.BELIEF_UNDONE, issuer_id, {"undoes": str(last.serial)}))
        return before


def _replace(database: Database, issuer_id: str, belief: Belief | None, at: datetime) -> None:
    row = database.row(f"{_SELECT} WHERE issuer_id = ?", (issuer_id,))
    before = _text(_belief(row)) if row else ""
    _put(database, issuer_id, belief)
    keep_event(database, Event(at, EventKind.BELIEF_SET, issuer_id,
                               {"before": before, "after": _text(belief) if belief else ""}))


def _put(database: Database, issuer_id: str, belief: Belief | None) -> None:
    database.rows("DELETE FROM belief WHERE issuer_id = ?", (issuer_id,))
    if belief is not None:
        database.rows("INSERT INTO belief(issuer_id, stance, fingerprint, name, note, at) "
                      "VALUES(?, ?, ?, ?, ?, ?)",
                      (issuer_id, belief.stance.value, " ".join(belief.thumbprints), belief.name, belief.note,
                       date_text(belief.at)))


def _last_act(database: Database, issuer_id: str) -> Event | None:
    lines = kept_events(database, issuer_id)
    undone = {one.details.get("undoes") for one in lines if one.kind is EventKind.BELIEF_UNDONE}
    acts = (one for one in lines if one.kind is EventKind.BELIEF_SET)
    return next((one for one in acts if str(one.serial) not in undone), None)


def _text(belief: Belief) -> str:
    return json.dumps({"stance": belief.stance.value, "thumbprints": list(belief.thumbprints),
                       "name": belief.name, "note": belief.note, "at": date_text(belief.at)},
                      ensure_ascii=False, sort_keys=True)


def _from_text(issuer_id: str, text: str) -> Belief | None:
    if not text:
        return None
    read = json.loads(text)
    return Belief(issuer_id, date_from_text(read["at"]), known(Stance, read["stance"], Stance.NONE),
                  tuple(read["thumbprints"]), read["name"], read["note"])


def _belief(row: Row) -> Belief:
    issuer_id, stance, fingerprint, name, note, at = row
    # A stance that a later version wrote is no reason to trust, and none to distrust.
    return Belief(issuer_id, date_from_text(at), known(Stance, stance, Stance.NONE),
                  tuple(fingerprint.split()), name, note)
