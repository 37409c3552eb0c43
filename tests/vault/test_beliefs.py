"""Beliefs: set, changed, forgotten, taken back one by one, and logged each time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, Template
from wallet.model.beliefs import Belief, Stance
from wallet.model.errors import VaultError
from wallet.model.events import EventKind
from wallet.model.reasons import ReasonCode
from wallet.vault.beliefs import VaultBeliefs
from wallet.vault.container import open_vault
from wallet.vault.events import VaultEvents
from wallet.vault.store import Vault

ISSUER = "did:web:uni.example"
PINNED = Belief(ISSUER, NOW, Stance.PINNED, ("k1", "k2"), "Our university", "by telephone")
DISTRUSTED = Belief(ISSUER, NOW + timedelta(days=1), Stance.DISTRUSTED)


def test_each_act_can_be_taken_back_in_turn(vault: Vault) -> None:
    beliefs = VaultBeliefs(vault)
    beliefs.set(PINNED)
    beliefs.set(DISTRUSTED)
    assert beliefs.all() == (DISTRUSTED,)
    assert beliefs.undo(ISSUER, now=NOW) == PINNED
    assert beliefs.about(ISSUER) == PINNED
    assert beliefs.undo(ISSUER, now=NOW) is None
    assert beliefs.all() == ()
    with pytest.raises(VaultError) as caught:
        beliefs.undo(ISSUER, now=NOW)
    assert caught.value.reason.code is ReasonCode.BELIEF_NOTHING_TO_UNDO
    kinds = [one.kind for one in reversed(VaultEvents(vault).about(ISSUER))]
    assert kinds == [EventKind.BELIEF_SET] * 2 + [EventKind.BELIEF_UNDONE] * 2


def test_forgetting_can_be_taken_back(vault: Vault) -> None:
    beliefs = VaultBeliefs(vault)
    beliefs.set(PINNED)
    beliefs.forget(ISSUER, now=NOW)
    assert beliefs.about(ISSUER) is None
    assert beliefs.undo(ISSUER, now=NOW) == PINNED
    with pytest.raises(VaultError) as caught:
        beliefs.forget("did:web:b.example", now=NOW)
    assert caught.value.reason.code is ReasonCode.BELIEF_NONE


def test_it_is_there_after_a_restart(vault: Vault, template: Template) -> None:
    VaultBeliefs(vault).set(PINNED)
    vault.close()
    again = open_vault(vault.folder, template.secret, now=NOW)
    assert VaultBeliefs(again).all() == (PINNED,)
    again.close()


def test_a_stance_of_a_later_version_means_nothing_here(vault: Vault) -> None:
    VaultBeliefs(vault).set(PINNED)
    with vault.transaction():
        vault.database.rows("UPDATE belief SET stance = 'adored'")
    (found,) = VaultBeliefs(vault).all()
    assert found.stance is Stance.NONE
