"""Links in the store: web addresses that belong to a credential, a document or a statement.

Each address once for each; what is said first of it stays. Functions on an open database; those that write
are called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wallet.model.links import Link, LinkKind

from .credentials import serial_of
from .database import Database
from .records import known
from .store import Vault

MAX_LINKS = 200  # of one credential


@dataclass(frozen=True, slots=True)
class VaultLinks:
    """The links of one opened vault."""

    vault: Vault

    def of(self, credential_id: str) -> tuple[Link, ...]:
        """Return the links of a credential, pages first.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND.
        """
        return kept_links(self.vault.database, serial_of(self.vault.database, credential_id))

    def add(self, credential_id: str, links: Iterable[Link]) -> None:
        """Keep links beside a credential. Raises as `of`, and as `Vault.transaction`."""
        with self.vault.transaction():
            keep_links(self.vault.database, serial_of(self.vault.database, credential_id), links)

    def addresses(self) -> frozenset[str]:
        """Return every address that is kept beside anything."""
        rows = self.vault.database.rows("SELECT DISTINCT address FROM link")
        return frozenset(str(address) for (address,) in rows)

    def remove(self, credential_id: str, address: str) -> bool:
        """Forget a link; return whether there was one. Raises as `add`."""
        with self.vault.transaction():
            serial = serial_of(self.vault.database, credential_id)
            before = kept_links(self.vault.database, serial)
            self.vault.database.rows("DELETE FROM link WHERE credential = ? AND address = ?",
                                     (serial, address))
            return any(one.address == address for one in before)


def keep_links(database: Database, serial: int, links: Iterable[Link]) -> None:
    """Keep links beside a credential, given by the store's own number."""
    room = MAX_LINKS - len(kept_links(database, serial))
    for one in list(links)[: max(room, 0)]:
        database.rows("INSERT INTO link(credential, address, kind) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
                      (serial, one.address, one.kind.value))


def kept_links(database: Database, serial: int) -> tuple[Link, ...]:
    """Return the links of a credential by kind, then in the order of their letters."""
    rows = database.rows("SELECT address, kind FROM link WHERE credential = ?", (serial,))
    order = list(LinkKind)
    found = [Link(address, known(LinkKind, kind, LinkKind.OTHER)) for address, kind in rows]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.address)))
