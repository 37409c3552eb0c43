"""Sentences for wishes that cannot be done: what happened, what is safe, what to do. Templates only.

No credential is at fault here. Nothing here promises that something was erased, or cannot be tampered with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wallet.model.reasons import ReasonCode as R


@dataclass(frozen=True, slots=True)
class Failure:
    """Three sentences for a person whose wish was not done.

    Attributes:
        what: What happened.
        safe: What is not affected.
        next: What to do.
    """

    what: str
    safe: str
    next: str


UNCHANGED = "Nothing was changed."
_WALLET_SAFE = "Your wallet was not changed, and nothing in it is lost."
_NOTHING_LEFT = "Nothing left this computer."

FAILURES: Final[dict[R, Failure]] = {
    # --- files and arguments ---
    R.FILE_MISSING: Failure("There is no file[[ “{name}”]].", UNCHANGED, "Check the name and the folder."),
    R.FILE_NOT_REGULAR: Failure(
        "This is no ordinary file[[: “{name}”]].", UNCHANGED, "Choose a file, or a folder together with -r."
    ),
    R.FILE_UNREADABLE: Failure(
        "The file or folder cannot be opened[[: “{name}”]].",
        UNCHANGED,
        "Check whether you may read it, and whether the disk is still there.",
    ),
    R.FOLDER_UNWRITABLE: Failure(
        "Nothing can be written in the folder[[ “{name}”]].", UNCHANGED, "Choose another folder."
    ),
    R.DISK_FULL: Failure(
        "The disk is full.", "What was saved before is still there.", "Free some space, then do it again."
    ),
    R.EVIDENCE_UNREADABLE: Failure(
        "This is no key document, withdrawal list, issuer list or map of such[[: “{name}”]].",
        UNCHANGED,
        "Give a map, a folder, or one document that names itself.",
    ),
    R.EVIDENCE_ADDRESS: Failure(
        "Nothing can be kept or found under this address[[: {found}]].[[ The map names “{name}” for it, "
        "which is not in the map's own folder.]]",
        UNCHANGED,
        "Give the full address, as the credential names it; put the files of a map beside it.",
    ),
    R.EVIDENCE_CONTEXT: Failure(
        "A vocabulary was supplied[[: {found}]]. It decides what a seal means, so it is not taken without "
        "your word.",
        UNCHANGED,
        "The window does not take it. Ask whoever needs it for a credential that uses known words only.",
    ),
    R.NOTHING_TO_SHARE: Failure(
        "There is nothing to share.", _NOTHING_LEFT, "Choose at least one credential."
    ),
    R.SHOWN_NOT_GIVEN: Failure(
        "This is somebody's answer to another person's question, not a credential to keep.",
        UNCHANGED,
        "Ask the issuer for the credential itself. The answer can still be checked.",
    ),
    R.SHARE_NOT_GOOD: Failure(
        "The pack did not pass its own check as a receiver would do it[[: {because}]]",
        _NOTHING_LEFT,
        "Check the credentials inside; leave out what is marked.",
    ),
    R.SHARE_TOO_LARGE: Failure(
        "It is too much for QR codes.", _NOTHING_LEFT, "Share it as a file, or choose fewer credentials."
    ),
    R.SHARE_UNSUITABLE: Failure(
        "A share pack cannot carry this kind of credential[[: “{name}”]].",
        _NOTHING_LEFT,
        "Export the original file instead.",
    ),
    R.CREDENTIAL_NOT_FOUND: Failure(
        "{found} has this id[[: {name}]].", UNCHANGED, "Look at the list for the ids."
    ),
    R.CANCELLED: Failure("You stopped it.", "What was done before stays done.", "Start it again to go on."),
    # --- the wallet ---
    R.VAULT_MISSING: Failure(
        "There is no wallet in this place.", UNCHANGED, "Make one, or choose the folder it is in."
    ),
    R.VAULT_EXISTS: Failure(
        "There is a wallet in this place already.", _WALLET_SAFE, "Open it, or choose another folder."
    ),
    R.VAULT_DAMAGED: Failure(
        "The wallet's file is damaged.",
        "Its backups are not affected, and nothing more was written to it.",
        "Restore your latest backup into a new folder, and keep the damaged one.",
    ),
    R.VAULT_WRONG_PASSPHRASE: Failure(
        "The passphrase does not open this wallet.",
        _WALLET_SAFE,
        "Try again; look for Caps Lock and the keyboard's language. Your recovery sheet opens it too.",
    ),
    R.VAULT_WRONG_RECOVERY_CODE: Failure(
        "This recovery code belongs to another wallet, or to an older set-up of this one.",
        _WALLET_SAFE,
        "Use the recovery sheet that was printed last for this wallet.",
    ),
    R.RECOVERY_CODE_TYPO: Failure(
        "The recovery code has a slip in it[[: {what}]].",
        _WALLET_SAFE,
        "Compare it with your recovery sheet, group by group.",
    ),
    R.VAULT_NEWER: Failure(
        "This wallet was last used by a newer version of this program.",
        _WALLET_SAFE,
        "Install the newer version.",
    ),
    R.VAULT_OLDER_COPY: Failure(
        "This is an older copy of the wallet that this computer knows.",
        _WALLET_SAFE,
        "If you restored it on purpose, go on; else look for the newer copy.",
    ),
    R.VAULT_FOREIGN: Failure(
        "The file in this place is no wallet.", UNCHANGED, "Choose the folder of your wallet."
    ),
    R.VAULT_BUSY: Failure(
        "The wallet is open in another window or program.", _WALLET_SAFE, "Close it there, then try again."
    ),
    R.VAULT_READ_ONLY: Failure(
        "The wallet's folder is write-protected, so it is open for reading only.",
        _WALLET_SAFE,
        "Allow writing in that folder, or move the wallet.",
    ),
    R.VAULT_LOCKED: Failure("The wallet is locked.", _WALLET_SAFE, "Unlock it with your passphrase."),
    R.VAULT_UNSAFE_PLACE: Failure(
        "This place is not safe for a wallet[[: {found}]].",
        UNCHANGED,
        "Choose a folder of your own on this computer's disk.",
    ),
    R.VAULT_MEMORY: Failure(
        "This computer has too little free memory to open the wallet[[: {needed} are needed]].",
        _WALLET_SAFE,
        "Close other programs, then try again.",
    ),
    R.PASSPHRASE_EMPTY: Failure(
        "The passphrase is empty.", UNCHANGED, "Choose one that only you know: four or more words are good."
    ),
    R.PASSPHRASE_WEAK: Failure(
        "The passphrase would be guessed quickly.",
        UNCHANGED,
        "Choose a longer one: four or more words that do not belong together.",
    ),
    R.BACKUP_DAMAGED: Failure(
        "The backup is damaged or not complete.", _WALLET_SAFE, "Use an earlier backup, and make a new one."
    ),
    R.BACKUP_EXISTS: Failure(
        "There is a file of this name already.", _WALLET_SAFE, "Choose another name for the backup."
    ),
    R.INTERNAL_ERROR: Failure(
        "A fault in this program stopped it[[ ({kind})]].",
        "What was saved before is still there.",
        "Try again. If it happens again, tell us what you did.",
    ),
}

#: What happened, for the table of all reasons. An internal fault in a check has a sentence of its own there.
HAPPENED: Final[dict[R, str]] = {
    code: failure.what for code, failure in FAILURES.items() if code is not R.INTERNAL_ERROR
}
