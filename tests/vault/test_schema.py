from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.database import Database
from wallet.vault.header import FORMAT_VERSION
from wallet.vault.places import make_private_file
from wallet.vault.schema import (
    Migration,
    create_schema,
    demand_own_store,
    generation,
    meta,
    migrate,
    set_meta,
    store_version,
)

VAULT_ID = "0123456789abcdef" * 2
NEXT = (FORMAT_VERSION[0], FORMAT_VERSION[1] + 1)
AFTER_NEXT = (FORMAT_VERSION[0], FORMAT_VERSION[1] + 2)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    make_private_file(tmp_path / "vault.db")
    made = Database(tmp_path / "vault.db", bytes(range(32)))
    with made.transaction():
        create_schema(made, VAULT_ID)
    return made


def refused(database: Database, vault_id: str = VAULT_ID) -> tuple[ReasonCode, str]:
    with pytest.raises(VaultError) as caught:
        demand_own_store(database, vault_id)
    return caught.value.reason.code, caught.value.reason["what"]


def test_our_own_store_is_ours(database: Database) -> None:
    demand_own_store(database, VAULT_ID)
    assert store_version(database) == FORMAT_VERSION
    assert generation(database) == 0


@pytest.mark.parametrize("statement", [
    "CREATE VIEW more AS SELECT * FROM credential",
    "CREATE TRIGGER spy AFTER INSERT ON credential BEGIN DELETE FROM evidence; END",
    "CREATE TABLE more (a)",
    "CREATE INDEX more ON credential(title)",
    "ALTER TABLE credential ADD COLUMN twice TEXT AS (title || title)",
    "DROP INDEX credential_pair",
    "CREATE VIRTUAL TABLE more USING fts5(x)",
])
def test_a_store_with_something_else_in_it_is_foreign(database: Database, statement: str) -> None:
    database.rows(statement)
    assert refused(database) == (ReasonCode.VAULT_FOREIGN, "schema")


def test_the_store_of_another_header_is_foreign(database: Database) -> None:
    assert refused(database, "f" * 32) == (ReasonCode.VAULT_FOREIGN, "vault_id")


def test_another_programs_file_is_foreign(database: Database) -> None:
    database.rows("PRAGMA application_id=7")
    assert refused(database) == (ReasonCode.VAULT_FOREIGN, "application")


def test_an_empty_store_is_damaged(tmp_path: Path) -> None:
    make_private_file(tmp_path / "empty.db")
    assert refused(Database(tmp_path / "empty.db", bytes(32))) == (ReasonCode.VAULT_DAMAGED, "store")


def test_a_later_major_version_is_refused_and_a_minor_one_is_not(database: Database) -> None:
    database.rows("CREATE TABLE of_the_future (a)")
    database.rows("PRAGMA user_version=1009")
    demand_own_store(database, VAULT_ID)
    database.rows("PRAGMA user_version=99000")
    assert refused(database)[0] is ReasonCode.VAULT_NEWER


def test_a_later_minor_version_still_holds_no_code(database: Database) -> None:
    database.rows("PRAGMA user_version=1009")
    database.rows("CREATE VIEW more AS SELECT * FROM credential")
    assert refused(database) == (ReasonCode.VAULT_FOREIGN, "schema")


STEPS = (Migration(FORMAT_VERSION, NEXT, ("CREATE TABLE later (name TEXT)",)),
         Migration(NEXT, AFTER_NEXT,
                   ("INSERT INTO later VALUES ('first')", "CREATE TABLE latest (text TEXT)")))


def test_steps_lead_forward_one_after_the_other(database: Database) -> None:
    assert migrate(database, STEPS, AFTER_NEXT) == AFTER_NEXT
    assert store_version(database) == AFTER_NEXT
    assert database.value("SELECT name FROM later") == "first"
    assert migrate(database, STEPS, AFTER_NEXT) == AFTER_NEXT


def test_a_step_that_fails_leaves_the_version_before_it(database: Database) -> None:
    broken = (STEPS[0], Migration(NEXT, AFTER_NEXT, ("CREATE TABLE latest (a)", "DROP TABLE nowhere")))
    with pytest.raises(apsw.SQLError):
        migrate(database, broken, AFTER_NEXT)
    assert store_version(database) == NEXT
    assert database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'latest'") == 0
    assert migrate(database, STEPS, AFTER_NEXT) == AFTER_NEXT


def test_a_version_without_a_way_forward_is_said(database: Database) -> None:
    with pytest.raises(VaultError) as caught:
        migrate(database, STEPS[1:], AFTER_NEXT)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    assert caught.value.reason["what"] == "version"


def test_nothing_goes_back(database: Database) -> None:
    database.rows("PRAGMA user_version=1009")
    assert migrate(database, STEPS, AFTER_NEXT) == (1, 9)


def test_facts_are_written_over(database: Database) -> None:
    set_meta(database, "generation", 1)
    set_meta(database, "generation", 2)
    assert generation(database) == 2
    assert meta(database, "unknown") is None
