"""The sentences of `wallet.wording`, through Qt's catalogue; dates, plural forms and the few words on cards.

Nothing here decides what is said: a code and its sentence meet in `wallet.wording`. Values are put into a
sentence after its translation, so the catalogue sees templates only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code, headline_level
from wallet.model.reasons import Reason
from wallet.model.report import CheckId, HeadlineCode, Level, Report, Verdict
from wallet.model.stored import StoredCredential
from wallet.wording import labels, outcomes
from wallet.wording.outcomes import Audience
from wallet.wording.text import moment_of

from .icons import Icon

CONTEXT = "wording"

#: Words of a card's lower left where the headline is too long for it.
_CARD_WORDS: dict[HeadlineCode, str] = {
    HeadlineCode.VALID_IN_PART: "Shown in part",
    HeadlineCode.VALID_STATUS_UNCHECKED: "Withdrawal not checked",
    HeadlineCode.VALID_STATUS_STALE: "Genuine",
    HeadlineCode.STATUS_UNTRUSTED: "Withdrawal not known",
    HeadlineCode.STATUS_LIST_ENDED: "Withdrawal not checked",
    HeadlineCode.KEY_NOT_AUTHORISED: "Not the issuer's key",
    HeadlineCode.KEY_UNKNOWN: "Issuer's key not found",
    HeadlineCode.KEY_RETIRED: "Key no longer in use",
    HeadlineCode.SEALER_UNCONFIRMED: "Sealer not confirmed",
    HeadlineCode.CONTEXT_UNKNOWN: "Unknown vocabulary",
    HeadlineCode.UNSUPPORTED: "Cannot check this yet",
    HeadlineCode.UNSEALED_PARTS: "Has unsealed parts",
    HeadlineCode.HOSTED_OK: "Recorded copy",
    HeadlineCode.HOSTED_UNREACHABLE: "Record not reached",
    HeadlineCode.HOSTED_GONE: "Record is gone",
    HeadlineCode.HOSTED_CHANGED: "Differs from the record",
    HeadlineCode.DOCUMENT_ONLY: "Not checkable",
    HeadlineCode.UNCHECKED: "Could not be checked",
    HeadlineCode.TOO_LARGE: "Too large to check",
    HeadlineCode.CLOCK_SUSPECT: "Date looks wrong",
    HeadlineCode.EXPIRED: "Ended",
    HeadlineCode.NOT_YET_VALID: "Not started yet",
}


@dataclass(frozen=True, slots=True)
class CardStatus:
    """The status of a card: look, word, and an icon where the class has its own."""

    level: Level
    word: str
    icon: Icon | None = None


def translate(text: str) -> str:
    """Return the text in the window's language."""
    return QCoreApplication.translate(CONTEXT, text)


def counted(number: int, one: str, many: str) -> str:
    """Return the form for that number; both forms hold `%n`."""
    source = one if number == 1 else many
    return QCoreApplication.translate(CONTEXT, source, "", number)


def headline(report: Report) -> str:
    """Return the few words that head a result."""
    return outcomes.headline(report, translate)


def sentence(report: Report, audience: Audience) -> str:
    """Return what the result means."""
    return outcomes.sentence(report, audience, translate)


def next_step(report: Report, audience: Audience) -> str:
    """Return what to do now, "" for nothing."""
    return outcomes.next_step(report, audience, translate)


def rows(report: Report, audience: Audience) -> tuple[outcomes.Row, ...]:
    """Return the answered questions, then the notes."""
    return outcomes.rows(report, audience, translate)


def check_lines(report: Report) -> tuple[outcomes.CheckLine, ...]:
    """Return every check on its own."""
    return outcomes.check_lines(report, translate)


def does_not_prove(report: Report) -> str:
    """Return what nobody may read into the result."""
    return outcomes.does_not_prove(report, translate)


def reason_text(why: Reason) -> str:
    """Return the sentence of a reason."""
    return outcomes.reason_text(why, translate)


def class_word(evidence_class: EvidenceClass) -> str:
    """Return the name of an evidence class."""
    return labels.class_word(evidence_class, translate)


def card_status(report: Report) -> CardStatus:
    """Return the status for a card's lower left."""
    code, level = headline_code(report), headline_level(report)
    if code is HeadlineCode.HOSTED_OK:
        return CardStatus(Level.INFO, translate(_CARD_WORDS[code]), Icon.HOSTED)
    if code is HeadlineCode.DOCUMENT_ONLY:
        return CardStatus(Level.UNKNOWN, translate(_CARD_WORDS[code]), Icon.DOCUMENT)
    if code is HeadlineCode.SELF_STATED:
        return CardStatus(Level.INFO, headline(report), Icon.OWN_STATEMENT)
    return CardStatus(level, translate(_CARD_WORDS[code]) if code in _CARD_WORDS else headline(report))


def card_date(stored: StoredCredential) -> str:
    """Return the date for a card's lower right, "" where there is none worth saying."""
    report, until, since = stored.report, stored.valid_until, stored.valid_from
    if report.evidence_class is EvidenceClass.HOSTED:
        return translate("of {date}").replace("{date}", short_date(stored.added_at))
    withdrawn = _withdrawn_by(report)
    if withdrawn:
        return translate("by {date}").replace("{date}", short_date(withdrawn))
    if report.verdict is Verdict.NOT_YET_VALID and since:
        return translate("from {date}").replace("{date}", short_date(since))
    if until is None:
        return month(since) if since else ""
    if headline_code(report) in (HeadlineCode.EXPIRING, HeadlineCode.EXPIRED):
        return short_date(until)
    return translate("until {date}").replace("{date}", month(until))


def spoken(stored: StoredCredential, title: str, issuer: str) -> str:
    """Return how a card is read out: what, by whom, class, status, until when."""
    awarded = translate("awarded by {issuer}").replace("{issuer}", issuer) if issuer else ""
    status = card_status(stored.report).word
    parts = (title, awarded, _lower(class_word(stored.evidence_class)), _lower(status), card_date(stored))
    return ", ".join(part for part in parts if part)


def month(moment: datetime) -> str:
    """Return month and year: May 2029."""
    return QLocale().toString(_day(moment), "MMM yyyy")


def short_date(moment: datetime) -> str:
    """Return a day with a short month: 15 Dec 2026."""
    return QLocale().toString(_day(moment), "d MMM yyyy")


def long_date(moment: datetime) -> str:
    """Return a day with the month's whole name: 15 December 2026."""
    return QLocale().toString(_day(moment), "d MMMM yyyy")


def date_and_time(moment: datetime) -> str:
    """Return a day and a time of the clock, in UTC as everywhere in a report."""
    clock = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return f"{long_date(moment)}, {clock} UTC"


def _withdrawn_by(report: Report) -> datetime | None:
    """Return the day of the list on which it stands as withdrawn."""
    status = report.check(CheckId.STATUS)
    return moment_of(status.reason["date"]) if report.verdict is Verdict.REVOKED and status else None


def _day(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
