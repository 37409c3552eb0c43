from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.vault.vaults import NOW, Template, document
from wallet.model.evidence import Grade
from wallet.trust.evidence_store import EvidenceStore
from wallet.vault.container import open_vault
from wallet.vault.events import VaultEvents
from wallet.vault.evidence import VaultEvidence
from wallet.vault.store import Vault

EARLIER = NOW - timedelta(days=30)


def test_all_versions_are_kept_newest_first(vault: Vault) -> None:
    store = VaultEvidence(vault)
    port: EvidenceStore = store
    old, new = document(data=b"old", fetched_at=EARLIER), document(data=b"new")
    undated = document(data=b"undated", fetched_at=None)
    for one in (new, undated, old):
        store.add(one)
    assert port.documents(old.address) == (new, old, undated)
    assert port.documents("did:web:else.example") == ()


def test_addresses_are_compared_byte_for_byte(vault: Vault) -> None:
    store = VaultEvidence(vault)
    store.add(document("https://x.example/Key"))
    assert store.documents("https://x.example/key") == ()
    assert len(store.documents("https://x.example/Key")) == 1


def test_everything_is_listed_by_address(vault: Vault) -> None:
    store = VaultEvidence(vault)
    for address in ("did:c", "did:a", "did:b"):
        store.add(document(address))
    assert [one.address for one in store.all()] == ["did:a", "did:b", "did:c"]
    store.remove("did:b")
    assert [one.address for one in store.all()] == ["did:a", "did:c"]


def test_what_was_added_together_is_lost_together(vault: Vault) -> None:
    store = VaultEvidence(vault)

    def add_and_fail() -> None:
        with vault.transaction():
            store.add(document("did:a"))
            raise KeyError

    with pytest.raises(KeyError):
        add_and_fail()
    assert store.all() == ()


def test_it_is_there_after_a_restart(vault: Vault, template: Template) -> None:
    VaultEvidence(vault).add(document())
    vault.close()
    again = open_vault(vault.folder, template.secret, now=NOW)
    assert VaultEvidence(again).all() == (document(),)
    again.close()


def test_other_keys_than_before_leave_a_line_in_the_log(vault: Vault) -> None:
    store, log = VaultEvidence(vault), VaultEvents(vault)
    issuer = SimulatedIssuer("did:web")
    before = document(issuer.id, issuer.controller_document(), fetched_at=EARLIER)
    assert store.add(before) is None
    assert store.add(replace(before, fetched_at=NOW)) is None  # the same again is no change
    issuer.rotate()
    change = store.add(document(issuer.id, issuer.controller_document()))
    assert change is not None
    assert change.gone == (f"{issuer.id}#key-1",)
    assert change.new == (f"{issuer.id}#key-2",)
    assert log.key_changes(issuer.id) == (change,)
    assert (change.before_at, change.after_at) == (EARLIER, NOW)
    assert [one.sha256 for one in store.documents(issuer.id)] == [change.after_sha256, change.before_sha256]


def test_what_the_sender_brought_changes_no_keys(vault: Vault) -> None:
    store, issuer = VaultEvidence(vault), SimulatedIssuer("did:web")
    store.add(document(issuer.id, issuer.controller_document(), fetched_at=EARLIER))
    issuer.rotate()
    assert store.add(document(issuer.id, issuer.controller_document(), grade=Grade.SENDER)) is None
    assert VaultEvents(vault).all() == ()
