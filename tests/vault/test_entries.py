"""Entries of the learner's own: found by their file, told anew, the file untouched."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.vault.vaults import NOW, record
from wallet.model.credential import Carrier, Original
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.stored import NewRecord
from wallet.vault.entries import entry_with_file, rewrite_entry
from wallet.vault.store import Vault

FILE = b"%PDF-1.7 certificate"


def told(said: bytes, title: str) -> NewRecord:
    original = Original(FILE, "application/pdf", said, Carrier.FILE)
    return replace(record(), original=original, sha256=hashlib.sha256(said).hexdigest(), title=title)


def test_what_is_said_is_written_over_and_the_file_stays(vault: Vault) -> None:
    ident = vault.add(told(b"said first", "Knitting"), now=NOW).id
    assert entry_with_file(vault.database, hashlib.sha256(FILE).hexdigest()) == ident
    with vault.transaction():
        rewrite_entry(vault.database, ident, told(b"said later", "Weaving"))
    assert vault.get(ident).title == "Weaving"
    assert vault.original(ident) == Original(FILE, "application/pdf", b"said later", Carrier.FILE)
    assert [one.id for one in vault.search("weaving")] == [ident]
    assert vault.search("knitting") == ()
    held = vault.database.rows("SELECT sha256 FROM content WHERE sha256 = ?",
                               (hashlib.sha256(b"said first").hexdigest(),))
    assert held == ()


def test_a_file_that_is_no_entry_is_not_found(vault: Vault) -> None:
    vault.add(record(), now=NOW)
    assert entry_with_file(vault.database, hashlib.sha256(record().original.data).hexdigest()) == ""


def test_what_is_not_there_cannot_be_told_anew(vault: Vault) -> None:
    with pytest.raises(VaultError) as caught, vault.transaction():
        rewrite_entry(vault.database, "00000000", told(b"x", "x"))
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
