"""Backup files of the Learner Credential Wallet."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators.other_wallets import key_pair, locked_wallet, universal_wallet
from wallet.formats.other_wallet import OtherWallet
from wallet.formats.universal_wallet import looks_like_universal_wallet, read_universal_wallet
from wallet.keys.keypair import HolderKey
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

CREDENTIAL = {"@context": ["x"], "type": ["VerifiableCredential"], "b": 1, "a": 2}
METADATA = {"type": "ProfileMetadata", "data": {"profileName": "Ada"}}
KEY = HolderKey.generate()


def read(value: Any, passphrase: str | None = None) -> OtherWallet:
    data = json.dumps(value).encode()
    assert looks_like_universal_wallet(data)
    found = read_universal_wallet(data, "Wallet Backup.json", passphrase)
    assert found is not None
    return found


@pytest.mark.parametrize("shape", ["object", "array", "texts"])
def test_each_shape_gives_credentials_keys_and_the_rest(shape: str) -> None:
    agreement = {"type": "X25519KeyAgreementKey2020", "id": "k", "privateKeyMultibase": "z1"}
    wallet: Any = universal_wallet(CREDENTIAL, "eyJh.eyJi.c", {"id": KEY.did}, key_pair(KEY), agreement,
                                   METADATA)
    found = read({"object": wallet, "array": [wallet], "texts": [json.dumps(wallet)]}[shape])
    assert [one.data for one in found.credentials] == [
        b'{"@context":["x"],"type":["VerifiableCredential"],"b":1,"a":2}', b"eyJh.eyJi.c"]
    assert [one.seed for one in found.keys] == [KEY.seed, None]
    assert found.others == (KEY.did, "ProfileMetadata")
    assert KEY.seed.hex() not in repr(found)


def test_a_locked_wallet_opens_with_its_passphrase_only() -> None:
    sealed = locked_wallet([CREDENTIAL, key_pair(KEY)], "correct horse")
    for value in (sealed, [sealed], universal_wallet(sealed)):
        found = read(value, "correct horse")
        assert (len(found.credentials), found.keys[0].seed) == (1, KEY.seed)
        for passphrase, code in ((None, ReasonCode.EXPORT_LOCKED),
                                 ("no", ReasonCode.EXPORT_WRONG_PASSPHRASE)):
            with pytest.raises(FormatError) as caught:
                read(value, passphrase)
            assert caught.value.reason.code is code


@pytest.mark.parametrize("rounds", [10, 2_000_001, 10**12])
def test_a_cost_out_of_reason_is_refused_before_anything_is_derived(rounds: int) -> None:
    with pytest.raises(FormatError) as caught:
        read(locked_wallet([CREDENTIAL], "x", rounds=rounds), "x")
    assert caught.value.reason.code is ReasonCode.EXPORT_DAMAGED


def test_what_only_mentions_the_word_is_none() -> None:
    assert read_universal_wallet(b'{"note": "UniversalWallet2020"}', "x", None) is None
    assert read_universal_wallet(b'[{"type": "EncryptedWalletX"}]', "x", None) is None
    assert not looks_like_universal_wallet(b'{"type": "VerifiableCredential"}')
