from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, Template
from wallet.keys.keypair import HolderKey
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import open_vault
from wallet.vault.holder_keys import HolderKeys
from wallet.vault.store import Vault


@pytest.fixture
def keys(vault: Vault) -> HolderKeys:
    return HolderKeys(vault)


def refusal(act: object) -> ReasonCode:
    assert callable(act)
    with pytest.raises(VaultError) as caught:
        act()
    return caught.value.reason.code


def test_the_first_key_signs_until_another_is_chosen(keys: HolderKeys) -> None:
    first = keys.default()
    assert (first.number, first.label, first.retired_at, first.is_default) == (1, "", None, True)
    second = keys.new("for jobs", now=NOW)
    assert not second.is_default
    assert keys.default().key == first.key
    assert keys.vault.holder_key() == first.key.seed
    keys.set_default("2")
    assert keys.default().key == second.key
    assert keys.vault.holder_key() == second.key.seed


def test_a_vault_that_was_opened_again_knows_them_all(keys: HolderKeys, template: Template) -> None:
    keys.new("for jobs", now=NOW)
    keys.set_default("2")
    before = keys.all()
    keys.vault.close()
    vault = open_vault(keys.vault.folder, template.secret, now=NOW)
    assert HolderKeys(vault).all() == before
    vault.close()


def test_they_are_found_by_number_label_and_beginning(keys: HolderKeys) -> None:
    made = keys.new("for jobs", now=NOW)
    for name in ("2", "For Jobs", made.key.did, made.key.did[:20]):
        assert keys.get(name) == made
    for name in ("", "3", "0", "did:key:z6Mk", "jobs", "z6Mk"):
        assert refusal(lambda name=name: keys.get(name)) is ReasonCode.HOLDER_KEY_NOT_FOUND
    keys.label("1", "for jobs")
    assert refusal(lambda: keys.get("for jobs")) is ReasonCode.HOLDER_KEY_NOT_FOUND  # two of them


def test_a_retired_key_signs_nothing_and_is_kept(keys: HolderKeys) -> None:
    first = keys.default()
    second = keys.new("", now=NOW)
    keys.retire("1", now=NOW + timedelta(days=1))
    assert keys.get("1").retired_at == NOW + timedelta(days=1)
    assert keys.default().key == second.key
    assert refusal(lambda: keys.set_default("1")) is ReasonCode.HOLDER_KEY_NOT_FOUND
    keys.retire("1", now=NOW + timedelta(days=2))
    assert keys.get("1").retired_at == NOW + timedelta(days=1)
    assert first.key.did in {one.key.did for one in keys.all()}


def test_the_last_key_in_use_stays(keys: HolderKeys) -> None:
    assert refusal(lambda: keys.retire("1", now=NOW)) is ReasonCode.HOLDER_KEY_LAST
    assert keys.default().number == 1


def test_one_key_takes_the_place_of_another(keys: HolderKeys) -> None:
    keys.label("1", "for jobs")
    new = keys.replace("1", "", now=NOW)
    assert (new.label, new.is_default) == ("for jobs", True)
    assert keys.get("1").retired_at == NOW
    spare = keys.new("spare", now=NOW)
    newer = keys.replace(str(spare.number), "another", now=NOW)
    assert not newer.is_default
    assert keys.default().key == new.key


def test_a_key_from_elsewhere_is_kept_once_and_does_not_sign(keys: HolderKeys) -> None:
    default = keys.default()
    seed = HolderKey.generate().seed
    added = keys.add(seed, "from the other wallet", now=NOW)
    assert keys.add(seed, "again", now=NOW) == added
    assert keys.add(default.key.seed, "mine", now=NOW) == keys.default()
    assert len(keys.all()) == 2
    assert keys.default().key == default.key
    assert refusal(lambda: keys.add(b"short", "", now=NOW)) is ReasonCode.KEY_FILE_UNREADABLE


def test_labels_are_bounded_and_no_seed_is_printed(keys: HolderKeys) -> None:
    made = keys.new("x" * 5000, now=NOW)
    assert len(made.label) == 200
    assert made.key.seed.hex() not in repr(made)
    assert repr(made.key.seed) not in repr(made)


def test_a_key_that_is_damaged_is_said(keys: HolderKeys) -> None:
    keys.vault.database.rows("UPDATE holder_key SET seed = x'00'")
    assert refusal(keys.all) is ReasonCode.VAULT_DAMAGED
