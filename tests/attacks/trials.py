"""One trial: make a variant, run it, and hold it to everything that every case promises.

Promised whatever comes in: no exception but our own, no socket, five seconds, 512 MiB, a sentence for every
reason, and a wallet that a refusal leaves as it was. What is expected of the single case is in `cases`.
"""

from __future__ import annotations

import atexit
import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.attacks.cases import ACCEPTED, REFUSED, Act, Case, Expected, File
from tests.conftest import ASSETS, AT
from tests.simulators.loopback import permits
from tests.simulators.signing import pinned_contexts
from wallet.codec.linked_data.worker import PROGRAM
from wallet.formats.parse import parse
from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode
from wallet.model.report import Check, Report
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.session import Services, Session
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault
from wallet.wording.outcomes import Audience, headline, reason_text, sentence

MAX_MIB = 512.0
_PEAK = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")
_OWN_MIB = 130  # of a program that judges one file; a process that runs all tests has loaded far more
_NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "webbrowser.")


@dataclass(frozen=True, slots=True)
class Trial:
    """What one variant came to.

    Attributes:
        got: The word and the reason that decided.
        problem: What is wrong with it, "" if it is as it must be.
        seconds, mib: What judging took, and the most memory the process had meanwhile.
    """

    case: Case
    variant: str
    got: str
    problem: str
    seconds: float
    mib: float

    @property
    def is_twin(self) -> bool:
        return self.variant in self.case.twins


class _Watch:
    """Notes every event that could leave the process. A hook can never be taken away again."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.is_on = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        # A villain of ours on this machine is no reaching out, and neither is the fence around PyLD.
        is_ours = event == "subprocess.Popen" and PROGRAM in str(arguments)
        if self.is_on and event.startswith(_NETWORK) and not is_ours and not permits(event, arguments):
            self.seen.append(event)


@cache
def _watch() -> _Watch:
    return _Watch()


def run_trial(case: Case, variant: str, *, slower: int = 1) -> Trial:
    """Run one variant of a case.

    Args:
        case, variant: What is run.
        slower: How many times as long as promised it may take, where others work on the same machine.
    """
    assert case.make_case is not None
    try:
        made = case.make_case(variant)
    except Exception as error:  # noqa: BLE001 - one broken generator must not hide the other rows
        return Trial(case, variant, "", f"cannot be made: {type(error).__name__}: {error}", 0, 0)
    expected, watch = case.expected(variant), _watch()
    _forget_peak()
    before = _peak_mib()
    watch.seen.clear()
    watch.is_on = True
    started = time.monotonic()
    try:
        got, problem = _act(made, expected) if isinstance(made, Act) else _judge(made, expected)
    except AssertionError as error:
        got, problem = "", f"what must hold does not: {error}"
    except Exception as error:  # noqa: BLE001 - a traceback of any kind is what is looked for
        got, problem = "", f"traceback: {type(error).__name__}: {error}"
    finally:
        seconds = time.monotonic() - started
        watch.is_on = False
    mib = _peak_mib() - before + _OWN_MIB
    if seconds > case.seconds * slower:
        problem = problem or f"took {seconds:.1f} s"
    if mib > MAX_MIB:
        problem = problem or f"took {mib:.0f} MiB"
    if watch.seen:
        problem = problem or f"reached out: {', '.join(watch.seen[:3])}"
    return Trial(case, variant, got, problem, seconds, mib)


def _act(act: Act, expected: Expected) -> tuple[str, str]:
    try:
        act.run()
    except WalletError as error:
        got = Expected(REFUSED, error.reason.code)
        return str(got), _unsaid((error.reason,)) or _differs(got, expected)
    got = Expected(ACCEPTED)
    return str(got), _differs(got, expected)


def _differs(got: Expected, expected: Expected) -> str:
    return "" if got == expected else f"must be {expected}"


def _judge(file: File, expected: Expected) -> tuple[str, str]:
    desk = Desk(file.contexts or pinned_contexts(), MemoryEvidence(file.evidence), file.lists,
                clock_floor=file.clock_floor, seen=lambda _sha256: file.seen_at)
    checked = check_bytes(desk, file.data, "attack", at=file.at, expectation=file.expectation)
    assert len(checked) == 1, f"{len(checked)} answers"
    report = checked[0].report
    meant = report if expected.item is None else report.items[expected.item]
    problem = _answer_problem(meant, expected) or _unsaid(_reasons(report)) or _unspoken(report)
    if file.holds is not None:
        file.holds(report, checked[0].parsed)
    if checked[0].parsed is None:
        problem = problem or _wallet_problem(file.data)
    return _got(meant, expected), problem


def _got(report: Report, expected: Expected) -> str:
    check = report.check(expected.check) if expected.check else None
    code = check.reason.code if check else None
    return str(Expected(report.verdict.value, code, note=expected.note))


def _answer_problem(report: Report, expected: Expected) -> str:
    if report.verdict.value != expected.word:
        told = ", ".join(f"{one.id.value} {one.outcome.value} {one.reason.code.value}"
                         for one in report.checks)
        return f"verdict {report.verdict.value} ({told}), must be {expected}"
    check = report.check(expected.check) if expected.check else None
    if expected.code and (check is None or check.reason.code is not expected.code):
        found = check.reason.code.value if check else "no such row"
        return f"reason {found}, must be {expected.code.value}"
    if expected.note and expected.note not in {note.code for one in report.checks for note in one.notes}:
        return f"note {expected.note.value} is missing"
    return ""


def _reasons(report: Report) -> tuple[Reason, ...]:
    rows: Iterator[Check] = (check for one in (report, *report.items) for check in one.checks)
    return tuple(said for check in rows for said in (check.reason, *check.notes))


def _unsaid(reasons: tuple[Reason, ...]) -> str:
    """Return what is wrong with the words for these reasons, if anything."""
    for reason in reasons:
        if reason.code is ReasonCode.INTERNAL_ERROR:
            return f"internal error: {reason['kind']}"
        said = reason_text(reason)
        if not said.strip(". ") or reason.code.value in said.split():
            return f"no sentence for {reason.code.value}"
    return ""


def _unspoken(report: Report) -> str:
    said = (headline(report), sentence(report, Audience.LEARNER), sentence(report, Audience.EMPLOYER))
    return "" if all(said) else "the result has no sentence"


# --- the wallet that a refusal must leave as it was ---


def _wallet_problem(data: bytes) -> str:
    """Import what could not be read, and compare the wallet before and after, byte for byte."""
    session = _session()
    before = _print_of(session)
    summary = import_bytes(session, data, "attack")
    if any(row.outcome is not ImportOutcome.REFUSED for row in summary.rows):
        return "the wallet kept what cannot be read"
    return "" if _print_of(session) == before else "the wallet was changed by a refusal"


def _print_of(session: Session) -> tuple[str, ...]:
    folder = session.services.vault_folder
    return tuple(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
                 for path in sorted(folder.iterdir()) if path.is_file() and not path.name.endswith("-shm"))


@cache
def _session() -> Session:
    keeper = tempfile.TemporaryDirectory(prefix="wallet-attacks-")
    folder = Path(keeper.name) / "wallet"
    vault = create_vault(folder, "four bright lanterns drifting", now=AT, kdf=FLOOR).vault
    services = Services(lambda: AT, pinned_contexts(), ASSETS, folder, Path(keeper.name) / "settings.json")
    session = Session(services, vault, pinned_contexts())
    atexit.register(keeper.cleanup)
    atexit.register(vault.close)
    parse(b'{"type": ["VerifiableCredential"]}')  # whatever is imported late is not counted against a case
    return session


# --- memory ---


def _forget_peak() -> None:
    """Start counting anew, where the system lets us."""
    if _PEAK.exists():
        _PEAK.write_text("5")


def _peak_mib() -> float:
    if _PEAK.exists():
        line = next(one for one in _STATUS.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
