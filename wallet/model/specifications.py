"""Which specification demands what a reason code names: for technical details and for `--explain`."""

from __future__ import annotations

from .reasons import ReasonCode

#: Where a reason comes from, for technical details. Only reasons a specification demands are here.
SPECIFICATION: dict[ReasonCode, str] = {
    ReasonCode.DUPLICATE_KEY: "RFC 7493 §2.3",
    ReasonCode.BAD_NUMBER: "RFC 8259 §6",
    ReasonCode.UNSAFE_INTEGER: "RFC 7493 §2.2",
    ReasonCode.LONE_SURROGATE: "RFC 7493 §2.1",
    ReasonCode.NOT_UTF8: "RFC 8259 §8.1",
    ReasonCode.BAD_JWS: "RFC 7515 §7.1",
    ReasonCode.BAD_SD_JWT: "RFC 9901 §4",
    ReasonCode.DISCLOSURE_MALFORMED: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_UNREFERENCED: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_TWICE: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_NAME: "RFC 9901 §7.1",
    ReasonCode.DIGEST_REFUSED: "RFC 9901 §4.1.1",
    ReasonCode.HIDDEN_GUESSABLE: "RFC 9901 §9.3",
    ReasonCode.KEY_BINDING_OTHER: "RFC 9901 §7.3",
    ReasonCode.KEY_BINDING_MISSING: "RFC 9901 §7.3",
    ReasonCode.SHOWN_NOT_GIVEN: "RFC 9901 §7.2",
    ReasonCode.BAD_COSE: "RFC 9052 §4.2",
    ReasonCode.CONTEXT_ORDER: "VC Data Model 2.0 §4.3",
    ReasonCode.CONTEXT_NESTED: "VC Data Integrity 1.0 §2.4.1",
    ReasonCode.UNDEFINED_TERM: "VC Data Integrity 1.0 §2.4.3",
    ReasonCode.DATA_LOSS: "VC Data Integrity 1.0 §2.4.3",
    ReasonCode.PROOF_MISSING: "VC Data Integrity 1.0 §4.4",
    ReasonCode.SIGNATURE_WRONG: "VC Data Integrity 1.0 §4.4",
    ReasonCode.PROOF_PURPOSE: "VC Data Integrity 1.0 §4.4",
    ReasonCode.KEY_NOT_AUTHORISED: "Controlled Identifiers 1.0 §3.3",
    ReasonCode.JWT_CONFLICT: "VC Data Model 1.1 §6.3.1",
    ReasonCode.ALGORITHM_REFUSED: "RFC 8725 §3.1",
    ReasonCode.PICTURE_TWO_CREDENTIALS: "Open Badges 3.0 §5.3",
    ReasonCode.STATUS_INDEX: "Bitstring Status List 1.0 §3.2",
    ReasonCode.STATUS_PURPOSE: "Bitstring Status List 1.0 §3.2",
    ReasonCode.ENDED: "VC Data Model 2.0 §4.9",
    ReasonCode.NOT_YET: "VC Data Model 2.0 §4.9",
}
