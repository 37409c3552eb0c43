"""Each act on labels and bundles, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.vault.vaults import NOW, numbered
from wallet.model.errors import VaultError
from wallet.model.limits import MAX_UNDO_STEPS
from wallet.model.reasons import ReasonCode
from wallet.vault.curation import Curation
from wallet.vault.store import Vault
from wallet.vault.undo import Act


@pytest.fixture
def ids(vault: Vault) -> list[str]:
    return [vault.add(numbered(number), now=NOW).id for number in range(4)]


def state(curation: Curation) -> object:
    return curation.all_labels(), curation.bundles()


ACTS: dict[Act, Callable[[Curation, list[str]], object]] = {
    Act.TITLED: lambda it, ids: it.set_title(ids[0], " New  title ", now=NOW),
    Act.NOTED: lambda it, ids: it.set_note(ids[0], "Another", now=NOW),
    Act.TAGGED: lambda it, ids: it.add_tags(ids, ("#x", "y"), now=NOW),
    Act.UNTAGGED: lambda it, ids: it.remove_tags(ids, ("old",), now=NOW),
    Act.BUNDLE_MADE: lambda it, ids: it.make_bundle("Second", ids, now=NOW),
    Act.BUNDLE_RENAMED: lambda it, _: it.rename_bundle("Job", "Work", now=NOW),
    Act.BUNDLE_NOTED: lambda it, _: it.note_bundle("Job", "For Harbor", now=NOW),
    Act.BUNDLE_FILLED: lambda it, ids: it.fill_bundle("Job", (ids[3], ids[0]), now=NOW),
    Act.BUNDLE_EMPTIED: lambda it, ids: it.empty_bundle("Job", (ids[1],), now=NOW),
    Act.BUNDLE_ORDERED: lambda it, ids: it.order_bundle("Job", (ids[2],), now=NOW),
    Act.BUNDLE_DELETED: lambda it, _: it.delete_bundle("Job", now=NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_changes_something_and_is_taken_back_whole(vault: Vault, ids: list[str], act: Act) -> None:
    curation = Curation(vault)
    curation.add_tags(ids[:2], ("old",), now=NOW)
    curation.make_bundle("Job", ids[:3], now=NOW)
    before, generation = state(curation), vault.generation
    ACTS[act](curation, ids)
    assert state(curation) != before
    assert vault.generation == generation + 1
    undone = curation.undo()
    assert undone.act is act
    assert state(curation) == before


def test_every_act_is_tried() -> None:
    assert set(ACTS) == set(Act) - {Act.OTHER}


def test_acts_are_taken_back_newest_first_until_nothing_is_left(vault: Vault, ids: list[str]) -> None:
    curation = Curation(vault)
    start = state(curation)
    for act in (Act.TITLED, Act.TAGGED, Act.BUNDLE_MADE):
        ACTS[act](curation, ids)
    assert [curation.undo().act for _ in range(3)] == [Act.BUNDLE_MADE, Act.TAGGED, Act.TITLED]
    assert state(curation) == start
    with pytest.raises(VaultError) as caught:
        curation.undo()
    assert caught.value.reason.code is ReasonCode.NOTHING_TO_UNDO
    assert curation.next_undo() is None


def test_order_is_as_given_and_the_rest_follows(vault: Vault, ids: list[str]) -> None:
    curation = Curation(vault)
    curation.make_bundle("Job", ids, now=NOW)
    assert curation.order_bundle("Job", (ids[3], "gone", ids[1]), now=NOW).items == (
        ids[3], ids[1], ids[0], ids[2])
    assert curation.bundle("Job").items == (ids[3], ids[1], ids[0], ids[2])


def test_an_act_that_is_refused_leaves_nothing_to_take_back(vault: Vault, ids: list[str]) -> None:
    curation = Curation(vault)
    for refused in (lambda: curation.set_title(ids[0], "x" * 500, now=NOW),
                    lambda: curation.add_tags([ids[0], "missing"], ["x"], now=NOW),
                    lambda: curation.make_bundle("Job", ["missing"], now=NOW)):
        with pytest.raises(VaultError):
            refused()
    assert curation.next_undo() is None
    assert state(curation) == ({}, ())


def test_history_is_bounded(vault: Vault, ids: list[str]) -> None:
    curation = Curation(vault)
    for number in range(MAX_UNDO_STEPS + 5):
        curation.set_title(ids[0], f"title {number}", now=NOW)
    assert vault.database.value("SELECT count(*) FROM undo") == MAX_UNDO_STEPS


def test_what_was_removed_for_good_meanwhile_stays_gone(vault: Vault, ids: list[str]) -> None:
    curation = Curation(vault)
    curation.make_bundle("Job", ids, now=NOW)
    curation.add_tags(ids, ("x",), now=NOW)
    curation.delete_bundle("Job", now=NOW)
    vault.to_bin(ids[:1], now=NOW)
    vault.purge(ids[:1])
    curation.undo()
    assert curation.bundle("Job").items == tuple(ids[1:])
    curation.undo()
    assert curation.tags() == ()
