"""D11: the vault's files, W01 to W06. Damaged or mixed up: refused or whole, and never wrong.

Older states put back (W03) are in `vault_rollback`, places (W07) in `vault_places`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from string import ascii_letters

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.attacks.learner import (
    PASSPHRASE,
    by_passphrase,
)
from tests.attacks.vaults import copy, crashed, filled, held, opening, other
from tests.conftest import AT
from tests.vault.test_header import resealed
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode as R
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    acquire_window_lock,
    open_vault,
)
from wallet.vault.integrity import check_integrity

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
_DAMAGED = refused(R.VAULT_DAMAGED)


def _cut(name: str, keep: float) -> Callable[[Path], object]:
    def attack(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:int(len(data) * keep) if isinstance(keep, float) else keep])
    return attack


def _gone(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def _left_alone(_folder: Path) -> None:
    """Benign."""


_CUTS: dict[str, Callable[[Path], object]] = {
    f"{name} cut to {keep}": _cut(name, keep) for name in ("vault.db", "vault.head")
    for keep in (0, 1, 15, 100, 0.5, -1)} | {
    "vault.db cut to 4096": _cut("vault.db", 4096), "vault.db gone": _gone("vault.db"),
    "vault.head gone": _gone("vault.head")}


@case("W01", C, "the vault's files cut off anywhere, or gone",
      attacks=dict.fromkeys(_CUTS, _DAMAGED), twins={TWIN: FINE})
def _truncated(variant: str) -> Input:
    folder, code = copy()
    _CUTS.get(variant, _left_alone)(folder)
    return opening(folder, code)


_FLIPS = 334


@case("W02", H, "a thousand single bits turned over in store, log and header",
      attacks={"vault.db": FINE, "vault.db-wal": FINE, "vault.head": FINE}, twins={TWIN: FINE})
def _flipped(variant: str) -> Input:
    folder, code = crashed() if variant == "vault.db-wal" else copy()
    if variant == TWIN:
        return opening(folder, code)
    clean = {path.name: path.read_bytes() for path in folder.iterdir()}
    chance = random.Random(17)

    def run() -> None:
        noticed = 0
        for _ in range(_FLIPS):
            for path in folder.iterdir():
                path.unlink()
            for name, data in clean.items():
                (folder / name).write_bytes(data)
            flipped = bytearray(clean[variant])
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            (folder / variant).write_bytes(flipped)
            noticed += not _true_or_refused(folder, code)
        assert noticed > _FLIPS * 9 // 10 or variant == "vault.db-wal", noticed

    return Act(run)


def _true_or_refused(folder: Path, code: RecoveryCode) -> bool:
    """Whether it opens and holds the truth; it may be refused as damaged, and nothing else may happen."""
    try:
        vault = open_vault(folder, code, now=AT)
        try:
            assert held(vault) == filled()[2]
            check_integrity(vault)  # reads every page, so that a bit without effect is one in no page
        finally:
            vault.close()
    except VaultError as error:
        if error.reason.code not in (R.VAULT_DAMAGED, R.VAULT_NEWER, R.VAULT_WRONG_RECOVERY_CODE):
            raise
        return False
    return True


def _changed_header(folder: Path, field: str, value: int) -> None:
    path = folder / "vault.head"
    path.write_bytes(resealed(path.read_bytes(), lambda body: body["slots"][0]["kdf"].update({field: value})))


def _foreign_slot(folder: Path, place: int) -> None:
    theirs = json.loads((other()[0] / "vault.head").read_bytes().split(b"\n")[1])["slots"][place]
    path = folder / "vault.head"
    path.write_bytes(resealed(path.read_bytes(), lambda body: body["slots"].__setitem__(place, theirs)))


_COSTS = {"4 TiB": ("memory_kib", 4 << 30), "below the floor": ("memory_kib", 1024),
          "nothing": ("iterations", 0), "a million rounds": ("iterations", 10 ** 6),
          "99 lanes": ("lanes", 99),
          "one lane, within bounds": ("lanes", 1)}


@case("W04", H, "header and store of two vaults mixed, costs changed, slots exchanged",
      attacks={"header of another, its code": _DAMAGED,
               "header of another, own code": refused(R.VAULT_WRONG_RECOVERY_CODE),
               "store of another": _DAMAGED, **dict.fromkeys(_COSTS, _DAMAGED),
               "slot of another, its passphrase": refused(R.VAULT_WRONG_PASSPHRASE),
               "slot of another, own code": _DAMAGED,
               "code slot of another, its code": refused(R.VAULT_WRONG_RECOVERY_CODE)},
      twins={TWIN: FINE})
def _mixed(variant: str) -> Input:
    folder, code = copy()
    theirs, their_code = other()
    if variant.startswith("header"):
        shutil.copy(theirs / "vault.head", folder / "vault.head")
    elif variant.startswith("store"):
        shutil.copy(theirs / "vault.db", folder / "vault.db")
    elif variant in _COSTS:
        _changed_header(folder, *_COSTS[variant])
    elif "slot" in variant:
        _foreign_slot(folder, 1 if variant.startswith("code") else 0)
    if variant == "slot of another, its passphrase":
        return opening(folder, by_passphrase())
    return opening(folder, their_code if "its code" in variant else code)


_TYPED = {"one letter": PASSPHRASE[:-1] + "m", "a space behind": PASSPHRASE + " ",
          "capitals": PASSPHRASE.upper(),
          "without the umlaut's mark": PASSPHRASE.replace("ß", "s"), "nothing": "", "a novel": "x" * 100_000}


@case("W05", M, "a passphrase that is not quite the one, which is not damage",
      attacks=dict.fromkeys(_TYPED, refused(R.VAULT_WRONG_PASSPHRASE)),
      twins={TWIN: FINE, "decomposed": FINE, "wide letters": FINE})
def _typed(variant: str) -> Input:
    folder, _ = copy()
    typed = {TWIN: PASSPHRASE, "decomposed": unicodedata.normalize("NFD", PASSPHRASE),
             "wide letters": "".join(chr(ord(one) + 0xFEE0) if one in ascii_letters else one
                                     for one in PASSPHRASE),
             **_TYPED}[variant]
    return opening(folder, Passphrase(typed))


def _leftover(variant: str, folder: Path) -> None:
    left = {"-shm of nonsense": ("vault.db-shm", os.urandom(32_768)),
            "lock of the dead": ("vault.lock", b"4711"),
            "empty -wal": ("vault.db-wal", b""), "-wal of nonsense": ("vault.db-wal", os.urandom(9_000)),
            "half a header": ("vault.head.tmp", b"half"), "a journal": ("vault.db-journal", b"")}
    name, data = left[variant]
    (folder / name).write_bytes(data)


_LEFT = ("-shm of nonsense", "lock of the dead", "empty -wal", "-wal of nonsense", "half a header",
         "a journal")


@case("W06", H, "what a crash leaves beside the store, and another window",
      attacks={**dict.fromkeys(_LEFT, FINE), "log gone after a crash": FINE,
               "another window": refused(R.VAULT_BUSY)},
      twins={TWIN: FINE, "log after a crash": FINE, "a window that was closed": FINE})
def _leftovers(variant: str) -> Input:
    folder, code = crashed() if "after a crash" in variant else copy()
    if variant in _LEFT:
        _leftover(variant, folder)
    if variant == "log gone after a crash":
        (folder / "vault.db-wal").unlink()
    if "window" in variant:
        return Act(lambda: _second_window(folder, close_first="closed" in variant))
    return opening(folder, code)


def _second_window(folder: Path, *, close_first: bool) -> None:
    lock = acquire_window_lock(folder)
    try:
        if close_first:
            lock.release()
        acquire_window_lock(folder).release()
    finally:
        lock.release()
