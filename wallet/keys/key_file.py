"""A key of the learner's own as a file: a private JWK, encrypted under a passphrase, or as it is.

The encrypted form is the one RFC 7517 names for keys (section 7): a compact JWE whose content is a JWK, here
with PBES2-HS512+A256KW (RFC 7518 section 4.8) and A256GCM (section 5.3), so that other programs read it too.
It knows no slower derivation than PBKDF2: the file's passphrase should not be the wallet's.
"""

from __future__ import annotations

import os
import unicodedata
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from wallet.codec.encoding import base64url_decode, base64url_encode
from wallet.codec.strict_json import dump_json, parse_object
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, KeysError
from wallet.model.limits import KIB
from wallet.model.reasons import ReasonCode, reason

from .keypair import HolderKey

MAX_KEY_FILE_BYTES: Final = 16 * KIB
#: Above the 210,000 that OWASP advises for HMAC-SHA512, below the 300,000 that other libraries accept.
ITERATIONS: Final = 250_000
_MIN_ITERATIONS: Final = 1_000  # RFC 7518 section 4.8.1.2
_MAX_ITERATIONS: Final = 2_000_000  # about two seconds; a file asks for no more than that
_ALGORITHM: Final = "PBES2-HS512+A256KW"
_ENCRYPTION: Final = "A256GCM"
_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


def private_jwk(key: HolderKey) -> JsonObject:
    """Return the private JWK of a key (RFC 8037 section 2)."""
    return {**key.public.jwk(), "d": base64url_encode(key.seed), "kid": key.verification_method}


def key_of_jwk(jwk: JsonObject) -> HolderKey:
    """Read a private Ed25519 JWK.

    Raises:
        KeysError: KEY_FILE_UNREADABLE, also where its public half belongs to another key.
    """
    seed, public = jwk.get("d"), jwk.get("x")
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or not isinstance(seed, str):
        raise _unreadable()
    try:
        key = HolderKey.from_seed(base64url_decode(seed))
    except (CodecError, KeysError):
        raise _unreadable() from None
    if public is not None and public != key.public.jwk()["x"]:
        raise _unreadable()
    return key


def seal_key(key: HolderKey, passphrase: str) -> bytes:
    """Return a key as an encrypted file."""
    salt, nonce, content_key = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES), os.urandom(_KEY_BYTES)
    header = {"alg": _ALGORITHM, "cty": "jwk+json", "enc": _ENCRYPTION, "p2c": ITERATIONS,
              "p2s": base64url_encode(salt)}
    protected = base64url_encode(dump_json(header))
    wrapped = aes_key_wrap(_wrapping_key(passphrase, salt, ITERATIONS), content_key)
    sealed = AESGCM(content_key).encrypt(nonce, dump_json(private_jwk(key)), protected.encode("ascii"))
    parts = (wrapped, nonce, sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:])
    return ".".join((protected, *map(base64url_encode, parts))).encode("ascii")


def is_encrypted(data: bytes) -> bool:
    """Return whether a passphrase is needed to read the key."""
    return not data.lstrip().startswith(b"{")


def read_key(data: bytes, passphrase: str = "") -> HolderKey:
    """Read a key file of either form.

    Raises:
        KeysError: KEY_FILE_UNREADABLE; KEY_FILE_LOCKED for another passphrase or an altered file.
    """
    if len(data) > MAX_KEY_FILE_BYTES:
        raise _unreadable()
    try:
        if not is_encrypted(data):
            return key_of_jwk(parse_object(data))
        return key_of_jwk(parse_object(_opened(data.strip().decode("ascii"), passphrase)))
    except (CodecError, UnicodeDecodeError):
        raise _unreadable() from None


def _opened(text: str, passphrase: str) -> bytes:
    parts = text.split(".")
    if len(parts) != 5:
        raise _unreadable()
    protected, wrapped, nonce, content, tag = (parts[0], *map(base64url_decode, parts[1:]))
    header = parse_object(base64url_decode(protected))
    rounds, salt = header.get("p2c"), header.get("p2s")
    if (header.get("alg"), header.get("enc")) != (_ALGORITHM, _ENCRYPTION) or {"crit", "zip"} & set(header):
        raise _unreadable()
    if not isinstance(rounds, int) or not _MIN_ITERATIONS <= rounds <= _MAX_ITERATIONS:
        raise _unreadable()
    if not isinstance(salt, str) or len(nonce) != _NONCE_BYTES or len(tag) != _TAG_BYTES:
        raise _unreadable()
    try:
        content_key = aes_key_unwrap(_wrapping_key(passphrase, base64url_decode(salt), rounds), wrapped)
        return AESGCM(content_key).decrypt(nonce, content + tag, protected.encode("ascii"))
    except (InvalidUnwrap, InvalidTag, ValueError):  # also a content key of another length
        raise KeysError(reason(ReasonCode.KEY_FILE_LOCKED)) from None


def _wrapping_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    full_salt = _ALGORITHM.encode("ascii") + b"\x00" + salt  # RFC 7518 section 4.8.1.1
    return PBKDF2HMAC(SHA512(), _KEY_BYTES, full_salt, rounds).derive(secret)


def _unreadable() -> KeysError:
    return KeysError(reason(ReasonCode.KEY_FILE_UNREADABLE))
