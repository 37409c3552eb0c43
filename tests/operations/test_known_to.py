"""Lists that know an issuer are told apart from those that do not."""

from __future__ import annotations

import json
from pathlib import Path

from tests.simulators.issuer import SimulatedIssuer
from wallet.operations.known_to import known_to
from wallet.operations.lists import add_list_file
from wallet.operations.session import Session


def test_who_knows_it(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text(json.dumps({"name": "My schools", "updated": "2026-11-01", "issuers": [
        {"id": issuer.id, "name": "Northbridge"}]}), "utf-8")
    assert known_to(session, issuer.id) == ()
    add_list_file(session, mine)
    (found,) = known_to(session, issuer.id)
    assert (found.name, found.by_domain, found.has_ended) == ("Northbridge", False, False)
    assert known_to(session, "did:web:other.example") == ()
