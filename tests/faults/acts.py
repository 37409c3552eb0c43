"""What is done while the disk fails: every act that changes a wallet, its keys or a copy of it.

Each says how its wallet is made ready, does what the program does, and says afterwards what is wrong with
what lies there. Where an act counts as done at several moments, it says so through `say`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from tests.conftest import ASSETS
from tests.faults.deaths import NEW_CODE, NEW_PASSPHRASE
from tests.faults.scenes import (
    DONE,
    VAULT,
    Say,
    Scene,
    after,
    all_or_nothing,
    changing,
    contexts,
    credentials,
    filled,
    held,
    state,
    whole,
)
from tests.simulators.issuer import SimulatedIssuer
from tests.vault.merging_vaults import fill
from tests.vault.vaults import NOW, PASSPHRASE, Template
from wallet.model.errors import VaultError
from wallet.operations.intake import ImportOutcome, import_each
from wallet.operations.labels import add_tags, set_note, undo
from wallet.operations.leaving import export_all
from wallet.operations.library import delete
from wallet.operations.merge import merge_copy
from wallet.operations.schedule import BackupPlan, back_up_if_due, set_backup_plan
from wallet.operations.session import Services
from wallet.operations.upkeep import back_up, restore_wallet
from wallet.operations.wallets import lock
from wallet.vault.backup import check_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import Passphrase, RecoveryCode, Secret, create_vault, open_vault, vault_exists
from wallet.vault.envelope import read_envelope
from wallet.vault.integrity import check_integrity
from wallet.vault.rotation import rotate_data_key
from wallet.vault.slots import change_passphrase

_BACKUP: Final = "wallet.vcwallet"
_EXPORT: Final = "everything.vcexport"
_RELEASED: Final = Path(__file__).parent.parent / "vault" / "released" / "1.0"
_FILES: Final = 3


Do: TypeAlias = Callable[[Scene, Path, Say], None]
#: Returns what is wrong, given what was said to be done.
Judge: TypeAlias = Callable[[Scene, Path, Collection[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        name: In the table.
        make: Makes the scene below a folder.
        do: Does it on a live copy, saying what is done.
        judge: Returns what is wrong, given what was said.
    """

    name: str
    make: Callable[[Template, Path], Scene]
    do: Do
    judge: Judge


# --- files that come in


def make_import(template: Template, work: Path) -> Scene:
    scene = filled(template, work)
    issuer = SimulatedIssuer("did:key")
    for number in range(_FILES):
        (scene.beside / f"{number}.json").write_bytes(issuer.badge(title=f"Badge {number}", number=number))
    trial = work / "trial"
    shutil.copytree(scene.source, trial)
    do_import(scene, trial, lambda _: None)
    vault = open_vault(trial / VAULT, scene.secret, now=NOW)
    scene.expected = credentials(vault)
    vault.close()
    return scene


def do_import(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        for row in import_each(session, sorted(scene.beside.iterdir())):
            assert row.outcome is ImportOutcome.ADDED, row
            say(hashlib.sha256((scene.beside / row.name).read_bytes()).hexdigest())
    finally:
        lock(session)


def judge_import(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    try:
        vault = open_vault(live / VAULT, scene.secret, now=NOW)
    except VaultError as error:
        return [f"does not open: {error.reason}"]
    try:
        check_integrity(vault)
        found = credentials(vault)
    except VaultError as error:
        return [f"not sound: {error.reason}"]
    finally:
        vault.close()
    came = {hashlib.sha256(path.read_bytes()).hexdigest() for path in scene.beside.iterdir()}
    problems = [f"{len(set(said) - found.keys())} acknowledged are lost"] if set(said) - found.keys() else []
    if not (scene.expected.keys() - came) <= found.keys():
        problems.append("an earlier credential is lost")
    if any(scene.expected.get(name) != one for name, one in found.items()):
        problems.append("half of a credential")
    return problems


# --- keys


def do_passphrase(scene: Scene, live: Path, say: Say) -> None:
    change_passphrase(live / VAULT, scene.secret, NEW_PASSPHRASE, now=NOW, kdf=FLOOR)
    say(DONE)


def do_rotation(scene: Scene, live: Path, say: Say) -> None:
    rotate_data_key(live / VAULT, scene.secret, passphrase=PASSPHRASE, recovery_code=NEW_CODE, now=NOW,
                    kdf=FLOOR)
    say(DONE)


def one_of(old: Callable[[Scene], Secret], new: Secret) -> Judge:
    """The old or the new secret opens it, never neither and never both."""
    def judge(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
        opening, problems = [], []
        for secret in (old(scene), new):
            try:
                open_vault(live / VAULT, secret, now=NOW).close()
            except VaultError as error:
                if not error.reason.code.value.startswith("vault_wrong_"):
                    problems.append(str(error.reason))
                continue
            opening.append(secret)
        if len(opening) != 1:
            return [*problems, f"{len(opening)} of the two secrets open it"]
        if DONE in said and opening != [new]:
            problems.append("it was said to be done, and the new secret does not open it")
        if left := [path.name for path in (live / VAULT).glob("vault.next*")]:
            problems.append(f"{left} lie there after it was opened")
        return problems + whole(live / VAULT, opening[0], scene.allowed)

    return judge


# --- a new wallet, a newer format


def make_nothing(_template: Template, work: Path) -> Scene:
    """An empty folder."""
    for name in ("source/config", f"source/{VAULT}", "beside"):
        (work / name).mkdir(parents=True)
    return Scene(work / "source", work / "beside", Passphrase(PASSPHRASE))


def do_making(_scene: Scene, live: Path, say: Say) -> None:
    made = create_vault(live / VAULT, PASSPHRASE, now=NOW, kdf=FLOOR)
    say(made.recovery_code)
    made.vault.close()


def judge_making(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    """It is there, with its own key, or can be made anew; the code that was said opens it."""
    if not vault_exists(live / VAULT):
        if said:
            return ["it was said to be made and is not there"]
        do_making(scene, live, lambda _: None)
    secret = RecoveryCode(next(iter(said))) if said else scene.secret
    try:
        vault = open_vault(live / VAULT, secret, now=NOW)
    except VaultError as error:
        return [f"does not open: {error.reason}"]
    try:
        check_integrity(vault)
        return [] if vault.holder_key() and not vault.list() else ["it is not as a new one is"]
    finally:
        vault.close()


def make_old(_template: Template, work: Path) -> Scene:
    facts = json.loads((_RELEASED / "facts.json").read_text("utf-8"))
    source, beside = work / "source", work / "beside"
    (source / VAULT).mkdir(parents=True)
    beside.mkdir()
    (source / "config").mkdir()
    for name in ("vault.head", "vault.db"):
        shutil.copyfile(_RELEASED / name, source / VAULT / name)
    scene = Scene(source, beside, RecoveryCode(facts["recovery_code"]))
    trial = work / "trial"
    shutil.copytree(source, trial)
    vault = open_vault(trial / VAULT, scene.secret, now=NOW)
    scene.allowed = [state(vault)]
    vault.close()
    return scene


def do_opening(scene: Scene, live: Path, say: Say) -> None:
    lock(scene.session(live))
    say(DONE)


# --- copies


def do_backup(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        back_up(session, live / VAULT / _BACKUP)
        say(DONE)
    finally:
        lock(session)


def judge_backup(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    problems, target = all_or_nothing(scene, live, ()), live / VAULT / _BACKUP
    if DONE in said and not target.exists():
        problems.append("the backup that was said to be written is not there")
    return problems + _whole_backups(scene, live)


def _whole_backups(scene: Scene, live: Path) -> list[str]:
    problems = []
    for path in (live / VAULT).glob("*.vcwallet"):
        try:
            check_backup(path, scene.secret)
        except VaultError as error:
            problems.append(f"{path.name}: {error.reason}")
    return problems


def make_planned(template: Template, work: Path) -> Scene:
    """Backups of three months ago; a plan that keeps one."""
    scene = filled(template, work)
    for days in range(-20, -17):
        session = scene.session(scene.source, days=days)
        back_up(session, scene.source / VAULT / f"wallet-{days}.vcwallet")
        lock(session)
    session = scene.session(scene.source)
    set_note(session, session.vault.list()[0].id, "so that there is something to back up")
    scene.allowed = [state(session.vault)]
    lock(session)
    return scene


def do_planned(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        set_backup_plan(session, BackupPlan(live / VAULT, days=1, keep=1))
        made = back_up_if_due(session)
        if made.made:
            say(made.made.path.name)
    finally:
        lock(session)


def judge_planned(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    problems = all_or_nothing(scene, live, ()) + _whole_backups(scene, live)
    if not list((live / VAULT).glob("*.vcwallet")):
        problems.append("not one backup is left")
    return problems + [f"{name} is not there" for name in said if not (live / VAULT / name).exists()]


def make_restore(template: Template, work: Path) -> Scene:
    scene = filled(template, work)
    session = scene.session(scene.source)
    back_up(session, scene.beside / _BACKUP)
    lock(session)
    shutil.rmtree(scene.source / VAULT)
    (scene.source / VAULT).mkdir()
    return scene


def do_restore(scene: Scene, live: Path, say: Say) -> None:
    services = Services(lambda: NOW, contexts(), ASSETS, live / VAULT, live / "config" / "settings.json")
    lock(restore_wallet(services, scene.beside / _BACKUP, live / VAULT, scene.secret))
    say(DONE)


def judge_restore(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    if not vault_exists(live / VAULT):
        if DONE in said:
            return ["it was said to be restored and is not there"]
        do_restore(scene, live, lambda _: None)
    return all_or_nothing(scene, live, said)


def make_merge(template: Template, work: Path) -> Scene:
    scene = filled(template, work)
    other = template.open(work / "other")
    fill(other, range(2, 5), offset=3)
    write_backup(other, scene.beside / _BACKUP, now=NOW)
    other.close()
    return after(scene, work, do_merge)


def do_merge(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        merge_copy(session, scene.beside / _BACKUP, scene.secret)
        say(DONE)
    finally:
        lock(session)


def do_export(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        export_all(session, live / VAULT / _EXPORT)
        say(DONE)
    finally:
        lock(session)


def judge_export(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    """The archive is whole or not there; the log of what left is of the wallet's two states."""
    problems, target = all_or_nothing(scene, live, ()), live / VAULT / _EXPORT
    if target.exists():
        try:
            read_envelope(target, scene.secret, max_bytes=1 << 24)
        except VaultError as error:
            problems.append(f"the archive: {error.reason}")
    elif DONE in said:
        problems.append("the archive that was said to be written is not there")
    return problems


# --- small acts and taking them back


def do_labels(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        add_tags(session, [one.id for one in session.vault.list()], ["kept"])
        say(DONE)
    finally:
        lock(session)


def do_bin(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        delete(session, [one.id for one in session.vault.list()])
        say(DONE)
    finally:
        lock(session)


def make_undo(template: Template, work: Path) -> Scene:
    scene = filled(template, work)
    do_labels(scene, scene.source, lambda _: None)
    return after(replace(scene, allowed=[held(scene, scene.source)]), work, do_undo)


def do_undo(scene: Scene, live: Path, say: Say) -> None:
    session = scene.session(live)
    try:
        undo(session)
        say(DONE)
    finally:
        lock(session)


ACTS: Final = (
    Act("making", make_nothing, do_making, judge_making),
    Act("import", make_import, do_import, judge_import),
    Act("passphrase change", filled, do_passphrase,
        one_of(lambda _: Passphrase(PASSPHRASE), Passphrase(NEW_PASSPHRASE))),
    Act("key rotation", filled, do_rotation, one_of(lambda scene: scene.secret, RecoveryCode(NEW_CODE))),
    Act("migration 1.0 to 1.1", make_old, do_opening, all_or_nothing),
    Act("backup", filled, do_backup, judge_backup),
    Act("scheduled backup", make_planned, do_planned, judge_planned),
    Act("restore", make_restore, do_restore, judge_restore),
    Act("full export", changing(do_export), do_export, judge_export),
    Act("merge", make_merge, do_merge, all_or_nothing),
    Act("tags", changing(do_labels), do_labels, all_or_nothing),
    Act("undo", make_undo, do_undo, all_or_nothing),
    Act("bin", changing(do_bin), do_bin, all_or_nothing),
)
