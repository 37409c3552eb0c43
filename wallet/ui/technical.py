"""Technical details of one credential: format, seal, key, identifiers, hashes, evidence with dates.

Facts as label and value, for a person who wants to look behind the sentences or to pass them on. Nothing
here is judged; the values are the file's own words and never become markup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from wallet.model.credential import Credential, JsonObject, Securing
from wallet.model.evidence import EvidenceDocument
from wallet.model.stored import StoredCredential
from wallet.wording.labels import evidence_word, grade_word

from .wording import date_and_time, translate

Fact = tuple[str, str]
_MAX_FACT_CHARS = 600


def technical_facts(stored: StoredCredential, credential: Credential) -> tuple[Fact, ...]:
    """Return label and value of everything that stands behind a credential."""
    original = credential.original
    facts = [
        (translate("Format"), credential.format.value),
        (translate("Data model"), credential.version),
        (translate("Types"), ", ".join(credential.types)),
        (translate("File"), f"{original.carrier.value}, {original.media_type}, {len(original.data)} bytes"),
        (translate("Seal"), _seal(credential)),
        (translate("Key"), _key(credential)),
        (translate("Credential id"), credential.id),
        (translate("Issuer id"), credential.issuer.id),
        (translate("Issued to"), credential.subject.id),
        (translate("Valid from"), date_and_time(credential.valid_from) if credential.valid_from else ""),
        (translate("Valid until"), date_and_time(credential.valid_until) if credential.valid_until else ""),
        (translate("Added"), date_and_time(stored.added_at)),
        (translate("Checked"), date_and_time(stored.report.at)),
        (translate("SHA-256 of the file"), hashlib.sha256(original.data).hexdigest()),
        (translate("SHA-256 of the credential"), stored.sha256),
        (translate("Number in this wallet"), stored.id),
    ]
    return tuple((label, value[:_MAX_FACT_CHARS]) for label, value in facts if value)


def evidence_facts(evidence: Sequence[EvidenceDocument]) -> tuple[Fact, ...]:
    """Return one fact per document that is kept beside the credential."""
    return tuple((_sentence_case(evidence_word(one.kind, translate)), _evidence(one)) for one in evidence)


def as_text(facts: Sequence[Fact]) -> str:
    """Return the facts as lines to copy."""
    return "\n".join(f"{label}: {value}" for label, value in facts)


def _evidence(one: EvidenceDocument) -> str:
    when = date_and_time(one.fetched_at) if one.fetched_at else ""
    saved = translate("saved {date}").replace("{date}", when) if when else ""
    parts = (one.address[:_MAX_FACT_CHARS], grade_word(one.grade, translate), saved, f"SHA-256 {one.sha256}")
    return "\n".join(part for part in parts if part)


def _seal(credential: Credential) -> str:
    if credential.securing is Securing.JWS and credential.jws is not None:
        return f"{credential.securing.value}, {credential.jws.header.get('alg', '')}"
    kinds = [str(proof.get("cryptosuite") or proof.get("type") or "") for proof in credential.proofs]
    named = ", ".join(kind for kind in kinds if kind)
    return f"{credential.securing.value}, {named}" if named else credential.securing.value


def _key(credential: Credential) -> str:
    if credential.jws is not None:
        return str(credential.jws.header.get("kid", ""))
    return ", ".join(filter(None, (_method(proof) for proof in credential.proofs)))


def _method(proof: JsonObject) -> str:
    method = proof.get("verificationMethod", "")
    return str(method.get("id", "")) if isinstance(method, dict) else str(method)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
