"""The LearnCard Holder Continuity Bundle, version 1.0.0: a ZIP of a readable manifest and encrypted files.

    manifest.json     {"specVersion": "1.0.0", "walletName": "LearnCard", "primaryDid": …, "contents":
                      [{"type", "path", "sha256", "encrypted", …}]}
    credentials/…     and presentations/, keys/, index-records/, consent-records/, status-cache/

An encrypted file is a JSON object {"ciphertext", "iv", "salt", "kdfParams"}, bytes in base64: Argon2id (time
cost, memory cost in KiB, parallelism) to an AES-256-GCM key. Each stored file is compared with its hash
before anything in it counts. The hash over the manifest's own list says no more than those do, because
whoever changes one can change the other; it is not compared. Read from the published description and code of
its makers; not tried on an export of a real account.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wallet.codec.strict_json import parse_object
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import (
    MAX_FILE_BYTES,
    MAX_FOREIGN_KDF_MEMORY_KIB,
    MAX_KDF_ITERATIONS,
    MAX_KDF_LANES,
    MAX_WALLET_CONTENTS,
    MIN_FOREIGN_KDF_MEMORY_KIB,
)
from wallet.model.reasons import ReasonCode, reason

from .archive import Member
from .other_wallet import ForeignKey, OtherWallet, locked, multibase_of, wrong_passphrase
from .universal_wallet import public_bytes

KIND: Final = "LearnCard bundle"
MANIFEST: Final = "manifest.json"
_VERSION: Final = "1.0.0"
_CREDENTIALS: Final = ("credential", "presentation")
_SEED: Final = "key-private-seed"
_SEED_CHARS: Final = 64
_IV_BYTES: Final = 12
_KEY_BYTES: Final = 32


def is_learncard_manifest(data: bytes) -> bool:
    """Tell whether a manifest is of such a bundle, of any version."""
    try:
        document = parse_object(data)
    except CodecError:
        return False
    return document.get("walletName") == "LearnCard" and "specVersion" in document


def read_learncard_bundle(members: Mapping[str, bytes], name: str, passphrase: str | None,
                          step: Callable[[int, int], None] = lambda _done, _total: None) -> OtherWallet:
    """Read a bundle.

    Args:
        members: Its files by name.
        name: Of the bundle, for refusals.
        passphrase: It was made with; None if it is not known.
        step: Told after each file, because each costs a derivation; may raise to stop.

    Raises:
        FormatError: EXPORT_LOCKED, EXPORT_WRONG_PASSPHRASE, EXPORT_DAMAGED, FORMAT_UNSUPPORTED for another
            version, LIMIT_ITEMS.
    """
    manifest = _manifest(members)
    contents = manifest["contents"]
    found: dict[str, list[Any]] = {"credentials": [], "keys": [], "others": []}
    for number, entry in enumerate(contents):
        kind, path = _text(entry, "type"), _text(entry, "path")
        stored = members.get(path)
        if stored is None or hashlib.sha256(stored).hexdigest() != _text(entry, "sha256"):
            found["credentials"].append(
                Member(path, b"", reason(ReasonCode.EXPORT_DAMAGED, what=path[:200])))
        elif kind in _CREDENTIALS:
            found["credentials"].append(Member(path, _opened(entry, stored, name, passphrase)))
        elif kind == _SEED:
            seed = _opened(entry, stored, name, passphrase)
            found["keys"].append(_key(seed, str(manifest.get("primaryDid"))))
        else:
            found["others"].append(path[:200])
        step(number + 1, len(contents))
    return OtherWallet(KIND, tuple(found["credentials"]), tuple(found["keys"]), tuple(found["others"]))


def _manifest(members: Mapping[str, bytes]) -> JsonObject:
    try:
        manifest = parse_object(members[MANIFEST], max_nodes=50 * MAX_WALLET_CONTENTS)
    except (CodecError, KeyError):
        raise _damaged(MANIFEST) from None
    if manifest.get("specVersion") != _VERSION:
        raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what=KIND,
                                 found=str(manifest.get("specVersion"))[:20]))
    contents = manifest.get("contents")
    if not isinstance(contents, list) or not all(isinstance(entry, dict) for entry in contents):
        raise _damaged(MANIFEST)
    if len(contents) > MAX_WALLET_CONTENTS:
        raise FormatError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(MAX_WALLET_CONTENTS)))
    return manifest


def _opened(entry: JsonObject, stored: bytes, name: str, passphrase: str | None) -> bytes:
    if entry.get("encrypted") is not True:
        return stored
    if passphrase is None:
        raise locked(name)
    try:
        envelope = parse_object(stored, max_bytes=MAX_FILE_BYTES, max_string_chars=MAX_FILE_BYTES)
        sealed, iv, salt = (base64.b64decode(envelope[part], validate=True)
                            for part in ("ciphertext", "iv", "salt"))
        kdf = envelope["kdfParams"]
        rounds, memory, lanes = kdf["timeCost"], kdf["memoryCost"], kdf["parallelism"]
    except (CodecError, KeyError, TypeError, binascii.Error, ValueError):
        raise _damaged(str(entry.get("path"))[:200]) from None
    whole = all(type(number) is int for number in (rounds, memory, lanes))
    # Refused before anything is derived: such a file could ask the machine for all of its memory.
    if kdf.get("algorithm") != "argon2id" or not whole or len(iv) != _IV_BYTES or not 8 <= len(salt) <= 64 \
            or not MIN_FOREIGN_KDF_MEMORY_KIB <= memory <= MAX_FOREIGN_KDF_MEMORY_KIB \
            or not 1 <= rounds <= MAX_KDF_ITERATIONS or not 1 <= lanes <= MAX_KDF_LANES:
        raise _damaged(str(entry.get("path"))[:200])
    key = Argon2id(salt=salt, length=_KEY_BYTES, iterations=rounds, lanes=lanes,
                   memory_cost=memory).derive(passphrase.encode("utf-8", "surrogatepass"))
    try:
        return AESGCM(key).decrypt(iv, sealed, None)
    except (InvalidTag, ValueError):
        raise wrong_passphrase(name) from None


def _key(text: bytes, primary_did: str) -> ForeignKey:
    """Return the key that a seed makes, if it makes the identity that the bundle names."""
    seed_text = text.decode("utf-8", "replace").strip().rjust(_SEED_CHARS, "0")
    try:
        seed = bytes.fromhex(seed_text)
    except ValueError:
        return ForeignKey(primary_did[:200], None)
    fits = len(seed) == _KEY_BYTES and primary_did == f"did:key:{multibase_of(public_bytes(seed))}"
    return ForeignKey(primary_did[:200], seed if fits else None)


def _text(entry: JsonObject, member: str) -> str:
    value = entry.get(member)
    return value if isinstance(value, str) else ""


def _damaged(what: str) -> FormatError:
    return FormatError(reason(ReasonCode.EXPORT_DAMAGED, what=what))
