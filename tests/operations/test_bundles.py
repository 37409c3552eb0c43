"""Bundles through the operations a window calls."""

from __future__ import annotations

from tests.simulators.issuer import SimulatedIssuer
from wallet.operations import bundles
from wallet.operations.intake import import_bytes
from wallet.operations.labels import undo
from wallet.operations.library import credentials, delete
from wallet.operations.session import Session


def test_a_bundle_lives(session: Session, issuer: SimulatedIssuer) -> None:
    for number in (1, 2, 3):
        import_bytes(session, issuer.badge(number=number), f"{number}.json")
    ids = [one.id for one in credentials(session)]
    made = bundles.make_bundle(session, " Data   analyst ", ids[:2], note="May")
    assert (made.name, made.items) == ("Data analyst", tuple(ids[:2]))
    bundles.add_to_bundle(session, "Data analyst", [ids[2]])
    bundles.reorder_bundle(session, made.id, [ids[2]])
    bundles.rename_bundle(session, made.id[:5], "Analyst")
    bundles.note_bundle(session, "analyst", "June")
    assert [one.id for one in bundles.bundle_items(session, "Analyst")] == [ids[2], ids[0], ids[1]]
    delete(session, [ids[0]])
    assert [one.id for one in bundles.bundle_items(session, "Analyst")] == [ids[2], ids[1]]
    bundles.remove_from_bundle(session, "Analyst", [ids[1]])
    assert bundles.bundle(session, "Analyst").items == (ids[2], ids[0])
    bundles.delete_bundle(session, "Analyst")
    assert bundles.bundles(session) == ()
    undo(session)
    assert bundles.bundle(session, "Analyst").note == "June"
