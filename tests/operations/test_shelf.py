"""What is where in the library: filters, orders, words, tags; a first page before the rest is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.operations.conftest import Clock
from tests.ui import fabricated as made
from tests.vault.vaults import NOW, numbered
from wallet.operations import shelf as module
from wallet.operations.labels import Labels, add_tags, set_title
from wallet.operations.library import delete
from wallet.operations.session import Session
from wallet.operations.shelf import (
    FIRST_PAGE,
    Arranged,
    LibraryFilter,
    LibraryOrder,
    Shelf,
    Wish,
    all_ids,
    arranged,
    entry_of,
    kinds_of,
    offered,
    rows_for,
)
from wallet.vault.credentials import add_credential

ENTRIES = tuple(entry_of(row) for row in made.library())
ROWS = {row.id: row for row in made.library()}


def fill(session: Session, numbers: range) -> None:
    with session.vault.transaction():
        for number in numbers:
            add_credential(session.vault.database, numbered(number), NOW)


def whole(shelf: Shelf, wish: Wish) -> Arranged:
    """Do what the window does, to the end."""
    found = shelf.look(wish)
    if not found.is_whole:
        while shelf.learn():
            pass
        found = shelf.arrange(wish)
    assert found.is_whole
    return found


def test_filters_say_what_they_show() -> None:
    found = {wanted: [row.id for row in made.library() if wanted in kinds_of(row)]
             for wanted in LibraryFilter}
    assert len(found[LibraryFilter.ALL]) == 12
    assert found[LibraryFilter.ENDS_SOON] == ["c0001"]
    assert found[LibraryFilter.RECORDED] == ["c0005"]
    assert found[LibraryFilter.DOCUMENT] == ["c0006"]
    assert found[LibraryFilter.ENDED] == ["c0011"]
    assert set(found[LibraryFilter.ATTENTION]) == {"c0004", "c0007", "c0010"}
    assert "c0009" not in found[LibraryFilter.GENUINE]
    assert not set(found[LibraryFilter.GENUINE]) & set(found[LibraryFilter.ATTENTION])
    for wanted, ids in found.items():
        assert set(arranged(ENTRIES, Wish(filter=wanted), {}, 12).ids) == set(ids)
        assert arranged(ENTRIES, Wish(), {}, 12).counts[wanted] == len(ids)


def test_what_has_ended_comes_last_in_every_order() -> None:
    for order in LibraryOrder:
        found = arranged(ENTRIES, Wish(order=order), {}, 12)
        assert (found.ids[-1], found.ended, len(found.ids)) == ("c0011", 1, 12)


def test_orders() -> None:
    def rows(order: LibraryOrder) -> list[str]:
        found = arranged(ENTRIES, Wish(order=order), {}, 12)
        return list(found.ids[:-found.ended])

    titles = [ROWS[one].title for one in rows(LibraryOrder.TITLE)]
    assert titles == sorted(titles, key=str.casefold)
    issuers = [ROWS[one].issuer_name for one in rows(LibraryOrder.ISSUER)]
    assert issuers == sorted(issuers, key=str.casefold)
    ends = [ROWS[one].valid_until for one in rows(LibraryOrder.ENDS_FIRST)]
    known = [end for end in ends if end]
    assert known == sorted(known)
    assert ends[:len(known)] == known
    assert rows(LibraryOrder.NEWEST) == [one.id for one in ENTRIES if one.id != "c0011"]


def test_own_titles_sort_and_own_tags_filter() -> None:
    labels = {"c0005": Labels(title="aaa"), "c0002": Labels(tags=("job",)),
              "c0004": Labels(tags=("job", "x"))}
    assert arranged(ENTRIES, Wish(order=LibraryOrder.TITLE), labels, 12).ids[0] == "c0005"
    assert arranged(ENTRIES, Wish(tag="job"), labels, 12).ids == ("c0002", "c0004")
    assert arranged(ENTRIES, Wish(tag="gone"), labels, 12).ids == ()


def test_a_small_wallet_is_whole_at_once(session: Session) -> None:
    fill(session, range(30))
    found = Shelf(session).look(Wish())
    assert found.is_whole
    assert found.ids == all_ids(session)
    assert [row.id for row in found.rows] == list(found.ids)
    assert found.total == found.counts[LibraryFilter.ALL] == 30


def test_a_large_wallet_shows_a_first_page_before_the_rest_is_known(session: Session) -> None:
    fill(session, range(1_300))
    shelf = Shelf(session)
    first = shelf.look(Wish())
    assert (first.is_whole, first.total, len(first.ids), first.counts) == (False, 1_300, FIRST_PAGE, {})
    assert first.ids == all_ids(session)[:FIRST_PAGE]
    portions = 1
    while shelf.learn():
        portions += 1
    assert portions == 3
    found = shelf.arrange(Wish())
    assert found.ids == all_ids(session)
    assert len(found.rows) == FIRST_PAGE
    assert shelf.look(Wish()).is_whole  # nothing is read again
    assert [row.id for row in shelf.rows(found.ids[900:905])] == list(found.ids[900:905])


def test_before_the_rest_is_known_nothing_wrong_is_shown_for_another_order(session: Session) -> None:
    fill(session, range(1_100))
    first = Shelf(session).look(Wish(order=LibraryOrder.TITLE))
    assert (first.ids, first.is_whole, first.total) == ((), False, 1_100)
    titles = [row.title for row in whole(Shelf(session), Wish(order=LibraryOrder.TITLE)).rows]
    assert titles == sorted(titles, key=str.casefold)


def test_words_find_the_same_at_once_and_in_the_end(session: Session,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY", 100)
    fill(session, range(700))
    shelf = Shelf(session)
    whole(shelf, Wish())
    few = shelf.look(Wish("badge 69"))
    assert few.is_whole
    assert few.counts[LibraryFilter.ALL] == len(few.ids) == len(session.vault.search("badge 69"))
    many = shelf.look(Wish("badge"))
    assert not many.is_whole
    found = whole(shelf, Wish("badge"))
    assert found.ids[:FIRST_PAGE] == many.ids
    assert len(found.ids) == 700
    assert whole(shelf, Wish("zebra")).ids == ()
    assert whole(shelf, Wish("zebra")).total == 700


def test_what_changed_is_read_again_and_nothing_else(session: Session) -> None:
    fill(session, range(20))
    shelf = Shelf(session)
    before = whole(shelf, Wish()).ids
    delete(session, before[:2])
    fill(session, range(20, 22))
    shelf.forget(frozenset(before[:2]))
    after = whole(shelf, Wish()).ids
    assert after[2:] == before[2:]
    assert not set(after[:2]) & set(before)
    assert len(shelf.rows(before)) == 18


def test_own_words_count_without_being_told(session: Session) -> None:
    fill(session, range(5))
    shelf = Shelf(session)
    ids = whole(shelf, Wish()).ids
    add_tags(session, ids[1:3], ("job",))
    set_title(session, ids[4], "aardvark")
    assert whole(shelf, Wish(tag="job")).ids == ids[1:3]
    assert whole(shelf, Wish(order=LibraryOrder.TITLE)).ids[0] == ids[4]
    assert whole(shelf, Wish("aardv")).ids == (ids[4],)


def test_time_moves_what_falls_under_a_filter(session: Session, clock: Clock) -> None:
    fill(session, range(3))
    shelf = Shelf(session)
    whole(shelf, Wish())
    entries = dict(shelf._entries)
    clock.now += timedelta(hours=2)
    whole(shelf, Wish())
    assert all(shelf._entries[one] is not entry for one, entry in entries.items())


def test_what_is_offered_holds_what_is_chosen_however_old(session: Session) -> None:
    fill(session, range(20))
    ids = all_ids(session)
    rows = offered(session, (ids[-1],), most=5, without=frozenset(ids[:1]))
    assert [row.id for row in rows] == [*ids[1:6], ids[-1]]
    assert [row.id for row in rows_for(session, (ids[3], "nothing", ids[0]))] == [ids[3], ids[0]]
