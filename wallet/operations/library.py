"""The library: list, find, look at, check again, put away, take out."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from wallet.model.credential import Carrier, Credential, CredentialFormat
from wallet.model.evidence import EvidenceDocument
from wallet.model.report import Report, Verdict
from wallet.model.sharing import Channel, ShareRecord
from wallet.model.stored import Changes, StoredCredential
from wallet.proofs.known_seals import KnownSeals
from wallet.trust.badge_records import completed
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence
from wallet.vault.entries import rewrite_entry
from wallet.verify.aged import aged
from wallet.verify.checks.validity import FAR_AHEAD
from wallet.verify.evidence import Evidence
from wallet.verify.pipeline import Expectation, judge

from .files import atomic_write, make_folder
from .holder_keys import identities_for
from .intake import new_record, used_documents
from .logged import logged
from .one_pass import Pass, kept_credential
from .progress import Progress, SilentProgress, stop_if_cancelled
from .seals import keep_seals, known_seals
from .session import Session

#: How long something stays in the bin.
BIN_DAYS = 30
_ENDINGS = {Carrier.JSON: "json", Carrier.JWS: "jwt", Carrier.PNG: "png", Carrier.SVG: "svg",
            Carrier.PACK: "json", Carrier.QR: "json"}
#: Reports that are kept in one transaction. Other writers wait for it, so it stays well under a second.
_WRITTEN_TOGETHER: Final = 128
_Judged: TypeAlias = tuple[StoredCredential, Report, tuple[EvidenceDocument, ...]]
#: Of files that are no credential, by what they are.
_FILE_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif",
                 "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Detail:
    """One credential, read and judged anew.

    Attributes:
        evidence: The documents kept beside it.
    """

    stored: StoredCredential
    credential: Credential
    report: Report
    evidence: tuple[EvidenceDocument, ...]


def credentials(session: Session, *, binned: bool = False, limit: int = -1,
                offset: int = 0) -> tuple[StoredCredential, ...]:
    """Return the library, newest first, with everything that depends on time judged at this moment.

    Args:
        session: The open wallet.
        binned: What is in the bin instead.
        limit: No more than so many, for a first page; a negative one is none.
        offset: Leaving out so many.
    """
    now, floor = session.now(), session.clock_floor
    found = session.vault.list(binned=binned, limit=limit, offset=offset)
    return tuple(_aged(one, now, floor) for one in found)


def pages(session: Session, *, binned: bool = False, offset: int = 0, limit: int | None = None,
          at_once: int = 500) -> Generator[tuple[StoredCredential, ...]]:
    """Yield the library as `credentials` returns it, some at a time, all from one state of the wallet.

    Args:
        session: The open wallet; nothing else of it can be asked until the last page was taken.
        binned: What is in the bin instead.
        offset: Leaving out so many.
        limit: No more than so many; None for all.
        at_once: How many at a time.
    """
    with session.vault.database.snapshot():
        while limit is None or limit > 0:
            wanted = at_once if limit is None else min(at_once, limit)
            found = credentials(session, binned=binned, limit=wanted, offset=offset)
            yield found
            if len(found) < wanted:
                return
            offset += wanted
            limit = limit if limit is None else limit - wanted


def count(session: Session, *, binned: bool = False) -> int:
    """Return how many credentials are in the library, or in the bin, without reading them."""
    return session.vault.count(binned=binned)


@logged
def search(session: Session, text: str, *, limit: int = -1) -> tuple[StoredCredential, ...]:
    """Return what matches all the words (their beginnings) in title, issuer, skills or text, best first."""
    if not text.strip():
        return credentials(session, limit=limit)
    now, floor = session.now(), session.clock_floor
    return tuple(_aged(one, now, floor) for one in session.vault.search(text, limit=limit))


def load_credential(session: Session, credential_id: str) -> Credential:
    """Return a kept credential, read from its original bytes.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
        WalletError: The kept bytes cannot be read any more, which only a damaged vault explains.
    """
    return kept_credential(session, session.vault.get(credential_id))


@logged
def detail(session: Session, credential_id: str) -> Detail:
    """Read, check and return one credential; what is shown is what was just judged. Raises as above."""
    stored = session.vault.get(credential_id)
    credential = kept_credential(session, stored)
    report, _ = _judge(session, stored, credential, Pass(session))
    named = completed(credential, _store(session, stored.id).documents)
    return Detail(stored, named, report, session.vault.evidence(stored.id))


@logged
def check_again(session: Session, ids: Sequence[str], *, progress: Progress | None = None) -> Changes:
    """Judge anew and keep the new reports with the evidence they rest on.

    Several are written together: a commit waits for the disk, a judgement does not.

    Raises:
        CancelledError: Between two credentials; finished ones keep their new report.
        VaultError: CREDENTIAL_NOT_FOUND, DISK_FULL, VAULT_READ_ONLY.
    """
    watched = progress or SilentProgress()
    over = Pass(session)
    for start in range(0, len(ids), _WRITTEN_TOGETHER):
        known: KnownSeals = known_seals(session)
        judged: list[_Judged] = []
        try:
            for number, credential_id in enumerate(ids[start:start + _WRITTEN_TOGETHER], start):
                stop_if_cancelled(watched)
                stored = session.vault.get(credential_id)
                watched.step(number, len(ids), stored.title)
                report, used = _judge(session, stored, kept_credential(session, stored), over, known)
                judged.append((stored, report, used))
        finally:
            _keep_judged(session, judged, known)
    return Changes(frozenset(ids))


def _keep_judged(session: Session, judged: Sequence[_Judged], known: KnownSeals) -> None:
    if not judged:
        return
    with session.vault.transaction():
        for stored, report, used in judged:
            session.vault.set_report(stored.id, report, used)
            _tell_anew(session, stored, report)
        keep_seals(session, known)


def _tell_anew(session: Session, stored: StoredCredential, report: Report) -> None:
    """Give a badge without a seal the title and the issuer that its own records give it, once they came."""
    if stored.format is not CredentialFormat.OPEN_BADGE_2:
        return
    credential = kept_credential(session, stored)
    named = completed(credential, _store(session, stored.id).documents)
    if (named.title, named.issuer.id, named.issuer.name) != (stored.title, stored.issuer_id,
                                                             stored.issuer_name):
        with session.vault.transaction():
            rewrite_entry(session.vault.database, stored.id, new_record(named, report, ()))


@logged
def delete(session: Session, ids: Sequence[str]) -> Changes:
    """Put credentials into the bin, where they stay for `BIN_DAYS` days."""
    resolved = tuple(session.vault.get(one).id for one in ids)
    session.vault.to_bin(resolved, now=session.now())
    return Changes(frozenset(resolved))


@logged
def restore(session: Session, ids: Sequence[str]) -> Changes:
    """Take credentials out of the bin again."""
    resolved = tuple(session.vault.get(one).id for one in ids)
    session.vault.from_bin(resolved)
    return Changes(frozenset(resolved))


@logged
def empty_bin(session: Session) -> Changes:
    """Remove everything in the bin for good, however short a time it has been there."""
    binned = tuple(one.id for one in session.vault.list(binned=True))
    if binned:
        session.vault.purge(binned)
    return Changes(frozenset(binned))


@logged
def empty_old_bin(session: Session) -> Changes:
    """Remove for good what has been in the bin for longer than `BIN_DAYS`, by a clock that may be right."""
    floor = session.clock_floor
    if floor and session.now() > floor + FAR_AHEAD:
        return Changes()
    limit = session.now() - timedelta(days=BIN_DAYS)
    old = tuple(one.id for one in session.vault.list(binned=True) if one.binned_at and one.binned_at < limit)
    if old:
        session.vault.purge(old)
    return Changes(frozenset(old))


@logged
def export(session: Session, ids: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Write the original files, byte for byte, and note it in the log.

    File names say neither the learner's nor the credential's name; an existing file is never replaced.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
        OperationError: FOLDER_UNWRITABLE or DISK_FULL.
    """
    make_folder(folder)
    written = []
    for credential_id in ids:
        stored = session.vault.get(credential_id)
        original = session.vault.original(stored.id)
        ending = _FILE_ENDINGS.get(original.media_type, "bin") if original.carrier is Carrier.FILE \
            else _ENDINGS[original.carrier]
        target = _free_name(folder, f"credential-{stored.id}", ending)
        atomic_write(target, original.data)
        session.vault.log_share(ShareRecord(
            id="", at=session.now(), channel=Channel.ORIGINAL, audience="", credential_ids=(stored.id,),
            titles=(stored.title,)))
        written.append(target)
    return tuple(written)


def evidence_for(session: Session, credential_id: str, credential: Credential) -> Evidence:
    """Return everything the wallet knows that one of its credentials is judged by, and what it lacks."""
    return Pass(session).evidence(session.vault.get(credential_id), credential)


def judged(session: Session, credential_id: str) -> tuple[Report, tuple[EvidenceDocument, ...]]:
    """Return a kept credential's report as of now, and the documents it rests on. Raises as `detail`."""
    stored = session.vault.get(credential_id)
    return _judge(session, stored, kept_credential(session, stored), Pass(session))


def _judge(session: Session, stored: StoredCredential, credential: Credential, over: Pass,
           known: KnownSeals | None = None) -> tuple[Report, tuple[EvidenceDocument, ...]]:
    evidence = replace(over.evidence(stored, credential), known=known or known_seals(session))
    hers = Expectation(identities_for(session, credential), is_holder=True)
    report = judge(credential, evidence, at=session.now(), expectation=hers)
    return report, used_documents(report, evidence.documents)


def _store(session: Session, credential_id: str) -> EvidenceStore:
    """Return what the wallet knows, and what was frozen beside this credential when it came in."""
    pinned = MemoryEvidence(session.vault.evidence(credential_id))
    return LayeredEvidence((session.evidence, pinned))


def _aged(stored: StoredCredential, now: datetime, floor: datetime | None) -> StoredCredential:
    """Judge what depends on time in a kept report at this moment."""
    return replace(stored, report=aged(stored.report, stored.valid_from, stored.valid_until, now, floor))


def _free_name(folder: Path, stem: str, ending: str) -> Path:
    target = folder / f"{stem}.{ending}"
    number = 2
    while target.exists():
        target = folder / f"{stem}-{number}.{ending}"
        number += 1
    return target


def needs_attention(stored: StoredCredential) -> bool:
    """Return whether the learner should look at it: anything but good, ended or without a seal."""
    calm = (Verdict.VALID, Verdict.EXPIRED)
    return stored.report.verdict not in calm


