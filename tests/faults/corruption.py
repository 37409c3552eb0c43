"""Damage at random, and the question whether anything wrong is ever returned.

A vault is filled in steps; after each, its files and everything it answers are noted. Then one file of a
copy is damaged in one of several ways, the copy is opened, and every answer is compared: with the last
noted state (nothing happened), with an earlier one or a mixture of earlier answers (only where a whole old
page was put back: page seals stop alteration, not age), or it is refused. An answer that was never right at
any time is *wrong data*, whatever the file looks like.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.faults.writer import varied
from tests.vault.vaults import NOW, Template, document, report
from wallet.model.errors import VaultError
from wallet.vault.backup import restore_backup, write_backup
from wallet.vault.container import open_vault
from wallet.vault.evidence import VaultEvidence
from wallet.vault.places import HEADER_NAME, STORE_NAME
from wallet.vault.store import Vault

_PAGE: Final = 4096
_LOG: Final = f"{STORE_NAME}-wal"
_BACKUP: Final = "all.vcwallet"
_STEPS: Final = 6  # states that are noted
_PER_STEP: Final = 5  # credentials added in each

#: What a vault answers: by a name for the question.
State = Mapping[str, object]


@unique
class Damage(StrEnum):
    """What is done to a file."""

    FLIP = "a flipped bit"
    ZEROS = "zeros"
    NOISE = "random bytes"
    CUT = "truncated"
    PAGE_ZERO = "a page of zeros"
    PAGE_SWAP = "two pages swapped"
    PAGE_OLD = "an old page put back"
    FILE_OLD = "an old file put back"


@unique
class Finding(StrEnum):
    """What opening and asking came to."""

    REFUSED = "refused"
    UNCHANGED = "no effect"
    EARLIER = "an earlier state as a whole"
    MIXED = "earlier answers among present ones"
    WRONG = "WRONG DATA"


#: An old page can only be told from the present one by what its rows say; each row was true once.
_REPLAYS: Final = frozenset({Damage.PAGE_OLD, Damage.FILE_OLD})


@dataclass(slots=True)
class CorruptionResult:
    """What a campaign found.

    Attributes:
        counts: By file, damage and finding.
        wrong: Descriptions of wrong data; must be empty.
    """

    counts: Counter[tuple[str, Damage, Finding]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def found(self, *findings: Finding) -> int:
        return sum(count for (_, _, finding), count in self.counts.items() if finding in findings)


@dataclass(frozen=True, slots=True)
class Filled:
    """A vault that was filled in steps.

    Attributes:
        folders: Copies of its folder after each step, while it was open and had a log, and after that was
            taken into the store; the last two are the present.
        states: What it answered after each of its transactions, the last one the present.
    """

    template: Template
    folders: tuple[tuple[Path, Path], ...]
    states: tuple[State, ...]


def run_corruption(template: Template, work: Path, *, count: int, seed: int) -> CorruptionResult:
    """Damage `count` times and ask each time."""
    filled = fill(template, work / "filled")
    chance, result = random.Random(seed), CorruptionResult()
    targets = (STORE_NAME, STORE_NAME, STORE_NAME, _LOG, _LOG, HEADER_NAME, _BACKUP)
    place = work / "damaged"
    for number in range(count):
        target, damage = chance.choice(targets), chance.choice(tuple(Damage))
        closed = target != _LOG and chance.random() < 0.75
        shutil.copytree(filled.folders[-1][closed], place)
        old = chance.choice(filled.folders[:-1])[closed]
        _do_damage(place / target, old / target, damage, chance)
        finding, told = _ask(place, target, damage, filled)
        result.counts[target, damage, finding] += 1
        if finding is Finding.WRONG:
            result.wrong.append(f"{number} (seed {seed}): {damage} in {target}: {told}")
        shutil.rmtree(place)
    return result


def fill(template: Template, work: Path) -> Filled:
    """Fill a vault step by step, and keep its folder and its answers after each."""
    vault = template.open(work / "vault")
    folders, states = [], [answers(vault)]
    for step in range(_STEPS):
        for number in range(step * _PER_STEP, (step + 1) * _PER_STEP):
            added = vault.add(varied(number), now=NOW)
            states.append(answers(vault))
            if number % 3 == 0:
                vault.set_report(added.id, report(proven=False))
                states.append(answers(vault))
        vault.set_setting("step", str(step))
        states.append(answers(vault))
        VaultEvidence(vault).add(document(data=b'{"id": "did:web:uni.example", "n": %d}' % step))
        states.append(answers(vault))
        logged, whole = work / f"step{step}-open", work / f"step{step}-closed"
        shutil.copytree(vault.folder, logged)  # while it is open: the log belongs to it
        write_backup(vault, logged / _BACKUP, now=NOW)
        vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(vault.folder, whole)
        shutil.copyfile(logged / _BACKUP, whole / _BACKUP)
        folders.append((logged, whole))
    vault.close()
    return Filled(template, tuple(folders), tuple(states))


def answers(vault: Vault) -> State:
    """Ask a vault everything that the program asks."""
    found: dict[str, object] = {"step": vault.setting("step"), "holder": vault.holder_key()}
    listed = vault.list()
    found["ids"] = tuple(one.id for one in listed)
    for one in listed:
        found[f"row {one.id}"] = (one.title, one.sha256, one.issuer_id, one.replaced_by)
        found[f"report {one.id}"] = one.report
        found[f"original {one.id}"] = vault.original(one.id)
        found[f"pinned {one.id}"] = tuple(each.data for each in vault.evidence(one.id))
    found["evidence"] = tuple(each.data for each in VaultEvidence(vault).all())
    found["search"] = frozenset(one.id for one in vault.search("badge"))
    return MappingProxyType(found)


def _ask(place: Path, target: str, damage: Damage, filled: Filled) -> tuple[Finding, str]:
    """Open what was damaged and compare every answer."""
    try:
        vault = (restore_backup(place / _BACKUP, place / "restored", filled.template.secret, now=NOW)
                 if target == _BACKUP else open_vault(place, filled.template.secret, now=NOW))
    except VaultError:
        return Finding.REFUSED, ""
    try:
        found = answers(vault)
    except VaultError:
        return Finding.REFUSED, ""
    finally:
        vault.close()
    if found == filled.states[-1]:
        return Finding.UNCHANGED, ""
    if found in filled.states:
        return Finding.EARLIER, ""
    strange = [name for name, value in found.items() if not _was_true_once(name, value, filled)]
    if strange or damage not in _REPLAYS:
        return Finding.WRONG, ", ".join(strange) or "a mixture without an old page"
    return Finding.MIXED, ""


def _was_true_once(name: str, value: object, filled: Filled) -> bool:
    """Whether every part of an answer was right at some time."""
    known = [state[name] for state in filled.states if name in state]
    if isinstance(value, tuple | frozenset) and name.partition(" ")[0] in (
            "ids", "evidence", "search", "pinned"):
        parts = {part for one in known if isinstance(one, tuple | frozenset) for part in one}
        return set(value) <= parts
    return value in known


def _do_damage(path: Path, old: Path, damage: Damage, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if damage is Damage.FILE_OLD:
        path.write_bytes(old.read_bytes())
        return
    if not data:
        return
    _DAMAGES[damage](data, old.read_bytes(), chance)
    path.write_bytes(data)


def _flip(data: bytearray, _old: bytes, chance: random.Random) -> None:
    bit = chance.randrange(len(data) * 8)
    data[bit // 8] ^= 1 << bit % 8


def _zeros(data: bytearray, _old: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = min(chance.randrange(1, 600), len(data) - start)
    data[start:start + length] = bytes(length)


def _noise(data: bytearray, _old: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = min(chance.randrange(1, 600), len(data) - start)
    data[start:start + length] = chance.randbytes(length)


def _cut(data: bytearray, _old: bytes, chance: random.Random) -> None:
    del data[chance.randrange(len(data)):]


def _page_zero(data: bytearray, _old: bytes, chance: random.Random) -> None:
    start = chance.randrange((len(data) + _PAGE - 1) // _PAGE) * _PAGE
    data[start:start + _PAGE] = bytes(len(data[start:start + _PAGE]))


def _page_swap(data: bytearray, _old: bytes, chance: random.Random) -> None:
    pages = len(data) // _PAGE
    if pages < 2:
        return
    one, other = (number * _PAGE for number in chance.sample(range(pages), 2))
    data[one:one + _PAGE], data[other:other + _PAGE] = data[other:other + _PAGE], data[one:one + _PAGE]


def _page_old(data: bytearray, old: bytes, chance: random.Random) -> None:
    pages = min(len(data), len(old)) // _PAGE
    if not pages:
        return
    start = chance.randrange(pages) * _PAGE
    data[start:start + _PAGE] = old[start:start + _PAGE]


_DAMAGES: Final[Mapping[Damage, Callable[[bytearray, bytes, random.Random], None]]] = MappingProxyType({
    Damage.FLIP: _flip, Damage.ZEROS: _zeros, Damage.NOISE: _noise, Damage.CUT: _cut,
    Damage.PAGE_ZERO: _page_zero, Damage.PAGE_SWAP: _page_swap, Damage.PAGE_OLD: _page_old,
})


def table(result: CorruptionResult) -> str:
    """The counts as text, a line per file and damage."""
    lines = [f"{'file':14}{'damage':24}" + "".join(f"{one.value[:18]:>20}" for one in Finding)]
    for target in sorted({key[0] for key in result.counts}):
        for damage in Damage:
            counts = [result.counts[target, damage, one] for one in Finding]
            lines.append(f"{target:14}{damage.value:24}" + "".join(f"{one:20}" for one in counts))
    return "\n".join(lines)
