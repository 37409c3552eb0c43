"""A session whose web is in memory."""

from __future__ import annotations

from dataclasses import replace

from tests.simulators.web import SimulatedWeb
from wallet.model.network import Permission
from wallet.operations.network import Door
from wallet.operations.session import Session


def on_the_web(session: Session) -> tuple[SimulatedWeb, Door]:
    """Give a session a web of its own, and leave to ask anybody."""
    web = SimulatedWeb()
    session.services = replace(session.services, fetcher=web)
    return web, session.door(Permission.COMMAND)
