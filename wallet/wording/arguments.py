"""The words of the numbered argument: for each check, what is compared with what, and where that is demanded.

For experts, on the command line only; every other sentence about a check is in `rows` and `reasons`.
"""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId
from wallet.model.specifications import SPECIFICATION

#: The number of each check, as in the list at the head of `verify.pipeline`.
NUMBERS: Final[dict[CheckId, int]] = {
    CheckId.STRUCTURE: 1,
    CheckId.PROOF: 2,
    CheckId.KEY_AUTHORITY: 3,
    CheckId.RECOGNITION: 4,
    CheckId.VALIDITY: 5,
    CheckId.STATUS: 6,
    CheckId.RECIPIENT: 7,
    CheckId.BINDING: 7,
    CheckId.SCHEMA: 8,
    CheckId.ENDORSEMENTS: 9,
}

COMPARED: Final[dict[CheckId, str]] = {
    CheckId.STRUCTURE: "the file with the limits, with what its types promise, and its words with known "
                       "vocabularies",
    CheckId.PROOF: "the signature with the hash of the sealed bytes, under the key that the seal names",
    CheckId.KEY_AUTHORITY: "the key that opened the seal with the keys that the issuer's own document lists",
    CheckId.RECOGNITION: "the issuer's id with the lists that you gave",
    CheckId.VALIDITY: "its dates with the one time of this report",
    CheckId.STATUS: "the entry's place with the issuer's list, which is judged by 1, 2, 3 and 5 itself",
    CheckId.RECIPIENT: "its recipient, hashed as it says, with the addresses that you gave",
    CheckId.BINDING: "the challenge and the audience in the seal with those that you gave",
    CheckId.SCHEMA: "the schema it names, where its layout ships with the program; told, never decides",
    CheckId.ENDORSEMENTS: "each endorsement's own seal; none decides",
}

#: Where a check is demanded; a reason with a section of its own goes first.
_SECTIONS: Final[dict[CheckId, str]] = {
    CheckId.STRUCTURE: "VC Data Model 2.0 §4, VC Data Integrity 1.0 §5.4",
    CheckId.PROOF: "VC Data Integrity 1.0 §4.4, RFC 7515 §5.2, RFC 9052 §4.4",
    CheckId.KEY_AUTHORITY: "Controlled Identifiers 1.0 §3.3",
    CheckId.RECOGNITION: "",
    CheckId.VALIDITY: "VC Data Model 2.0 §4.9",
    CheckId.STATUS: "VC Data Model 2.0 §4.10, Bitstring Status List 1.0 §3.2",
    CheckId.RECIPIENT: "Open Badges 3.0 §B.1 (IdentityObject)",
    CheckId.BINDING: "VC Data Integrity 1.0 §4.4, RFC 9901 §7.3",
    CheckId.SCHEMA: "VC Data Model 2.0 §4.11",
    CheckId.ENDORSEMENTS: "Open Badges 3.0 §B.1 (endorsement)",
}

#: By the kind of bytes (`operations.argument.PartKind`).
PARTS: Final[dict[str, str]] = {
    "file": "the file",
    "text": "the credential's text in it",
    "statements": "the document as canonical statements (RDFC-1.0)",
    "options": "the options of the proof, the same way",
    "json": "the document as canonical JSON (RFC 8785)",
    "signed_text": "the signed text of the token",
    "vocabulary": "vocabulary",
}


def section_of(check: CheckId, code: ReasonCode) -> str:
    """Return where a check's answer is demanded, "" where only our own rules ask."""
    return SPECIFICATION.get(code) or _SECTIONS[check]
