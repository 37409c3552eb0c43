"""Sharing: look at exactly what would leave, build it, check it as its receiver would, hand it over, note it.

Ended or unconfirmed credentials may be shared; the preview shows their verdict. What no receiver could
ever accept (altered, unsigned, unreadable) never goes into a pack.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from wallet.codec.payload import encode_payload
from wallet.formats.parse import parse
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential, Parsed
from wallet.model.errors import LinkedDataError, ProofError, ShareError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.model.sharing import (
    Bundle,
    Channel,
    LinkedInEntry,
    PartChoice,
    QrFrame,
    Revealed,
    ShareRecord,
    ShareTerms,
)
from wallet.model.stored import StoredCredential
from wallet.share import linkedin as linkedin_form
from wallet.share import part, presentation, qr
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.pipeline import Expectation, judge

from .checking import desk_of
from .files import atomic_write
from .library import load_credential
from .logged import logged
from .session import Session
from .settings import load_settings

#: By the wallet's own ids: which members of a credential are left out.
LeftOut: TypeAlias = Mapping[str, Sequence[str]]

_NOTHING: Final[LeftOut] = {}
_NEVER_GOOD = (Verdict.MALFORMED, Verdict.UNSIGNED, Verdict.INVALID)


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """One credential as the receiver will see it.

    Attributes:
        id: The wallet's own id.
        report: Its verdict now, without the learner's own addresses.
        revealed: Every value that leaves.
        shareable: Whether it can go into a pack at all.
        choices: What may be left out of it; empty where it is shown whole.
        left_out: What is, of those.
        still_told: What was left out and can be read all the same, where it is shown.
    """

    id: str
    title: str
    issuer: str
    report: Report
    revealed: tuple[Revealed, ...]
    shareable: bool = True
    choices: tuple[PartChoice, ...] = ()
    left_out: tuple[str, ...] = ()
    still_told: tuple[Revealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what would leave.

    Attributes:
        sender: What the presentation says about who sends it, for whom and until when.
        cover: The note for people inside a pack; a QR code leaves it out.
    """

    terms: ShareTerms
    items: tuple[PreviewItem, ...]
    sender: tuple[Revealed, ...]
    cover: str

    @property
    def warnings(self) -> tuple[PreviewItem, ...]:
        """The items that are anything but valid now."""
        return tuple(item for item in self.items if item.report.verdict is not Verdict.VALID)


def preview(session: Session, ids: Sequence[str], terms: ShareTerms, left_out: LeftOut = _NOTHING) -> Preview:
    """Return exactly what sharing these would reveal, and how each stands now. Changes nothing.

    Args:
        session: The open wallet.
        ids: The wallet's own ids.
        terms: For whom, until when.
        left_out: Pointers of what is left out of each, as its choices name them.

    Raises:
        ShareError: NOTHING_TO_SHARE, PACK_ENDED for terms that lie in the past, or POINTER_WRONG.
        ProofError, LinkedDataError: A part that cannot be made.
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    at = session.now()
    _check_terms(terms, at)
    items = tuple(_preview_item(session, stored, at, _out(left_out, stored))
                  for stored in _chosen(session, ids))
    sender = presentation.revealed_by_presentation(_holder_key(session), terms, at)
    named = tuple((item.title, item.issuer, _shown_count(item.revealed) if item.left_out else 0)
                  for item in items)
    return Preview(terms, items, sender, _cover(named, terms))


@logged
def present(session: Session, ids: Sequence[str], terms: ShareTerms, left_out: LeftOut = _NOTHING) -> Bundle:
    """Build a signed presentation of these credentials and check it as its receiver would.

    Nothing has left yet: `save_pack`, `save_qr` and `show_qr` hand it over and note it.

    Raises:
        ShareError: NOTHING_TO_SHARE, PACK_ENDED, SHARE_UNSUITABLE, POINTER_WRONG, or SHARE_NOT_GOOD if a
            receiver would refuse the pack itself or could never accept a credential in it.
        ProofError, LinkedDataError: A part that cannot be made.
        VaultError: CREDENTIAL_NOT_FOUND.
        CodecError: LIMIT_BYTES, if it is larger than a receiver accepts.
    """
    at = session.now()
    _check_terms(terms, at)
    chosen = _chosen(session, ids)
    credentials = tuple(_leaving(session, stored, _out(left_out, stored)) for stored in chosen)
    signed = presentation.present(credentials, _holder_key(session), terms, at=at,
                                  contexts=session.contexts, presentation_id=f"urn:uuid:{uuid.uuid4()}")
    named = tuple((one.title, _issuer_name(one),
                   _shown_count(presentation.revealed(one)) if _out(left_out, stored) else 0)
                  for stored, one in zip(chosen, credentials, strict=True))
    pack = presentation.write_pack(signed, _cover(named, terms))
    _refuse_unless_good(session, chosen, pack, terms, at)
    return Bundle(signed, pack, encode_payload(signed), terms, tuple(stored.id for stored in chosen))


def save_pack(session: Session, bundle: Bundle, path: Path) -> Path:
    """Write the pack as a file, whole or not at all, and note it in the log.

    Raises:
        OperationError: FOLDER_UNWRITABLE or DISK_FULL.
        VaultError: The log cannot be written.
    """
    with session.vault.transaction():  # noted first, and not at all if the file cannot be written
        _note(session, Channel.PACK, bundle.credential_ids, bundle.terms)
        atomic_write(path, bundle.pack)
    return path


def save_qr(session: Session, bundle: Bundle, path: Path) -> tuple[Path, ...]:
    """Write the QR picture, or `name-1-of-3.png` and so on where it takes several, and note it.

    Raises:
        ShareError: SHARE_TOO_LARGE.
        OperationError: FOLDER_UNWRITABLE or DISK_FULL.
        VaultError: The log cannot be written.
    """
    pictures = {_frame_path(path, frame): frame.png for frame in _frames(session, bundle)}
    with session.vault.transaction():
        _note(session, Channel.QR, bundle.credential_ids, bundle.terms)
        for target, png in pictures.items():
            atomic_write(target, png)
    return tuple(pictures)


def show_qr(session: Session, bundle: Bundle) -> tuple[QrFrame, ...]:
    """Return the QR pictures for the screen, and note it: what is on a screen can be read.

    Raises:
        ShareError: SHARE_TOO_LARGE.
        VaultError: The log cannot be written.
    """
    frames = _frames(session, bundle)
    _note(session, Channel.QR, bundle.credential_ids, bundle.terms)
    return frames


def carrier_text(session: Session, bundle: Bundle) -> str:
    """Return the link (if a verifier page is set) or the text behind the QR code, to copy, and note it.

    Raises:
        VaultError: The log cannot be written.
    """
    _note(session, Channel.QR, bundle.credential_ids, bundle.terms)
    return qr.carrier_text(bundle.payload, _verifier_address(session))


@logged
def linkedin(session: Session, credential_id: str, *, with_url: bool = False, with_id: bool = False,
             note: bool = True) -> LinkedInEntry:
    """Return the link that opens LinkedIn's form, and the same values to copy by hand.

    Args:
        session: The open wallet.
        credential_id: Which credential.
        with_url: Also the issuer's own public page, where the credential's id is one.
        with_id: Also a short form of the credential's id.
        note: Write it into the log of what left; False for a preview.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    stored = session.vault.get(credential_id)
    credential = load_credential(session, stored.id)
    entry = linkedin_form.linkedin_entry(
        credential, cert_url=linkedin_form.public_page(credential) if with_url else "",
        cert_id=linkedin_form.short_id(credential) if with_id else "")
    if note:
        _note(session, Channel.LINKEDIN, (stored.id,), ShareTerms(audience="LinkedIn"))
    return entry


def shares(session: Session) -> tuple[ShareRecord, ...]:
    """Return the log of everything that left."""
    return tuple(session.vault.shares())


# --- inside ---


def _chosen(session: Session, ids: Sequence[str]) -> tuple[StoredCredential, ...]:
    """Resolve the ids in the learner's order, each once."""
    if not ids:
        raise ShareError(reason(ReasonCode.NOTHING_TO_SHARE))
    return tuple({stored.id: stored for stored in map(session.vault.get, ids)}.values())


def _check_terms(terms: ShareTerms, at: datetime) -> None:
    if terms.expires is not None and terms.expires <= at:
        raise ShareError(reason(ReasonCode.PACK_ENDED, until=terms.expires.isoformat()))


def _holder_key(session: Session) -> HolderKey:
    return HolderKey.from_seed(session.vault.holder_key())


def _out(left_out: LeftOut, stored: StoredCredential) -> tuple[str, ...]:
    return tuple(left_out.get(stored.id, ()))


def _leaving(session: Session, stored: StoredCredential, left_out: tuple[str, ...]) -> Credential:
    """Return what leaves of a credential: the whole, or the part of one that is sealed for parts."""
    credential = load_credential(session, stored.id)
    if left_out:
        return part.part_of(credential, left_out, session.contexts)
    try:
        return part.whole_of(credential, session.contexts)
    except (ProofError, LinkedDataError):  # nothing can be made of it, and the original never leaves
        return credential


def _shown_count(values: Sequence[Revealed]) -> int:
    return sum(not one.path.startswith(("/proof/", "/@context")) for one in values)


def _preview_item(session: Session, stored: StoredCredential, at: datetime,
                  left_out: tuple[str, ...]) -> PreviewItem:
    whole = load_credential(session, stored.id)
    credential = _leaving(session, stored, left_out)
    report = _judge(session, (stored,), credential, at, Expectation())
    structure = report.check(CheckId.STRUCTURE)
    told = structure is not None and structure.outcome is Outcome.PASSED  # else it cannot be signed for
    shareable = told and presentation.is_presentable(credential) and report.verdict not in _NEVER_GOOD
    return PreviewItem(stored.id, credential.title, _issuer_name(credential), report,
                       presentation.revealed(credential), shareable,
                       part.choices(whole) if shareable else (), left_out,
                       part.still_told(whole, credential) if left_out else ())


def _judge(session: Session, chosen: Sequence[StoredCredential], parsed: Parsed, at: datetime,
           expectation: Expectation) -> Report:
    """Judge with all the evidence of the wallet, and what is pinned beside the chosen credentials."""
    pinned = tuple(document for one in chosen for document in session.vault.evidence(one.id))
    evidence = desk_of(session).gather(parsed, beside=MemoryEvidence(pinned))
    return judge(parsed, evidence, at=at, expectation=expectation)


def _refuse_unless_good(session: Session, chosen: tuple[StoredCredential, ...], pack: bytes,
                        terms: ShareTerms, at: datetime) -> None:
    """Check the finished pack from its bytes, as somebody who received it."""
    report = _judge(session, chosen, parse(pack), at,
                    Expectation(challenge=terms.challenge or None, domain=terms.domain or None))
    if not report.is_pack or report.verdict is not Verdict.VALID or len(report.items) != len(chosen):
        raise ShareError(reason(ReasonCode.SHARE_NOT_GOOD, because=report.verdict.value))
    for stored, item in zip(chosen, report.items, strict=True):
        if item.verdict in _NEVER_GOOD:
            raise ShareError(reason(ReasonCode.SHARE_NOT_GOOD, name=stored.title, because=item.verdict.value))


def _frames(session: Session, bundle: Bundle) -> tuple[QrFrame, ...]:
    return qr.qr_frames(bundle.payload, _verifier_address(session))


def _frame_path(path: Path, frame: QrFrame) -> Path:
    if frame.total == 1:
        return path
    return path.with_name(f"{path.stem}-{frame.index}-of-{frame.total}{path.suffix}")


def _verifier_address(session: Session) -> str:
    return load_settings(session.services.config_file).verifier_address


def _note(session: Session, channel: Channel, ids: tuple[str, ...], terms: ShareTerms) -> None:
    titles = tuple(session.vault.get(one).title for one in ids)
    session.vault.log_share(ShareRecord(id="", at=session.now(), channel=channel, audience=terms.audience,
                                        credential_ids=ids, titles=titles, expires=terms.expires))


def _issuer_name(credential: Credential) -> str:
    return credential.issuer.name or credential.issuer.id


def _cover(named: tuple[tuple[str, str, int], ...], terms: ShareTerms) -> str:
    """Write the note beside the presentation. It states no verdict: only a check can.

    Args:
        named: Title, issuer, and how many details are shown of one that is shown in part, else 0.
        terms: For whom, until when.
    """
    lines = ["Credentials for " + _line(terms.audience) if terms.audience else "Credentials", ""]
    for title, issuer, shown in named:
        lines.append(f"- {_line(title)}, awarded by {_line(issuer)}")
        if shown:
            lines.append(f"  A selection; details shown: {shown}. How many were left out is not proven.")
    if terms.expires is not None:
        lines += ["", f"This pack is meant to be used until {terms.expires:%Y-%m-%d %H:%M} UTC."]
    lines += ["", "How to check it: open this file in the wallet under Verify, or run", "",
              "    wallet verify FILE.vcpack" + (f' --domain "{terms.domain}"' if terms.domain else ""), "",
              "It is checked on your own computer, and nothing is sent anywhere. This note is not sealed:",
              "only what the check shows counts.", ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Keep text from a file on its own line."""
    return " ".join(text.split())
