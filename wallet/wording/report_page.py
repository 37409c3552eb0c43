"""The words of a report that is written as a page: its title, its parts, and what it is not.

What was found is said by `outcomes`, as in the window and on the command line; nothing here judges.
"""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final

from .text import Translate, fill, keep


@unique
class Part(StrEnum):
    """The headings and labels of the page. Templates without a value."""

    TITLE = "Report of a check"
    OVERVIEW = "What was checked"
    QUOTED = "What the file says of itself"
    QUOTED_INSIDE = "What it says of itself"
    QUOTED_HINT = "These words are quoted from the file. They are its words, not ours."
    ANSWERS = "What was found"
    QUESTION = "Question"
    ANSWER = "Answer"
    RESTS_ON = "What it rests on"
    NOTES = "Notes"
    MISSING = "What was missing"
    LIMITS = "What this does not prove"
    FILE = "The file"
    RESULT = "Result"
    NAME = "Name"
    DIGEST = "SHA-256"
    FORMAT = "Format"
    CODES = "Single checks"
    ASKED = "What was asked of the web"
    TITLE_FIELD = "Title"
    AWARDED_BY = "Awarded by"
    ISSUER_ID = "Issuer id"
    TO = "To"
    FROM = "From"
    UNTIL = "Until"
    ABOUT = "About"
    ASSESSED = "How it was assessed"
    SKILLS = "Skills"
    RESULTS = "Results"
    EVIDENCE = "Evidence"
    CREDITS = "Credits"
    REFUSED = "refused"
    UNUSUAL = "unusual characters"
    WHEN = "When"
    SITE = "Site"
    PURPOSE = "Asked for"
    CAME = "What came"
    OFFLINE = "Nothing was asked of the web."
    BEWARE = "This report proves nothing by itself: check the credential."
    BEWARE_WHY = (
        "Anybody can write a page that looks like this one. Ask for the file named below and check it "
        "yourself, with this program or another; the SHA-256 tells whether it is the same file."
    )
    PRIVATE = "The page says something about a person: pass it on only to those who need it."


_CHECKED: Final = "Checked {now} with {what}."
_FINE: Final = "{k} of {n} are fine"
_REFUSED: Final = "Refused, because you require: {what}"
_MORE: Final = "{n} more are not shown in full here."
_ITEM: Final = "Item {n}"


def part(one: Part, translate: Translate = keep) -> str:
    """Return a heading or a label."""
    return translate(one.value)


def checked_line(now: str, program: str, translate: Translate = keep) -> str:
    """Return when and with what was checked."""
    return fill(_CHECKED, {"now": now, "what": program}, translate)


def fine_line(fine: int, total: int, translate: Translate = keep) -> str:
    """Return how many of several files are fine."""
    return fill(_FINE, {"k": str(fine), "n": str(total)}, translate)


def refused_line(demand: str, translate: Translate = keep) -> str:
    """Return that a demand of the person who checked is not met."""
    return fill(_REFUSED, {"what": demand}, translate)


def more_line(left: int, translate: Translate = keep) -> str:
    """Return how many things are only named, or not even that."""
    return fill(_MORE, {"n": str(left)}, translate)


def item_name(number: int, translate: Translate = keep) -> str:
    """Return what a credential inside a pack or a record is called."""
    return fill(_ITEM, {"n": str(number)}, translate)
