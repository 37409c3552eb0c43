"""Exit codes: what a script learns from a run. Proven bad and could not decide are never the same number."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, unique
from typing import Final

from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Verdict


@unique
class ExitCode(IntEnum):
    """Every number the command line ends with."""

    ACCEPTED = 0
    REJECTED = 1
    USAGE = 2
    UNDECIDED = 3
    UNREADABLE = 4  # also: a file or folder could not be read or written
    LOCKED = 5
    INTERNAL = 70  # a fault of this program; never mistaken for an answer
    INTERRUPTED = 130


#: Severity within a batch, worst first.
_WORST_FIRST: Final = (ExitCode.REJECTED, ExitCode.UNREADABLE, ExitCode.UNDECIDED, ExitCode.ACCEPTED)

_OF_VERDICT: Final = {
    Verdict.VALID: ExitCode.ACCEPTED,
    Verdict.MALFORMED: ExitCode.UNREADABLE,
    Verdict.UNDETERMINED: ExitCode.UNDECIDED,
}

_LOCKED: Final = frozenset(
    {
        R.VAULT_WRONG_PASSPHRASE,
        R.VAULT_WRONG_RECOVERY_CODE,
        R.RECOVERY_CODE_TYPO,
        R.VAULT_LOCKED,
        R.VAULT_BUSY,
        R.EXPORT_LOCKED,
        R.EXPORT_WRONG_PASSPHRASE,
        R.KEYCHAIN_NONE,
        R.KEYCHAIN_SILENT,
        R.KEYCHAIN_LOST,
        R.QUICK_UNLOCK_OFF,
        R.QUICK_UNLOCK_ENDED,
        R.KEY_FILE_LOCKED,
    }
)
_USAGE: Final = frozenset(
    {
        R.NOTHING_TO_SHARE,
        R.CREDENTIAL_NOT_FOUND,
        R.PASSPHRASE_EMPTY,
        R.PASSPHRASE_WEAK,
        R.EVIDENCE_ADDRESS,
        R.EVIDENCE_CONTEXT,
        R.PIN_NO_KEY,
        R.PIN_OTHER_KEY,
        R.BELIEF_NONE,
        R.BELIEF_NOTHING_TO_UNDO,
        R.LIST_KEY_MISSING,
        R.LIST_KNOWN,
        R.LIST_UNKNOWN,
        R.VAULT_EXISTS,
        R.VAULT_MISSING,
        R.VAULT_UNSAFE_PLACE,
        R.BACKUP_EXISTS,
        R.NETWORK_OFF,
        R.REQUEST_NOT_ALLOWED,
        R.RENEWAL_NONE,
        R.BACKUP_UNPLANNED,
        R.MERGE_ITSELF,
        R.LABEL_REFUSED,
        R.BUNDLE_NOT_FOUND,
        R.NOTHING_TO_UNDO,
        R.HOLDER_KEY_NOT_FOUND,
        R.HOLDER_KEY_LAST,
        R.ENTRY_UNTITLED,
        R.ENTRY_SEALED,
        R.ADDRESS_UNREADABLE,
        R.ADDRESS_INSECURE,
        R.ADDRESS_CREDENTIALS,
        R.ADDRESS_PORT,
        R.ADDRESS_NUMERIC,
        R.ADDRESS_INNER,
    }
)
_REFUSED: Final = frozenset(
    {
        R.LIST_SEAL,
        R.LIST_UNSEALED,
        R.LIST_OLDER,
        R.SHARE_NOT_GOOD,
        R.SHARE_UNSUITABLE,
        R.SHARE_TOO_LARGE,
        R.PACK_ENDED,
        R.RENEWAL_OTHER,
        R.RENEWAL_UNPROVEN,
    }
)


def code_of_verdict(verdict: Verdict) -> ExitCode:
    """Return the exit code of one machine verdict."""
    return _OF_VERDICT.get(verdict, ExitCode.REJECTED)


def code_of_failure(code: R) -> ExitCode:
    """Return the exit code of a wish that was not done."""
    if code in _LOCKED:
        return ExitCode.LOCKED
    if code in _USAGE:
        return ExitCode.USAGE
    if code in _REFUSED:
        return ExitCode.REJECTED
    if code is R.CANCELLED:
        return ExitCode.INTERRUPTED
    return ExitCode.INTERNAL if code is R.INTERNAL_ERROR else ExitCode.UNREADABLE


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the code of a batch; an empty one has nothing to accept and nothing to reject."""
    return min(codes, key=_WORST_FIRST.index, default=ExitCode.ACCEPTED)
