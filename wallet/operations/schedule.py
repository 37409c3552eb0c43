"""Backups on a plan: where to, how often, how many are kept; made when one is due, old ones cleared away.

The plan is a setting inside the wallet, because a folder says something about a person. Whoever opens or
closes a wallet asks `back_up_if_due`; a folder that is not there now (a stick that is out) is no fault of the
wish under way, it is told. What a backup is and which ones need not be kept is in `wallet.vault`.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from wallet.model.errors import OperationError, WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.vault.backup import BackupSummary, write_backup
from wallet.vault.backups import (
    ENDING,
    BackupFile,
    clear_interrupted,
    look_at,
    newest,
    proven,
    remove,
    surplus,
)

from .logged import logged
from .progress import Progress, stepping
from .session import Session

PLAN: Final = "backup.plan"
MAX_DAYS: Final = 365
MAX_KEPT: Final = 100
_MAX_FILES: Final = 10_000  # of one folder; a folder of backups has a hundred


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """When backups are made by themselves.

    Attributes:
        folder: Where to: a folder on another disk, a stick, a synchronised folder.
        days: A backup is due when the latest one in that folder is this many days old.
        keep: How many of the latest are kept, beside the latest of each month.
    """

    folder: Path
    days: int = 7
    keep: int = 5


@dataclass(frozen=True, slots=True)
class ScheduledBackup:
    """What `back_up_if_due` did.

    Attributes:
        made: The new backup, opened again and found whole; None if none was due or none could be made.
        removed: Older ones that were cleared away afterwards.
        problem: Why a due one could not be made, else None.
    """

    made: BackupSummary | None = None
    removed: tuple[Path, ...] = ()
    problem: Reason | None = None


def backup_plan(session: Session) -> BackupPlan | None:
    """Return the plan, None if there is none."""
    stored = session.vault.setting(PLAN)
    if not stored:
        return None
    try:
        plan: Any = json.loads(stored)
        return _sensible(BackupPlan(Path(plan["folder"]), int(plan["days"]), int(plan["keep"])))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def set_backup_plan(session: Session, plan: BackupPlan | None) -> None:
    """Keep a plan, or none. Numbers outside what makes sense are drawn to the nearest that does.

    Raises:
        OperationError: FILE_MISSING if the folder is not there, so that a slip of the keyboard shows now.
        VaultError: As `Vault.transaction`.
    """
    if plan is None:
        session.vault.set_setting(PLAN, "")
        return
    if not plan.folder.is_dir():
        raise OperationError(reason(ReasonCode.FILE_MISSING, name=plan.folder.name))
    fitting = _sensible(plan)
    session.vault.set_setting(PLAN, json.dumps(
        {"folder": str(fitting.folder.resolve()), "days": fitting.days, "keep": fitting.keep}))


def due(session: Session) -> bool:
    """Tell whether a planned backup should be made: the latest is old, and something changed since."""
    plan = backup_plan(session)
    if plan is None:
        return False
    latest = newest(_own_files(session, plan), session.vault.id, before=session.now())
    if latest is None or latest.created is None:
        return True
    return latest.generation < session.vault.generation and session.now() - latest.created >= _age(plan)


@logged
def back_up_if_due(session: Session, progress: Progress | None = None) -> ScheduledBackup:
    """Make a planned backup if one is due, and clear older ones away once it was found whole. Never raises.

    Only backups under this wallet's own present key are cleared away, and never one of the latest or the
    latest of a month. Those from before the key was changed stay.
    """
    plan = backup_plan(session)
    if plan is None or not due(session):
        return ScheduledBackup()
    try:
        made = write_backup(session.vault, free_name(plan.folder, session.now()), now=session.now(),
                            step=stepping(progress, plan.folder.name))
    except WalletError as error:
        return ScheduledBackup(problem=error.reason)
    clear_interrupted(plan.folder, session.now())
    removed = tuple(one.path for one in surplus(_own_files(session, plan), session.vault.id, keep=plan.keep)
                    if one.path != made.path and remove(one))
    return ScheduledBackup(made, removed)


@logged
def back_up_by_plan(session: Session) -> BackupSummary:
    """Make a backup into the plan's folder now, due or not.

    Raises:
        OperationError: BACKUP_UNPLANNED.
        VaultError: As `write_backup`.
    """
    plan = backup_plan(session)
    if plan is None:
        raise OperationError(reason(ReasonCode.BACKUP_UNPLANNED))
    return write_backup(session.vault, free_name(plan.folder, session.now()), now=session.now())


def backup_files(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups right in a folder, latest first; none if the folder is not there."""
    try:
        paths = sorted(path for path in folder.iterdir()
                       if path.suffix == ENDING and not path.name.startswith("."))[:_MAX_FILES]
    except OSError:
        return ()
    found = [look_at(path) for path in paths]
    return tuple(sorted(found, key=lambda one: one.created.isoformat() if one.created else "", reverse=True))


def free_name(folder: Path, now: datetime) -> Path:
    """Return a name for a new backup that says when it was made, and nothing about whose it is."""
    stem = f"wallet-{now:%Y-%m-%d-%H%M}"
    target, number = folder / f"{stem}{ENDING}", 2
    while os.path.lexists(target):  # which says no, and does not fail, where nobody may look
        target, number = folder / f"{stem}-{number}{ENDING}", number + 1
    return target


def _own_files(session: Session, plan: BackupPlan) -> tuple[BackupFile, ...]:
    return proven(session.vault, backup_files(plan.folder))


def _age(plan: BackupPlan) -> timedelta:
    # An hour's grace: who opens her wallet every week on the same evening has a backup every week.
    return timedelta(days=plan.days) - timedelta(hours=1)


def _sensible(plan: BackupPlan) -> BackupPlan:
    return BackupPlan(plan.folder, min(max(plan.days, 1), MAX_DAYS), min(max(plan.keep, 1), MAX_KEPT))
