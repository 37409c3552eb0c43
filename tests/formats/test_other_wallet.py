from __future__ import annotations

from wallet.codec.encoding import base58_encode, write_multicodec
from wallet.formats.other_wallet import locked, multibase_of, seed_of, wrong_passphrase
from wallet.formats.universal_wallet import public_bytes
from wallet.keys.keypair import HolderKey
from wallet.model.reasons import ReasonCode


def secret(seed: bytes, code: int = 0x1300) -> str:
    return "z" + base58_encode(write_multicodec(code, seed))


def test_a_seed_counts_only_with_its_own_public_key() -> None:
    key, other = HolderKey.generate(), HolderKey.generate()
    public = public_bytes(key.seed)
    assert multibase_of(public) == key.did.removeprefix("did:key:")
    for text in (secret(key.seed), secret(key.seed + public)):
        assert seed_of(text, multibase_of(public), public_bytes) == key.seed
        assert seed_of(text, multibase_of(public_bytes(other.seed)), public_bytes) is None
    assert seed_of(secret(key.seed + public_bytes(other.seed)), "", public_bytes) is None
    assert seed_of(secret(key.seed, 0x1302), "", public_bytes) is None
    assert seed_of("no multibase", "", public_bytes) is None


def test_refusals_name_the_file() -> None:
    assert (locked("x").reason.code, locked("x").reason["name"]) == (ReasonCode.EXPORT_LOCKED, "x")
    assert wrong_passphrase("x").reason.code is ReasonCode.EXPORT_WRONG_PASSPHRASE
