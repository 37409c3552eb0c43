"""How strong a passphrase is, in five steps, estimated by the zxcvbn library."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason

#: Below this score a wallet is not created: such a passphrase falls within hours.
MIN_SCORE = 2
_MAX_RATED_CHARS = 72  # the estimate is quadratic in length, and longer ones are strong anyway


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

    score = int(zxcvbn(passphrase[:_MAX_RATED_CHARS])["score"])
    if len(passphrase) > _MAX_RATED_CHARS:
        score = max(score, 3)
    return Strength(score, acceptable=score >= MIN_SCORE)


def demand_strength(passphrase: str) -> None:
    """Refuse a passphrase that would not protect anything.

    Raises:
        OperationError: PASSPHRASE_EMPTY or PASSPHRASE_WEAK.
    """
    if not passphrase.strip():
        raise OperationError(reason(ReasonCode.PASSPHRASE_EMPTY))
    if not strength(passphrase).acceptable:
        raise OperationError(reason(ReasonCode.PASSPHRASE_WEAK))
