"""The one door to SQLite: keyed before anything else, every setting read back, every error with a reason.

Nothing else in the program opens a database, and nothing here opens one without a key, so a vault that is
not encrypted cannot come about. What the tables are is in `schema`; what is asked of them in the modules
by record kind.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import apsw

from wallet.model.errors import VaultError, WalletError
from wallet.model.reasons import ReasonCode, reason

from .cipher import KEY_BYTES
from .header import CIPHER
from .steps import Step, unwatched

Row: TypeAlias = tuple[Any, ...]

#: "LWLT" in ASCII: tells other programs what the file would be, once decrypted.
APPLICATION_ID: Final = 0x4C574C54
PAGE_BYTES: Final = 4096
BUSY_TIMEOUT_MS: Final = 5000
#: Between two of these a person can stop a copy, or a statement that reads everything.
_PAGES_AT_ONCE: Final = 2048
_OPERATIONS_AT_ONCE: Final = 100_000
_CACHE_KIB: Final = 2000  # SQLite's own choice
_CACHE_KIB_ALL: Final = 64 * 1024
PLAIN_SQLITE: Final = b"SQLite format 3\x00"

#: Pragma, the value that is set, the value that must be read back.
_SETTINGS: Final = (
    ("temp_store", "MEMORY", 2),  # temporary files would lie outside the encryption
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("mmap_size", "0", 0),  # decrypted pages must not be mapped from the file
    ("recursive_triggers", "OFF", 0),
)
_JOURNAL_FULL: Final = 2  # with a write-ahead log: synced at every commit
_JOURNAL_EXTRA: Final = 3  # with a rollback journal: its folder too
#: Extended results of writes that failed for another reason than a full disk.
_WRITE_FAILED: Final = frozenset({
    apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_DIR_FSYNC,
    apsw.SQLITE_IOERR_TRUNCATE, apsw.SQLITE_IOERR_DELETE, apsw.SQLITE_IOERR_SHMOPEN,
    apsw.SQLITE_IOERR_SHMSIZE, apsw.SQLITE_IOERR_SHMMAP, apsw.SQLITE_IOERR_LOCK,
})


@dataclass(frozen=True, slots=True)
class Access:
    """How a database is opened.

    Attributes:
        read_only: Nothing may be written.
        immutable: Nobody else can write either (a medium that cannot be written): no lock, no log.
        rollback: No log beside the store: its shared memory cannot be relied on in this place.
        vfs: Another file layer below the encryption, for fault injection; "" for the system's.
    """

    read_only: bool = False
    immutable: bool = False
    vfs: str = ""
    rollback: bool = False


_PLAIN_ACCESS: Final = Access()


class Database:
    """One connection. Calls from several threads wait for each other."""

    def __init__(self, path: Path, key: bytes, access: Access = _PLAIN_ACCESS) -> None:
        """Open an existing file; it may be empty where a vault is just being made.

        Raises:
            VaultError: As `errors_named`.
        """
        if len(key) != KEY_BYTES:
            raise ValueError("a database key has 32 bytes")
        self._lock = threading.RLock()
        self._depth = 0
        self.access = access
        self.path = path
        self.rollback_journal = False
        with errors_named():
            self._connection = _keyed(path, key, access)
            try:
                self._set_up()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close; whatever comes later says VAULT_LOCKED. Doing so twice is harmless."""
        with self._lock, errors_named():
            self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> tuple[Row, ...]:
        """Run one statement and return all its rows.

        Raises:
            VaultError: As `errors_named`.
        """
        with self._lock, errors_named():
            if self._depth and not self._connection.in_transaction:
                # SQLite gave the transaction up (a full disk does that); what follows must not be
                # written one by one as if it were still all or nothing.
                raise VaultError(reason(ReasonCode.DISK_FULL))
            try:
                return tuple(self._connection.execute(sql, tuple(values)))
            except UnicodeEncodeError:  # a lone surrogate, say from a file name that is no UTF-8
                return tuple(self._connection.execute(sql, tuple(map(_encodable, values))))

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Run one statement and return its first row. Raises as `rows`."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run one statement and return the first value of its first row, or None. Raises as `rows`."""
        found = self.row(sql, values)
        return found[0] if found else None

    @property
    def last_serial(self) -> int:
        """The row id of the last insert."""
        return int(self._connection.last_insert_rowid())

    @property
    def depth(self) -> int:
        """How many transaction blocks are open; to be asked inside one."""
        return self._depth

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what is inside is on the disk when the outermost block ends.

        Blocks nest: an inner one that fails is undone alone. Other threads wait until it ends.

        Raises:
            VaultError: VAULT_READ_ONLY, VAULT_BUSY, DISK_FULL and kin; nothing was changed then.
        """
        if self.access.read_only:
            raise VaultError(reason(ReasonCode.VAULT_READ_ONLY))
        with self._lock:
            begin, end, undo = _INNER if self._depth else _OUTERMOST
            self.rows(begin)
            self._depth += 1
            try:
                yield
                self.rows(end)
            except BaseException:
                self._undo(*undo)
                raise
            finally:
                self._depth -= 1

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Keep every other writer out, without writing. Raises as `transaction`."""
        with self._lock:
            self.rows("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                self._undo("ROLLBACK")

    def keep_others_out(self) -> None:
        """Keep every other connection out, readers too, until this one is closed.

        Raises:
            VaultError: VAULT_BUSY if anybody has the store open.
        """
        with self._lock:
            # Leaving the log is possible for the only connection there is.
            if self.rows("PRAGMA journal_mode=DELETE") != (("delete",),):
                raise VaultError(reason(ReasonCode.VAULT_BUSY))
            self.rows("PRAGMA locking_mode=EXCLUSIVE")
            self.rows("BEGIN EXCLUSIVE")
            self.rows("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several statements from one state, whatever others write meanwhile."""
        with self._lock:
            if self._in_transaction():
                yield
                return
            self.rows("BEGIN")
            try:
                yield
            finally:
                self._undo("ROLLBACK")

    @contextmanager
    def reading_all(self) -> Iterator[None]:
        """Hold more pages in memory while the whole store is read, since indexes lead all over it."""
        self.rows(f"PRAGMA cache_size=-{_CACHE_KIB_ALL}")
        try:
            yield
        finally:
            with suppress(VaultError):  # closed meanwhile, or as broken as what was inside has said
                self.rows(f"PRAGMA cache_size=-{_CACHE_KIB}")
                self.rows("PRAGMA shrink_memory")

    @contextmanager
    def watched(self, step: Step) -> Iterator[None]:
        """Tell while long statements run; what `step` raises ends the statement."""
        def told() -> bool:
            step(0, 1)
            return False

        self._connection.set_progress_handler(told, _OPERATIONS_AT_ONCE)
        try:
            yield
        finally:
            with suppress(apsw.Error):  # closed meanwhile
                self._connection.set_progress_handler(None)

    @property
    def size(self) -> int:
        """How many bytes the store has, all pages together."""
        return int(self.value("PRAGMA page_count")) * PAGE_BYTES

    def copy_to(self, path: Path, key: bytes, step: Step = unwatched) -> None:
        """Copy everything into an empty file, encrypted under `key`, while others may go on writing.

        Raises:
            VaultError: DISK_FULL and kin; what `step` raises.
        """
        with self._lock, errors_named(), self.snapshot():
            self.value("PRAGMA schema_version")  # from here on one state is read, whatever others write
            target = _keyed(path, key, Access(vfs=self.access.vfs))
            try:
                copying = target.backup("main", self._connection, "main")
                try:
                    while not copying.step(_PAGES_AT_ONCE):
                        step(copying.page_count - copying.remaining, copying.page_count)
                    copying.finish()
                except (apsw.Error, WalletError):
                    with suppress(apsw.Error, SystemError):  # apsw may stumble over the same failure again
                        copying.close(True)
                    raise
                target.execute("PRAGMA journal_mode=DELETE").fetchall()
            finally:
                with suppress(SystemError):  # as above
                    target.close()

    def _in_transaction(self) -> bool:
        with errors_named():
            return bool(self._connection.in_transaction)

    def _undo(self, *statements: str) -> None:
        with self._lock, errors_named():
            for statement in statements:
                # A full disk makes SQLite roll back by itself; asking again would hide the real error.
                if self._connection.in_transaction:
                    self._connection.execute(statement)

    def _set_up(self) -> None:
        connection = self._connection
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        for name, value, expected in _SETTINGS:
            connection.execute(f"PRAGMA {name}={value}").fetchall()
            self._demand(name, expected)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0)
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        if self.access.read_only:
            connection.execute("PRAGMA query_only=ON").fetchall()
            return
        # On a Mac only this reaches the disk's own cache; elsewhere it changes nothing.
        connection.execute("PRAGMA fullfsync=ON").fetchall()
        connection.execute("PRAGMA checkpoint_fullfsync=ON").fetchall()
        wanted = "DELETE" if self.access.rollback else "WAL"
        journal = connection.execute(f"PRAGMA journal_mode={wanted}").fetchall()[0][0]
        # A network folder may lack the shared memory a log needs.
        self.rollback_journal = journal != "wal"
        durable = _JOURNAL_EXTRA if self.rollback_journal else _JOURNAL_FULL
        connection.execute(f"PRAGMA synchronous={durable}").fetchall()
        self._demand("synchronous", durable)

    def _demand(self, name: str, expected: int) -> None:
        found = self._connection.execute(f"PRAGMA {name}").fetchall()
        if found != [(expected,)]:
            raise VaultError(reason(ReasonCode.INTERNAL_ERROR, kind=f"pragma {name}"))


#: Begin, end, undo. A savepoint's name means the innermost one of that name.
_OUTERMOST: Final = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_INNER: Final = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))


@contextmanager
def errors_named() -> Iterator[None]:
    """Turn what SQLite says into a reason. A mistake in our own SQL stays what it is.

    Raises:
        VaultError: VAULT_DAMAGED, VAULT_BUSY, VAULT_READ_ONLY, VAULT_LOCKED, DISK_FULL,
            FOLDER_UNWRITABLE.
    """
    try:
        yield
    except apsw.ConnectionClosedError:
        raise VaultError(reason(ReasonCode.VAULT_LOCKED)) from None
    except (apsw.NotADBError, apsw.CorruptError, apsw.FormatError, apsw.MismatchError):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="store")) from None
    except apsw.FullError:
        raise VaultError(reason(ReasonCode.DISK_FULL)) from None
    except (apsw.BusyError, apsw.LockedError, apsw.ProtocolError):
        raise VaultError(reason(ReasonCode.VAULT_BUSY)) from None
    except (apsw.ReadOnlyError, apsw.PermissionsError):
        raise VaultError(reason(ReasonCode.VAULT_READ_ONLY)) from None
    except apsw.CantOpenError:
        raise VaultError(reason(ReasonCode.FOLDER_UNWRITABLE)) from None
    except apsw.NoMemError:
        raise MemoryError from None
    except apsw.IOError as error:
        failed_writing = getattr(error, "extendedresult", 0) in _WRITE_FAILED
        code = ReasonCode.FOLDER_UNWRITABLE if failed_writing else ReasonCode.VAULT_DAMAGED
        raise VaultError(reason(code, what="store")) from None


def _keyed(path: Path, key: bytes, access: Access) -> apsw.Connection:
    """Open an existing file and give it its key before anything else can be said to it."""
    flags = apsw.SQLITE_OPEN_READONLY if access.read_only else apsw.SQLITE_OPEN_READWRITE
    name = str(path)
    if access.immutable:
        flags |= apsw.SQLITE_OPEN_URI
        name = f"file:{quote(path.as_posix())}?immutable=1"
    vfs = f"multipleciphers-{access.vfs}" if access.vfs else None
    connection = apsw.Connection(name, flags=flags, vfs=vfs)
    try:
        _give_key(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _give_key(connection: apsw.Connection, key: bytes) -> None:
    # The raw form: a passphrase or `hexkey` would be another key, behind a derivation of its own.
    connection.execute(f"PRAGMA cipher='{CIPHER}'").fetchall()
    answer = connection.execute(f"PRAGMA key='raw:{key.hex()}'").fetchall()
    if answer != [("ok",)] or connection.execute("PRAGMA cipher").fetchall() != [(CIPHER,)]:
        raise VaultError(reason(ReasonCode.INTERNAL_ERROR, kind="cipher"))


def _encodable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
