from __future__ import annotations

import os
import unicodedata

import pytest

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_KDF_MEMORY_KIB, MIN_KDF_MEMORY_KIB
from wallet.model.reasons import ReasonCode
from wallet.vault import cipher
from wallet.vault.cipher import FLOOR, KdfParameters

SALT = b"0123456789abcdef"


def test_unicode_forms_of_one_passphrase_are_one() -> None:
    composed = "Grüße ﬁ \N{FULLWIDTH LATIN CAPITAL LETTER A}"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert cipher.passphrase_key(composed, SALT, FLOOR) == cipher.passphrase_key(decomposed, SALT, FLOOR)


@pytest.mark.parametrize("other", ["secret ", " secret", "Secret", "secre"])
def test_what_was_typed_differently_is_another_passphrase(other: str) -> None:
    assert cipher.passphrase_key("secret", SALT, FLOOR) != cipher.passphrase_key(other, SALT, FLOOR)


def test_bytes_that_are_no_text_count_as_typed() -> None:
    typed = b"caf\xe9".decode("utf-8", "surrogateescape")
    assert len(cipher.passphrase_key(typed, SALT, FLOOR)) == 32


@pytest.mark.parametrize("parameters", [
    KdfParameters(4 << 30, 3, 4),  # 4 TiB
    KdfParameters(MAX_KDF_MEMORY_KIB + 1, 3, 4),
    KdfParameters(MIN_KDF_MEMORY_KIB - 1, 3, 4),
    KdfParameters(MIN_KDF_MEMORY_KIB, 2, 4),
    KdfParameters(MIN_KDF_MEMORY_KIB, 21, 4),
    KdfParameters(MIN_KDF_MEMORY_KIB, 3, 17),
    KdfParameters(MIN_KDF_MEMORY_KIB, 3, 0),
])
def test_cost_out_of_bounds_is_refused_before_anything_is_computed(
        parameters: KdfParameters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(cipher, "Argon2id")
    with pytest.raises(VaultError) as caught:
        cipher.passphrase_key("secret", SALT, parameters)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    assert caught.value.reason["what"] == "key_parameters"


@pytest.mark.parametrize("parameters", [FLOOR, KdfParameters(MAX_KDF_MEMORY_KIB, 20, 16)])
def test_cost_at_the_bounds_is_accepted(parameters: KdfParameters) -> None:
    assert parameters.within_bounds


def test_a_machine_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cipher, "Argon2id", refuse)
    with pytest.raises(VaultError) as caught:
        cipher.passphrase_key("secret", SALT, FLOOR)
    assert caught.value.reason.code is ReasonCode.VAULT_MEMORY
    assert caught.value.reason["needed"] == "64 MiB"


def test_tuning_stays_within_bounds_and_never_goes_below_what_was() -> None:
    before = KdfParameters(3 * MIN_KDF_MEMORY_KIB, 4, 4)
    after = cipher.tuned_parameters(before)
    assert after.within_bounds
    assert after.memory_kib >= before.memory_kib
    assert after.iterations >= before.iterations


def test_each_use_has_a_key_of_its_own() -> None:
    data_key = os.urandom(32)
    keys = cipher.vault_keys(data_key)
    derived = {keys.database, keys.backup, keys.header, cipher.chunk_key(keys.backup, SALT),
               cipher.recovery_key(data_key[:16], SALT), data_key}
    assert len(derived) == 6
    assert cipher.vault_keys(data_key) == keys


def test_keys_do_not_show_themselves() -> None:
    keys = cipher.vault_keys(bytes(32))
    assert keys.database.hex() not in repr(keys)
    assert repr(keys.database) not in repr(keys)


def test_a_wrapped_key_opens_only_with_its_key_and_its_fields() -> None:
    data_key, wrapping_key, nonce = os.urandom(32), os.urandom(32), os.urandom(12)
    wrapped = cipher.wrap(data_key, wrapping_key, nonce, b"fields")
    assert cipher.unwrap(wrapped, wrapping_key, nonce, b"fields") == data_key
    assert cipher.unwrap(wrapped, os.urandom(32), nonce, b"fields") is None
    assert cipher.unwrap(wrapped, wrapping_key, nonce, b"fields of another vault") is None
    assert data_key not in wrapped
