"""Check 4, recognition: who knows the owner of the key? It never decides; being unknown is no fault.

What a list is, and in which order lists speak, is in `trust.registry`.
"""

from __future__ import annotations

from wallet.codec.dates import format_datetime
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.trust.issuer_keys import is_pure, wanted_document
from wallet.trust.registry import IssuerList, find_issuer


def check_recognition(lists: tuple[IssuerList, ...], issuer_id: str, name: str) -> Check:
    """Answer check 4. A list's name is the list's word; the name in the credential is the sealer's own."""
    found = find_issuer(lists, issuer_id)
    if found:
        listed, issuer = found
        date = format_datetime(listed.date) if listed.date else ""
        return Check(CheckId.RECOGNITION, Outcome.PASSED, reason(
            ReasonCode.ISSUER_LISTED, list=listed.name, date=date, name=issuer.name, issuer=issuer_id))
    if is_pure(issuer_id):
        why = reason(ReasonCode.ISSUER_SELF_MADE, issuer=issuer_id, name=name)
    elif not lists:
        why = reason(ReasonCode.ISSUER_LISTS_MISSING, issuer=issuer_id)
    else:
        # What a host gives to its members is not the host: `did:web` with a path is named whole.
        has_path = issuer_id.startswith("did:web:") and ":" in issuer_id.removeprefix("did:web:")
        host = issuer_id if has_path else wanted_document(issuer_id).host or issuer_id
        why = reason(ReasonCode.ISSUER_UNLISTED, host=host, name=name)
    return Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, why)
