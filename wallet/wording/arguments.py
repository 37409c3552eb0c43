"""The words of the numbered argument: for each check, what is compared with what, and where that is demanded.

For experts, on the command line only; every other sentence about a check is in `rows` and `reasons`.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, CheckId
from wallet.model.specifications import SPECIFICATION

Content: TypeAlias = Credential | Presentation | None

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
    CheckId.PROOF: "the signature with the sealed bytes, under the key that the seal names",
    CheckId.KEY_AUTHORITY: "the key that the seal names with the keys that the issuer's own document lists",
    CheckId.RECOGNITION: "the issuer's id with the lists at hand",
    CheckId.VALIDITY: "its dates and those of its seal with the one time of this report",
    CheckId.STATUS: "the entry's place with the issuer's list, which is judged by 1, 2, 3 and 5 itself",
    CheckId.RECIPIENT: "its recipient, hashed where it says so, with the addresses that you gave",
    CheckId.BINDING: "the challenge and the audience in the seal with those that you gave",
    CheckId.SCHEMA: "the schema it names, where its layout ships with the program; told, never decides",
    CheckId.ENDORSEMENTS: "each endorsement's own seal; none decides",
}

_SEAL: Final[dict[Securing, str]] = {
    Securing.EMBEDDED: "the signature with the hashes of the proof's options and of the document, under the "
                       "key that it names",
    Securing.SD_JWT: "the signature with the signed text, under the key that it names; each part that is "
                     "shown with the hashes in that text",
    Securing.KEY_BINDING: "the holder's signature with the signed text, under the key that the credential "
                          "names; the hash in that text with what is shown",
    Securing.ANCHORED: "the hash of the document with the receipt's, and its path with the receipt's root; "
                       "whether that root stands in the public chain is not looked up",
    Securing.NONE: "nothing: there is no signature",
}  # fmt: skip
_SELECTIVE: Final = ("the signature with the hashes of the proof's options, of what must be shown, and of "
                     "each statement that may be left out, under the key that it names")  # fmt: skip
#: How the names of suites begin whose holders can leave parts out.
_SELECTIVE_SUITES: Final = ("ecdsa-sd-", "bbs-")
_UNDECIDED: Final = "; told only: it proves nothing while 1, 2 or 3 is open"
_HOSTED_RECORD: Final = "the file with the web record that its issuer keeps"
_HOSTED_PLACE: Final = "the address of the web record with those at which the issuer keeps its records"
_HOSTED_STATUS: Final = "what the web record says of a withdrawal"
_IN_CHAIN: Final = "nothing: the public chain would say who put the receipt's root there"
_OWN_HOLDER: Final = "the key that the seal names with the holder's id, which is a key and no more"
_HOLDER: Final = "the key that the seal names with the keys that the holder's own document lists"
_ITEM_HOLDER: Final = "whom it was issued to with who sealed the pack that it came in"
_CERTIFICATE: Final = ("the key that the seal names with its certificate, and its chain with the authorities "
                       "on the lists that you gave, at the time of sealing")  # fmt: skip
_AUTHORITY: Final[dict[ReasonCode, str]] = {
    ReasonCode.HOSTED_BY_ISSUER: _HOSTED_PLACE,
    ReasonCode.HOSTED_ELSEWHERE: _HOSTED_PLACE,
    ReasonCode.HOSTED_NO_RECORD: _HOSTED_PLACE,
    ReasonCode.CERTIFICATE_UNCONFIRMED: _CERTIFICATE,
    ReasonCode.CERTIFICATE_CONFIRMED: _CERTIFICATE,
    ReasonCode.CERTIFICATE_OTHER_PARTY: _CERTIFICATE,
    ReasonCode.CERTIFICATE_NOT_IN_FORCE: _CERTIFICATE,
    ReasonCode.KEY_SELF_MADE: "the key that the seal names with the issuer's id, which is a key and no more",
    ReasonCode.KEY_BINDING_CONFIRMED: "the key that opened the holder's seal with the key that the issuer "
                                      "sealed into the credential",
}  # fmt: skip
_DECIDED_LATER: Final = frozenset({
    CheckId.RECOGNITION, CheckId.VALIDITY, CheckId.STATUS, CheckId.RECIPIENT, CheckId.BINDING})  # fmt: skip
_NOT_DECIDED: Final = frozenset({ReasonCode.NOT_MEANINGFUL, ReasonCode.DATES_UNPROVEN})


def compared_by(check: Check, content: Content) -> str:
    """Return what a check compares with what, for a thing that is secured in its way."""
    usual = COMPARED[check.id]
    if check.id in _DECIDED_LATER and check.reason.code in _NOT_DECIDED:
        usual += _UNDECIDED
    if check.id is CheckId.PROOF and content is not None:
        if any(str(proof.get("cryptosuite", "")).startswith(_SELECTIVE_SUITES) for proof in content.proofs):
            return _SELECTIVE
        return _HOSTED_RECORD if _is_hosted(content) else _SEAL.get(content.securing, usual)
    if check.id is CheckId.KEY_AUTHORITY:
        return _whose(check, content)
    if check.id is CheckId.STATUS and content is not None and _is_hosted(content):
        return usual.replace(COMPARED[CheckId.STATUS], _HOSTED_STATUS)
    is_missing = check.reason.code is ReasonCode.KEY_BINDING_MISSING
    if check.id is CheckId.BINDING and isinstance(content, Credential) and not is_missing:
        return _ITEM_HOLDER
    return usual


def _whose(check: Check, content: Content) -> str:
    """Return what check 3 compares with what."""
    if isinstance(content, Presentation):
        own = _OWN_HOLDER if check.reason.code is ReasonCode.KEY_SELF_MADE else _HOLDER
        return own if own is _OWN_HOLDER else _AUTHORITY.get(check.reason.code, own)
    if content is not None and _is_hosted(content):
        return _HOSTED_PLACE
    anchored = content is not None and content.securing is Securing.ANCHORED
    return _AUTHORITY.get(check.reason.code, _IN_CHAIN if anchored else COMPARED[check.id])


def _is_hosted(content: Credential | Presentation) -> bool:
    """Whether it has no seal of its own, so that a record at its issuer's would have to tell."""
    of_old = isinstance(content, Credential) and content.format is CredentialFormat.OPEN_BADGE_2
    return of_old and content.securing is Securing.NONE


_INTEGRITY: Final = "VC Data Integrity 1.0 §4.4"
_SEVERAL: Final = "VC Data Integrity 1.0 §4.5"  # proof sets and chains
#: Where the way to seal is described; the longest beginning of a suite's name that is here counts.
_SUITES: Final[dict[str, str]] = {
    "eddsa-": "VC-DI-EDDSA §3", "Ed25519Signature2020": "VC-DI-EDDSA §3", "ecdsa-": "VC-DI-ECDSA §3",
    "bbs-": "VC-DI-BBS §3", "MerkleProof2019": "MerkleProof2019 §4",
}
_WAYS: Final[dict[Securing, str]] = {
    Securing.JWS: "RFC 7515 §5.2",
    Securing.SD_JWT: "RFC 7515 §5.2, RFC 9901 §7.1",
    Securing.KEY_BINDING: "RFC 7515 §5.2, RFC 9901 §7.3",
    Securing.COSE: "RFC 9052 §4.4",
    Securing.JADES: "RFC 7515 §5.2, RFC 7797 §3, ETSI TS 119 182-1 §5",
    Securing.ANCHORED: "MerkleProof2019 §4",
}
#: What a presentation answers, and until when it may be shown: in a proof, in a token, in a message.
_ANSWERS: Final[dict[Securing, str]] = {
    Securing.KEY_BINDING: "RFC 9901 §7.3", Securing.JWS: "RFC 7519 §4.1.3",
    Securing.SD_JWT: "RFC 7519 §4.1.3", Securing.COSE: "RFC 8392 §3.1.3",
}
_ENDS: Final[dict[Securing, str]] = {
    Securing.JWS: "RFC 7519 §4.1", Securing.SD_JWT: "RFC 7519 §4.1", Securing.COSE: "RFC 8392 §3.1",
}
_V1: Final = "https://www.w3.org/2018/credentials/v1"
#: Of a check in a credential of the older model, of the newer one, and of one before both.
_MODELS: Final[dict[CheckId, tuple[str, str, str]]] = {
    CheckId.STRUCTURE: ("VC Data Model 1.1 §4", "VC Data Model 2.0 §4", "Open Badges 2.0 (Data Classes)"),
    CheckId.VALIDITY: ("VC Data Model 1.1 §4.6, §4.8", "VC Data Model 2.0 §4.9",
                       "Open Badges 2.0 (Assertion: issuedOn, expires)"),
    CheckId.STATUS: ("VC Data Model 1.1 §4.9", "VC Data Model 2.0 §4.10",
                     "Open Badges 2.0 (Profile: revocationList)"),
    CheckId.RECIPIENT: ("VC Data Model 1.1 §4.4", "VC Data Model 2.0 §4.8",
                        "Open Badges 2.0 (IdentityObject)"),
    CheckId.SCHEMA: ("VC Data Model 1.1 §5.4", "VC Data Model 2.0 §4.11", ""),
}  # fmt: skip
_LISTS: Final[dict[str, str]] = {
    "BitstringStatusListEntry": "Bitstring Status List 1.0 §3.2",
    "StatusList2021Entry": "StatusList2021 (draft) §3",
    "RevocationList2020Status": "RevocationList2020 (draft) §5",
    "1EdTechRevocationList": "1EdTech Revocation List 1.0",
    "statuslist+jwt": "Token Status List §8.3",
}
_TOKEN_LIST: Final = "Token Status List §8.3"
#: What describes those that no data model of credentials does.
_OUTSIDE: Final[dict[object, str]] = {
    Securing.SD_JWT: "RFC 9901 §7.1", ("TokenStatusList",): "Token Status List §5",
}

#: By the kind of bytes (`operations.argument.PartKind`).
PARTS: Final[dict[str, str]] = {
    "file": "the file",
    "item": "the text of this item",
    "text": "the credential's text in it",
    "statements": "the document as canonical statements (RDFC-1.0)",
    "shown": "the document as canonical statements (RDFC-1.0), sealed so that parts can be left out",
    "chained": "the document and the earlier proofs it is sealed with, written canonically",
    "options": "the options of the proof, the same way",
    "json": "the document as canonical JSON (RFC 8785)",
    "signed_text": "what is signed in the token or message",
    "disclosures": "the parts that are shown:",
    "receipt": "the document's hash as the receipt has it",
    "root": "the root where the receipt's path ends, said to stand in",
    "vocabulary": "vocabulary",
}


#: What demands these depends on the way of sealing more than on the reason.
_BY_CONTENT: Final = (CheckId.PROOF, CheckId.KEY_AUTHORITY, CheckId.VALIDITY, CheckId.BINDING)
_ENDORSED: Final = (CredentialFormat.OPEN_BADGE_3, CredentialFormat.CLR_2, CredentialFormat.ENDORSEMENT)


def section_of(check: Check, content: Content) -> str:
    """Return where a check's answer is demanded, "" where only our own rules ask."""
    special = SPECIFICATION.get(check.reason.code, "")
    if special and not (content and check.id in _BY_CONTENT):
        return special
    return ", ".join(dict.fromkeys(filter(None, _sections(check, content))))


def _sections(check: Check, content: Content) -> tuple[str, ...]:
    sections: tuple[str, ...] = ()
    if content is None:
        return sections
    if check.id is CheckId.PROOF:
        sections = _of_seal(content)
    elif check.id is CheckId.KEY_AUTHORITY:
        sections = _of_authority(check, content)
    elif check.id is CheckId.BINDING:
        sections = _of_answer(check, content)
    elif check.id is CheckId.ENDORSEMENTS:
        has_some = isinstance(content, Credential) and (content.endorsements or content.format in _ENDORSED)
        sections = ("Open Badges 3.0 §B.1 (endorsement)",) if has_some else ()
    elif check.id in _MODELS:
        sections = _of_model(check.id, content)
    return sections


def _of_answer(check: Check, content: Credential | Presentation) -> tuple[str, ...]:
    """Of a credential by itself, or in a pack, our own rules ask; only of an SD-JWT its standard does."""
    if isinstance(content, Presentation):
        return (_ANSWERS.get(content.securing, _INTEGRITY),)
    is_missing = check.reason.code is ReasonCode.KEY_BINDING_MISSING
    return ("RFC 9901 §7.3",) if is_missing and content.securing is Securing.SD_JWT else ()


def _of_seal(content: Credential | Presentation) -> tuple[str, ...]:
    if isinstance(content, Credential) and _is_hosted(content):
        return ("Open Badges 2.0 (Verification: hosted)",)
    if content.securing is Securing.ANCHORED and "signature" in content.document:
        return ("MerkleProof2017 (Chainpoint 2.0)",)
    if content.securing is not Securing.EMBEDDED:
        return (_WAYS.get(content.securing, ""),)
    names = (str(proof.get("cryptosuite", proof.get("type", ""))) for proof in content.proofs)
    suites = (section for name in names for start, section in _SUITES.items() if name.startswith(start))
    return (_SEVERAL if len(content.proofs) > 1 else _INTEGRITY, *suites)


def _of_authority(check: Check, content: Credential | Presentation) -> tuple[str, ...]:
    if _AUTHORITY.get(check.reason.code) is _CERTIFICATE:
        return ("RFC 5280 §6.1",)
    if check.reason.code is ReasonCode.PROOF_PURPOSE:
        return (_INTEGRITY,)
    if isinstance(content, Credential) and _is_hosted(content):
        return ("Open Badges 2.0 (VerificationObject: startsWith, allowedOrigins)",)
    if isinstance(content, Credential) and content.format is CredentialFormat.OPEN_BADGE_2:
        return ("Open Badges 2.0 (VerificationObject: creator; CryptographicKey: owner)",)
    if content.securing is Securing.KEY_BINDING:
        return ("RFC 9901 §4.1.2",)
    return ("Controlled Identifiers 1.0 §3.3",)


def _of_model(check: CheckId, content: Credential | Presentation) -> tuple[str, ...]:
    if isinstance(content, Presentation):
        if content.securing is Securing.KEY_BINDING:
            return ("RFC 9901 §7.3",) if check is not CheckId.STATUS else ()
        if check is CheckId.STRUCTURE:
            listed = content.document.get("@context")
            is_older = _V1 in (listed if isinstance(listed, list) else [listed])
            return ("VC Data Model 1.1 §4.10" if is_older else "VC Data Model 2.0 §4.13",)
        ends = _ENDS.get(content.securing, "VC Data Integrity 1.0 §2.1")
        return (ends,) if check is CheckId.VALIDITY else ()
    older, newer, oldest = _MODELS[check]
    if check is CheckId.STATUS and _is_hosted(content):
        return ("Open Badges 2.0 (Assertion: revoked)",)
    if content.format is CredentialFormat.OPEN_BADGE_2 or (
            content.format is CredentialFormat.BLOCKCERTS and "badge" in content.document):
        found: tuple[str, ...] = (oldest,)
    elif not content.version and (outside := _OUTSIDE.get(content.securing) or _OUTSIDE.get(content.types)):
        found = (outside,) if check is CheckId.STRUCTURE else ()
    else:
        found = (older if content.version == "1.1" else newer,)
    if check is CheckId.STRUCTURE and content.securing is Securing.EMBEDDED:
        found = (*found, "VC Data Integrity 1.0 §2.4.3")
    if check is CheckId.VALIDITY and content.format is not CredentialFormat.OPEN_BADGE_2:
        found = (*found, _ENDS.get(content.securing, ""))
    badge_3 = content.format in (CredentialFormat.OPEN_BADGE_3, CredentialFormat.CLR_2)
    if check is CheckId.RECIPIENT and content.subject.identifiers and badge_3:
        found = (*found, "Open Badges 3.0 §B.1 (IdentityObject)")
    if check is CheckId.STATUS:
        kinds = (_TOKEN_LIST if "status_list" in one else _LISTS.get(str(one.get("type", "")), "")
                 for one in content.statuses)
        found = (*found, *kinds)
    return found
