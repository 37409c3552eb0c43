"""D11: the vault's format and secrets, W08 and W10 to W13. Later, foreign, plain, dying: refused or whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.attacks.learner import (
    everything,
    new_folder,
    print_of,
)
from tests.attacks.vaults import copy, demand_read_only, opening, other
from tests.conftest import AT
from tests.faults.deaths import NEW_CODE, NEW_PASSPHRASE, die_during
from tests.vault.test_header import resealed
from tests.vault.vaults import NOW, demand_nothing_plain, make_template
from tests.vault.vaults import PASSPHRASE as OLD_PASSPHRASE
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode as R
from wallet.vault.backup import restore_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    Secret,
    create_vault,
    open_vault,
    read_vault_header,
    unlock,
    vault_exists,
)
from wallet.vault.database import Database
from wallet.vault.header import write_header
from wallet.vault.integrity import check_integrity
from wallet.vault.places import replace_file

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM


@case("W08", M, "a vault of a later program",
      attacks={"version 99": refused(R.VAULT_NEWER),
               "version 1.9, and is written": refused(R.VAULT_READ_ONLY)},
      twins={TWIN: FINE, "version 1.9, read": FINE})
def _later(variant: str) -> Input:
    folder, code = copy()
    path = folder / "vault.head"
    if variant == "version 99":
        path.write_bytes(resealed(path.read_bytes(), magic=b"learner-wallet vault 99.3"))
    elif variant != TWIN:
        sealed = read_vault_header(folder)
        _, keys = unlock(sealed, code)
        replace_file(path, write_header(replace(sealed.header, version=(1, 9)), keys))
    return opening(folder, code, demand_read_only if "written" in variant else lambda _: None)


_POINTS = {"renew": (2, 5, 8, 11), "restore": (3, 7, 12, 17), "make": (3, 8, 13), "rotate": (4, 9, 14, 18)}


@case("W10", C, "death during a new passphrase, a new data key, a restore, the making of a vault",
      attacks={f"{act}, before operation {at}": FINE for act, points in _POINTS.items() for at in points},
      # Some points of each; `tests.faults sweep` goes over every one, with failing disks and power cuts.
      twins={f"{act}, alive": FINE for act in _POINTS})
def _killed(variant: str) -> Input:
    act, _, word = variant.partition(", ")
    at = int(word.rpartition(" ")[2]) if word != "alive" else 10_000
    work = new_folder()
    template = make_template(work / "template")
    if act in ("renew", "rotate"):
        template.copy(work / "vault")
    if act == "restore":
        vault = template.open(work / "source")
        write_backup(vault, work / "wallet.vcwallet", now=NOW)
        vault.close()
    died, _ = die_during(act, at, work / "vault", template.recovery_code)

    def run() -> None:
        folder = work / "vault"
        assert died is (word != "alive")
        if not vault_exists(folder):
            assert act not in ("renew", "rotate")
            if act == "restore":
                restore_backup(work / "wallet.vcwallet", folder, template.secret, now=NOW).close()
            else:
                create_vault(folder, OLD_PASSPHRASE, now=NOW, kdf=FLOOR).vault.close()
        either: tuple[Secret, ...] = (Passphrase(OLD_PASSPHRASE), Passphrase(NEW_PASSPHRASE))
        if act == "rotate":
            either = (template.secret, RecoveryCode(NEW_CODE))
            assert _opens(folder, Passphrase(OLD_PASSPHRASE))
        assert [_opens(folder, one) for one in either].count(True) == 1
        demand_nothing_plain(work)

    return Act(run)


def _opens(folder: Path, secret: Secret) -> bool:
    try:
        vault = open_vault(folder, secret, now=NOW)
    except VaultError as error:
        if error.reason.code not in (R.VAULT_WRONG_PASSPHRASE, R.VAULT_WRONG_RECOVERY_CODE):
            raise
        return False
    check_integrity(vault)
    vault.close()
    return True


@case("W11", H, "a store that is not encrypted",
      attacks={"a plain store in place of ours": refused(R.VAULT_FOREIGN), "opened without a key": FINE,
               "opened with half a key": FINE},
      twins={TWIN: FINE, "every file of these cases": FINE})
def _plain(variant: str) -> Input:
    folder, code = copy()
    if variant == "a plain store in place of ours":
        (folder / "vault.db").unlink()
        with sqlite3.connect(folder / "vault.db") as plain:
            plain.execute("CREATE TABLE credential (a)")
            plain.executemany("INSERT INTO credential VALUES (?)", [("x" * 1000,)] * 20)
        plain.close()
        return Act(lambda: _open_plain(folder, code))
    if variant.startswith("opened"):
        key = b"" if "without" in variant else b"k" * 16
        return Act(lambda: _demand_no_way(folder, key))
    if variant == "every file of these cases":
        return Act(lambda: demand_nothing_plain(everything()))
    return opening(folder, code)


def _open_plain(folder: Path, code: RecoveryCode) -> None:
    try:
        open_vault(folder, code, now=AT).close()
    finally:
        shutil.rmtree(folder)  # nothing plain stays, so that the last twin can ask for that


def _demand_no_way(folder: Path, key: bytes) -> None:
    """A mistake of ours, so no reason for people: it must stop, and write nothing."""
    before = print_of(folder)
    try:
        Database(folder / "vault.db", key)
    except (ValueError, VaultError):
        assert print_of(folder) == before
        return
    raise AssertionError("a store was opened without its key")


_CODE = {"a view": "CREATE VIEW more AS SELECT * FROM credential",
         "a trigger": "CREATE TRIGGER spy AFTER INSERT ON credential BEGIN DELETE FROM evidence; END",
         "a generated column": "ALTER TABLE credential ADD COLUMN twice TEXT AS (title || title)",
         "a table": "CREATE TABLE more (a)", "an index less": "DROP INDEX credential_pair",
         "a virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)"}


@case("W12", M, "a vault from somebody else with code in its store",
      attacks=dict.fromkeys(_CODE, refused(R.VAULT_FOREIGN)), twins={TWIN: FINE})
def _foreign_code(variant: str) -> Input:
    folder, code = copy()
    if variant in _CODE:
        _, keys = unlock(read_vault_header(folder), code)
        database = Database(folder / "vault.db", keys.database)
        database.rows(_CODE[variant])
        database.close()
    return opening(folder, code)


def _one_typo(code: str) -> str:
    return code[:-1] + ("2" if code[-1] == "3" else "3")


def _swapped(code: str) -> str:
    place = next(at for at in range(len(code) - 1) if code[at] != code[at + 1] and "-" not in code[at:at + 2])
    return code[:place] + code[place + 1] + code[place] + code[place + 2:]


_TYPO = refused(R.RECOVERY_CODE_TYPO)
_CODES: dict[str, Callable[[str], str]] = {
    "one letter": _one_typo, "two letters turned": _swapped, "one letter less": lambda code: code[:-1],
    "a letter too many": lambda code: code + "A", "a letter that no code has": lambda code: code[:-1] + "U",
    "nothing": lambda _: ""}


@case("W13", M, "a recovery code mistyped, and the code of another vault",
      attacks={**dict.fromkeys(_CODES, _TYPO), "of another vault": refused(R.VAULT_WRONG_RECOVERY_CODE)},
      twins={TWIN: FINE, "small letters": FINE, "O for 0, l for 1": FINE, "spaces": FINE, "no dashes": FINE})
def _recovery(variant: str) -> Input:
    folder, secret = copy()
    code = secret.text
    ways: dict[str, Callable[[str], str]] = {
        **_CODES, "of another vault": lambda _: other()[1].text, "small letters": str.lower,
        "O for 0, l for 1": lambda text: text.replace("0", "O").replace("1", "l"),
        "spaces": lambda text: text.replace("-", " "), "no dashes": lambda text: text.replace("-", "")}
    return opening(folder, RecoveryCode(ways.get(variant, str)(code)))
