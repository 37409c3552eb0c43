"""The result of a check as a page for a person: to open, to print, to keep with an application.

One file without script and without anything from elsewhere. It says what the window and the command line say,
with the same sentences, and that it proves nothing by itself. What the credential says of itself stands apart
from what was found, behind the names of its fields. What machines read is the JSON report.

A page is bounded: what is beyond is counted, and named where it is a whole file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Final, TypeAlias

from wallet.model.credential import Credential, Parsed, Presentation, Unreadable
from wallet.model.headline import headline_level, is_fine
from wallet.model.network import LedgerEntry
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Level, Question, Report
from wallet.wording.asking import outcome_word, purpose_word
from wallet.wording.labels import class_word, friendly_date, friendly_time, level_word, tidy
from wallet.wording.outcomes import (
    Audience,
    Row,
    does_not_prove,
    headline,
    next_step,
    reason_text,
    rows,
    sentence,
)
from wallet.wording.report_page import Part, checked_line, fine_line, item_name, more_line, part, refused_line
from wallet.wording.text import Translate, keep
from wallet.wording.untrusted_text import shown_text

from .markup import Child, Markup, element, joined, quoted
from .report_style import POLICY, STYLE, icon

Content: TypeAlias = Parsed | Unreadable | None

MAX_FULL_FILES: Final = 500
MAX_FULL_ITEMS: Final = 100  # of one file
MAX_NAMED_FILES: Final = 20_000
MAX_REQUESTS: Final = 1_000
_MAX_CLAIM_CHARS: Final = 2_000
_MAX_ENTRIES: Final = 40  # of one field: lines, skills, results, evidence
_MAX_DEPTH: Final = 3  # a pack, a record in it, what that holds
_DEEPEST_HEADING: Final = 6


@dataclass(frozen=True, slots=True)
class Checked:
    """One checked file.

    Attributes:
        name: The file's name; untrusted text.
        sha256: Of the file, "" if it could not be read.
        refusals: Demands of the person who checked that it does not meet, as she wrote them.
        remarks: Lines of ours beside the verdict: with what it was compared.
    """

    name: str
    sha256: str
    report: Report
    content: Content
    refusals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One checked file as its part of a page, and its line in the overview.

    Attributes:
        fine: Whether it and everything in it is valid, and nothing that was demanded is missing.
        headline: What heads it, with a word where it was refused all the same.
        markup: The part; None where the overview's line must do.
    """

    fine: bool
    level: Level
    headline: str
    name: str
    sha256: str
    markup: Markup | None

    def short(self) -> Section:
        """Return it without its part, where a page has enough of them."""
        return replace(self, markup=None)


def section(checked: Checked, translate: Translate = keep) -> Section:
    """Make the part of one file. Whole in itself, so that it can be made in another process."""
    report = checked.report
    refused = tuple(refused_line(tidy(one), translate) for one in checked.refusals)
    head = headline(report, translate)
    if refused:
        head = f"{head} ({part(Part.REFUSED, translate)})"
    name = tidy(checked.name)
    inner = _result(report, checked.content, translate, remarks=refused + checked.remarks, depth=0,
                    name=quoted(name))
    whole = element("section", *inner, *_file_facts(checked, translate), class_="file", aria_label=name)
    return Section(is_fine(report) and not refused, headline_level(report), head, name, checked.sha256, whole)


def page(sections: Sequence[Section], *, at: datetime, program: str, asked: Sequence[LedgerEntry] = (),
         translate: Translate = keep) -> bytes:
    """Return the page.

    Args:
        sections: In the order in which the files were checked.
        at: The one "now" of the check.
        program: Name and version of what checked.
        asked: What was asked of the web for it.
        translate: Into the reader's language.
    """
    full = [one.markup for one in sections[:MAX_FULL_FILES] if one.markup]
    main = element(
        "main",
        element("h1", part(Part.TITLE, translate)),
        element("p", checked_line(friendly_time(at), program, translate), class_="soft"),
        _beware(translate),
        *(_overview(sections, translate) if len(sections) != 1 else ()),
        *full,
        *_asked(asked, translate),
        element("p", part(Part.PRIVATE, translate), class_="soft"),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", part(Part.TITLE, translate)),
        Markup(f"<style>{STYLE}</style>"),
    )
    body = element("html", head, element("body", main), lang="en", dir="ltr")
    return f"<!DOCTYPE html>\n{body.text}\n".encode()


# --- inside ---


def _beware(translate: Translate) -> Markup:
    return element("div", icon(Level.CARE),
                   element("p", element("strong", part(Part.BEWARE, translate))),
                   element("p", part(Part.BEWARE_WHY, translate)), class_="beware")


def _overview(sections: Sequence[Section], translate: Translate) -> Iterator[Markup]:
    fine = sum(one.fine for one in sections)
    yield element("h2", part(Part.OVERVIEW, translate))
    yield element("p", element("strong", fine_line(fine, len(sections), translate)))
    named = sections[:MAX_NAMED_FILES]
    yield _table((Part.RESULT, Part.NAME, Part.DIGEST), [
        (_leveled(one.level, one.headline), quoted(one.name), _digest(one.sha256)) for one in named
    ], translate)
    if len(sections) > MAX_FULL_FILES:
        yield element("p", more_line(len(sections) - MAX_FULL_FILES, translate), class_="soft")


def _result(report: Report, content: Content, translate: Translate, *, remarks: tuple[str, ...] = (),
            depth: int, name: Child) -> Iterator[Markup]:
    """Yield the parts of one report: verdict, claims, answers, and what is inside."""
    yield _verdict(report, translate, remarks=remarks, depth=depth, name=name)
    if isinstance(content, Credential):
        yield from _claims(content, translate, depth=depth)
    answered = rows(report, Audience.EMPLOYER, translate)
    questions = [row for row in answered if row.question is not Question.NOTES]
    yield _heading(depth, part(Part.ANSWERS, translate))
    yield _table((Part.QUESTION, Part.ANSWER, Part.RESTS_ON),
                 [_answer(row, translate) for row in questions], translate)
    empty = reason_text(reason(ReasonCode.NOT_MEANINGFUL), translate)
    notes = [row for row in answered if row.question is Question.NOTES and row.answer != empty]
    if notes:
        yield _heading(depth, part(Part.NOTES, translate))
        yield element("ul", *(element("li", _leveled(row.level, level_word(row.level, translate)), " ",
                                      row.answer) for row in notes))
    if report.wanted:
        yield _heading(depth, part(Part.MISSING, translate))
        yield element("ul", *(element("li", quoted(tidy(one.address, _MAX_CLAIM_CHARS)))
                              for one in report.wanted[:_MAX_ENTRIES]))
    yield _heading(depth, part(Part.LIMITS, translate))
    yield element("p", does_not_prove(report, translate))
    yield from _items(report, content, translate, depth=depth)


def _verdict(report: Report, translate: Translate, *, remarks: tuple[str, ...], depth: int, name: Child,
             ) -> Markup:
    level = headline_level(report)
    step = next_step(report, Audience.EMPLOYER, translate)
    lines: list[Child] = [element("p", name, class_="soft")]
    lines.append(element(f"h{_level(depth)}", headline(report, translate), class_=level.value))
    lines.append(element("p", f"{class_word(report.evidence_class, translate)} · {report.verdict.value}",
                         class_="soft"))
    lines += (element("p", text) for text in (sentence(report, Audience.EMPLOYER, translate), step, *remarks)
              if text)
    return element("div", icon(level), *lines, class_=f"verdict {level.value}")


def _claims(credential: Credential, translate: Translate, *, depth: int) -> Iterator[Markup]:
    yield _heading(depth, part(Part.QUOTED_INSIDE if depth else Part.QUOTED, translate))
    yield element("p", part(Part.QUOTED_HINT, translate), class_="soft")
    fields = [(part(label, translate), one) for label, values in _fields(credential) for one in values]
    yield element("dl", *(element("div", element("dt", label), element("dd", _quoted(text, translate)))
                          for label, text in fields if text), class_="quoted")


def _fields(credential: Credential) -> Iterator[tuple[Part, tuple[str, ...]]]:
    achievement, issuer = credential.achievement, credential.issuer
    yield Part.TITLE_FIELD, (credential.title,)
    yield Part.AWARDED_BY, (issuer.name or issuer.id,)
    yield Part.ISSUER_ID, (issuer.id if issuer.name else "",)
    yield Part.TO, (credential.subject.name or credential.subject.id,)
    yield Part.FROM, (friendly_date(credential.valid_from) if credential.valid_from else "",)
    yield Part.UNTIL, (friendly_date(credential.valid_until) if credential.valid_until else "",)
    yield Part.ABOUT, (achievement.description,)
    yield Part.ASSESSED, (achievement.criteria,)
    yield Part.SKILLS, (", ".join(tidy(skill.name) for skill in achievement.skills[:_MAX_ENTRIES]),)
    yield Part.RESULTS, tuple(f"{tidy(name)}: {tidy(value)}"
                              for name, value in achievement.results[:_MAX_ENTRIES])
    yield Part.EVIDENCE, tuple(f"{tidy(name)} {address}"
                               for name, address in achievement.evidence[:_MAX_ENTRIES])
    yield Part.CREDITS, (achievement.credits,)


def _quoted(text: str, translate: Translate) -> Markup:
    shown = shown_text(text)
    cut = "\n".join(shown.text[:_MAX_CLAIM_CHARS].split("\n")[:_MAX_ENTRIES])
    if len(cut) < len(shown.text):
        cut = f"{cut.rstrip()}…"
    if not shown.unusual:
        return quoted(cut)
    mark = element("span", f"({part(Part.UNUSUAL, translate)})", class_="care word")
    return joined(quoted(cut), " ", mark)


def _answer(row: Row, translate: Translate) -> tuple[Child, Child, Child]:
    asked = joined(element("strong", row.name), " ", element("span", row.asks, class_="soft"))
    word = element("p", _leveled(row.level, level_word(row.level, translate)))
    return asked, joined(word, row.answer), element("span", row.source, class_="soft")


def _items(report: Report, content: Content, translate: Translate, *, depth: int) -> Iterator[Markup]:
    full = report.items[:MAX_FULL_ITEMS] if depth < _MAX_DEPTH else ()
    pairs = zip_longest(full, _held(content)[: len(full)])
    for number, (item, held) in enumerate(pairs, 1):
        if item is not None:
            inner = _result(item, held, translate, depth=depth + 1, name=item_name(number, translate))
            yield element("section", *inner, class_="item")
    if len(report.items) > len(full):
        yield element("p", more_line(len(report.items) - len(full), translate), class_="soft")


def _file_facts(checked: Checked, translate: Translate) -> Iterator[Markup]:
    codes = ", ".join(f"{one.id.value} {one.outcome.value} ({one.reason.code.value})"
                      for one in checked.report.checks)
    kind = checked.content.format.value if isinstance(checked.content, Credential) else ""
    facts: list[tuple[Part, Child]] = [(Part.NAME, _quoted(checked.name, translate)),
                                       (Part.DIGEST, _digest(checked.sha256))]
    facts += [(Part.FORMAT, kind)] if kind else []
    facts.append((Part.CODES, codes))
    yield element("h3", part(Part.FILE, translate))
    yield element("dl", *(element("div", element("dt", part(label, translate)), element("dd", value))
                          for label, value in facts))


def _asked(asked: Sequence[LedgerEntry], translate: Translate) -> Iterator[Markup]:
    yield element("h2", part(Part.ASKED, translate))
    if not asked:
        yield element("p", part(Part.OFFLINE, translate))
        return
    yield _table((Part.WHEN, Part.SITE, Part.PURPOSE, Part.CAME), [
        (friendly_time(one.at), quoted(tidy(one.host)), purpose_word(one.purpose, translate),
         outcome_word(one.outcome, translate)) for one in asked[:MAX_REQUESTS]
    ], translate)
    if len(asked) > MAX_REQUESTS:
        yield element("p", more_line(len(asked) - MAX_REQUESTS, translate), class_="soft")


def _table(heads: Sequence[Part], lines: Sequence[Sequence[Child]], translate: Translate) -> Markup:
    head = element("tr", *(element("th", part(one, translate), scope="col") for one in heads))
    body = (element("tr", element("th", line[0], scope="row"), *(element("td", one) for one in line[1:]))
            for line in lines)
    return element("table", element("thead", head), element("tbody", *body))


def _leveled(level: Level, words: str) -> Markup:
    """Shape, word and colour together."""
    return element("span", icon(level), " ", words, class_=f"word {level.value}")


def _digest(sha256: str) -> Markup:
    return element("span", sha256 or "-", class_="digest")


def _heading(depth: int, text: str) -> Markup:
    return element(f"h{_level(depth + 1)}", text)


def _level(depth: int) -> int:
    return min(depth + 2, _DEEPEST_HEADING)


def _held(content: Content) -> tuple[Credential | Unreadable, ...]:
    if isinstance(content, Presentation):
        return content.credentials
    return content.inside if isinstance(content, Credential) else ()
