"""The backup files of the Learner Credential Wallet: `UniversalWallet2020`, one object or an array of them.

    {"type": "UniversalWallet2020", "status": "UNLOCKED", "contents": [credentials, a DID document, key pairs
     with their secrets in the clear, {"type": "ProfileMetadata", …}]}

A locked wallet holds its contents as JWE (RFC 7516) under a passphrase: PBES2-HS512+A256KW, A256GCM (RFC 7518
sections 4.8 and 5.3), inside an `EncryptedWallet` credential. Credentials come out as the JSON they are, key
order kept; their seals are over what they say, not over spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from wallet.codec.encoding import base64url_decode
from wallet.codec.strict_json import dump_json, parse_json, parse_object
from wallet.keys.keypair import HolderKey
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, FormatError, KeysError
from wallet.model.limits import MAX_DATA_URI_CHARS, MAX_FOREIGN_ROUNDS, MAX_JSON_NODES, MAX_WALLET_CONTENTS
from wallet.model.reasons import ReasonCode, reason

from .archive import Member
from .members import strings
from .other_wallet import ForeignKey, OtherWallet, locked, seed_of, wrong_passphrase

KIND: Final = "UniversalWallet2020"
_ENCRYPTED: Final = "EncryptedWallet"
_SIGNING_KEY: Final = "Ed25519VerificationKey2020"
_ALGORITHM: Final = "PBES2-HS512+A256KW"
_ENCRYPTION: Final = "A256GCM"
_MAX_NODES: Final = 100 * MAX_JSON_NODES
_KEY_BYTES: Final = 32


def looks_like_universal_wallet(data: bytes) -> bool:
    """Tell whether a file may be such a backup, cheaply."""
    return KIND.encode() in data or _ENCRYPTED.encode() in data


def read_universal_wallet(data: bytes, name: str, passphrase: str | None) -> OtherWallet | None:
    """Read such a backup; None if it is none after all.

    Raises:
        FormatError: EXPORT_LOCKED, EXPORT_WRONG_PASSPHRASE, EXPORT_DAMAGED, LIMIT_ITEMS.
        CodecError: It is no JSON.
    """
    value = parse_json(data, max_nodes=_MAX_NODES, max_string_chars=MAX_DATA_URI_CHARS)
    wallets = [_object(one) for one in (value if isinstance(value, list) else [value])]
    if not any(one is not None and _is_wallet(one) for one in wallets):
        return None
    items = [item for one in wallets if one is not None for item in _contents(one, name, passphrase)]
    if len(items) > MAX_WALLET_CONTENTS:
        raise FormatError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(MAX_WALLET_CONTENTS)))
    credentials: list[Member] = []
    keys: list[ForeignKey] = []
    others: list[str] = []
    for item in items:
        if _is_credential(item):
            text = item.encode("utf-8") if isinstance(item, str) else dump_json(item)
            credentials.append(Member(f"{name} ({len(credentials) + 1})", text))
        elif isinstance(item, dict) and _has_secret(item):
            keys.append(_key(item))
        else:
            others.append(_called(item))
    return OtherWallet(KIND, tuple(credentials), tuple(keys), tuple(others))


def _object(value: Any) -> JsonObject | None:
    """Return an entry as an object; some versions wrote each wallet as text inside the array."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return parse_object(value.encode("utf-8", "replace"), max_nodes=_MAX_NODES)
        except CodecError:
            return None
    return value if isinstance(value, dict) else None


def _is_wallet(value: JsonObject) -> bool:
    kinds = strings(value.get("type"))
    return (KIND in kinds and isinstance(value.get("contents"), list)) or _ENCRYPTED in kinds


def _contents(value: JsonObject, name: str, passphrase: str | None) -> Iterator[Any]:
    if not _is_wallet(value):
        yield value
    elif _ENCRYPTED in strings(value.get("type")):
        yield from _unlocked(value.get("credentialSubject"), name, passphrase)
    else:
        for item in value["contents"]:
            if isinstance(item, dict) and (_is_jwe(item) or _ENCRYPTED in strings(item.get("type"))):
                sealed = item if _is_jwe(item) else item.get("credentialSubject")
                yield from _unlocked(sealed, name, passphrase)
            else:
                yield item


def _unlocked(value: Any, name: str, passphrase: str | None) -> Iterator[Any]:
    jwe = next((one for one in (value, *(value.values() if isinstance(value, dict) else ()))
                if isinstance(one, dict) and _is_jwe(one)), None)
    if jwe is None:
        raise FormatError(reason(ReasonCode.EXPORT_DAMAGED, what=_ENCRYPTED))
    if passphrase is None:
        raise locked(name)
    inside = parse_json(_decrypted(jwe, name, passphrase), max_nodes=_MAX_NODES,
                        max_string_chars=MAX_DATA_URI_CHARS)
    if isinstance(inside, dict) and isinstance(inside.get("contents"), list):
        inside = inside["contents"]
    yield from inside if isinstance(inside, list) else [inside]


def _is_jwe(value: JsonObject) -> bool:
    return all(isinstance(value.get(member), str) for member in ("protected", "iv", "ciphertext", "tag"))


def _decrypted(jwe: JsonObject, name: str, passphrase: str) -> bytes:
    """Open a JWE in its flattened or general form. Only the one pair of algorithms that such files use."""
    recipients = jwe.get("recipients")
    recipient = recipients[0] if isinstance(recipients, list) and recipients else jwe
    try:
        header = {**_parts(jwe.get("unprotected")), **_parts(recipient.get("header")),
                  **parse_object(base64url_decode(jwe["protected"]))}
        rounds, salt = header["p2c"], base64url_decode(header["p2s"])
        wrapped = base64url_decode(recipient["encrypted_key"])
        iv, sealed = base64url_decode(jwe["iv"]), base64url_decode(jwe["ciphertext"])
        tag = base64url_decode(jwe["tag"])
    except (CodecError, KeyError, TypeError, AttributeError):
        raise FormatError(reason(ReasonCode.EXPORT_DAMAGED, what="JWE")) from None
    known = (header.get("alg"), header.get("enc")) == (_ALGORITHM, _ENCRYPTION)
    sensible = isinstance(rounds, int) and 1_000 <= rounds <= MAX_FOREIGN_ROUNDS and len(salt) >= 8
    if not known or not sensible or "zip" in header or "crit" in header:
        raise FormatError(reason(ReasonCode.EXPORT_DAMAGED, what="JWE"))
    salted = _ALGORITHM.encode() + b"\x00" + salt
    key = PBKDF2HMAC(SHA512(), _KEY_BYTES, salted, rounds).derive(passphrase.encode("utf-8", "surrogatepass"))
    aad = jwe["protected"] + (f".{jwe['aad']}" if isinstance(jwe.get("aad"), str) else "")
    try:
        return AESGCM(aes_key_unwrap(key, wrapped)).decrypt(iv, sealed + tag, aad.encode())
    except (InvalidUnwrap, InvalidTag, ValueError):
        raise wrong_passphrase(name) from None


def _parts(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _is_credential(item: Any) -> bool:
    if isinstance(item, str):
        return item.startswith(("ey", "ew")) and item.count(".") >= 2
    if not isinstance(item, dict):
        return False
    kinds = strings(item.get("type"))
    return any(kind in kinds for kind in ("VerifiableCredential", "VerifiablePresentation", "Assertion"))


def _has_secret(item: JsonObject) -> bool:
    return any(isinstance(item.get(member), str | dict)
               for member in ("privateKeyMultibase", "privateKeyBase58", "privateKeyJwk"))


def _key(item: JsonObject) -> ForeignKey:
    secret, public = item.get("privateKeyMultibase"), item.get("publicKeyMultibase")
    name = str(item.get("id") or item.get("type") or "")[:200]
    signs = _SIGNING_KEY in strings(item.get("type"))
    if not signs or not isinstance(secret, str) or not isinstance(public, str):
        return ForeignKey(name, None)
    return ForeignKey(name, seed_of(secret, public, public_bytes))


def public_bytes(seed: bytes) -> bytes:
    """Return the public key that belongs to an Ed25519 seed."""
    try:
        return base64url_decode(str(HolderKey.from_seed(seed).public.jwk()["x"]))
    except (KeysError, KeyError):
        return b""


def _called(item: Any) -> str:
    if isinstance(item, dict):
        kinds = strings(item.get("type"))
        return str(kinds[0] if kinds else item.get("id") or "JSON")[:200]
    return "JSON"
