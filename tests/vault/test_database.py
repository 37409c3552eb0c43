from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path

import apsw
import pytest

from tests.conftest import REPOSITORY
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.database import PLAIN_SQLITE, Access, Database
from wallet.vault.places import make_private_file

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    path = tmp_path / "vault.db"
    make_private_file(path)
    made = Database(path, KEY)
    with made.transaction():
        made.rows("CREATE TABLE thing (name TEXT)")
    return made


def names(database: Database) -> list[str]:
    return [name for (name,) in database.rows("SELECT name FROM thing ORDER BY rowid")]


def fail_inside(database: Database, name: str) -> None:
    def write() -> None:
        with database.transaction():
            database.rows("INSERT INTO thing VALUES (?)", (name,))
            raise KeyError(name)

    with pytest.raises(KeyError):
        write()


def refused(code: ReasonCode) -> pytest.RaisesExc[VaultError]:
    return pytest.RaisesExc(VaultError, check=lambda error: error.reason.code is code)


@pytest.mark.parametrize(("pragma", "value"), [
    ("cipher", "chacha20"), ("journal_mode", "wal"), ("synchronous", 2), ("temp_store", 2),
    ("trusted_schema", 0), ("cell_size_check", 1), ("secure_delete", 1), ("foreign_keys", 1),
    ("mmap_size", 0), ("busy_timeout", 5000), ("fullfsync", 1), ("checkpoint_fullfsync", 1),
])
def test_settings_are_in_force_after_opening(database: Database, pragma: str, value: object) -> None:
    database.close()
    opened = Database(database.path, KEY)
    assert opened.value(f"PRAGMA {pragma}") == value
    opened.close()


def test_nothing_written_is_readable_without_the_key(database: Database) -> None:
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('a very distinctive sentence')")
    for path in database.path.parent.iterdir():
        if path.is_file():
            assert b"distinctive" not in path.read_bytes()
            assert not path.read_bytes().startswith(PLAIN_SQLITE)
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"distinctive" not in database.path.read_bytes()
    database.close()


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_of_another_length_opens_nothing(tmp_path: Path, key: bytes) -> None:
    make_private_file(tmp_path / "vault.db")
    with pytest.raises(ValueError, match="32 bytes"):
        Database(tmp_path / "vault.db", key)
    assert (tmp_path / "vault.db").read_bytes() == b""


def test_another_key_is_damage(database: Database) -> None:
    database.close()
    with refused(ReasonCode.VAULT_DAMAGED):
        Database(database.path, bytes(32))


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with refused(ReasonCode.FOLDER_UNWRITABLE):
        Database(tmp_path / "missing.db", KEY)
    assert not (tmp_path / "missing.db").exists()


def test_the_program_opens_databases_in_one_place_only() -> None:
    calls = [path.name for path in (REPOSITORY / "wallet").rglob("*.py")
             for line in path.read_text("utf-8").splitlines()
             if "apsw.Connection(" in line or "sqlite3.connect" in line or "import sqlite3" in line]
    assert calls == ["database.py"]


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    fail_inside(database, "lost")
    assert names(database) == []
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('kept')")
    assert names(database) == ["kept"]


def test_an_inner_block_that_fails_is_undone_alone(database: Database) -> None:
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('outer')")
        fail_inside(database, "inner")
        with database.transaction():
            database.rows("INSERT INTO thing VALUES ('second')")
            assert database.depth == 2
    assert names(database) == ["outer", "second"]
    assert database.depth == 0


def test_a_writer_waits_its_turn_and_then_says_busy(database: Database) -> None:
    other = Database(database.path, KEY)
    other._connection.set_busy_timeout(50)
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('first')")
        with refused(ReasonCode.VAULT_BUSY), other.transaction():
            pass
        assert names(other) == []  # reading goes on
    with other.transaction():
        other.rows("INSERT INTO thing VALUES ('second')")
    assert names(database) == ["first", "second"]
    other.close()


def test_threads_take_turns(database: Database) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            with database.transaction():
                before = len(names(database))
                database.rows("INSERT INTO thing VALUES (?)", (str(number),))
                assert len(names(database)) == before + 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 80


def test_a_closed_one_says_locked(database: Database) -> None:
    database.close()
    database.close()
    with refused(ReasonCode.VAULT_LOCKED):
        names(database)
    with refused(ReasonCode.VAULT_LOCKED), database.transaction():
        pass


def test_read_only_writes_nothing(database: Database) -> None:
    database.close()
    opened = Database(database.path, KEY, Access(read_only=True))
    with refused(ReasonCode.VAULT_READ_ONLY), opened.transaction():
        pass
    with refused(ReasonCode.VAULT_READ_ONLY):
        opened.rows("INSERT INTO thing VALUES ('x')")
    opened.close()


def test_code_inside_a_store_does_not_run(database: Database) -> None:
    database.rows("CREATE VIEW seen AS SELECT name FROM thing")
    database.rows("CREATE TRIGGER twice AFTER INSERT ON thing BEGIN INSERT INTO thing VALUES ('echo'); END")
    database.close()
    opened = Database(database.path, KEY)
    opened.rows("INSERT INTO thing VALUES ('once')")
    assert names(opened) == ["once"]
    with pytest.raises(apsw.SQLError):
        opened.rows("SELECT * FROM seen")
    opened.close()


def test_text_that_is_no_unicode_is_kept_as_far_as_it_is(database: Database) -> None:
    database.rows("INSERT INTO thing VALUES (?)", ("caf\udce9.png",))
    assert names(database) == ["caf?.png"]
    database.close()


def test_a_copy_is_encrypted_whole_and_on_its_own(database: Database, tmp_path: Path) -> None:
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('kept')")
    make_private_file(tmp_path / "copy.db")
    database.copy_to(tmp_path / "copy.db", KEY)
    assert {path.name for path in tmp_path.iterdir()} & {"copy.db-wal", "copy.db-shm"} == set()
    copy = Database(tmp_path / "copy.db", KEY, Access(read_only=True, immutable=True))
    assert names(copy) == ["kept"]
    copy.close()
    database.close()


class _Filling(apsw.VFS):
    """A disk that is full while `full` is set."""

    def __init__(self) -> None:
        self.full = False
        super().__init__("filling", base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _FillingFile(self, name, flags)


@cache
def _filling() -> _Filling:
    return _Filling()  # never taken away: the cipher's layer above it stays registered


class _FillingFile(apsw.VFSFile):
    def __init__(self, disk: _Filling, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        if self._disk.full:
            raise apsw.FullError
        super().xWrite(data, offset)


def test_a_full_disk_changes_nothing_and_is_over_when_there_is_room(tmp_path: Path) -> None:
    disk = _filling()
    make_private_file(tmp_path / "vault.db")
    database = Database(tmp_path / "vault.db", KEY, Access(vfs="filling"))
    database.rows("CREATE TABLE thing (name TEXT)")
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('before')")
    disk.full = True
    with refused(ReasonCode.DISK_FULL), database.transaction():
        database.rows("INSERT INTO thing VALUES ('during')")
        database.rows("INSERT INTO thing VALUES (?)", (os.urandom(9_000_000).hex(),))
    assert names(database) == ["before"]
    disk.full = False
    with database.transaction():
        database.rows("INSERT INTO thing VALUES ('after')")
    assert names(database) == ["before", "after"]
    database.close()


def test_after_a_lost_transaction_nothing_is_written_one_by_one(database: Database) -> None:
    with refused(ReasonCode.DISK_FULL), database.transaction():
        database.rows("INSERT INTO thing VALUES ('a')")
        database._connection.execute("ROLLBACK")  # as SQLite does by itself on a full disk
        database.rows("INSERT INTO thing VALUES ('b')")
    assert names(database) == []
    database.close()
