"""The header: four lines of text that say how to get at the data key, and prove themselves unaltered.

    learner-wallet vault 1.0          magic, kind, format version
    {…}                               one JSON object
    mac:<64 hex digits>               HMAC-SHA256 over the lines above, key from the data key
    sha256:<64 hex digits>            over the three lines above

The last line tells damage without any secret, so that a wrong passphrase and a damaged header are
different answers; the third stops somebody who can recompute the last. A backup starts with the same four
lines. Later format versions keep the first and the last line: an unknown major version is refused by
name, a newer minor one is read without writing, and members it added are kept out of the way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import Any, Final

from wallet.codec.strict_json import parse_object
from wallet.model.errors import CodecError, VaultError
from wallet.model.limits import MAX_VAULT_HEADER_BYTES
from wallet.model.reasons import ReasonCode, reason

from .cipher import KEY_BYTES, NONCE_BYTES, SALT_BYTES, KdfParameters, VaultKeys, header_mac, unwrap, wrap

#: Version of everything in the vault's folder, (major, minor). The store's `user_version` says the same.
FORMAT_VERSION: Final = (1, 1)
CIPHER: Final = "chacha20"
_MAGIC: Final = re.compile(rb"learner-wallet (vault|backup) (0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")
_TOKEN: Final = re.compile(r"[0-9a-f]{0,32}")
_TAG_BYTES: Final = 16


@unique
class HeaderKind(StrEnum):
    """What the header stands before."""

    VAULT = "vault"
    BACKUP = "backup"


@unique
class SlotType(StrEnum):
    """What secret a slot is opened with. Values are part of the format."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    KEYCHAIN = "keychain"


#: Without both of these a vault could lose its last way in; the third is a convenience.
LASTING_SLOTS: Final = frozenset({SlotType.PASSPHRASE, SlotType.RECOVERY})


@dataclass(frozen=True, slots=True)
class KeychainFields:
    """What a keychain slot says beside its wrapping.

    Attributes:
        backend: The class that keeps the entry: another one is never asked.
        since, until: When quick unlock was switched on and when it ends, as text with zone.
    """

    backend: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped for one secret.

    Attributes:
        salt: Of the derivation from the secret.
        kdf: Cost of a passphrase guess; None for a recovery code.
        nonce: Of the wrapping.
        wrapped: The encrypted data key with its tag.
        keychain: What a keychain slot adds; None in the others.
    """

    type: SlotType
    salt: bytes
    kdf: KdfParameters | None
    nonce: bytes
    wrapped: bytes
    keychain: KeychainFields | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the clear.

    Attributes:
        version: Format version, (major, minor).
        vault_id: 32 hex digits, the same in the store.
        generation: Of the store when this header was written; a store below it is an older copy.
        slots: Every known one.
        backup: What a backup adds; None in a vault.
        moving: A token: the store of this header may still lie under a name with it; else "".
    """

    version: tuple[int, int]
    vault_id: str
    generation: int
    slots: tuple[Slot, ...]
    backup: BackupFields | None = None
    moving: str = ""

    @property
    def newer(self) -> bool:
        """Whether a later version of the program wrote it; then nothing may be written."""
        return self.version > FORMAT_VERSION

    def slot(self, wanted: SlotType) -> Slot | None:
        """Return the slot of that type, or None."""
        return next((slot for slot in self.slots if slot.type is wanted), None)

    def with_slot(self, new: Slot, *, generation: int) -> Header:
        """Return a header in which `new` stands for the slot of its type."""
        others = tuple(slot for slot in self.slots if slot.type is not new.type)
        return replace(self, slots=(new, *others), generation=generation)

    def without(self, unwanted: SlotType) -> Header:
        """Return a header that lacks a slot which is not needed to get back in."""
        if unwanted in LASTING_SLOTS:
            raise ValueError("a vault keeps its passphrase and its recovery code")
        return replace(self, slots=tuple(slot for slot in self.slots if slot.type is not unwanted))


@dataclass(frozen=True, slots=True)
class BackupFields:
    """What the header of a backup says beside the vault's.

    Attributes:
        created: When it was made, as text with zone.
        salt: Of the chunk key.
    """

    created: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class SealedHeader:
    """A header with the bytes it came in.

    Attributes:
        covered: The bytes under the MAC.
        length: Of the whole header, to find what follows it.
    """

    header: Header
    covered: bytes
    mac: bytes
    length: int

    def demand_authentic(self, keys: VaultKeys) -> None:
        """Check every byte against the data key.

        Raises:
            VaultError: VAULT_DAMAGED.
        """
        if not hmac.compare_digest(header_mac(keys, self.covered), self.mac):
            raise _damaged("header")


def make_slot(data_key: bytes, vault_id: str, type_: SlotType, wrapping_key: bytes, *, salt: bytes,
              nonce: bytes, kdf: KdfParameters | None, keychain: KeychainFields | None = None) -> Slot:
    """Wrap the data key into a slot."""
    bound_to = _bound_to(vault_id, type_, salt, kdf, keychain)
    return Slot(type_, salt, kdf, nonce, wrap(data_key, wrapping_key, nonce, bound_to), keychain)


def open_slot(header: Header, slot: Slot, wrapping_key: bytes) -> bytes | None:
    """Return the data key, or None if this is not the slot's secret."""
    return unwrap(slot.wrapped, wrapping_key, slot.nonce,
                  _bound_to(header.vault_id, slot.type, slot.salt, slot.kdf, slot.keychain))


def write_header(header: Header, keys: VaultKeys) -> bytes:
    """Return the header's exact bytes."""
    kind = HeaderKind.BACKUP if header.backup else HeaderKind.VAULT
    magic = f"learner-wallet {kind.value} {header.version[0]}.{header.version[1]}\n".encode("ascii")
    covered = magic + _dump(_body(header)) + b"\n"
    sealed = covered + b"mac:" + header_mac(keys, covered).hex().encode("ascii") + b"\n"
    return sealed + b"sha256:" + hashlib.sha256(sealed).hexdigest().encode("ascii") + b"\n"


def read_header(data: bytes, kind: HeaderKind) -> SealedHeader:
    """Read a header that `data` starts with. Undamaged, not yet authentic.

    Raises:
        VaultError: VAULT_DAMAGED or VAULT_NEWER. For a backup the room's caller names it so.
    """
    lines = data[:MAX_VAULT_HEADER_BYTES].split(b"\n", 4)
    if len(lines) != 5:
        raise _damaged("header")
    magic, body, mac, checksum, _ = lines
    covered = magic + b"\n" + body + b"\n"
    sealed = covered + mac + b"\n"
    if checksum != b"sha256:" + hashlib.sha256(sealed).hexdigest().encode("ascii"):
        raise _damaged("header")
    match = _MAGIC.fullmatch(magic)
    if match is None or match[1].decode("ascii") != kind.value:
        raise _damaged("header")
    version = (int(match[2]), int(match[3]))
    if version[0] != FORMAT_VERSION[0]:
        raise VaultError(reason(ReasonCode.VAULT_NEWER, found=f"{version[0]}.{version[1]}"))
    header = _header(body, version, kind)
    return SealedHeader(header, covered, _hex(mac.removeprefix(b"mac:").decode("ascii", "replace"), 32),
                        len(sealed) + len(checksum) + 1)


def _bound_to(vault_id: str, type_: SlotType, salt: bytes, kdf: KdfParameters | None,
              keychain: KeychainFields | None) -> bytes:
    # Everything that must not be moved to another slot, vault or cost. What changes later without the
    # slot's secret at hand (version, generation, the other slots) is under the MAC instead.
    fields = {"magic": "learner-wallet", "vault": vault_id, "cipher": CIPHER, "type": type_.value,
              "salt": _text64(salt), "kdf": _kdf_body(kdf)}
    if keychain:
        fields["keychain"] = _keychain_body(keychain)
    return _dump(fields)


def _body(header: Header) -> dict[str, Any]:
    body: dict[str, Any] = {"vault": header.vault_id, "cipher": CIPHER, "generation": header.generation,
                            "slots": [_slot_body(slot) for slot in header.slots]}
    if header.moving:
        body["moving"] = header.moving
    if header.backup:
        body["backup"] = {"created": header.backup.created, "salt": _text64(header.backup.salt)}
    return body


def _slot_body(slot: Slot) -> dict[str, Any]:
    body = {"type": slot.type.value, "kdf": _kdf_body(slot.kdf), "salt": _text64(slot.salt),
            "nonce": _text64(slot.nonce), "wrapped": _text64(slot.wrapped)}
    if slot.keychain:
        body["keychain"] = _keychain_body(slot.keychain)
    return body


def _keychain_body(fields: KeychainFields) -> dict[str, str]:
    return {"backend": fields.backend, "since": fields.since, "until": fields.until}


def _kdf_body(kdf: KdfParameters | None) -> dict[str, Any]:
    if kdf is None:
        return {"name": "hkdf-sha256"}
    return {"name": "argon2id", "memory_kib": kdf.memory_kib, "iterations": kdf.iterations,
            "lanes": kdf.lanes}


def _header(body: bytes, version: tuple[int, int], kind: HeaderKind) -> Header:
    try:
        fields = parse_object(body)
    except CodecError:
        raise _damaged("header") from None
    vault_id, generation, slots = fields.get("vault"), fields.get("generation"), fields.get("slots")
    if fields.get("cipher") != CIPHER or not isinstance(vault_id, str) or not isinstance(slots, list):
        raise _damaged("header")
    _hex(vault_id, 16)
    known = {type_.value for type_ in SlotType}
    # A slot type of a newer minor version is another way in, not a reason to lock this one.
    read = tuple(_slot(slot) for slot in slots if isinstance(slot, dict) and slot.get("type") in known)
    if len({slot.type for slot in read}) != len(read):
        raise _damaged("header")
    backup = _backup_fields(fields.get("backup")) if kind is HeaderKind.BACKUP else None
    moving = fields.get("moving", "")
    if not isinstance(moving, str) or not _TOKEN.fullmatch(moving):  # it becomes part of a file's name
        raise _damaged("header")
    return Header(version, vault_id, _whole_number(generation), read, backup, moving)


def _slot(fields: dict[str, Any]) -> Slot:
    type_ = SlotType(fields["type"])
    kdf = _kdf(fields.get("kdf"))
    if (kdf is not None) != (type_ is SlotType.PASSPHRASE):
        raise _damaged("header")
    keychain = _keychain_fields(fields.get("keychain")) if type_ is SlotType.KEYCHAIN else None
    return Slot(type_, _bytes64(fields.get("salt"), SALT_BYTES), kdf,
                _bytes64(fields.get("nonce"), NONCE_BYTES),
                _bytes64(fields.get("wrapped"), KEY_BYTES + _TAG_BYTES), keychain)


def _keychain_fields(fields: Any) -> KeychainFields:
    names = ("backend", "since", "until")
    values = [fields.get(name) if isinstance(fields, dict) else None for name in names]
    if not all(isinstance(value, str) for value in values):
        raise _damaged("header")
    return KeychainFields(*map(str, values))


def _kdf(fields: Any) -> KdfParameters | None:
    if not isinstance(fields, dict):
        raise _damaged("header")
    if fields.get("name") == "hkdf-sha256":
        return None
    if fields.get("name") != "argon2id":
        raise _damaged("header")
    kdf = KdfParameters(_whole_number(fields.get("memory_kib")), _whole_number(fields.get("iterations")),
                        _whole_number(fields.get("lanes")))
    if not kdf.within_bounds:  # refused before anything is derived: 4 TiB would be asked of the machine
        raise _damaged("key_parameters")
    return kdf


def _backup_fields(fields: Any) -> BackupFields:
    if not isinstance(fields, dict) or not isinstance(fields.get("created"), str):
        raise _damaged("header")
    return BackupFields(fields["created"], _bytes64(fields.get("salt"), SALT_BYTES))


def _whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _damaged("header")
    return value


def _hex(text: str, length: int) -> bytes:
    if not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", text):
        raise _damaged("header")
    return bytes.fromhex(text)


def _text64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes64(text: Any, length: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        raise _damaged("header") from None
    if len(data) != length:
        raise _damaged("header")
    return data


def _dump(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.VAULT_DAMAGED, what=what))
