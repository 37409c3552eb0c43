"""Sentences for keys, backups, merging and leaving a wallet: what is wrong, what is safe, what to do."""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

from .operating import UNCHANGED, Failure

_SAFE: Final = "Your wallet was not changed, and nothing in it is lost."
_REST: Final = "What could be read is in your wallet."

#: The recovery sheet for the command line; the window draws its own page.
SHEET_TITLE: Final = "Recovery sheet"
SHEET_ABOVE: Final = (
    "This code opens your wallet if you forget the passphrase. Keep this page where you keep important "
    "papers, away from the computer.")
SHEET_BELOW: Final = (
    "Whoever has this page and a copy of your wallet can open it.",
    "Nobody can reset it: without passphrase and without this page, the wallet stays closed.",
    ("To use it: choose “Use my recovery sheet” in the window, or add --recovery-code to a command, and type "
     "the groups in this order."),
)

KEEPING: Final[dict[R, Failure]] = {
    # --- backups and merging ---
    R.BACKUP_UNPLANNED: Failure(
        "No backup plan is set.",
        _SAFE,
        "Choose a folder under “Backups” in the settings, or save a backup into a file.",
    ),
    R.VAULT_BROUGHT_FORWARD: Failure(
        "The wallet was brought to the form that this version of the program uses[[, {found}]].",
        "A copy in the old form is kept until the wallet was opened once more.",
        "Make a new backup when it suits you.",
    ),
    R.VAULT_DIVERGED: Failure(
        "Another copy of this wallet lies beside it[[: “{name}”]]. Both were changed.",
        "Both copies are kept as they are.",
        "Press “Compare…” under “Backups” in the settings to bring the other one in: nothing comes in twice, "
        "nothing is deleted.",
    ),
    R.MERGE_ITSELF: Failure(
        "This is the very wallet that is open.", _SAFE, "Choose a backup, or the folder of another copy."
    ),
    # --- the learner's own words ---
    R.LABEL_REFUSED: Failure(
        "That is too long, or too much, for {what}[[: at most {limit}]].", _SAFE, "Make it shorter."
    ),
    R.BUNDLE_NOT_FOUND: Failure(
        "There is no such bundle, or more than one[[: “{name}”]].",
        _SAFE,
        "Look at your bundles: it may have another name now.",
    ),
    R.NOTHING_TO_UNDO: Failure(
        "There is nothing to take back.", _SAFE, "Deleted credentials are in the bin: look there."
    ),
    # --- exports, our own and those of other wallets ---
    R.EXPORT_LOCKED: Failure(
        "This file is locked with a passphrase[[: “{name}”]].",
        _SAFE,
        "Press “Move in…” under “Moving” in the settings, and give the passphrase it was made with.",
    ),
    R.EXPORT_WRONG_PASSPHRASE: Failure(
        "The passphrase does not open this file[[: “{name}”]], or the file is damaged.",
        _SAFE,
        "Try the passphrase that the other wallet asked for when the file was made.",
    ),
    R.EXPORT_DAMAGED: Failure(
        "The export is damaged or not complete[[: {what}]].", _SAFE, "Make it again, or use an older one."
    ),
    R.EXPORT_MORE_INSIDE: Failure(
        "Labels, bundles and records are in this export too, and stayed there[[: “{name}”]].",
        "The credentials in it were taken.",
        "Press “Move in…” under “Moving” in the settings for the rest, if the export is your own.",
    ),
    R.LEFT_KEY: Failure(
        "A private key lies open in this file[[: “{name}”]]. It was not taken.",
        _REST,
        "Move in with this file again and tick its secret keys if you need it, then delete the file: who "
        "has it can act in your name.",
    ),
    R.LEFT_KEY_UNKNOWN: Failure(
        "A key in this file is of a kind that is not used here, or does not fit its own name[[: “{name}”]].",
        _REST,
        "Keep the file in a safe place if you still need that key.",
    ),
    R.LEFT_NO_CREDENTIAL: Failure(
        "This part of the file is no credential, and was not taken[[: {what}]].",
        _REST,
        "Keep the file if that part matters to you.",
    ),
    R.LEFT_ARCHIVE: Failure(
        "There is an archive inside the archive[[: “{name}”]]. It was not opened.",
        _REST,
        "Unpack it, and use the files in it.",
    ),
    # --- documents saved without a wallet, and beliefs about issuers ---
    R.SAVED_EVIDENCE_DAMAGED: Failure(
        "The file of saved documents is damaged[[: “{name}”]]. It was left out.",
        "No credential and no wallet depends on it.",
        "Save the documents again: that replaces the file.",
    ),
    R.SAVED_EVIDENCE_FULL: Failure(
        "There is no room for more saved documents[[ ({limit})]].",
        "What was saved before is still there.",
        "Remove documents that you no longer need.",
    ),
    R.PIN_NO_KEY: Failure(
        "No key of {issuer} is at hand to compare.",
        "Nothing was changed.",
        "Add the issuer's key document first.",
    ),
    R.PIN_OTHER_KEY: Failure(
        "What you entered is not the fingerprint of a key that {issuer} lists.",
        "Nothing was changed.",
        "Compare again; if it still differs, do not rely on this issuer and ask it.",
    ),
    R.BELIEF_NONE: Failure(
        "Nothing of your own is noted about {issuer}.",
        "Nothing was changed.",
        "Look at the list of issuers for the exact address.",
    ),
    R.BELIEF_NOTHING_TO_UNDO: Failure(
        "There is nothing to take back about {issuer}.", "Nothing was changed.", "Look at its log."
    ),
    # --- quick unlock, places, keys of the learner's own ---
    R.KEYCHAIN_NONE: Failure(
        "This computer offers no safe place to keep a key for quick unlock[[ ({found} is none)]].",
        "Your wallet opens with its passphrase, as always.",
        "Use the passphrase. On Linux, a password service of the desktop has to be running.",
    ),
    R.KEYCHAIN_SILENT: Failure(
        "The computer's own password store did not answer, or was not opened.",
        "Your wallet opens with its passphrase, as always.",
        "Type the passphrase.",
    ),
    R.KEYCHAIN_LOST: Failure(
        "Quick unlock no longer works on this computer: what was kept for it is gone or has changed.",
        "Your wallet opens with its passphrase, as always. Nothing in it is lost.",
        "Type the passphrase, then switch quick unlock on again if you like it.",
    ),
    R.QUICK_UNLOCK_OFF: Failure(
        "Quick unlock is not switched on for this wallet.",
        "Nothing was changed.",
        "Type the passphrase. It can be switched on under “Unlocking” in the settings.",
    ),
    R.QUICK_UNLOCK_ENDED: Failure(
        "The time that you chose for quick unlock is over[[: it ended {until}]].",
        "Your wallet opens with its passphrase, as always.",
        "Type the passphrase, then switch quick unlock on again if you like it.",
    ),
    R.VAULT_ON_NETWORK: Failure(
        "This wallet lies on a network drive[[ ({found})]], so only one program can have it open at a time.",
        "What is saved is saved; a break of the connection can make saving fail.",
        "Keep the wallet on this computer's disk and its backups on the drive.",
    ),
    R.VAULT_IN_SYNCED_FOLDER: Failure(
        "This wallet lies in a folder that is copied to other computers[[ ({found})]], so only one program "
        "can have it open at a time.",
        "What is saved is saved. Two computers that change it at the same time make two wallets of it.",
        "Keep the wallet outside, and put its backups into that folder.",
    ),
    R.HOLDER_KEY_NOT_FOUND: Failure(
        "There is no key of your own[[ called {name}]], or more than one.",
        "Nothing was changed.",
        "Look at “Your keys” in the settings.",
    ),
    R.HOLDER_KEY_LAST: Failure(
        "This is the only key of your own that is in use. Without one, nothing can be shared.",
        "Nothing was changed.",
        "Make a new key first, under “Your keys” in the settings.",
    ),
    R.KEY_FILE_UNREADABLE: Failure(
        "This file holds no key that this program can take over[[: “{name}”]].",
        "Nothing was changed.",
        "Give a key file of kind Ed25519, as this program writes it or in the form called JWK.",
    ),
    R.KEY_FILE_LOCKED: Failure(
        "The passphrase does not open this key file[[: “{name}”]], or the file is damaged.",
        "Nothing was changed.",
        "Use the passphrase that was chosen when the file was made.",
    ),
    # --- issuer lists ---
    R.LIST_SEAL: Failure(
        "The seal of the list[[ “{name}”]] could not be confirmed[[: {because}]]",
        "The list as it was before stays in force.",
        "Get the list, and the key that it is sealed with, from those who keep it once more.",
    ),
    R.LIST_KEY_MISSING: Failure(
        "The list[[ “{name}”]] is sealed, and you have not said with whose key.",
        UNCHANGED,
        "Ask those who keep the list for their key, and give it together with the list.",
    ),
    R.LIST_UNSEALED: Failure(
        "The list[[ “{name}”]] came without a seal, and its versions before had one.",
        "The list as it was before stays in force.",
        "Get the list again from those who keep it.",
    ),
    R.LIST_OLDER: Failure(
        "This version of the list[[ “{name}”]] is not newer than the one you have[[: it has the number "
        "{found}, yours {kept}]][[: it is of {dated}, yours of {recorded}]].",
        "The list as it was before stays in force.",
        "Keep what you have, or remove the list first.",
    ),
    R.LIST_ENDED: Failure(
        "The list[[ “{name}”]] has passed its own end[[, {date}]].",
        UNCHANGED,
        "Bring it up to date, or ask those who keep it.",
    ),
    R.LIST_NOT_LOADED: Failure(
        "The list[[ “{name}”]] is not here[[: {address}]].", UNCHANGED, "Bring your lists up to date online."
    ),
    R.LIST_KNOWN: Failure(
        "This list is in force already[[: “{name}”]].", UNCHANGED, "Bring it up to date, or change its place."
    ),
    R.LIST_KIND: Failure(
        "The list[[ “{name}”]] is of a kind that this program cannot look into.", UNCHANGED,
        "The other lists are asked as before."
    ),
    R.LIST_UNKNOWN: Failure(
        "No such list is in force[[: “{name}”]].",
        UNCHANGED,
        "Look at the lists under “Keys and lists” in the settings.",
    ),
    R.STATEMENT_REFUSED: Failure(
        "What {issuer} says about its members does not hold[[ ({what})]].",
        "Nothing was believed because of it.",
        "Bring your lists up to date, or ask those who keep them.",
    ),
    # --- what is no sealed file ---
    R.PDF_EMPTY: Failure(
        "There is no credential inside this PDF.",
        UNCHANGED,
        "Keep it as a document. The links found in it are kept too.",
    ),
    R.PAGE_EMPTY: Failure(
        "There is no credential on this page of {host}.",
        UNCHANGED,
        "Keep the page as a document with its link.",
    ),
    R.LIST_UNREADABLE: Failure(
        "What {host} answered is no list of badges that we know.",
        UNCHANGED,
        "Bring in the badges one by one, by the address of each.",
    ),
    R.EXPORT_FOREIGN: Failure(
        "The archive holds none of the tables of a LinkedIn export.",
        UNCHANGED,
        "Ask LinkedIn for a copy of your data, and give the archive as it comes.",
    ),
    R.ENTRY_UNTITLED: Failure("It has no title.", UNCHANGED, "Give it one that tells you what it is."),
    R.ENTRY_SEALED: Failure(
        "Only entries of your own can be changed, not what others said[[: “{name}”]].",
        UNCHANGED,
        "Add a statement of your own beside it.",
    ),
}
