"""A wallet with a web beside it: what an issuer publishes, at the addresses where it would be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.formats.parse import parse
from wallet.keys.did import web_location
from wallet.model.credential import Parsed
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode
from wallet.operations.checking import desk_of
from wallet.operations.intake import import_bytes
from wallet.operations.network import Door
from wallet.operations.online import FetchSummary, fetch_documents, session_shelf
from wallet.operations.requests import plan, standing_needs
from wallet.operations.session import Session
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather


def publish(web: SimulatedWeb, *issuers: SimulatedIssuer) -> None:
    """Serve everything that the issuers publish now."""
    for issuer in issuers:
        for address, data in issuer.evidence().items():
            web.put(place_of(address), data)


def place_of(address: str) -> str:
    """Where a document is asked for."""
    return web_location(address) if address.startswith("did:web:") else address


def connect(session: Session, web: SimulatedWeb) -> Door:
    """Let a wallet that knows nothing but what it keeps ask this web; return the door of a command."""
    session.supplied = MemoryEvidence(())
    session.services = replace(session.services, fetcher=web)
    return session.door(Permission.COMMAND)


def keep(session: Session, *files: bytes) -> list[str]:
    """Import these, and return the ids."""
    rows = [row for data in files for row in import_bytes(session, data, "badge.json").rows]
    assert all(row.credential_id for row in rows), rows
    return [row.credential_id for row in rows]


def read(data: bytes) -> Parsed:
    """Return what it is."""
    return parse(data)


def codes(summary: FetchSummary) -> set[ReasonCode]:
    """Why something was not kept."""
    return {one.reason.code for one in summary.failed if one.reason}


def ask_again(session: Session, *files: bytes) -> FetchSummary:
    """Ask anew for everything these files are judged by, as a refresh does."""
    desk = desk_of(session)
    needs = [need for parsed in map(parse, files)
             for need in standing_needs(parsed, gather(parsed, desk.evidence, desk.contexts))]
    door = session.door(Permission.COMMAND)
    return fetch_documents(plan(needs), session_shelf(session), door, lambda: desk)


class Stopping:
    """Progress that asks to stop after so many steps."""

    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, total: int, label: str) -> None:  # noqa: ARG002 - the protocol's signature
        self.left -= 1

    def cancelled(self) -> bool:
        return self.left <= 0


class StopWhen:
    """Progress that asks to stop once something is so."""

    def __init__(self, condition: Callable[[], bool]) -> None:
        self.cancelled = condition

    def step(self, done: int, total: int, label: str) -> None:
        """Take no notice."""
