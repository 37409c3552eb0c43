"""A learner with a web beside her, for rows in which an issuer's documents change, or lie where they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from tests.attacks.learner import kept, learner
from tests.conftest import AT
from tests.operations.connected import place_of, publish
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import OperationError
from wallet.model.network import Permission
from wallet.operations.online import FetchSummary, fetch_wanted
from wallet.operations.refresh import refresh
from wallet.operations.session import Session


@contextmanager
def fetched_world(data: bytes, *issuers: SimulatedIssuer) -> Iterator[tuple[Session, SimulatedWeb, str]]:
    """A wallet with one badge, and what these issuers publish on the web; nothing was asked yet."""
    web = SimulatedWeb()
    publish(web, *issuers)
    with learner() as session:
        session.services = replace(session.services, fetcher=web)
        yield session, web, kept(session, data)


def demand_all(summary: FetchSummary) -> None:
    """Raise the first reason for which something was not taken.

    Raises:
        OperationError: With that reason.
    """
    for one in summary.failed:
        if one.reason:
            raise OperationError(one.reason)


def fetch_key(issuer: SimulatedIssuer, document: bytes) -> None:
    """Fetch the key of a badge's issuer from an address where this document lies.

    Raises:
        OperationError: It was refused; nothing is kept then.
    """
    with fetched_world(issuer.badge()) as (session, web, badge):
        web.put(place_of(issuer.id), document)
        summary = fetch_wanted(session, [badge], session.door(Permission.COMMAND))
        assert bool(session.kept.all()) == bool(summary.kept)
        demand_all(summary)


def refresh_after_rotation(issuer: SimulatedIssuer, *, rotates: bool) -> None:
    """Refresh after the issuer has, or has not, changed its key: both versions stay, and it is told."""
    with fetched_world(issuer.badge(), issuer) as (session, web, badge):
        door = session.door(Permission.COMMAND)
        demand_all(fetch_wanted(session, [badge], door))
        if rotates:
            issuer.rotate()
        publish(web, issuer)
        summary = refresh(session, door)
        assert [one.issuer_id for one in summary.asked.changes] == ([issuer.id] if rotates else [])
        assert len(session.kept.documents(issuer.id)) == (2 if rotates else 1)


def refresh_with_list(issuer: SimulatedIssuer, index: int, *, days_later: int) -> None:
    """Refresh where a list of another date is served than the one at hand, which says: withdrawn.

    Raises:
        OperationError: It was refused; the answer stays what it was.
    """
    badge = issuer.badge(entries=(issuer.entry(index),))
    other = issuer.status_list(listed=LISTED_AT + timedelta(days=days_later))
    issuer.revoke(index)
    with fetched_world(badge, issuer) as (session, web, badge_id):
        door = session.door(Permission.COMMAND)
        demand_all(fetch_wanted(session, [badge_id], door))
        before = session.vault.get(badge_id).report.verdict
        web.put(issuer.list_address(), other)
        summary = refresh(session, door)
        after = session.vault.get(badge_id).report.verdict
        assert (after is before) == (days_later < 0)
        assert AT > LISTED_AT
        demand_all(summary.asked)
