"""Check 6, from a credential's entries to judged lists: each is judged as what it is, one level deep.

A list is a credential or a token of its keeper: its structure, seal, key and dates are asked for like those
of any other, its own status is not. What a judged list means for an entry is in `checks.status`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias

from wallet.formats.parse import parse
from wallet.formats.revocation import names_in_lists, read_revocation_list
from wallet.formats.statuslist import decode_status_list
from wallet.formats.tokenlist import decode_token_list
from wallet.model.credential import Credential, Issuer, JsonObject
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, Report

from .checks.status import check_status
from .checks.validity import MAX_CLOCK_DIFFERENCE
from .dating import made_at
from .evidence import Evidence
from .gather import list_versions
from .judged_list import JudgedList

JudgeList: TypeAlias = Callable[[Credential, Evidence, datetime], Report]

#: What a list may be that nobody seals: before Open Badges 2.0 it has no member to be known by.
_PLAIN_LISTS: Final = (EvidenceKind.REVOCATION_LIST, EvidenceKind.OTHER)
#: Versions of one list among which the issuer's own is sought.
_MAX_OLDER_LISTS: Final = 64


def check_withdrawn(credential: Credential, entries: tuple[JsonObject, ...], evidence: Evidence,
                    at: datetime, judge: JudgeList, *, max_age: timedelta | None,
                    sealed_at: datetime | None) -> Check:
    """Answer check 6.

    Args:
        credential: Whose status is asked for.
        entries: Its entries.
        evidence: What `gather` found.
        at: The one now.
        judge: Judges a list as the credential it is.
        max_age: The oldest list the caller accepts for "not withdrawn", None for any.
        sealed_at: When the credential says it was sealed: no earlier list knows of it.
    """
    issuer = credential.issuer
    if sealed_at is not None:  # some seals are dated ahead
        sealed_at = min(sealed_at, at, evidence.seen_at or at)
    judge_list = partial(_judged, judge)
    if evidence.memory is not None:
        judge_list = partial(evidence.memory.judged, judge=judge_list)

    def lists(address: str) -> tuple[JudgedList, ...]:
        chosen, others = list_versions(evidence.lookup(address))
        judged = [judge_list(one, issuer, evidence, at) for one in chosen]
        if not any(one.is_proven_by(issuer.id) and one.belongs_to(address) for one in judged):
            # However many other lists, theirs or the issuer's, somebody put there: its last of here is read.
            older = (judge_list(one, issuer, evidence, at) for one in others[:_MAX_OLDER_LISTS])
            own = [one for one in older if one.is_proven_by(issuer.id)]
            judged += sorted(own, key=lambda one: not one.belongs_to(address))[:1]
        return tuple(judged)

    return check_status(entries, lists, issuer_id=issuer.id, at=at, max_age=max_age,
                        names=names_in_lists(credential), sealed_at=sealed_at)


def _judged(judge: JudgeList, document: EvidenceDocument, issuer: Issuer, evidence: Evidence,
            at: datetime) -> JudgedList:
    if document.grade is Grade.SENDER:
        return JudgedList(document, problem=reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=document.address,
                                                   because="from_sender"))
    try:
        if document.kind in _PLAIN_LISTS and (record := read_revocation_list(document.data)):
            return JudgedList(document, problem=reason(ReasonCode.FORMAT_UNKNOWN), record=record)
        listed = evidence.memory.read(document.data) if evidence.memory else parse(document.data)
        if not isinstance(listed, Credential):
            return JudgedList(document, problem=reason(ReasonCode.STATUS_LIST_MALFORMED))
        is_token = "status_list" in listed.document
        content = decode_token_list(listed.document) if is_token else decode_status_list(listed.document)
    except WalletError as error:
        return JudgedList(document, problem=error.reason)
    if is_token and not listed.issuer.id:  # Token Status List §8.3: then the issuer keeps it herself
        listed = replace(listed, issuer=issuer)
    known = replace(evidence, seen_at=document.first_seen)  # a list is as old as our copy of it
    begins = listed.valid_from  # many are made in the moment they are asked for, by another clock than ours
    when = begins if begins and at < begins <= at + MAX_CLOCK_DIFFERENCE else at
    return JudgedList(document, content, judge(listed, known, when), listed.valid_from, listed.id,
                      made_at=made_at(listed))
