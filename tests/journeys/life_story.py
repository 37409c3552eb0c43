"""What happens in a life with the web, and what a learner is told each day: the story, for every shell.

Chapters go forward in time. In each, something happens on the web (`simulators.life`), the learner acts, and
what she then has is looked at: the verdict a machine reads, and words that must stand where a person reads.
A shell is a way to do and see it: operations, the command line, the window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tests.simulators.life import KNOWN_LISTS, Life

BEGIN = datetime(2026, 11, 21, 9, tzinfo=UTC)
_FROM_WHAT = (
    "The issuer's document of 21 November 2026 listed the key of this seal, and you had this very file on "
    "21 November 2026, before a change of keys was seen on 23 November 2026.")


@dataclass(frozen=True, slots=True)
class Look:
    """What a shell shows of one credential: the verdict, and everything a person reads about it."""

    verdict: str
    text: str


class Shell(Protocol):
    """One way to use the wallet."""

    def at(self, moment: datetime) -> None:
        """Let it be that time."""

    def take(self, name: str, data: bytes) -> None:
        """Import a file, offline."""

    def take_address(self, name: str, address: str) -> None:
        """Import what is at a web address, with leave."""

    def trust(self, address: str, issuers: Sequence[str]) -> None:
        """Put a list of lists in force, and have these issuers looked up; with leave."""

    def refresh(self) -> str:
        """Ask anew for everything, with leave; return what the person is told."""

    def restart(self) -> None:
        """Close the wallet, and open it again."""

    def verdicts(self) -> Mapping[str, str]:
        """The verdict of every credential, by its name in the story."""

    def look(self, name: str) -> Look:
        """Open one credential."""


Happening = Callable[[Life], None]
Act = Callable[[Shell, Life], str | None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One day.

    Attributes:
        after: Since the begin.
        happens: On the web, before the learner acts.
        act: What she does; returns what she was told, if anything.
        told: What must be in that.
        verdicts: Of credentials, by their names.
        words: What must be read when one is opened.
        asks: Whether the web may be asked at all.
    """

    title: str
    after: timedelta
    happens: Happening
    act: Act
    told: Sequence[str] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asks: bool = True


def _day(count: int, hours: int = 0) -> timedelta:
    return timedelta(days=count, hours=hours)


def _nothing(_life: Life) -> None:
    """Nothing happens."""


def _republished(life: Life) -> None:
    life.publish()


def _rotated(life: Life) -> None:
    life.rotate_keys()


def _forged(life: Life) -> None:
    life.publish()
    life.forge()


def _revoked_and_changed(life: Life) -> None:
    life.revoke()
    life.change_badge()


def _lists_of_three_days(life: Life) -> None:
    life.end_lists_within(_day(3))


def _lists_without_end(life: Life) -> None:
    life.list_ends = None
    life.publish()


def _shut(life: Life) -> None:
    life.shut_down()
    life.take_badge_down()


# --- what the learner does ---


def _looks(_shell: Shell, _life: Life) -> None:
    """She only looks."""


def _imports(*names: str) -> Act:
    def act(shell: Shell, life: Life) -> None:
        for name in names:
            shell.take(name, life.files[name])
    return act


def _refreshes(shell: Shell, _life: Life) -> str:
    return shell.refresh()


def _pastes_address(shell: Shell, life: Life) -> None:
    shell.take_address("rope", life.badge_address)


def _trusts(shell: Shell, life: Life) -> None:
    shell.trust(KNOWN_LISTS, (life.college.id,))


def _imports_both(shell: Shell, life: Life) -> str:
    _imports("statistics", "forged")(shell, life)
    return shell.refresh()


def _restarts(shell: Shell, _life: Life) -> None:
    shell.restart()


STORY: Sequence[Chapter] = (
    Chapter("two files come, and nobody is asked", _day(0), _nothing, _imports("analysis", "welding"),
            verdicts={"analysis": "undetermined", "welding": "undetermined"},
            words={"analysis": ("Cannot find the issuer's key", "That does not make it a fake.",
                                "We do not have the keys of northbridge.example")}, asks=False),
    Chapter("she allows a refresh", _day(0, 1), _nothing, _refreshes, told=("2 confirmed.",),
            verdicts={"analysis": "valid", "welding": "valid"},
            words={"analysis": ("Genuine", "Not withdrawn, per the list as of 21 November 2026.",
                                "None of your lists names it; it calls itself “Northbridge University”",
                                "from its own web address, saved 21 November 2026")}),
    Chapter("a badge without a seal, by its address", _day(0, 2), _nothing, _pastes_address,
            verdicts={"rope": "valid"},
            words={"rope": ("Confirmed on the issuer's website 21 November 2026",
                            "This kind has no seal of its own",
                            "Not withdrawn, per its web record as of 21 November 2026.")}),
    Chapter("a registry and a federation know the issuers", _day(1), _republished, _trusts,
            verdicts={"analysis": "valid", "welding": "valid"},
            words={"analysis": ("Confirmed by your list “Harbour Registry” as Northbridge University",),
                   "welding": ("Confirmed by your list “College Federation” as Lakeside College",)}),
    Chapter("both issuers change their keys", _day(2), _rotated, _refreshes,
            told=("northbridge.example lists other keys than before.",
                  "lakeside.example lists other keys than before.", "Nothing changed."),
            verdicts={"analysis": "valid", "welding": "valid"},
            words={"analysis": ("Genuine", _FROM_WHAT,
                                "The keys of northbridge.example changed; this was seen on 23 November 2026.",
                                "Key document, from its own web address, saved 21 November 2026")}),
    Chapter("a badge by the new key, and one by a thief of the old", _day(3), _forged, _imports_both,
            told=("1 confirmed.",),
            verdicts={"analysis": "valid", "statistics": "valid", "forged": "undetermined"},
            words={"statistics": ("Genuine", "saved 24 November 2026"),
                   "forged": ("Seal made with a key no longer in use",
                              "a key that northbridge.example no longer lists (since 23 November 2026)",
                              "a thief of that key could write any date")}),
    Chapter("put on hold", _day(4), Life.suspend, _refreshes, told=("1 put on hold.",),
            verdicts={"statistics": "suspended", "analysis": "valid"},
            words={"statistics": ("On hold, per the list as of 25 November 2026.",
                                  "paused this for now; look again later.")}),
    Chapter("and lifted", _day(5), Life.lift, _refreshes, told=("1 no longer on hold.",),
            verdicts={"statistics": "valid"},
            words={"statistics": ("Genuine", "Not withdrawn, per the list as of 26 November 2026.")}),
    Chapter("withdrawn, and a web record changed", _day(6), _revoked_and_changed, _refreshes,
            told=("1 no longer passes its check, 1 withdrawn.",),
            verdicts={"welding": "revoked", "rope": "invalid", "analysis": "valid"},
            words={"welding": ("Withdrawn by the issuer, per the list as of 27 November 2026.",
                               "Lakeside College withdrew this on or before 27 November 2026."),
                   "rope": ("Differs from the issuer's web record", "in: issuedOn")}),
    Chapter("lists that end by their own word", _day(7), _lists_of_three_days, _refreshes,
            told=("Nothing changed.",), verdicts={"analysis": "valid", "welding": "revoked"}),
    Chapter("their end has passed", _day(19), _nothing, _looks,
            verdicts={"analysis": "undetermined", "welding": "revoked"},
            words={"analysis": ("Genuine; last withdrawal check 28 November 2026",
                                "that list has passed its own end")}, asks=False),
    Chapter("newer lists", _day(19, 1), _lists_without_end, _refreshes,
            verdicts={"analysis": "valid", "statistics": "valid"},
            words={"analysis": ("Not withdrawn, per the list as of 10 December 2026.",)}),
    Chapter("the university shuts down", _day(24), _shut, _refreshes, told=("2 sites not reached.",),
            verdicts={"analysis": "valid", "statistics": "valid", "welding": "revoked",
                      "rope": "undetermined", "forged": "undetermined"},
            words={"rope": ("Issuer's web record is gone", "It may be withdrawn, or the site closed.")}),
    Chapter("a year later, after a restart, offline", _day(24 + 365, 1), _nothing, _restarts,
            verdicts={"analysis": "valid", "statistics": "valid", "welding": "revoked",
                      "rope": "undetermined", "forged": "undetermined"},
            words={"analysis": ("Genuine", _FROM_WHAT,
                                "Key document, from its own web address, saved 21 November 2026, 389 days",
                                "Withdrawal list of 10 December 2026, from its own web address, saved",
                                "10 December 2026, 370 days old")}, asks=False),
)


def live(life: Life, shell: Shell) -> None:
    """Live the story in one shell, and hold every day to what must be seen."""
    for chapter in STORY:
        moment = BEGIN + chapter.after
        life.move_to(moment)
        chapter.happens(life)
        shell.at(moment)
        before = len(life.web.requests)
        told = chapter.act(shell, life) or ""
        for words in chapter.told:
            assert words in told, f"{chapter.title}: told {told!r}"
        verdicts = shell.verdicts()
        for name, verdict in chapter.verdicts.items():
            assert verdicts[name] == verdict, f"{chapter.title}: {name} is {verdicts[name]}"
        for name, expected in chapter.words.items():
            seen = shell.look(name)
            assert seen.verdict == chapter.verdicts[name], f"{chapter.title}: {name} opens as {seen.verdict}"
            for words in expected:
                assert words in seen.text, f"{chapter.title}: {name} reads {seen.text!r}"
        asked = len(life.web.requests) - before
        assert bool(asked) is chapter.asks, f"{chapter.title}: {asked} requests"
