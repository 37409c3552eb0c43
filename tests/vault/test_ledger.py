from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.vault.vaults import NOW, Template
from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose
from wallet.vault.container import open_vault
from wallet.vault.ledger import HostPermission, VaultLedger
from wallet.vault.store import Vault

ENTRY = LedgerEntry(NOW, "uni.example", "https://uni.example/.well-known/did.json", Purpose.ISSUER_KEY,
                    Permission.ONCE, FetchOutcome.ASKED)


def test_a_line_is_there_before_its_request_has_ended(vault: Vault) -> None:
    ledger = VaultLedger(vault)
    line = ledger.begin(ENTRY)
    assert ledger.entries() == (ENTRY,)
    ledger.end(line, FetchOutcome.FETCHED, 812)
    assert ledger.entries() == (replace(ENTRY, outcome=FetchOutcome.FETCHED, bytes=812),)


def test_lines_come_newest_first_and_can_be_forgotten(vault: Vault) -> None:
    ledger = VaultLedger(vault)
    for number in range(3):
        ledger.begin(replace(ENTRY, host=f"host{number}.example"))
    assert [one.host for one in ledger.entries(limit=2)] == ["host2.example", "host1.example"]
    ledger.clear()
    assert ledger.entries() == ()


def test_a_word_of_a_later_version_does_not_hide_the_line(vault: Vault) -> None:
    ledger = VaultLedger(vault)
    ledger.begin(ENTRY)
    with vault.transaction():
        vault.database.rows("UPDATE request SET purpose = 'wish', outcome = 'pondered'")
    (shown,) = ledger.entries()
    assert (shown.host, shown.outcome) == ("uni.example", FetchOutcome.ASKED)


def test_permissions_are_given_and_taken_back(vault: Vault) -> None:
    ledger = VaultLedger(vault)
    ledger.allow("b.example", NOW)
    ledger.allow("a.example", NOW)
    ledger.allow("b.example", NOW + timedelta(days=1))
    assert ledger.permissions() == (HostPermission("a.example", NOW), HostPermission("b.example", NOW))
    assert ledger.revoke("b.example")
    assert not ledger.revoke("b.example")
    assert [one.host for one in ledger.permissions()] == ["a.example"]


def test_a_mark_belongs_to_the_bytes_it_was_given_for(vault: Vault) -> None:
    ledger = VaultLedger(vault)
    ledger.keep_etag("https://uni.example/list", '"7"', "aa")
    assert ledger.etag("https://uni.example/list", "aa") == '"7"'
    assert ledger.etag("https://uni.example/list", "bb") == ""
    ledger.keep_etag("https://uni.example/list", '"8"', "bb")
    assert ledger.etag("https://uni.example/list", "aa") == ""
    ledger.keep_etag("https://uni.example/list", "", "cc")
    assert ledger.etag("https://uni.example/list", "bb") == ""


def test_lines_outlive_the_program(vault: Vault, template: Template) -> None:
    VaultLedger(vault).begin(ENTRY)
    folder = vault.folder
    vault.close()
    again = open_vault(folder, template.secret, now=NOW)
    assert VaultLedger(again).entries() == (ENTRY,)
    again.close()
