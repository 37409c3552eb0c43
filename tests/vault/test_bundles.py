"""Bundles as records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vault.vaults import NOW, numbered
from wallet.model.errors import VaultError
from wallet.model.limits import MAX_BUNDLE_ITEMS
from wallet.model.reasons import ReasonCode
from wallet.vault.bundles import KeptBundle, drop_bundle, find_bundle, kept_bundles, new_bundle_id, put_bundle
from wallet.vault.store import Vault


def keep(vault: Vault, *bundles: KeptBundle) -> None:
    with vault.transaction():
        for bundle in bundles:
            put_bundle(vault.database, bundle)


def test_a_bundle_keeps_its_order_and_comes_back(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(3)]
    made = KeptBundle(new_bundle_id(), "Analyst", "For Harbor", NOW, (ids[2], ids[0]))
    keep(vault, made)
    assert kept_bundles(vault.database) == (made,)
    keep(vault, replace(made, items=(ids[0], ids[1], ids[2])))
    assert find_bundle(vault.database, made.id).items == tuple(ids)
    with vault.transaction():
        drop_bundle(vault.database, made.id)
    assert kept_bundles(vault.database) == ()
    assert len(vault.list()) == 3


def test_a_bundle_is_found_by_id_name_and_beginning_and_never_by_guessing(vault: Vault) -> None:
    one, two = KeptBundle("aa11", "Job", "", NOW), KeptBundle("aa22", "job", "", NOW)
    keep(vault, one, two)
    assert find_bundle(vault.database, "Job") == one
    assert find_bundle(vault.database, "aa2") == two
    for unclear in ("aa", "JOB", "", "zz"):
        with pytest.raises(VaultError) as caught:
            find_bundle(vault.database, unclear)
        assert caught.value.reason.code is ReasonCode.BUNDLE_NOT_FOUND


def test_too_much_is_refused(vault: Vault) -> None:
    for bundle in (KeptBundle("a", "", "", NOW), KeptBundle("a", "x" * 201, "", NOW),
                   KeptBundle("a", "x", "", NOW, tuple(map(str, range(MAX_BUNDLE_ITEMS + 1))))):
        with pytest.raises(VaultError) as caught:
            keep(vault, bundle)
        assert caught.value.reason.code is ReasonCode.LABEL_REFUSED
    assert kept_bundles(vault.database) == ()


def test_what_is_removed_for_good_leaves_its_bundles(vault: Vault) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(2)]
    keep(vault, KeptBundle("a", "Job", "", NOW, tuple(ids)))
    vault.to_bin([ids[0]], now=NOW)
    assert find_bundle(vault.database, "a").items == tuple(ids)
    vault.purge([ids[0]])
    assert find_bundle(vault.database, "a").items == (ids[1],)
