"""Check 8, schema: whether the layout is as the schema says that the credential names. Told, never deciding.

Only schemas whose layout ships with the program are compared with; nothing is fetched, whatever address a
credential names. VC Data Model 2.0 §4.11; Open Badges 3.0 §9 (`1EdTechJsonSchemaValidator2019`).
"""

from __future__ import annotations

from typing import Final

from wallet.formats.members import identifier, many
from wallet.model.credential import Credential
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome

_MAX_NAMED: Final = 8  # schemas of one credential that are looked at


def check_schema(credential: Credential) -> Check:
    """Answer check 8."""
    if "credentialSchema" not in credential.document:
        return _NONE
    named = tuple(identifier(one) for one in many(credential.document.get("credentialSchema"))[:_MAX_NAMED])
    if not named:
        return _NONE
    from wallet.formats.layouts import SCHEMAS, deviations  # noqa: PLC0415 - few credentials name a schema

    known = next((one for one in named if one in SCHEMAS), None)
    if known is None:
        return Check(CheckId.SCHEMA, Outcome.UNDETERMINED,
                     reason(ReasonCode.SCHEMA_NOT_CHECKED, address=next(filter(None, named), "")))
    layout = SCHEMAS[known]
    found = deviations(credential.document, layout)
    if not found:
        return Check(CheckId.SCHEMA, Outcome.PASSED, reason(ReasonCode.SCHEMA_FOLLOWED, schema=layout))
    places = ", ".join(one.path for one in found)
    return Check(CheckId.SCHEMA, Outcome.FAILED,
                 reason(ReasonCode.SCHEMA_DIFFERS, schema=layout, members=places))


_NONE: Final = Check(CheckId.SCHEMA, Outcome.NOT_APPLICABLE, reason(ReasonCode.SCHEMA_NONE))
