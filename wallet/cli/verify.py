"""`wallet verify`: no wallet, no password, no history; no network unless asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from wallet import assemble
from wallet.model.errors import CancelledError, TrustError
from wallet.operations.checking import CheckedFile, Desk, Expectation, check_bytes, check_inputs
from wallet.operations.desk import supplied_desk
from wallet.operations.files import is_folder
from wallet.operations.inputs import Input, is_web_address
from wallet.operations.parallel import MAX_JOBS, Answer, Task, check_many
from wallet.operations.progress import Progress
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode, code_of_failure, worst
from .options import Shell, at_option, example, read_duration, standard_input
from .output import TerminalProgress, json_line, print_json, progress, result, say
from .policy import read_policy
from .render import JsonRow, csv_text, file_row, verdict_lines
from .report import ReportFile, ReportKind, page_section, report_kind

if TYPE_CHECKING:  # loaded by those who ask for more than a verdict
    from wallet.model.network import LedgerEntry
    from wallet.operations.report_page import Section
    from wallet.operations.saved import SavedEvidence
    from wallet.operations.session import Services

    from .argument import Argument

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to check, and where to look things up."""

    paths: tuple[str, ...]
    desk: Desk
    at: datetime
    expectation: Expectation
    brought: tuple[Input, ...] = ()  # what web addresses answered with
    pasted: bytes = b""  # standard input, where it was read already

    def checked(
        self, watched: Progress, finish: Callable[[CheckedFile], Answer], jobs: int = 1
    ) -> Generator[Answer, None, None]:
        """Judge everything and finish each; standard input once, wherever it stands in the list."""
        if STANDARD_INPUT in self.paths:
            data = self.pasted or standard_input()
            for one in check_bytes(
                self.desk, data, "standard input", at=self.at, expectation=self.expectation
            ):
                yield finish(one)
        yield from map(finish, check_inputs(self.desk, self.brought, self.at, self.expectation))
        files = self.files
        if files:
            task = Task(self.desk, self.at, self.expectation, finish)
            yield from check_many(task, files, jobs=jobs, progress=watched)

    @property
    def files(self) -> list[Path]:
        """The files and folders among what is to be checked."""
        return [Path(path) for path in self.paths if path != STANDARD_INPUT and not is_web_address(path)]

    def asked_for(
        self, services: Services, watched: TerminalProgress, saved: SavedEvidence | None = None
    ) -> tuple[Wish, tuple[LedgerEntry, ...]]:
        """Ask the web for addresses and for what the checks want; return the wish with what came."""
        # Loaded here: who asks nothing loads nothing that could.
        from wallet.operations.errand import run_errand  # noqa: PLC0415
        from wallet.wording.asking import keys_changed  # noqa: PLC0415

        from .asked import print_asked, print_failed  # noqa: PLC0415

        pasted = standard_input() if STANDARD_INPUT in self.paths else b""
        watched.at_once = saved is None  # what is kept for the next run is written as a whole
        addresses = [path for path in self.paths if is_web_address(path)]
        errand = run_errand(services, self.desk, self.files, addresses, pasted=pasted, saved=saved,
                            progress=watched)  # fmt: skip
        print_asked(errand.lines)
        print_failed(errand.asked)
        for key in errand.asked.changes:
            say(f"Note: {keys_changed(key.issuer_id)}")
        if errand.not_saved is not None:
            say(f"Note: {reason_text(errand.not_saved)} ({errand.not_saved.code.value})")
        return replace(self, desk=errand.desk, brought=errand.inputs, pasted=pasted), errand.lines


@dataclass(frozen=True, slots=True)
class _Finished:
    """What is left of one checked file: its code, and what to print of it."""

    code: ExitCode
    lines: tuple[str, ...] = ()
    row: JsonRow | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class _Finishing:
    """How to finish a checked file, in whatever process it was checked."""

    require: tuple[str, ...]
    accept: tuple[str, ...]
    challenge: str | None
    shape: str | None
    desk: Desk
    explain: bool
    expectation: Expectation
    report: ReportKind | None = None

    def __call__(self, one: CheckedFile) -> _Finished:
        """Make the row or the lines of one file, and its exit code."""
        policy = read_policy(self.require, self.accept, challenge=self.challenge)
        code = policy.exit_code(one.report)
        with_row = self.report is ReportKind.ROWS
        row = file_row(one, policy) if self.shape or with_row else None
        argument = _argument(one, self.desk, self.expectation) if self.explain else None
        if row is not None and argument is not None:
            from .argument import argument_rows  # noqa: PLC0415 - as above

            row["argument"] = argument_rows(argument)
        refusals = policy.refusals(one.report)
        section = page_section(one, refusals) if self.report is ReportKind.PAGE else None
        if self.shape and row is not None:
            if self.shape == "jsonl":  # printed as it comes: a hundred thousand rows are kept by nobody
                return _Finished(code, (json_line(row),), row if with_row else None, section)
            return _Finished(code, (), row, section)
        refused = (f"    refused, because you require: {tidy(name)}" for name in refusals)
        said = verdict_lines(one.name, one.report, one.parsed, explain=self.explain)
        return _Finished(code, (*said, *refused, *_numbered(argument)), row, section)


@click.command(
    epilog=example(
        "wallet verify badge.png", "wallet verify --json --require sealed,status<=30d application.vcpack"
    )
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-r", "--recursive", is_flag=True, help="Look into folders.")
@click.option("--evidence", multiple=True, type=click.Path(path_type=Path), metavar="MAP_OR_FOLDER",
              help="Key documents and withdrawal lists by address. May be given several times.")  # fmt: skip
@click.option("--saved", "use_saved", is_flag=True,
              help="Also use what `evidence --plain` keeps; with --online, keep more there.")  # fmt: skip
@click.option("--trust-contexts", is_flag=True, help="Also believe the vocabularies among that evidence.")
@click.option("--trust", "lists", multiple=True, type=click.Path(path_type=Path), metavar="LIST.json",
              help="A list of issuers you know. May be given several times.")  # fmt: skip
@at_option
@click.option("--max-age", type=read_duration, metavar="30d", help="The oldest withdrawal list that counts.")
@click.option("--domain", metavar="TEXT", help="For whom a pack must have been made: you.")
@click.option("--challenge", metavar="TEXT", help="The question you gave to the sender of a pack.")
@click.option("--require", multiple=True, metavar="WORDS",
              help="sealed, listed, status<=30d, recipient=EMAIL, live; with commas.")  # fmt: skip
@click.option("--accept", multiple=True, metavar="WORDS", help="Take as good: expired, suspended.")
@click.option("--json", "shape", flag_value="json", help="Print JSON.")
@click.option("--jsonl", "shape", flag_value="jsonl", help="Print one JSON row a line.")
@click.option("--csv", "shape", flag_value="csv", help="Print CSV.")
@click.option("--jobs", type=click.IntRange(1, MAX_JOBS), default=1, metavar="N",
              help="Check many files in so many processes.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Say what each answer rests on.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first that is not accepted.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Also write the result: FILE.json, as --json prints it; FILE.html, a page.")  # fmt: skip
@click.option("--online/--offline", default=False,
              help="Ask websites for keys, for lists, and for addresses to check.")  # fmt: skip
@click.pass_obj
def verify(
    shell: Shell,
    /,
    *,
    paths: tuple[str, ...],
    evidence: tuple[Path, ...],
    use_saved: bool,
    trust_contexts: bool,
    lists: tuple[Path, ...],
    at: datetime | None,
    max_age: timedelta | None,
    domain: str | None,
    online: bool,
    **chosen: Any,
) -> ExitCode:
    """Check credentials, packs and QR pictures, offline and without a wallet.

    PATH may be a file, a folder (with -r), or - for standard input; with --online a web address too.
    """
    run = _Run(shell, **chosen)
    refuse_what_is_no_file(paths, recursive=run.recursive, online=online)
    kind = report_kind(run.report) if run.report else None
    policy = read_policy(run.require, run.accept, challenge=run.challenge)
    services = assemble.services(at=at, online=online)
    saved = _saved(services) if use_saved else None
    try:  # what is saved is asked for anew, and stands in for what does not come
        desk = supplied_desk(services, evidence, lists, trust_contexts=trust_contexts,
                             saved=None if online else saved)
    except TrustError as error:
        if code_of_failure(error.reason.code) is not ExitCode.REJECTED:
            raise
        say(f"{reason_text(error.reason)} ({error.reason.code.value})")
        return ExitCode.UNREADABLE  # a list is not trusted; no credential was rejected
    wish = Wish(
        paths,
        desk,
        services.clock(),
        Expectation(policy.recipients, run.challenge, domain, max_age),
    )
    asked: tuple[LedgerEntry, ...] = ()
    with progress(quiet=shell.quiet, at_once=True) as watched:
        if online:
            wish, asked = wish.asked_for(services, watched, saved)
        return run.check(wish, watched, asked, kind)


@dataclass(frozen=True, slots=True)
class _Run:
    """What to do with the checked files: the options of the command, by their names."""

    shell: Shell
    recursive: bool
    challenge: str | None
    require: tuple[str, ...]
    accept: tuple[str, ...]
    shape: str | None
    jobs: int
    explain: bool
    fail_fast: bool
    report: Path | None

    def check(self, wish: Wish, watched: TerminalProgress, asked: tuple[LedgerEntry, ...],
              kind: ReportKind | None) -> ExitCode:
        """Check everything, print it as it comes, and return the code of all."""
        report = ReportFile(self.report) if self.report else None
        finish = _Finishing(self.require, self.accept, self.challenge, self.shape, wish.desk, self.explain,
                            wish.expectation, kind)  # fmt: skip
        codes: list[ExitCode] = []
        found: list[JsonRow] = []
        with closing(wish.checked(watched, finish, self.jobs)) as checked, suppress(CancelledError):
            for one in _each(checked, watched):
                codes.append(one.code)
                found += [one.row] if one.row and self.shape != "jsonl" else []
                if report is not None:
                    report.add(one.row, one.section)
                if one.lines:  # at once: who reads along need not wait for the last file
                    watched.clear()
                    result("\n".join(one.lines))
                if self.fail_fast and one.code is not ExitCode.ACCEPTED:
                    break
        stopped = watched.cancelled()
        if self.shape == "json":
            print_json(results=found, **({"stopped": True} if stopped else {}))
        elif self.shape == "csv":
            result(csv_text(found).rstrip("\n"))
        if stopped:
            return self._stopped(len(codes))
        if report is not None:
            report.write(asked, wish.at)
        if not codes:
            say("Nothing to check was found.")
            return ExitCode.UNREADABLE
        return worst(codes)

    def _stopped(self, count: int) -> ExitCode:
        """Say what is there of a check that was stopped."""
        if sys.stderr.isatty():  # it has written what was pressed into the line
            say("")
        say(f"Stopped. {count} result{'s' if count != 1 else ''} came before that; the rest was not checked.")
        if self.report:
            say("No report was written.")
        return ExitCode.INTERRUPTED


def _each(checked: Iterator[_Finished], watched: TerminalProgress) -> Iterator[_Finished]:
    """Yield what is finished; what is under way when somebody asks to stop is given up.

    Raises:
        CancelledError: Somebody asked to stop.
    """
    while not watched.cancelled():
        try:
            watched.at_once = True
            one = next(checked, None)
            watched.at_once = False
        except KeyboardInterrupt:
            break
        if one is None:
            return
        yield one
    raise CancelledError


def _argument(one: CheckedFile, desk: Desk, expectation: Expectation) -> Argument:
    """Return the numbered argument about a checked file."""
    from .argument import argument_of  # noqa: PLC0415 - few ask what an answer rests on

    return argument_of(one.report, one.parsed, desk, expectation, sha256=one.sha256)


def _numbered(argument: Argument | None) -> Iterator[str]:
    if argument is not None:
        from .argument import argument_lines  # noqa: PLC0415 - few ask what an answer rests on

        yield from argument_lines(argument)


def _saved(services: Services) -> SavedEvidence:
    """Return the documents of the plain file; a damaged one is named and left out."""
    from wallet.operations.saved import saved_evidence  # noqa: PLC0415 - most ask for nothing saved

    saved = saved_evidence(services)
    if saved.problem:
        say(f"Note: {reason_text(saved.problem)} ({saved.problem.code.value})")
    return saved


def refuse_what_is_no_file(paths: Sequence[str], *, recursive: bool, online: bool) -> None:
    """Say early what is not done unasked: looking into folders, and fetching.

    Raises:
        click.UsageError: With what to do instead.
    """
    for path in paths:
        if is_web_address(path):
            if not online:
                message = "Nothing is fetched from the web without --online: save the file and give its name."
                raise click.UsageError(message)
            continue
        if not recursive and path != STANDARD_INPUT and is_folder(Path(path)):
            message = f"'{tidy(path)}' is a folder; add -r to look into it."
            raise click.UsageError(message)
