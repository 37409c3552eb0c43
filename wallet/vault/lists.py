"""Issuer lists in force: their order, the version of each that counts, and every change of them in the log.

The bytes of the lists are evidence (`documents`), all versions, at the address of the list; a list that is
removed leaves them there, so that the removal can be taken back. What a list says is in `wallet.trust`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.events import Event, EventKind
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.reasons import ReasonCode, reason

from .database import Database, Row
from .events import keep_event, kept_events
from .records import date_from_text, date_text, known
from .store import Vault

#: Whom the lines in the log are about.
LISTS: Final = "issuer lists"
_SELECT: Final = "SELECT address, name, kind, added_at, sha256, signer, governance FROM issuer_list"


@dataclass(frozen=True, slots=True)
class VaultLists:
    """The lists of one opened vault. Each act is one transaction, with a line in the log."""

    vault: Vault

    def all(self) -> tuple[KeptList, ...]:
        """Return the lists in force, the most authoritative first."""
        return kept_lists(self.vault.database)

    def put(self, one: KeptList, *, now: datetime) -> None:
        """Put a list in force behind the others, or a new version of one in its place.

        Raises:
            VaultError: As `Vault.transaction`.
        """
        with self.vault.transaction():
            present = self.all()
            places = [one if other.address == one.address else other for other in present]
            self._set(places if one in places else [*present, one], now)

    def remove(self, address: str, *, now: datetime) -> None:
        """Put a list out of force; its document stays.

        Raises:
            VaultError: LIST_UNKNOWN; as `Vault.transaction`.
        """
        with self.vault.transaction():
            present = self.all()
            rest = [other for other in present if other.address != address]
            if len(rest) == len(present):
                raise VaultError(reason(ReasonCode.LIST_UNKNOWN, name=address))
            self._set(rest, now)

    def order(self, addresses: Sequence[str], *, now: datetime) -> None:
        """Put these lists first, in this order; the others follow as they stood.

        Raises:
            VaultError: LIST_UNKNOWN; as `Vault.transaction`.
        """
        with self.vault.transaction():
            present = {one.address: one for one in self.all()}
            first = [present.pop(one, None) for one in dict.fromkeys(addresses)]
            if None in first:
                missing = next(one for one, found in zip(addresses, first, strict=False) if found is None)
                raise VaultError(reason(ReasonCode.LIST_UNKNOWN, name=missing))
            self._set([*(one for one in first if one), *present.values()], now)

    def undo(self, *, now: datetime) -> None:
        """Take back the last act on the lists that still stands.

        Raises:
            VaultError: NOTHING_TO_UNDO; as `Vault.transaction`.
        """
        database = self.vault.database
        with self.vault.transaction():
            lines = kept_events(database, LISTS)
            undone = {one.details.get("undoes") for one in lines if one.kind is EventKind.LISTS_UNDONE}
            acts = (one for one in lines if one.kind is EventKind.LISTS_SET)
            last = next((one for one in acts if str(one.serial) not in undone), None)
            if last is None:
                raise VaultError(reason(ReasonCode.NOTHING_TO_UNDO))
            _replace(database, _from_text(last.details["before"]))
            keep_event(database, Event(now, EventKind.LISTS_UNDONE, LISTS, {"undoes": str(last.serial)}))

    def _set(self, lists: Sequence[KeptList], now: datetime) -> None:
        database = self.vault.database
        before = kept_lists(database)
        if tuple(lists) == before:
            return
        _replace(database, lists)
        keep_event(database, Event(now, EventKind.LISTS_SET, LISTS, {"before": _text(before)}))


def kept_lists(database: Database) -> tuple[KeptList, ...]:
    """Return the lists in force, the most authoritative first."""
    return tuple(map(_list, database.rows(f"{_SELECT} ORDER BY position, address")))


def _replace(database: Database, lists: Sequence[KeptList]) -> None:
    database.rows("DELETE FROM issuer_list")
    for position, one in enumerate(lists):
        database.rows("INSERT INTO issuer_list(position, address, name, kind, added_at, sha256, signer, "
                      "governance) VALUES(?, ?, ?, ?, ?, ?, ?, ?)", (position, *_values(one)))


def _values(one: KeptList) -> tuple[str, ...]:
    return (one.address, one.name, one.kind.value, date_text(one.added_at), one.sha256, one.signer,
            one.governance)


def _list(row: Row) -> KeptList:
    address, name, kind, added_at, sha256, signer, governance = row
    return KeptList(address, name, known(ListKind, kind, ListKind.OTHER), date_from_text(added_at), sha256,
                    signer, governance)


def _text(lists: Sequence[KeptList]) -> str:
    return json.dumps([_values(one) for one in lists], ensure_ascii=False)


def _from_text(text: str) -> list[KeptList]:
    rows: list[Row] = json.loads(text)
    return [_list(row) for row in rows]
