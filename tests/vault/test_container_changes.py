"""A vault that changes: versions of the format, older copies, a new passphrase."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.vaults import (
    NOW,
    PASSPHRASE,
    Template,
    record,
    refused_opening,
)
from wallet.model.errors import VaultError
from wallet.model.limits import MIN_KDF_MEMORY_KIB
from wallet.model.reasons import ReasonCode
from wallet.vault import container, locks
from wallet.vault.cipher import FLOOR, KdfParameters, vault_keys
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    Secret,
    open_vault,
)
from wallet.vault.database import PLAIN_SQLITE, Database
from wallet.vault.header import FORMAT_VERSION, HeaderKind, SlotType, read_header, write_header
from wallet.vault.integrity import check_integrity
from wallet.vault.schema import Migration, user_version
from wallet.vault.slots import change_passphrase
from wallet.vault.store import Vault

# --- versions ---


NEXT = (FORMAT_VERSION[0], FORMAT_VERSION[1] + 1)


def reversion(folder: Path, template: Template, version: tuple[int, int]) -> None:
    """Rewrite a vault as a program of that version would have."""
    sealed = read_header((folder / "vault.head").read_bytes(), HeaderKind.VAULT)
    data_key, keys = container.unlock(sealed, template.secret)
    (folder / "vault.head").write_bytes(write_header(replace(sealed.header, version=version), keys))
    database = Database(folder / "vault.db", vault_keys(data_key).database)
    database.rows(f"PRAGMA user_version={user_version(version)}")
    database.close()


def test_a_later_major_version_is_refused_by_name(folder: Path, template: Template) -> None:
    reversion(folder, template, (99, 0))
    assert refused_opening(folder, template.secret)[0] is ReasonCode.VAULT_NEWER


def test_a_later_minor_version_opens_for_reading(folder: Path, template: Template) -> None:
    reversion(folder, template, (1, 9))
    vault = open_vault(folder, template.secret, now=NOW)
    assert vault.read_only
    with pytest.raises(VaultError) as caught:
        vault.add(record(), now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_READ_ONLY
    vault.close()
    with pytest.raises(VaultError) as caught:
        change_passphrase(folder, template.secret, "new", now=NOW, kdf=FLOOR)
    assert caught.value.reason.code is ReasonCode.VAULT_READ_ONLY


def test_a_store_migrated_elsewhere_under_an_old_header_opens_for_reading(folder: Path,
                                                                          template: Template) -> None:
    header = (folder / "vault.head").read_bytes()
    reversion(folder, template, (1, 9))
    (folder / "vault.head").write_bytes(header)
    vault = open_vault(folder, template.secret, now=NOW)
    assert vault.read_only
    vault.close()


def test_an_older_store_is_copied_and_brought_forward(vault: Vault, template: Template,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    added = vault.add(record(), now=NOW)
    vault.close()
    step = Migration(FORMAT_VERSION, NEXT, ("INSERT INTO setting VALUES ('migrated', 'yes')",))
    monkeypatch.setattr(container, "FORMAT_VERSION", NEXT)
    monkeypatch.setattr("wallet.vault.schema.FORMAT_VERSION", NEXT)
    monkeypatch.setattr("wallet.vault.header.FORMAT_VERSION", NEXT)
    monkeypatch.setattr(container, "MIGRATIONS", (step,))
    opened = open_vault(vault.folder, template.secret, now=NOW)
    assert opened.setting("migrated") == "yes"
    assert [one.id for one in opened.list()] == [added.id]
    opened.close()
    copy = vault.folder / "vault.before"
    assert not copy.read_bytes().startswith(PLAIN_SQLITE)
    _, keys = container.unlock(container.read_vault_header(vault.folder), template.secret)
    before = Database(copy, keys.database)
    assert before.value("SELECT count(*) FROM credential") == 1
    assert before.value("SELECT count(*) FROM setting") == 0
    before.close()
    assert [one.code for one in opened.warnings] == [ReasonCode.VAULT_BROUGHT_FORWARD]
    open_vault(vault.folder, template.secret, now=NOW).close()
    assert not copy.exists()  # the new store has opened once more
    assert not copy.with_name("vault.before-wal").exists()


def test_a_step_that_fails_leaves_a_vault_that_opens(vault: Vault, template: Template,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    added = vault.add(record(), now=NOW)
    vault.close()
    with monkeypatch.context() as patch:
        for room in ("container", "schema", "header"):
            patch.setattr(f"wallet.vault.{room}.FORMAT_VERSION", NEXT)
        with pytest.raises(VaultError) as caught:  # no step leads there
            open_vault(vault.folder, template.secret, now=NOW)
        assert caught.value.reason["what"] == "version"
    opened = open_vault(vault.folder, template.secret, now=NOW)
    assert [one.id for one in opened.list()] == [added.id]
    opened.close()


def test_a_vault_of_every_released_format_opens(tmp_path: Path) -> None:
    kept = Path(__file__).parent / "released"
    versions = sorted(path for path in kept.iterdir() if path.is_dir())
    assert versions
    for version in versions:
        folder = tmp_path / version.name
        shutil.copytree(version, folder)
        facts = json.loads((folder / "facts.json").read_text("utf-8"))
        for secret in (Passphrase(facts["passphrase"]), RecoveryCode(facts["recovery_code"])):
            vault = open_vault(folder, secret, now=NOW)
            assert [one.title for one in vault.list()] == facts["titles"]
            assert vault.original(vault.list()[0].id).data.decode() == facts["newest"]
            assert vault.holder_key().hex() == facts["holder_key"]
            assert not vault.read_only
            check_integrity(vault)
            vault.close()


# --- freshness ---


def test_an_older_copy_of_the_store_is_noticed(vault: Vault, template: Template) -> None:
    vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    old = (vault.folder / "vault.db").read_bytes()
    vault.add(record(), now=NOW)
    vault.close()
    change_passphrase(vault.folder, template.secret, "new", now=NOW, kdf=FLOOR)
    opened = open_vault(vault.folder, template.secret, now=NOW)
    assert opened.warnings == ()
    opened.close()
    (vault.folder / "vault.db").write_bytes(old)
    opened = open_vault(vault.folder, template.secret, now=NOW)
    assert [one.code for one in opened.warnings] == [ReasonCode.VAULT_OLDER_COPY]
    opened.close()


def test_a_clock_that_was_set_back_is_noticed(vault: Vault, template: Template) -> None:
    vault.add(record(), now=NOW)
    vault.close()
    for now, codes in ((NOW - timedelta(hours=2), []), (NOW + timedelta(days=3650), []),
                       (NOW - timedelta(days=700), [ReasonCode.CLOCK_SUSPECT])):
        opened = open_vault(vault.folder, template.secret, now=now)
        assert [one.code for one in opened.warnings] == codes
        opened.close()


# --- changing the passphrase ---


def test_after_a_change_only_the_new_one_opens(vault: Vault, template: Template) -> None:
    added = vault.add(record(), now=NOW)
    change_passphrase(vault.folder, Passphrase(PASSPHRASE), "nouveau", now=NOW, kdf=FLOOR)  # while it is open
    second = vault.add(record(b"other", credential_id="urn:2"), now=NOW)
    vault.close()
    assert refused_opening(vault.folder, Passphrase(PASSPHRASE))[0] is ReasonCode.VAULT_WRONG_PASSPHRASE
    for secret in (Passphrase("nouveau"), template.secret):
        opened = open_vault(vault.folder, secret, now=NOW)
        assert {one.id for one in opened.list()} == {added.id, second.id}
        opened.close()


def test_a_forgotten_passphrase_is_set_anew_with_the_code(folder: Path, template: Template) -> None:
    change_passphrase(folder, template.secret, "new", now=NOW, kdf=FLOOR)
    open_vault(folder, Passphrase("new"), now=NOW).close()


def test_a_change_never_makes_guessing_cheaper(folder: Path, template: Template) -> None:
    dear = KdfParameters(MIN_KDF_MEMORY_KIB + 1024, 4, 4)
    change_passphrase(folder, template.secret, "new", now=NOW, kdf=dear)
    change_passphrase(folder, template.secret, "newer", now=NOW)
    slot = container.read_vault_header(folder).header.slot(SlotType.PASSPHRASE)
    assert slot is not None
    assert slot.kdf is not None
    assert slot.kdf.memory_kib >= dear.memory_kib
    assert slot.kdf.iterations >= dear.iterations


@pytest.mark.parametrize(("secret", "new", "code"), [
    (Passphrase("wrong"), "new", ReasonCode.VAULT_WRONG_PASSPHRASE),
    (Passphrase(PASSPHRASE), "", ReasonCode.PASSPHRASE_EMPTY),
])
def test_a_refused_change_changes_nothing(folder: Path, secret: Secret, new: str, code: ReasonCode) -> None:
    before = (folder / "vault.head").read_bytes()
    with pytest.raises(VaultError) as caught:
        change_passphrase(folder, secret, new, now=NOW, kdf=FLOOR)
    assert caught.value.reason.code is code
    assert (folder / "vault.head").read_bytes() == before


def test_secrets_do_not_show_themselves() -> None:
    assert "open sesame" not in repr(Passphrase("open sesame"))
    assert "ABCDE" not in repr(RecoveryCode("ABCDE"))


def test_the_copy_from_before_is_not_written_over_by_who_comes_second(
        vault: Vault, template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.close()
    copy = vault.folder / "vault.before"
    step = Migration(FORMAT_VERSION, NEXT, ())
    for name, value in (("FORMAT_VERSION", NEXT), ("MIGRATIONS", (step,))):
        monkeypatch.setattr(container, name, value)
    monkeypatch.setattr("wallet.vault.schema.FORMAT_VERSION", NEXT)
    monkeypatch.setattr("wallet.vault.header.FORMAT_VERSION", NEXT)
    real, seen = locks.lock_file, list[bytes]()

    def somebody_is_faster(path: Path) -> object:
        if path.name == "vault.copy.lock" and not seen:
            seen.append(b"")
            open_vault(vault.folder, template.secret, now=NOW).close()
            seen.append(copy.read_bytes())
        return real(path)

    monkeypatch.setattr(container, "lock_file", somebody_is_faster)
    open_vault(vault.folder, template.secret, now=NOW).close()
    assert copy.read_bytes() == seen[1]
