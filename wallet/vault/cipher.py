"""Keys of the vault: from a secret to a wrapping key, from the data key to the keys for each use.

A random data key is made once. Each slot of the header wraps it under a key that comes from one secret.
Everything that is encrypted or authenticated uses a key derived from the data key, never the data key.
What the header looks like on disk is in `header`; the text form of a recovery code in `recovery`.

Argon2id: RFC 9106. HKDF: RFC 5869. AES-GCM: NIST SP 800-38D.
"""

from __future__ import annotations

import hmac
import os
import time
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wallet.model.errors import VaultError
from wallet.model.limits import (
    MAX_KDF_ITERATIONS,
    MAX_KDF_LANES,
    MAX_KDF_MEMORY_KIB,
    MIN_KDF_ITERATIONS,
    MIN_KDF_MEMORY_KIB,
)
from wallet.model.reasons import ReasonCode, reason

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12  # AES-GCM; random, and every wrapping key wraps once

#: Tuning aims below this on the machine where the vault is made, and stops at a memory size that a small
#: machine can still give when the vault is carried there.
TARGET_S: Final = 0.8
_TUNING_STEPS_KIB: Final = (MIN_KDF_MEMORY_KIB, 2 * MIN_KDF_MEMORY_KIB, 4 * MIN_KDF_MEMORY_KIB)


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """The cost of one guess at the passphrase.

    Attributes:
        memory_kib: Memory in KiB.
        iterations: Passes over it.
        lanes: Threads.
    """

    memory_kib: int
    iterations: int
    lanes: int

    @property
    def within_bounds(self) -> bool:
        """Whether deriving with these is neither too cheap to protect nor too dear to try."""
        return (MIN_KDF_MEMORY_KIB <= self.memory_kib <= MAX_KDF_MEMORY_KIB
                and MIN_KDF_ITERATIONS <= self.iterations <= MAX_KDF_ITERATIONS
                and 1 <= self.lanes <= MAX_KDF_LANES)


#: RFC 9106 section 4, second recommended option: the least this program accepts.
FLOOR: Final = KdfParameters(memory_kib=MIN_KDF_MEMORY_KIB, iterations=MIN_KDF_ITERATIONS, lanes=4)


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The keys derived from the data key, one per use. Never printed.

    Attributes:
        database: Raw key of the store.
        backup: Source of every backup's chunk key.
        header: Authenticates the header.
    """

    database: bytes = field(repr=False)
    backup: bytes = field(repr=False)
    header: bytes = field(repr=False)


def tuned_parameters(at_least: KdfParameters = FLOOR) -> KdfParameters:
    """Measure this machine once and return parameters for about `TARGET_S`, never below `at_least`."""
    started = time.monotonic()
    passphrase_key("measure", os.urandom(SALT_BYTES), FLOOR)
    floor_s = max(time.monotonic() - started, 0.001)
    # The time grows in proportion to the memory.
    affordable = [kib for kib in _TUNING_STEPS_KIB if floor_s * kib / MIN_KDF_MEMORY_KIB <= TARGET_S]
    memory_kib = max([*affordable, MIN_KDF_MEMORY_KIB, at_least.memory_kib])
    return KdfParameters(memory_kib, max(FLOOR.iterations, at_least.iterations), FLOOR.lanes)


def passphrase_key(passphrase: str, salt: bytes, parameters: KdfParameters) -> bytes:
    """Derive the wrapping key of a passphrase slot: NFKC, UTF-8, Argon2id.

    Raises:
        VaultError: VAULT_DAMAGED for parameters out of bounds, before anything is computed;
            VAULT_MEMORY if this machine cannot give the memory they ask for.
    """
    if not parameters.within_bounds:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="key_parameters"))
    # A terminal may hand over bytes that are no UTF-8 as lone surrogates; they count as typed.
    secret = bytearray(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))
    try:
        kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=parameters.iterations,
                       lanes=parameters.lanes, memory_cost=parameters.memory_kib)
        return kdf.derive(secret)  # type: ignore[arg-type] # any buffer; this one can be wiped
    except MemoryError:
        needed = f"{parameters.memory_kib // 1024} MiB"
        raise VaultError(reason(ReasonCode.VAULT_MEMORY, needed=needed)) from None
    finally:
        secret[:] = bytes(len(secret))  # this copy; Python keeps others that nobody can reach


def recovery_key(entropy: bytes, salt: bytes) -> bytes:
    """Derive the wrapping key of a recovery slot; 128 random bits need no slow derivation."""
    return _derive(entropy, "slot recovery", salt)


def keychain_key(entry: bytes, salt: bytes) -> bytes:
    """Derive the wrapping key of a keychain slot from the random bytes that the keychain holds."""
    return _derive(entry, "slot keychain", salt)


def vault_keys(data_key: bytes) -> VaultKeys:
    """Derive the keys for each use from the data key."""
    return VaultKeys(database=_derive(data_key, "db"), backup=_derive(data_key, "backup"),
                     header=_derive(data_key, "hdr-mac"))


def chunk_key(backup_key: bytes, salt: bytes) -> bytes:
    """Derive the key of one backup file; a new salt per file lets its nonces count from zero."""
    return _derive(backup_key, "backup chunks", salt)


def wrap(data_key: bytes, wrapping_key: bytes, nonce: bytes, bound_to: bytes) -> bytes:
    """Encrypt the data key under a slot's key, bound to the fields around it."""
    return AESGCM(wrapping_key).encrypt(nonce, data_key, bound_to)


def unwrap(wrapped: bytes, wrapping_key: bytes, nonce: bytes, bound_to: bytes) -> bytes | None:
    """Return the data key, or None if the secret (or a field the slot is bound to) is another one."""
    try:
        return AESGCM(wrapping_key).decrypt(nonce, wrapped, bound_to)
    except InvalidTag:
        return None


def header_mac(keys: VaultKeys, covered: bytes) -> bytes:
    """Return the authenticator of a header's bytes."""
    return hmac.digest(keys.header, covered, "sha256")


def _derive(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt,
                info=b"learner-wallet " + purpose.encode("ascii")).derive(key)
