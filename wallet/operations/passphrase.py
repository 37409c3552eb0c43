"""How strong a passphrase is, in five steps, estimated by the zxcvbn library."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason

#: Below this score a wallet is not created: such a passphrase falls within hours.
MIN_SCORE = 2
_MAX_RATED_CHARS = 72  # the estimate is quadratic in length, and longer ones are strong anyway
_MAX_NORMALISED_CHARS = 4 * 1024


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate.

    Attributes:
        score: 0 (falls at once) to 4 (very strong).
        acceptable: Whether a wallet may be created with it.
    """

    score: int
    acceptable: bool


def strength(passphrase: str) -> Strength:
    """Estimate the strength of a passphrase. The text is not kept."""
    if not passphrase:
        return Strength(0, acceptable=False)
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists cost 40 ms, only this wish needs them

    # As the key is made from it: a wide or a bold letter is the letter it stands for.
    counted = unicodedata.normalize("NFKC", passphrase[:_MAX_NORMALISED_CHARS])
    score = int(zxcvbn(counted[:_MAX_RATED_CHARS])["score"])
    if len(counted) > _MAX_RATED_CHARS:
        score = max(score, 3)
    return Strength(score, acceptable=score >= MIN_SCORE)


def demand_strength(passphrase: str) -> None:
    """Refuse a passphrase that would not protect anything.

    Raises:
        OperationError: PASSPHRASE_EMPTY or PASSPHRASE_WEAK.
    """
    if not unicodedata.normalize("NFKC", passphrase[:_MAX_NORMALISED_CHARS]).strip():
        raise OperationError(reason(ReasonCode.PASSPHRASE_EMPTY))
    if not strength(passphrase).acceptable:
        raise OperationError(reason(ReasonCode.PASSPHRASE_WEAK))
