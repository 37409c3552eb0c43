"""Check 4 in the light of what the learner believes, and what is noticeable about the issuer's address.

Lists speak in `checks.recognition`; her own word goes before theirs, and neither decides the verdict. A pin
speaks of one key: it makes no key the issuer's, and a seal by another one is no longer recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wallet.codec.dates import format_datetime
from wallet.model.beliefs import Belief
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, Outcome
from wallet.trust.beliefs import Stand, stand
from wallet.trust.names import name_notes


def with_belief(row: Check, belief: Belief | None, thumbprint: str) -> Check:
    """Return the row of check 4 with the learner's own word.

    Args:
        row: What the lists say.
        belief: Hers about this issuer, None if she has none.
        thumbprint: Of the key that opened the seal, "" if none did.
    """
    if belief is None:
        return row
    date = format_datetime(belief.at)
    named = (reason(ReasonCode.ISSUER_OWN_NAME, name=belief.name),) if belief.name else ()
    standing = stand(belief, thumbprint)
    if standing is Stand.PINNED:
        pinned = reason(ReasonCode.ISSUER_PINNED, issuer=belief.issuer_id, date=date, name=belief.name)
        if row.outcome is Outcome.PASSED:
            return replace(row, notes=(*row.notes, pinned))
        return replace(row, outcome=Outcome.PASSED, reason=pinned)
    if standing is Stand.OTHER_KEY:
        other = reason(ReasonCode.ISSUER_PIN_DIFFERS, issuer=belief.issuer_id, date=date)
        return replace(row, outcome=Outcome.UNDETERMINED, reason=other, notes=(*row.notes, *named))
    if standing is Stand.DISTRUSTED:
        distrusted = reason(ReasonCode.ISSUER_DISTRUSTED, issuer=belief.issuer_id, date=date)
        return replace(row, outcome=Outcome.FAILED, reason=distrusted, notes=(*row.notes, *named))
    return replace(row, notes=(*row.notes, *named))


def with_names(row: Check, issuer_id: str, claimed_name: str, lists: Sequence[object]) -> Check:
    """Return the row with what a person should notice about the issuer's address and name."""
    found = name_notes(issuer_id, claimed_name, lists)
    return replace(row, notes=(*row.notes, *(one for one in found if one not in row.notes))) if found else row
