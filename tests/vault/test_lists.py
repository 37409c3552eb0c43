"""Issuer lists in the vault: in order, one transaction each, logged, and taken back one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vault.vaults import NOW
from wallet.model.errors import VaultError
from wallet.model.events import EventKind
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.reasons import ReasonCode
from wallet.vault.events import VaultEvents
from wallet.vault.lists import LISTS, VaultLists
from wallet.vault.store import Vault

ONE = KeptList("list:one", "One \u2028 “x”", ListKind.FILE, NOW, "a" * 64, '{"kty":"OKP"}', "https://g.example")
TWO = KeptList("https://two.example/registry.json", "Two", ListKind.LIST_OF_LISTS, NOW, "b" * 64)
ROOT = KeptList("https://r.example/.well-known/openid-federation", "R", ListKind.FEDERATION, NOW)


def test_lists_come_back_as_they_were_put_in(vault: Vault) -> None:
    lists = VaultLists(vault)
    for one in (ONE, TWO, ROOT):
        lists.put(one, now=NOW)
    assert lists.all() == (ONE, TWO, ROOT)
    newer = replace(TWO, sha256="c" * 64)
    lists.put(newer, now=NOW)
    assert lists.all() == (ONE, newer, ROOT)


def test_every_act_is_taken_back_in_turn(vault: Vault) -> None:
    lists = VaultLists(vault)
    lists.put(ONE, now=NOW)
    lists.put(TWO, now=NOW)
    lists.order([TWO.address], now=NOW)
    lists.order([TWO.address, ONE.address], now=NOW)  # changes nothing, so there is nothing to take back
    lists.remove(TWO.address, now=NOW)
    states = [(ONE,), (TWO, ONE), (ONE, TWO), (ONE,), ()]
    assert lists.all() == states[0]
    for state in states[1:]:
        lists.undo(now=NOW)
        assert lists.all() == state
    with pytest.raises(VaultError) as caught:
        lists.undo(now=NOW)
    assert caught.value.reason.code is ReasonCode.NOTHING_TO_UNDO
    kinds = [one.kind for one in VaultEvents(vault).about(LISTS)]
    assert kinds.count(EventKind.LISTS_SET) == kinds.count(EventKind.LISTS_UNDONE) == 4


def test_what_is_not_in_force_is_named(vault: Vault) -> None:
    lists = VaultLists(vault)
    lists.put(ONE, now=NOW)
    with pytest.raises(VaultError) as removing:
        lists.remove("list:none", now=NOW)
    with pytest.raises(VaultError) as ordering:
        lists.order(["list:none"], now=NOW)
    for caught in (removing, ordering):
        assert caught.value.reason.code is ReasonCode.LIST_UNKNOWN
        assert caught.value.reason["name"] == "list:none"
    assert lists.all() == (ONE,)


def test_a_kind_of_a_later_version_is_kept(vault: Vault) -> None:
    VaultLists(vault).put(ONE, now=NOW)
    with vault.transaction():
        vault.database.rows("UPDATE issuer_list SET kind = 'ledger'")
    assert VaultLists(vault).all()[0].kind is ListKind.OTHER
