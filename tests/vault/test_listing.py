"""What is where, read from indexes; words found newest first; rows by name."""

from __future__ import annotations

import pytest

from tests.vault.vaults import NOW, numbered, record
from wallet.vault.labels import Labels, put_labels
from wallet.vault.listing import matching, places, rows_at, rows_named
from wallet.vault.store import Vault


def filled(vault: Vault, count: int = 6) -> list[str]:
    return [vault.add(numbered(number), now=NOW).id for number in range(count)]


def test_places_are_newest_first_and_leave_the_bin_out(vault: Vault) -> None:
    ids = filled(vault)
    vault.to_bin((ids[2],), now=NOW)
    found = places(vault.database)
    assert [one for _, one in found] == [one for one in reversed(ids) if one != ids[2]]
    assert [one.id for one in vault.list()] == [one for _, one in found]


def test_places_are_read_from_an_index(vault: Vault) -> None:
    plan = vault.database.rows("EXPLAIN QUERY PLAN SELECT serial, id FROM credential WHERE serial NOT IN "
                               "(SELECT serial FROM credential WHERE binned_at IS NOT NULL)")
    assert "COVERING INDEX" in str(plan[0])


@pytest.mark.parametrize("typed", ["data", "DAT", "data analysis", "analysis data", "badge", "zzz", "-",
                                   "job", "job data"])
def test_words_find_what_searching_finds(vault: Vault, typed: str) -> None:
    one = vault.add(record(title="Data analysis"), now=NOW).id
    vault.add(record(b'{"b": 2}', title="Badge of data", credential_id="urn:x:2"), now=NOW)
    with vault.transaction():
        put_labels(vault.database, one, Labels("For the job"))
    found = [row.id for row in rows_at(vault.database, matching(vault.database, typed))]
    assert set(found) == {row.id for row in vault.search(typed)}
    order = [row.id for row in vault.list()]
    assert found == [row for row in order if row in found]


def test_the_first_of_many_matches_are_the_newest(vault: Vault) -> None:
    ids = filled(vault)
    everything = matching(vault.database, "badge")
    assert len(everything) == len(ids)
    assert matching(vault.database, "badge", limit=2) == everything[:2]
    assert [row.id for row in rows_at(vault.database, everything[:2])] == [ids[5], ids[4]]


def test_what_is_in_the_bin_is_not_found_by_its_label_either(vault: Vault) -> None:
    (one,) = filled(vault, 1)
    with vault.transaction():
        put_labels(vault.database, one, Labels("lighthouse"))
    assert matching(vault.database, "lighthouse")
    vault.to_bin((one,), now=NOW)
    assert matching(vault.database, "lighthouse") == ()


def test_rows_come_in_the_order_they_are_named_and_without_what_is_gone(vault: Vault) -> None:
    ids = filled(vault, 5)
    vault.to_bin((ids[1],), now=NOW)
    wanted = (ids[3], ids[1], "nothing", ids[0])
    assert [row.id for row in rows_named(vault.database, wanted)] == [ids[3], ids[0]]
    assert rows_named(vault.database, ()) == ()
