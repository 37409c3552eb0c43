"""The log only grows, and lines of a later version do not disturb it."""

from __future__ import annotations

from tests.vault.vaults import NOW
from wallet.model.events import Event, EventKind, KeyChange
from wallet.vault.events import VaultEvents, change_details, keep_event
from wallet.vault.store import Vault

ISSUER = "did:web:uni.example"


def test_lines_come_back_newest_first(vault: Vault) -> None:
    change = KeyChange(ISSUER, None, NOW, "a" * 64, "b" * 64, gone=(f"{ISSUER}#1",))
    with vault.transaction():
        keep_event(vault.database, Event(NOW, EventKind.KEY_CHANGED, ISSUER, change_details(change)))
        keep_event(vault.database, Event(NOW, EventKind.BELIEF_UNDONE, "did:web:b.example", {"undoes": "1"}))
    log = VaultEvents(vault)
    assert [one.kind for one in log.all()] == [EventKind.BELIEF_UNDONE, EventKind.KEY_CHANGED]
    assert [one.subject for one in log.about(ISSUER)] == [ISSUER]
    assert log.key_changes(ISSUER) == (change,)


def test_a_kind_of_a_later_version_is_kept_and_not_understood(vault: Vault) -> None:
    with vault.transaction():
        vault.database.rows("INSERT INTO event(at, kind, subject, details) VALUES(?, 'moved', ?, '{}')",
                            (NOW.isoformat(), ISSUER))
    assert [one.kind for one in VaultEvents(vault).all()] == [EventKind.OTHER]
