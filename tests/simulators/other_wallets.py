"""Files as other wallets write them, made from keys and credentials of a test."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from wallet.codec.encoding import base58_encode, base64url_encode, write_multicodec
from wallet.formats.other_wallet import multibase_of
from wallet.formats.universal_wallet import public_bytes
from wallet.keys.keypair import HolderKey


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def key_pair(key: HolderKey) -> dict[str, Any]:
    """A signing key with its secret in the clear."""
    public = public_bytes(key.seed)
    return {"id": key.verification_method, "type": "Ed25519VerificationKey2020", "controller": key.did,
            "publicKeyMultibase": multibase_of(public),
            "privateKeyMultibase": "z" + base58_encode(write_multicodec(0x1300, key.seed + public))}


def universal_wallet(*contents: Any) -> dict[str, Any]:
    """An unlocked wallet."""
    return {"@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/wallet/v1"],
            "id": "urn:uuid:1", "type": "UniversalWallet2020", "status": "UNLOCKED",
            "contents": list(contents)}


def locked_wallet(contents: list[Any], passphrase: str, *, rounds: int = 1_000) -> dict[str, Any]:
    """The dormant form: an encrypted wallet inside a credential."""
    salt, iv, content_key = os.urandom(16), os.urandom(12), os.urandom(32)
    algorithm = "PBES2-HS512+A256KW"
    header = {"alg": algorithm, "enc": "A256GCM", "p2c": rounds, "p2s": base64url_encode(salt)}
    protected = base64url_encode(json.dumps(header).encode())
    salted = algorithm.encode() + b"\x00" + salt
    wrapping = PBKDF2HMAC(SHA512(), 32, salted, min(rounds, 1_000)).derive(passphrase.encode())
    sealed = AESGCM(content_key).encrypt(iv, json.dumps(contents).encode(), protected.encode())
    jwe = {"protected": protected, "recipients": [{"encrypted_key": base64url_encode(
        aes_key_wrap(wrapping, content_key))}], "iv": base64url_encode(iv),
        "ciphertext": base64url_encode(sealed[:-16]), "tag": base64url_encode(sealed[-16:])}
    return {"type": ["VerifiableCredential", "EncryptedWallet"], "issuer": "did:key:z6Mk",
            "credentialSubject": {"id": "did:key:z6Mk", "encryptedWalletContents": jwe}}


def envelope(plain: bytes, passphrase: str, **changed: Any) -> bytes:
    """An encrypted file of a LearnCard bundle."""
    salt, iv = os.urandom(16), os.urandom(12)
    key = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=8192).derive(passphrase.encode())
    kdf = {"algorithm": "argon2id", "timeCost": 1, "memoryCost": 8192, "parallelism": 1} | changed
    return json.dumps({"ciphertext": base64.b64encode(AESGCM(key).encrypt(iv, plain, None)).decode(),
                       "iv": base64.b64encode(iv).decode(), "salt": base64.b64encode(salt).decode(),
                       "kdfParams": kdf}).encode()


def learncard_bundle(files: Mapping[str, tuple[str, bytes, bool]], primary_did: str = "did:key:z6Mk",
                     version: str = "1.0.0") -> dict[str, bytes]:
    """The members of a bundle, from path to type, stored bytes and whether they are encrypted."""
    contents = [{"id": path, "type": kind, "path": path, "mediaType": "application/json",
                 "sha256": hashlib.sha256(data).hexdigest(), "encrypted": encrypted}
                for path, (kind, data, encrypted) in files.items()]
    manifest = {"specVersion": version, "createdAt": "2026-11-21T00:00:00Z", "primaryDid": primary_did,
                "walletName": "LearnCard", "encryption": {"mode": "argon2id-aes-256-gcm"},
                "contents": contents, "warnings": [], "payloadSha256": "0" * 64}
    return {"manifest.json": json.dumps(manifest).encode(), "README.md": b"# Read me",
            **{path: data for path, (_, data, _) in files.items()}}


def tarred(members: Mapping[str, bytes]) -> bytes:
    """Return a TAR of these files, as wallets for phones write them."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()
