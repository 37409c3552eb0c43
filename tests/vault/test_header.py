from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.cipher import FLOOR, vault_keys
from wallet.vault.header import (
    FORMAT_VERSION,
    BackupFields,
    Header,
    HeaderKind,
    KeychainFields,
    SlotType,
    make_slot,
    open_slot,
    read_header,
    write_header,
)

DATA_KEY = bytes(range(32))
KEYS = vault_keys(DATA_KEY)
VAULT_ID = "0123456789abcdef" * 2
SALT, NONCE = b"s" * 16, b"n" * 12
WRAPPING = b"w" * 32
FIELDS = KeychainFields("some.Keyring", "2026-11-21T12:00:00+00:00", "2026-12-05T12:00:00+00:00")


def header(vault_id: str = VAULT_ID, version: tuple[int, int] = FORMAT_VERSION) -> Header:
    slots = tuple(make_slot(DATA_KEY, vault_id, type_, WRAPPING, salt=SALT, nonce=NONCE,
                            kdf=FLOOR if type_ is SlotType.PASSPHRASE else None,
                            keychain=FIELDS if type_ is SlotType.KEYCHAIN else None) for type_ in SlotType)
    return Header(version, vault_id, 7, slots)


def resealed(data: bytes, change: Callable[[dict[str, Any]], None] | None = None, *,
             magic: bytes = b"") -> bytes:
    """What somebody can make who knows the format and has no key: everything right except the MAC."""
    lines = data.split(b"\n")
    body = json.loads(lines[1])
    if change:
        change(body)
    sealed = b"\n".join([magic or lines[0], json.dumps(body).encode(), lines[2], b""])
    return sealed + b"sha256:" + hashlib.sha256(sealed).hexdigest().encode() + b"\n"


def refused(data: bytes, kind: HeaderKind = HeaderKind.VAULT) -> tuple[ReasonCode, str]:
    with pytest.raises(VaultError) as caught:
        read_header(data, kind)
    return caught.value.reason.code, caught.value.reason["what"]


def test_what_is_written_is_read_and_authentic() -> None:
    data = write_header(header(), KEYS)
    sealed = read_header(data + b"what follows", HeaderKind.VAULT)
    sealed.demand_authentic(KEYS)
    assert sealed.header == header()
    assert sealed.length == len(data)
    for slot in sealed.header.slots:
        assert open_slot(sealed.header, slot, WRAPPING) == DATA_KEY
        assert open_slot(sealed.header, slot, b"x" * 32) is None


def test_every_single_bit_matters() -> None:
    data = write_header(header(), KEYS)
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert refused(bytes(flipped)) == (ReasonCode.VAULT_DAMAGED, "header")


def test_every_length_matters() -> None:
    data = write_header(header(), KEYS)
    for length in range(len(data)):
        assert refused(data[:length])[0] is ReasonCode.VAULT_DAMAGED


@pytest.mark.parametrize("change", [
    lambda body: body.update(generation=8),
    lambda body: body["slots"].pop(),
    lambda body: body.update(unknown=1),
    lambda body: body["slots"][0]["kdf"].update(memory_kib=128 * 1024),
])
def test_whoever_changes_a_field_cannot_authenticate_it(change: Callable[[dict[str, Any]], None]) -> None:
    sealed = read_header(resealed(write_header(header(), KEYS), change), HeaderKind.VAULT)
    with pytest.raises(VaultError) as caught:
        sealed.demand_authentic(KEYS)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED


def test_a_cheaper_derivation_does_not_open_the_slot() -> None:
    def cheaper(body: dict[str, Any]) -> None:
        body["slots"][0]["kdf"]["iterations"] = 4

    changed = read_header(resealed(write_header(header(), KEYS), cheaper), HeaderKind.VAULT).header
    assert open_slot(changed, changed.slots[0], WRAPPING) is None


def test_a_slot_of_another_vault_does_not_open() -> None:
    other = header("f" * 32)
    assert open_slot(header(), other.slots[0], WRAPPING) is None
    assert open_slot(other, other.slots[0], WRAPPING) == DATA_KEY


@pytest.mark.parametrize(("field", "value"), [
    ("memory_kib", 4 << 30), ("memory_kib", 1), ("iterations", 0), ("iterations", 10**6), ("lanes", 99),
    ("lanes", 0),
])
def test_hostile_costs_are_refused_when_read(field: str, value: int) -> None:
    def hostile(body: dict[str, Any]) -> None:
        body["slots"][0]["kdf"][field] = value

    assert refused(resealed(write_header(header(), KEYS), hostile)) == (
        ReasonCode.VAULT_DAMAGED, "key_parameters")


@pytest.mark.parametrize("change", [
    lambda body: body.update(cipher="aes256cbc"),
    lambda body: body.update(vault="../../etc"),
    lambda body: body.update(vault=7),
    lambda body: body.update(generation=-1),
    lambda body: body.update(generation=True),
    lambda body: body.update(slots={}),
    lambda body: body["slots"].append(dict(body["slots"][0])),
    lambda body: body["slots"][0].update(salt="AAAA"),
    lambda body: body["slots"][0].update(salt="no base64!"),
    lambda body: body["slots"][0].update(wrapped=None),
    lambda body: body["slots"][0].update(kdf={"name": "hkdf-sha256"}),
    lambda body: body["slots"][0].update(kdf={"name": "pbkdf2"}),
    lambda body: body["slots"][0].update(kdf=[]),
    lambda body: body["slots"][0]["kdf"].update(lanes="4"),
    lambda body: body["slots"][2].update(kdf=body["slots"][0]["kdf"]),
    lambda body: body["slots"][2].pop("keychain"),
    lambda body: body["slots"][2]["keychain"].update(until=7),
    lambda body: body.update(moving="../../elsewhere"),
    lambda body: body.update(moving=7),
])
def test_fields_of_another_shape_are_damage(change: Callable[[dict[str, Any]], None]) -> None:
    assert refused(resealed(write_header(header(), KEYS), change))[0] is ReasonCode.VAULT_DAMAGED


def test_json_bombs_are_damage() -> None:
    lines = write_header(header(), KEYS).split(b"\n")
    for body in (b"[" * 5000, b'{"a":1,"a":2}', b"{}", b"null", b"1", b'{"vault":NaN}'):
        sealed = b"\n".join([lines[0], body, lines[2], b""])
        data = sealed + b"sha256:" + hashlib.sha256(sealed).hexdigest().encode() + b"\n"
        assert refused(data)[0] is ReasonCode.VAULT_DAMAGED


def test_a_header_above_the_limit_is_damage() -> None:
    def grow(body: dict[str, Any]) -> None:
        body["padding"] = "x" * 9000

    assert refused(resealed(write_header(header(), KEYS), grow))[0] is ReasonCode.VAULT_DAMAGED


def test_a_later_major_version_is_named_and_not_called_damage() -> None:
    data = resealed(write_header(header(), KEYS), magic=b"learner-wallet vault 99.3")
    with pytest.raises(VaultError) as caught:
        read_header(data, HeaderKind.VAULT)
    assert caught.value.reason.code is ReasonCode.VAULT_NEWER
    assert caught.value.reason["found"] == "99.3"


def test_a_later_minor_version_is_read_with_its_unknown_slots_left_out() -> None:
    data = write_header(header(version=(1, 9)), KEYS)

    def add_slot(body: dict[str, Any]) -> None:
        body["slots"].append({"type": "fingerprint", "device": "x"})

    sealed = read_header(resealed(data, add_slot), HeaderKind.VAULT)
    assert sealed.header.newer
    assert len(sealed.header.slots) == 3
    assert not header().newer


def test_a_backup_is_no_vault_and_a_vault_no_backup() -> None:
    backup = Header(FORMAT_VERSION, VAULT_ID, 7, header().slots, BackupFields("2026-11-21", SALT))
    data = write_header(backup, KEYS)
    assert read_header(data, HeaderKind.BACKUP).header == backup
    assert refused(data)[0] is ReasonCode.VAULT_DAMAGED
    assert refused(write_header(header(), KEYS), HeaderKind.BACKUP)[0] is ReasonCode.VAULT_DAMAGED


@given(st.binary(max_size=300))
def test_no_bytes_end_otherwise(data: bytes) -> None:
    assert refused(data)[0] is ReasonCode.VAULT_DAMAGED
    assert refused(b"learner-wallet vault 1.0\n" + data)[0] is ReasonCode.VAULT_DAMAGED


def test_replacing_a_slot_keeps_the_other() -> None:
    new = make_slot(DATA_KEY, VAULT_ID, SlotType.PASSPHRASE, b"y" * 32, salt=os.urandom(16), nonce=NONCE,
                    kdf=FLOOR)
    changed = header().with_slot(new, generation=9)
    assert changed.generation == 9
    assert changed.slot(SlotType.PASSPHRASE) == new
    assert changed.slot(SlotType.RECOVERY) == header().slot(SlotType.RECOVERY)


@pytest.mark.parametrize("member", ["backend", "since", "until"])
def test_a_keychain_slot_is_bound_to_where_and_until_when(member: str) -> None:
    def change(body: dict[str, Any]) -> None:
        body["slots"][2]["keychain"][member] = "another"

    changed = read_header(resealed(write_header(header(), KEYS), change), HeaderKind.VAULT).header
    slot = changed.slot(SlotType.KEYCHAIN)
    assert slot is not None
    assert open_slot(changed, slot, WRAPPING) is None


def test_only_the_keychain_slot_can_be_left_out() -> None:
    assert [slot.type for slot in header().without(SlotType.KEYCHAIN).slots] == [
        SlotType.PASSPHRASE, SlotType.RECOVERY]
    for type_ in (SlotType.PASSPHRASE, SlotType.RECOVERY):
        with pytest.raises(ValueError, match="keeps"):
            header().without(type_)


def test_the_mark_of_a_store_on_its_way_is_kept_and_left_out_when_there_is_none() -> None:
    moving = replace(header(), moving="ab12")
    assert read_header(write_header(moving, KEYS), HeaderKind.VAULT).header == moving
    assert b"moving" not in write_header(header(), KEYS)
