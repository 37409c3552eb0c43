"""The library as a window shows it: what is where, by which words, filters and order; rows only as needed.

A shelf remembers little of each credential: under which filters it falls and what it is sorted by. It learns
that in portions, so that a first page, a keystroke or an import never waits for a hundred thousand reports.
One worker at a time uses it; it goes when the wallet is locked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code
from wallet.model.report import HeadlineCode, Verdict
from wallet.model.stored import StoredCredential
from wallet.vault.curation import Curation
from wallet.vault.labels import Labels
from wallet.vault.listing import matching, places, rows_at, rows_named
from wallet.verify.aged import aged

from .session import Session

#: More than most windows show at once; each of them is part of what a keystroke costs.
FIRST_PAGE: Final = 60
#: To choose from beside what is chosen already; more of them are found in the library.
MOST_OFFERED: Final = 1_000
_PORTION: Final = 500
#: From here on, arranging everything takes longer than a keystroke should.
_MANY: Final = 5_000
#: What depends on time is looked at anew after this long.
_FRESH_FOR: Final = timedelta(minutes=30)


@unique
class LibraryFilter(StrEnum):
    """What a person may want to see of the library, in order."""

    ALL = "all"
    GENUINE = "genuine"
    ENDS_SOON = "ends_soon"
    ATTENTION = "attention"
    RECORDED = "recorded"
    DOCUMENT = "document"
    ENDED = "ended"


@unique
class LibraryOrder(StrEnum):
    """The orders of the library."""

    NEWEST = "newest"
    TITLE = "title"
    ISSUER = "issuer"
    ENDS_FIRST = "ends_first"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown.

    Attributes:
        text: Typed words, "" for everything.
        tag: One of the learner's tags, "" for any.
    """

    text: str = ""
    filter: LibraryFilter = LibraryFilter.ALL
    tag: str = ""
    order: LibraryOrder = LibraryOrder.NEWEST

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.filter is LibraryFilter.ALL and not self.tag and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of one credential.

    Attributes:
        kinds: The filters it falls under, a bit each.
        title, issuer: To sort by.
        ends: When it ends; None if never.
    """

    id: str
    kinds: int
    title: str
    issuer: str
    ends: datetime | None

    def falls_under(self, wanted: LibraryFilter) -> bool:
        """Return whether it belongs under that filter."""
        return bool(self.kinds & _BIT[wanted])


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a wish finds.

    Attributes:
        ids: In order; what has ended comes last.
        ended: How many at the end have ended.
        total: How many are in the library, whatever was wished.
        counts: How many of what the words find fall under each filter; empty while that is not known.
        rows: The first of them, read.
        is_whole: False for a first page of more.
    """

    ids: tuple[str, ...]
    ended: int
    total: int
    counts: Mapping[LibraryFilter, int] = field(default_factory=dict)
    rows: tuple[StoredCredential, ...] = ()
    is_whole: bool = True


_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_BIT: Final = {one: 1 << place for place, one in enumerate(LibraryFilter)}


def kinds_of(stored: StoredCredential) -> frozenset[LibraryFilter]:
    """Return the filters that a row falls under."""
    verdict, kind = stored.report.verdict, stored.evidence_class
    checkable = kind in (EvidenceClass.SEALED, EvidenceClass.HOSTED)
    found = {LibraryFilter.ALL}
    if verdict is Verdict.VALID and kind is EvidenceClass.SEALED:
        found.add(LibraryFilter.GENUINE)
    if headline_code(stored.report) is HeadlineCode.EXPIRING:
        found.add(LibraryFilter.ENDS_SOON)
    if checkable and verdict not in (Verdict.VALID, Verdict.EXPIRED):
        found.add(LibraryFilter.ATTENTION)
    if kind is EvidenceClass.HOSTED:
        found.add(LibraryFilter.RECORDED)
    if kind is EvidenceClass.DOCUMENT:
        found.add(LibraryFilter.DOCUMENT)
    if verdict is Verdict.EXPIRED:
        found.add(LibraryFilter.ENDED)
    return frozenset(found)


def entry_of(stored: StoredCredential) -> Entry:
    """Return what is remembered of a row."""
    return Entry(stored.id, sum(_BIT[one] for one in kinds_of(stored)), stored.title.casefold(),
                 stored.issuer_name.casefold(), stored.valid_until)


def arranged(entries: Sequence[Entry], wish: Wish, labels: Mapping[str, Labels], total: int) -> Arranged:
    """Return what of these a wish finds; `entries` hold the typed words already, newest first.

    Args:
        entries: As `entry_of`.
        wish: What is to be shown.
        labels: The learner's own titles and tags, by the credential's id.
        total: How many are in the library.
    """
    bits = Counter(one.kinds for one in entries)
    counts = {one: sum(times for kinds, times in bits.items() if kinds & bit) for one, bit in _BIT.items()}
    wanted, tag = _BIT[wish.filter], wish.tag
    found = [one for one in entries if one.kinds & wanted
             and (not tag or (one.id in labels and tag in labels[one.id].tags))]
    found = _sorted(found, wish.order, labels)
    ended = [one.id for one in found if one.kinds & _BIT[LibraryFilter.ENDED]]
    current = [one.id for one in found if not one.kinds & _BIT[LibraryFilter.ENDED]]
    return Arranged((*current, *ended), len(ended), total, counts)


def _sorted(entries: list[Entry], order: LibraryOrder, labels: Mapping[str, Labels]) -> list[Entry]:
    """Return them in that order; equal ones stay newest first."""
    def title(one: Entry) -> str:
        own = labels.get(one.id)
        return own.title.casefold() if own and own.title else one.title

    if order is LibraryOrder.TITLE:
        return sorted(entries, key=title)
    if order is LibraryOrder.ISSUER:
        return sorted(entries, key=lambda one: (one.issuer, title(one)))
    if order is LibraryOrder.ENDS_FIRST:
        ending = sorted((one for one in entries if one.ends), key=lambda one: one.ends or _NEVER)
        return [*ending, *(one for one in entries if not one.ends)]
    return entries


class Shelf:
    """What is where in one opened wallet."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places: tuple[tuple[int, str], ...] | None = None
        self._unknown: list[int] = []
        self._entries: dict[str, Entry] = {}
        self._issuers: dict[str, str] = {}
        self._data_version = -1
        self._looked_at: datetime | None = None

    def forget(self, ids: frozenset[str] = frozenset()) -> None:
        """Look anew at which credentials there are, and at these."""
        self._places = None
        for one in ids:
            self._entries.pop(one, None)

    def look(self, wish: Wish) -> Arranged:
        """Return what a wish finds; of very many a first page at once, `learn` and `arrange` give the rest.

        Raises:
            VaultError: VAULT_LOCKED, VAULT_DAMAGED.
        """
        self._demand_fresh()
        if self._places is None and self._session.vault.count() > _PORTION:
            if found := self._first(wish):
                return found
            return Arranged((), 0, self._session.vault.count(), is_whole=False)
        where = self._where()
        if len(self._unknown) > _PORTION or len(where) > _MANY:
            found = self._first(wish)
            if found or len(self._unknown) > _PORTION:
                return found or Arranged((), 0, len(where), is_whole=False)
        self.learn()
        return self.arrange(wish)

    def learn(self) -> bool:
        """Look at a portion of what is not known yet, and return whether more is left. Raises as `look`."""
        self._where()
        portion, self._unknown = self._unknown[:_PORTION], self._unknown[_PORTION:]
        for row in self._aged(rows_at(self._session.vault.database, portion)):
            entry = entry_of(row)
            issuer = self._issuers.setdefault(entry.issuer, entry.issuer)  # one text for all of one issuer's
            self._entries[entry.id] = replace(entry, issuer=issuer)
        return bool(self._unknown)

    def arrange(self, wish: Wish) -> Arranged:
        """Return everything a wish finds, with its first rows; to be called when all is learnt.

        Raises as `look`.
        """
        where = self._where()
        if wish.text.strip():
            hit = frozenset(matching(self._session.vault.database, wish.text))
            entries = [self._entries[one] for serial, one in where if serial in hit and one in self._entries]
        else:
            entries = [self._entries[one] for _, one in where if one in self._entries]
        found = arranged(entries, wish, self._own_labels(wish), len(where))
        return replace(found, rows=self.rows(found.ids[:FIRST_PAGE]))

    def rows(self, ids: Sequence[str]) -> tuple[StoredCredential, ...]:
        """Return these rows, with what depends on time judged at this moment. Raises as `look`."""
        return self._aged(rows_named(self._session.vault.database, ids))

    def _first(self, wish: Wish) -> Arranged | None:
        """Return a first page without what is not known yet; None where another page could come first."""
        if wish.order is not LibraryOrder.NEWEST or wish.filter is not LibraryFilter.ALL or wish.tag:
            return None
        vault = self._session.vault
        if wish.text.strip():
            found = rows_at(vault.database, matching(vault.database, wish.text, limit=FIRST_PAGE))
        else:
            found = vault.list(limit=FIRST_PAGE)
        rows = {one.id: one for one in self._aged(found)}
        total = vault.count() if self._places is None else len(self._places)
        page = arranged([entry_of(one) for one in rows.values()], wish, {}, total)
        is_whole = bool(wish.text.strip()) and len(rows) < FIRST_PAGE
        return replace(page, rows=tuple(rows[one] for one in page.ids), is_whole=is_whole,
                       counts=page.counts if is_whole else {})

    def _demand_fresh(self) -> None:
        """Forget everything where another program wrote, or where time may have changed answers."""
        now, version = self._session.now(), self._session.vault.data_version()
        stale = self._looked_at is None or abs(now - self._looked_at) > _FRESH_FOR
        if version != self._data_version or stale:
            self._data_version, self._looked_at = version, now
            self._entries.clear()
            self.forget()

    def _where(self) -> tuple[tuple[int, str], ...]:
        if self._places is None:
            self._places = places(self._session.vault.database)
            here = {one for _, one in self._places}
            for gone in [one for one in self._entries if one not in here]:
                del self._entries[gone]
            self._unknown = [serial for serial, one in self._places if one not in self._entries]
        return self._places

    def _own_labels(self, wish: Wish) -> Mapping[str, Labels]:
        """Return the learner's own titles and tags where they decide what is shown."""
        decisive = wish.tag or wish.order in (LibraryOrder.TITLE, LibraryOrder.ISSUER)
        return Curation(self._session.vault).all_labels() if decisive else {}

    def _aged(self, rows: Sequence[StoredCredential]) -> tuple[StoredCredential, ...]:
        now, floor = self._session.now(), self._session.clock_floor
        return tuple(replace(one, report=aged(one.report, one.valid_from, one.valid_until, now, floor))
                     for one in rows)


def all_ids(session: Session) -> tuple[str, ...]:
    """Return the ids of everything in the library, newest first, without reading it."""
    return tuple(one for _, one in places(session.vault.database))


def rows_for(session: Session, ids: Sequence[str]) -> tuple[StoredCredential, ...]:
    """Return the rows of these ids, in this order, as of now; without what is gone or in the bin."""
    return Shelf(session).rows(ids)


def offered(session: Session, chosen: Sequence[str], *, most: int = MOST_OFFERED,
            without: frozenset[str] = frozenset()) -> tuple[StoredCredential, ...]:
    """Return what a person can choose from: these, and the newest others, newest first.

    Args:
        session: The open wallet.
        chosen: Ids that are there in any case.
        most: How many others there are at the most.
        without: Ids that are not offered.
    """
    wanted, others = frozenset(chosen), 0
    ids = []
    for one in all_ids(session):
        if one in wanted:
            ids.append(one)
        elif one not in without and others < most:
            ids.append(one)
            others += 1
    return rows_for(session, ids)
