"""The attack table as text: one row per case, what must come out, what came out, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.attacks.cases import GROUPS, MAX_SECONDS, Case, Severity, missing
from tests.attacks.trials import Trial, run_trial


def run_all(cases: tuple[Case, ...]) -> tuple[Trial, ...]:
    """Run every variant of every case that is there."""
    return tuple(run_trial(case, variant) for case in cases if not case.absent for variant in case.variants)


def print_table(cases: tuple[Case, ...], trials: tuple[Trial, ...]) -> str:
    """Return the table."""
    of_case = {case.id: tuple(trial for trial in trials if trial.case.id == case.id) for case in cases}
    lines = [f"{'case':5}{'sev':4}{'standing':9}{'caught':>7}{'twins':>7}  recipe | expected | got"]
    for case in cases:
        lines += _lines(case, of_case[case.id])
    lines += ["", *_counts(cases, trials)]
    return "\n".join(lines)


def standing(case: Case, trials: tuple[Trial, ...]) -> str:
    """Return in a word how a row stands."""
    if case.absent:
        return "not yet"
    if any(trial.problem and trial.variant not in case.open for trial in trials):
        return "FAILED"
    if case.open:
        return "open"
    return "partly" if case.partly else "caught"


def _lines(case: Case, trials: tuple[Trial, ...]) -> Iterator[str]:
    head = f"{case.id:5}{case.severity.value:4}{standing(case, trials):9}"
    if case.absent:
        yield f"{head}{'-':>7}{'-':>7}  {case.recipe} | {case.absent}"
        return
    attacks = [trial for trial in trials if not trial.is_twin]
    expected = "; ".join(dict.fromkeys(str(one) for one in case.attacks.values()))
    got = "; ".join(dict.fromkeys(trial.got for trial in attacks))
    yield (f"{head}{_rate(attacks):>7}{_rate([trial for trial in trials if trial.is_twin]):>7}  "
           f"{case.recipe} | {expected} | {got if got != expected else 'the same'}")
    if case.partly:
        yield f"{'':9}not shown yet: {case.partly}"
    for trial in trials:
        if trial.problem:
            mark = f"open ({case.open[trial.variant]})" if trial.variant in case.open else "FAILED"
            yield f"{'':9}{mark}: {trial.variant}: {trial.problem}"


def _rate(trials: list[Trial]) -> str:
    return f"{sum(not trial.problem for trial in trials)}/{len(trials)}"


def _counts(cases: tuple[Case, ...], trials: tuple[Trial, ...]) -> Iterator[str]:
    of_case = {case.id: tuple(trial for trial in trials if trial.case.id == case.id) for case in cases}
    for severity in (None, *Severity):
        chosen = [case for case in cases if severity in (None, case.severity)]
        stands = Counter(standing(case, of_case[case.id]) for case in chosen)
        ran = [trial for case in chosen for trial in of_case[case.id]]
        attacks, twins = ([one for one in ran if one.is_twin is which] for which in (False, True))
        rows = ", ".join(f"{count} {word}" for word, count in sorted(stands.items()))
        yield (f"{severity.value if severity else 'all':4} rows {len(chosen):3} ({rows})  "
               f"caught {_rate(attacks)}  twins passed {_rate(twins)}")
    if trials:
        single = [one for one in trials if one.case.seconds == MAX_SECONDS] or trials
        slowest = max(single, key=lambda one: one.seconds)
        largest = max(trials, key=lambda one: one.mib)
        yield (f"worst time {slowest.seconds:.2f} s ({slowest.case.id} {slowest.variant}), "
               f"worst memory {largest.mib:.0f} MiB ({largest.case.id} {largest.variant})")
        for one in trials:
            if one.case.seconds > MAX_SECONDS:
                yield f"{one.case.id} {one.variant}: {one.seconds:.1f} s of {one.case.seconds:.0f} s allowed"
    absent = missing()
    yield f"named cases {sum(GROUPS.values())}, not registered {len(absent)}" + (
        f": {', '.join(absent)}" if absent else "")
