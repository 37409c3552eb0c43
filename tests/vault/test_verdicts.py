"""Seals found good before, in the vault: bounded, and worth nothing where they cannot be read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs.data_integrity import ProofFacts
from wallet.vault.store import Vault
from wallet.vault.verdicts import VaultVerdicts, keep_facts

NOTES = (reason(ReasonCode.QUIRK_LEGACY_SUITE, suite="Ed25519Signature2020"),
         reason(ReasonCode.QUIRK_UNSEALED_DIRECTION))
FACTS = ProofFacts("Ed25519Signature2020", legacy=True, notes=NOTES, previous=("urn:1",))


def test_what_was_learned_is_known_afterwards(vault: Vault) -> None:
    verdicts = VaultVerdicts(vault)
    assert verdicts.facts("a") is None
    verdicts.keep({"a": FACTS, "b": ProofFacts("bbs-2023")}, NOW)
    assert verdicts.facts("a") == FACTS
    assert verdicts.facts("b") == ProofFacts("bbs-2023")
    assert verdicts.facts("A") is None


def test_the_oldest_go_first(vault: Vault) -> None:
    with vault.transaction():
        for number in range(5):
            keep_facts(vault.database, {f"n{number}": FACTS}, NOW + timedelta(seconds=number), most=3)
    assert [VaultVerdicts(vault).facts(f"n{number}") is not None for number in range(5)] == [
        False, False, True, True, True]  # fmt: skip


@pytest.mark.parametrize("text", [
    "", "{", "[]", '["a"]', '["a",true,[["no_such_code",[]]],[]]', '["a",true,[["quirk_date"]],[]]',
    '["a",1,[],[]]', '[1,true,[],[]]', '["a",true,[["quirk_date",[["a",1]]]],[]]', '["a",true,[],[1]]',
    '["a",true,7,[]]', "null",
])  # fmt: skip
def test_a_row_that_cannot_be_read_is_none(vault: Vault, text: str) -> None:
    with vault.transaction():
        vault.database.rows("INSERT INTO verdict VALUES ('a', ?, '2026-01-01T00:00:00Z')", (text,))
    assert VaultVerdicts(vault).facts("a") is None


def test_nothing_learned_writes_nothing(vault: Vault) -> None:
    VaultVerdicts(vault).keep({}, NOW)
    assert vault.database.value("SELECT count(*) FROM verdict") == 0
