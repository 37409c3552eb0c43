"""What heads a result: one saying per code, for the learner and for the employer. Templates only.

A failed, an ended and an unchecked credential are three different things to say, and being offline is
never the credential's fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from wallet.model.report import HeadlineCode as H


@unique
class Audience(StrEnum):
    """Who reads: the learner about her own, or somebody about what she was sent."""

    LEARNER = "learner"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Saying:
    """Everything said above the rows.

    Attributes:
        headline: A few words.
        sentence: For both.
        employer: What follows for the employer.
        learner: What follows for the learner.
        next_learner, next_employer: What to do now; empty where there is nothing to do.
    """

    headline: str
    sentence: str
    employer: str = ""
    learner: str = ""
    next_learner: str = ""
    next_employer: str = ""

    def follows(self, audience: Audience) -> str:
        """Return the addition for that reader."""
        return self.employer if audience is Audience.EMPLOYER else self.learner

    def next_step(self, audience: Audience) -> str:
        """Return what that reader can do now."""
        return self.next_employer if audience is Audience.EMPLOYER else self.next_learner


REAL = "This shows that the award is real; check that it belongs to the person you are speaking to."
_ADD_VOCABULARY = "Add the vocabulary by hand, if you trust its source; the guide says how."
_ONLINE = "Check online, or ask {issuer} for its present withdrawal list and add it by hand."
_ORIGINAL = "Get the original again from where it was issued."
_ASK_ORIGINAL = "Ask for the original file."
_OWN_RESULTS = "Each credential inside has a result of its own."
_NEW_PACK = "Make a new pack from your wallet."
_BY_RESULTS = "Ask the sender for a new pack, or go by the results inside."

HEADLINES: Final[dict[H, Saying]] = {
    H.VALID: Saying(
        "Genuine and current", "The digital seal of {sealer} is intact, and it is in date.", REAL
    ),
    H.VALID_IN_PART: Saying(
        "Genuine; shown in part",
        "The digital seal of {sealer} is intact. Only a part of it is shown: an end date or a withdrawal "
        "may be hidden, so it is not known whether it still holds.",
        employer=REAL,
        next_employer="Ask to be shown its end date and where withdrawals are listed, or ask {issuer}.",
    ),
    H.VALID_NO_EXPIRY: Saying("Genuine", "The digital seal of {sealer} is intact; it has no end date.", REAL),
    H.EXPIRING: Saying(
        "Ends in {days} days",
        "The digital seal of {sealer} is intact, and it is in date until {until}.",
        REAL,
        next_learner="Set a reminder, or ask {issuer} about renewal.",
    ),
    H.VALID_STATUS_UNCHECKED: Saying(
        "Genuine; withdrawal not checked",
        "The digital seal of {sealer} is intact. {withdrawal}",
        next_learner=_ONLINE,
        next_employer=_ONLINE,
    ),
    H.VALID_STATUS_STALE: Saying(
        "Genuine; last withdrawal check {date}",
        "The digital seal of {sealer} is intact. The last withdrawal list we have is of {date}.",
        next_learner=_ONLINE,
        next_employer=_ONLINE,
    ),
    H.STATUS_UNTRUSTED: Saying(
        "Genuine; the withdrawal list cannot be trusted",
        "The digital seal of {sealer} is intact. {withdrawal} That is not the same as “not withdrawn”.",
        next_learner=_ONLINE,
        next_employer=_ONLINE,
    ),
    H.STATUS_LIST_ENDED: Saying(
        "Genuine; last withdrawal check {date}",
        "The digital seal of {sealer} is intact. The withdrawal list of {date} has passed its own end.",
        next_learner=_ONLINE,
        next_employer=_ONLINE,
    ),
    H.KEY_NOT_AUTHORISED: Saying(
        "Sealed with a key that {issuer} does not use for this",
        "The seal is intact, but not by the issuer it names. Do not rely on it.",
        next_learner=_ORIGINAL,
        next_employer=_ASK_ORIGINAL,
    ),
    H.EXPIRED: Saying(
        "Ended on {until}",
        "It was genuine; its validity ended.",
        "Ended is not false.",
        next_learner="Ask {issuer} about renewal.",
        next_employer="Ask whether there is a newer one.",
    ),
    H.NOT_YET_VALID: Saying(
        "Starts on {from}",
        "It is genuine, but not in force yet.",
        next_learner="Is the date of this computer right?",
        next_employer="Is the date of this computer right?",
    ),
    H.REVOKED: Saying(
        "Withdrawn by the issuer",
        "{issuer} withdrew this on or before {date}. Do not rely on it.",
        next_learner="Contact {issuer}.",
        next_employer="Ask the person, or {issuer}, what happened.",
    ),
    H.SUSPENDED: Saying(
        "On hold",
        "{issuer} paused this for now; look again later.",
        next_learner="Ask {issuer} how long it is on hold.",
        next_employer="Check again later.",
    ),
    H.TAMPERED: Saying(
        "Does not match its seal",
        "Something in the file differs from what was sealed. Do not rely on this copy.",
        next_learner=_ORIGINAL,
        next_employer=_ASK_ORIGINAL,
    ),
    H.UNSEALED_PARTS: Saying(
        "Contains parts nobody sealed",
        "{why} Such parts could have been added by anyone, so we do not show the file as genuine.",
        next_learner="Ask {issuer} for a corrected one.",
        next_employer=_ASK_ORIGINAL,
    ),
    H.UNSIGNED: Saying(
        "No seal inside",
        "It looks like a credential, but nobody sealed it. Treat it as a document.",
        next_learner="Ask {issuer} for a sealed one.",
        next_employer="Ask for a sealed one.",
    ),
    H.KEY_UNKNOWN: Saying(
        "Cannot find the issuer's key",
        "We do not have the key of {issuer}: we are offline, or it is no longer published. That does not "
        "make it a fake.",
        next_learner="Check online, or ask {issuer} for its key document and add it by hand.",
        next_employer="Check online, or ask {issuer} for its key document and add it by hand.",
    ),
    H.KEY_RETIRED: Saying(
        "Seal made with a key no longer in use",
        "It may have been sealed before {issuer} changed keys. That does not make it a fake.",
        next_learner="Ask {issuer} for a fresh one.",
        next_employer="Ask {issuer} whether it stands.",
    ),
    H.SEALER_UNCONFIRMED: Saying(
        "Seal intact; sealer not confirmed",
        "Nothing changed since it was sealed. {why} That does not make it a fake.",
        next_learner="Ask {issuer} how others can confirm its seal.",
        next_employer="Compare the sealer with the list of trusted ones of its country.",
    ),
    H.CONTEXT_UNKNOWN: Saying(
        "Uses a vocabulary we do not have",
        "[[The vocabulary is {address}. ]]Without it nobody can tell for certain what was sealed. That does "
        "not make it a fake.",
        learner="It is kept safe.",
        next_learner=_ADD_VOCABULARY,
        next_employer=_ADD_VOCABULARY,
    ),
    H.UNSUPPORTED: Saying(
        "We cannot check this kind of seal yet",
        "{why} That does not make it a fake.",
        learner="It is kept safe.",
        next_learner="Check again with a newer version of this program.",
        next_employer="Ask for the issuer's own link, or for another kind of file.",
    ),
    H.UNCHECKED: Saying(
        "Could not be checked here",
        "{why} That says nothing about the award, good or bad.",
        next_learner="Check it again by itself, with fewer other programs open.",
        next_employer="Check this one again by itself; if that does not help, ask for another kind of file.",
    ),
    H.HOSTED_OK: Saying(
        "Confirmed on the issuer's website[[ {recorded}]]",
        "This kind has no seal of its own; the web record of {issuer} said the same. Works online only.",
        "Check that it belongs to the person you are speaking to.",
        next_learner="Ask {issuer} for a sealed version: it can be checked without their website.",
    ),
    H.HOSTED_CHANGED: Saying(
        "Differs from the issuer's web record",
        "{why} Do not rely on this copy.",
        next_learner=_ORIGINAL,
        next_employer="Open the issuer's own page.",
    ),
    H.HOSTED_GONE: Saying(
        "Issuer's web record is gone",
        "The page was removed or moved. It may be withdrawn, or the site closed.",
        next_learner="Ask {issuer} for a sealed version.",
        next_employer="Ask {issuer} whether it stands.",
    ),
    H.HOSTED_UNREACHABLE: Saying(
        "Issuer's web record not reached",
        "This kind has no seal of its own: the web record of {issuer} says whether it is genuine, and we do "
        "not have it, or have only an old copy.",
        next_learner="Ask {issuer} for a sealed version.",
        next_employer="Open the issuer's own page.",
    ),
    H.DOCUMENT_ONLY: Saying(
        "A document, not checkable",
        "A PDF or picture can be edited, and nothing in it can be checked.",
        next_learner="Keep the issuer's link with it.",
        next_employer="Ask for the issuer's link.",
    ),
    H.SELF_STATED: Saying(
        "Your own statement", "Not confirmed by anyone else.", "It was written by this person."
    ),
    H.MALFORMED: Saying("Cannot be read", "{why}", next_learner=_ORIGINAL, next_employer=_ASK_ORIGINAL),
    H.TOO_LARGE: Saying(
        "Too large or too complex to check safely",
        "{why} Nothing else was affected.",
        next_learner=_ORIGINAL,
        next_employer=_ASK_ORIGINAL,
    ),
    H.CLOCK_SUSPECT: Saying(
        "This computer's date looks wrong",
        "The digital seal of {sealer} is intact, but dates cannot be judged.",
        next_learner="Check the date and time of this computer.",
        next_employer="Check the date and time of this computer.",
    ),
    H.HOLDER_FAILED: Saying(
        "Live check failed",
        "{why} Do not rely on this pack.",
        next_learner="Make a new pack with the question you were given.",
        next_employer="Start again with a new question.",
    ),
    H.PACK_PARTIAL: Saying("{k} of {n} are fine", "[[The others: {others}. ]]See the rows marked."),
    H.PACK_FINE: Saying("{n} of {n} are fine", "Each credential inside is genuine.[[ {but}]]", REAL),
}

#: Said of a pack instead: who put it together is no issuer, and what is inside has a result of its own.
PACK_HEADLINES: Final[dict[H, Saying]] = {
    H.UNSIGNED: Saying(
        "Nobody sealed this pack",
        "Anybody may have put it together, and nobody can tell what was left out. " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
    H.TAMPERED: Saying(
        "This pack does not match its seal",
        "Something was added, left out or changed after it was put together. " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
    H.KEY_NOT_AUTHORISED: Saying(
        "This pack is sealed with a key that does not fit",
        "{why} " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
    H.UNSUPPORTED: Saying(
        "We cannot check the seal of this pack yet",
        "{why} That does not make it a fake. " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
    H.EXPIRED: Saying(
        "This pack was to be shown until {until}",
        "It is past its time. " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
    H.NOT_YET_VALID: Saying(
        "This pack is to be shown from {from} on",
        "It is not yet time. " + _OWN_RESULTS,
        next_learner="Is the date of this computer right?",
        next_employer="Is the date of this computer right?",
    ),
    H.KEY_UNKNOWN: Saying(
        "Cannot tell who put this pack together",
        "{why} That does not make it a fake. " + _OWN_RESULTS,
        next_learner=_NEW_PACK,
        next_employer=_BY_RESULTS,
    ),
}

#: What to add to the answer of the holder's row, by reason code value.
HOLDER_ADVICE: Final[dict[tuple[str, Audience], str]] = {
    ("recipient_unknown", Audience.LEARNER): "Add your e-mail to see if it is yours.",
    ("recipient_unknown", Audience.EMPLOYER): "Ask the person for the address.",
    ("recipient_not_compared", Audience.LEARNER): "Add your e-mail or your key to see if it is yours.",
    ("recipient_not_compared", Audience.EMPLOYER): "Compare it with whom you know, or start a live check.",
    ("recipient_mismatch", Audience.LEARNER): "People often learn with one address and apply with another.",
    ("recipient_mismatch", Audience.EMPLOYER): "People often learn with one address and apply with another: "
    "ask for the address it was issued to.",
    ("recipient_guessable", Audience.LEARNER): "Think before sharing this publicly.",
    ("holder_not_proven", Audience.EMPLOYER): "Start a live check to be sure.",
}
