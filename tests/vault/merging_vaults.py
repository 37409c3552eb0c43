"""Vaults with something of everything in them, and what two vaults have in common, to merge and compare."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.vault.vaults import NOW, document, numbered
from wallet.model.sharing import Channel, ShareRecord
from wallet.vault.evidence import VaultEvidence
from wallet.vault.merge import PARTS
from wallet.vault.records import date_text
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault

#: Members that each vault gives by itself, or that depend on the order in which things came in.
_OWN = {"serial", "id", "replaced_by", "position", "credential_ids", "report", "retired_at", "label"}


def fill(vault: Vault, numbers: range, *, offset: int = 0) -> None:
    """Put credentials with these numbers in, and something of every other kind."""
    for number in numbers:
        vault.add(numbered(number), now=NOW + timedelta(hours=number + offset))
    database = vault.database
    serials = [row[0] for row in database.rows("SELECT serial FROM credential ORDER BY serial")]
    with vault.transaction():
        for serial in serials:
            database.rows("INSERT INTO tag VALUES(?, ?)", (serial, f"tag {offset}"))
            database.rows("INSERT INTO link VALUES(?, ?, 'page')", (serial, f"https://page.example/{offset}"))
            database.rows("INSERT INTO label VALUES(?, ?, ?)", (serial, "", f"Note {offset}"))
        database.rows("INSERT INTO bundle(id, name, note, made_at) VALUES(?, 'Analyst', '', ?)",
                      (f"bundle{offset}", date_text(NOW)))
        bundle = database.last_serial
        for position, serial in enumerate(serials):
            database.rows("INSERT INTO bundle_item VALUES(?, ?, ?)", (bundle, serial, position))
        database.rows("INSERT INTO request(at, host, address, purpose, allowed, outcome, bytes) "
                      "VALUES(?, 'uni.example', 'https://uni.example/', 'issuer_key', 'once', 'fetched', 7)",
                      (date_text(NOW + timedelta(minutes=offset)),))
        database.rows("INSERT INTO event(at, kind, subject, details) VALUES(?, 'belief_set', 'did:web:x', ?)",
                      (date_text(NOW + timedelta(minutes=offset)), json.dumps({"after": str(offset)})))
        database.rows("INSERT INTO belief(issuer_id, stance, fingerprint, name, note, at) "
                      "VALUES(?, 'none', '', 'Uni', '', ?)", (f"did:web:{offset}.example", date_text(NOW)))
        _keep_list(vault, f"https://list.example/{offset}")
    vault.set_setting(f"setting{offset}", str(offset))
    vault.log_share(ShareRecord(f"share{offset}", NOW, Channel.PACK, "Harbor Ltd",
                                tuple(one.id for one in vault.list()), ("Badge",)))
    VaultEvidence(vault).add(document(data=b'{"id": "did:web:uni.example", "v": %d}' % offset))
    VaultEvidence(vault).add(document(fetched_at=NOW + timedelta(days=offset)))
    newest = vault.list()[0]
    vault.set_report(newest.id, newest.report, (document(address="did:web:pinned.example"),))


def _keep_list(vault: Vault, address: str) -> None:
    """Put an issuer list in force, whatever else its table has."""
    columns = vault.database.rows("PRAGMA table_info(issuer_list)")
    values = {row[1]: 0 if row[2] == "INTEGER" else "x" for row in columns}
    values |= {"address": address, "added_at": date_text(NOW)}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    vault.database.rows(f"INSERT INTO issuer_list({names}) VALUES({marks})", tuple(values.values()))


def substance(vault: Vault) -> dict[str, list[Any]]:
    """Return what a vault holds, without what only it means by it: the same, merged in either order."""
    source, found = StoreRows(vault.database), {}
    for table in (*PARTS, "bundle_item"):
        rows = [{name: value for name, value in row.items()
                 if name not in _OWN and not (table == "label" and name == "note")
                 and not (table == "event" and name == "details")} for row in source.rows(table)]
        found[table] = sorted(rows, key=repr)
    notes = database_notes(vault)
    found["notes"] = [notes]
    # Of one computer only; in which order keys came is nobody's business.
    found["setting"] = [row for row in found["setting"] if row["name"] == "identities"]
    return found


def database_notes(vault: Vault) -> dict[str, set[str]]:
    """Return the paragraphs noted for each credential."""
    rows = StoreRows(vault.database).rows("label")
    return {row["credential"]: set(row["note"].split("\n\n")) for row in rows}
