"""The tables: each statement makes what it says; a later format only adds to what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from wallet.vault.database import Database
from wallet.vault.places import make_private_file
from wallet.vault.tables import ADDED_1_1, TABLES


@pytest.fixture
def database(tmp_path: Path) -> Database:
    make_private_file(tmp_path / "vault.db")
    return Database(tmp_path / "vault.db", bytes(range(32)))


def test_a_store_keeps_every_statement_as_it_was_written(database: Database) -> None:
    for statement in TABLES:
        database.rows(statement)
    kept = {sql for (sql,) in database.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    assert set(TABLES) <= kept


def test_the_later_format_only_adds(database: Database) -> None:
    for statement in ADDED_1_1:
        assert statement.startswith(("CREATE TABLE", "CREATE INDEX"))
    before = TABLES[:len(TABLES) - len(ADDED_1_1)]
    for statement in (*before, *ADDED_1_1):
        database.rows(statement)
    assert not set(before) & set(ADDED_1_1)


def test_what_belongs_to_a_credential_goes_with_it(database: Database) -> None:
    for statement in TABLES:
        database.rows(statement)
    database.rows("INSERT INTO content VALUES('00', x'00')")
    database.rows("INSERT INTO credential(serial, id, sha256, title, issuer_id, issuer_name, credential_id, "
                  "format, evidence_class, carrier, media_type, added_at, data_sha256, payload_sha256, "
                  "skills, report, words) "
                  "VALUES(1, 'a', '00', '', '', '', '', '', '', '', '', '', '00', '00', '', '', '')")
    database.rows("INSERT INTO label VALUES(1, 'own', '')")
    database.rows("INSERT INTO tag VALUES(1, 'first')")
    database.rows("INSERT INTO link VALUES(1, 'https://issuer.example/', 'page')")
    database.rows("INSERT INTO previous_report VALUES(1, '', '')")
    database.rows("DELETE FROM credential WHERE serial = 1")
    for table in ("label", "tag", "link", "previous_report"):
        assert database.value(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - constants
