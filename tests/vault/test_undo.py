"""What is remembered for taking back."""

from __future__ import annotations

from tests.vault.vaults import NOW, numbered
from wallet.vault.labels import Labels, labels_of, put_labels
from wallet.vault.store import Vault
from wallet.vault.undo import Act, Undone, forget_undo, last_act, remember, take_back


def test_the_state_before_comes_back(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    with vault.transaction():
        put_labels(vault.database, one, Labels("old"))
        remember(vault.database, Act.TITLED, NOW, credentials=(one,))
        put_labels(vault.database, one, Labels("new"))
        assert last_act(vault.database) == Undone(Act.TITLED, NOW, (one,))
        assert take_back(vault.database) == Undone(Act.TITLED, NOW, (one,))
    assert labels_of(vault.database, one) == Labels("old")
    assert last_act(vault.database) is None


def test_an_act_of_a_later_version_is_still_taken_back(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    with vault.transaction():
        remember(vault.database, Act.TITLED, NOW, credentials=(one,))
        vault.database.rows("UPDATE undo SET act = 'something new'")
        put_labels(vault.database, one, Labels("new"))
        undone = take_back(vault.database)
    assert undone is not None
    assert undone.act is Act.OTHER
    assert labels_of(vault.database, one) == Labels()


def test_forgetting_leaves_nothing(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    with vault.transaction():
        remember(vault.database, Act.TITLED, NOW, credentials=(one,))
        forget_undo(vault.database)
        assert take_back(vault.database) is None
