"""The recovery code: a new one, comparing what was typed back, and the sheet as text and as a picture.

The code is kept nowhere, so a sheet can only be made while the code is at hand: when it was made, or when
it is typed in. A new code is shown and typed back before it opens anything.
"""

from __future__ import annotations

from pathlib import Path

from wallet.model.sharing import QrFrame
from wallet.share.qr import draw
from wallet.vault.container import RecoveryCode, Secret
from wallet.vault.recovery import new_entropy, recovery_entropy, recovery_text
from wallet.vault.recovery import wrong_groups as compared
from wallet.vault.slots import change_recovery_code
from wallet.vault.unlocking import read_vault_header, unlock
from wallet.wording.keeping import SHEET_ABOVE, SHEET_BELOW, SHEET_TITLE
from wallet.wording.text import Translate, keep

from .files import atomic_write
from .logged import logged
from .session import Services, Session

GROUPS_PER_LINE = 3


def fresh_recovery_code() -> str:
    """Make a code that opens nothing yet: show it, have it typed back, then put it to use."""
    return recovery_text(new_entropy())


def is_same_code(typed: str, code: str) -> bool:
    """Return whether what was typed is this code, in any writing that would open the wallet.

    Raises:
        VaultError: RECOVERY_CODE_TYPO, with what is wrong.
    """
    return recovery_entropy(typed) == recovery_entropy(code)


def wrong_groups(typed: str, code: str) -> tuple[int, ...]:
    """Return which groups of a typed code are not those of this one, counted from 1; empty if it is the code.

    It says where to look, never what stands there.
    """
    return compared(typed, code)


@logged
def renew_recovery_code(services: Services, folder: Path, secret: Secret, code: str, *,
                        session: Session | None = None) -> None:
    """Let this code open the wallet, and the one before no longer.

    Args:
        services: The program.
        folder: The wallet's.
        secret: What opens it now, asked for again.
        code: From `fresh_recovery_code`, typed back.
        session: Of this wallet, where it is open in this program.

    Raises:
        VaultError: RECOVERY_CODE_TYPO, VAULT_WRONG_PASSPHRASE and kin, FOLDER_UNWRITABLE, DISK_FULL.
    """
    change_recovery_code(folder, secret, code, now=services.clock(), vault=session.vault if session else None)


def demand_own_code(folder: Path, code: str) -> None:
    """Make sure that a typed code opens this wallet, before a sheet is made from it.

    Raises:
        VaultError: RECOVERY_CODE_TYPO, VAULT_WRONG_RECOVERY_CODE, VAULT_MISSING and kin.
    """
    unlock(read_vault_header(folder), RecoveryCode(code))


def code_groups(code: str) -> tuple[str, ...]:
    """Return the groups as they are printed, whatever way the code was typed."""
    return tuple(recovery_text(recovery_entropy(code)).split("-"))


def recovery_qr(code: str) -> tuple[QrFrame, ...]:
    """Return the code as QR pictures for the screen or a sheet; one suffices. It leads to no website."""
    text = "-".join(code_groups(code))
    return (QrFrame(text, draw(text), 1, 1),)


def sheet_text(code: str, translate: Translate = keep) -> str:
    """Return the sheet as plain text. It names no person, no folder and no date."""
    groups = code_groups(code)
    lines = ["   ".join(groups[start:start + GROUPS_PER_LINE])
             for start in range(0, len(groups), GROUPS_PER_LINE)]
    parts = (translate(SHEET_TITLE), translate(SHEET_ABOVE), "\n".join(f"    {line}" for line in lines),
             *(translate(one) for one in SHEET_BELOW))
    return "\n\n".join(parts) + "\n"


def save_sheet(code: str, path: Path) -> Path:
    """Write the sheet: a `.png` is the QR code alone, everything else the text.

    Raises:
        VaultError: RECOVERY_CODE_TYPO.
        OperationError: FOLDER_UNWRITABLE or DISK_FULL.
    """
    picture = path.suffix.casefold() == ".png"
    atomic_write(path, recovery_qr(code)[0].png if picture else sheet_text(code).encode("utf-8"))
    return path
