"""When a wish cannot be done: the three sentences a person is told."""

from __future__ import annotations

from wallet.model.reasons import Reason, ReasonCode

from .at_prompt import AT_PROMPT
from .keeping import KEEPING
from .operating import FAILURES, UNCHANGED, Failure
from .reading import READING
from .reasons import reason_text
from .requesting import REQUESTING
from .text import Translate, fill, keep

__all__ = ["Failure", "failure"]

_TOLD = {**FAILURES, **REQUESTING, **KEEPING}
_TRY_FILE = "Try again with the file as you first received it."
_SEE_RESULT = "Look at the result for what to do."


def failure(reason: Reason, translate: Translate = keep, *, at_prompt: bool = False) -> Failure:
    """Return what to tell a person whose wish ended with this reason.

    Args:
        reason: Why it ended.
        translate: Into the person's language.
        at_prompt: Whether she types commands, so that what to do next is one.
    """
    known = _TOLD.get(reason.code)
    if known is None:
        advice = _TRY_FILE if reason.code in READING else _SEE_RESULT
        return Failure(reason_text(reason, translate), translate(UNCHANGED), translate(advice))
    values = dict(reason.params)
    # Inside a check an internal fault has a sentence of its own; here it is the wish that failed.
    internal = reason.code is ReasonCode.INTERNAL_ERROR
    what = fill(known.what, values, translate) if internal else reason_text(reason, translate)
    following = AT_PROMPT.get(reason.code, known.next) if at_prompt else known.next
    return Failure(what, fill(known.safe, values, translate), fill(following, values, translate))
