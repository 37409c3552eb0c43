"""`wallet create`, `unlock-test`, `doctor` and `tour`: the wallet as a whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from wallet import assemble
from wallet.model.errors import VaultError
from wallet.model.headline import headline_level
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import library
from wallet.operations.tour import Tour, run_tour
from wallet.operations.upkeep import Finding, FindingCode
from wallet.operations.upkeep import doctor as look_over
from wallet.operations.wallets import accept_copy as take_copy
from wallet.operations.wallets import create_wallet, lock, wallet_exists
from wallet.wording.labels import friendly_date, tidy
from wallet.wording.outcomes import headline
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode, worst
from .keys import have_it_typed_back, show_code, write_sheet
from .new_file import NEW_FILE
from .options import Shell, WalletChoice, at_option, example, json_option, opened, passphrase, wallet_options
from .output import MARKS, print_json, print_table, result, say
from .policy import Policy
from .render import file_row, stamp, stored_row, verdict_lines

_FINDINGS: Final = {
    FindingCode.PROGRAM: "This program",
    FindingCode.CONTEXTS: "Vocabularies",
    FindingCode.WALLET: "Wallet",
    FindingCode.STORE: "Its storage",
    FindingCode.CREDENTIALS: "Credentials",
    FindingCode.EVIDENCE: "Evidence",
}


@click.command(
    epilog=example("wallet create", "wallet create --vault my-wallet --passphrase-file secret.txt")
)
@wallet_options
@json_option
@click.option("--sheet", type=NEW_FILE, metavar="FILE",
              help="Also write the recovery sheet: text, or the QR code for a .png.")
def create(*, choice: WalletChoice, as_json: bool, sheet: Path | None) -> ExitCode:
    """Make a new wallet, print its recovery code and have it typed back.

    The passphrase cannot be reset by anyone. Keep the recovery code on paper, away from this computer:
    it is shown this once.
    """
    services = choice.services()
    if wallet_exists(services.vault_folder):
        raise VaultError(reason(ReasonCode.VAULT_EXISTS))
    created = create_wallet(services, services.vault_folder, passphrase(choice, "New passphrase", twice=True))
    lock(created.session)
    if as_json:
        print_json(vault=str(services.vault_folder), recoveryCode=created.recovery_code)
    else:
        result(f"Wallet made in {services.vault_folder}")
        show_code(created.recovery_code)
    write_sheet(created.recovery_code, sheet, quiet=as_json)
    if not as_json:
        have_it_typed_back(created.recovery_code)
    say("Print or write it down now. Without it, a forgotten passphrase cannot be mended by anybody.")
    return ExitCode.ACCEPTED


@click.command(name="unlock-test", epilog=example("wallet unlock-test", "wallet unlock-test --recovery-code"))
@click.option("--accept-copy", is_flag=True, help="No longer warn that this is an older copy of the wallet.")
@wallet_options
def unlock_test(*, choice: WalletChoice, accept_copy: bool) -> ExitCode:
    """Try whether the passphrase, or the recovery code, opens the wallet."""
    with opened(choice) as session:
        count = library.count(session)
        if accept_copy:
            take_copy(session)
    result(f"It opens. {count} credentials inside.")
    return ExitCode.ACCEPTED


@click.command(epilog=example("wallet doctor", "wallet doctor --unlock"))
@click.option("--unlock", is_flag=True, help="Also open the wallet and look at its storage.")
@wallet_options
@json_option
def doctor(*, choice: WalletChoice, unlock: bool, as_json: bool) -> ExitCode:
    """Look the program and the wallet over; nothing is changed.

    What is printed holds no claim, no name and no path, so it can be shown to somebody who helps.
    """
    if unlock:
        with opened(choice) as session:
            findings = look_over(session.services, session)
    else:
        findings = look_over(choice.services())
    if as_json:
        print_json(findings=[_finding_row(one) for one in findings])
    else:
        print_table(("", "What", "Found"), [_finding_cells(one) for one in findings])
    return ExitCode.ACCEPTED if all(one.good for one in findings) else ExitCode.UNREADABLE


@click.command(epilog=example("wallet tour"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@at_option
@json_option
@click.pass_obj
def tour(shell: Shell, *, folder: Path | None, at: datetime | None, as_json: bool) -> ExitCode:
    """Walk through the whole job with sample credentials, in a new folder.

    A wallet is made, the samples are imported and judged, a pack and a QR picture leave it and are
    checked as an employer would; pictures of the real windows are taken.
    """
    services = assemble.services(at=at)
    target = folder or Path(f"tour-{services.clock():%Y%m%d-%H%M%S}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"'{tidy(str(target))}' is there already: choose a new folder."
        raise click.UsageError(message)
    done = run_tour(services, target)
    try:
        pictures = _pictures(shell, done)
        _print_tour(done, pictures, as_json=as_json)
        return worst(Policy().exit_code(one.report) for one in done.judged)
    finally:
        lock(done.session)


def _pictures(shell: Shell, done: Tour) -> tuple[Path, ...]:
    if shell.pictures is None:
        return ()
    try:
        return shell.pictures(done)
    except ImportError as error:
        say(f"No pictures of the windows: {tidy(str(error))}")
        return ()


def _print_tour(done: Tour, pictures: tuple[Path, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            folder=str(done.folder),
            at=stamp(done.session.now()),
            credentials=[stored_row(one) for one in done.kept],
            judged=[file_row(one, Policy()) for one in done.judged],
            files=[str(path) for path in (done.pack, *done.codes, *pictures)],
        )
        return
    result("1. A wallet was made and these samples were imported:")
    result()
    print_table(
        ("", "Verdict", "Title", "Awarded by", "Until"),
        [
            (
                MARKS[headline_level(one.report)],
                headline(one.report),
                one.title,
                one.issuer_name,
                friendly_date(one.valid_until) if one.valid_until else "",
            )
            for one in done.kept
        ],
    )
    result()
    result("2. A pack and QR pictures left it:")
    for path in (done.pack, *done.codes):
        result(f"    {path}")
    result()
    result("3. An employer without the wallet checked them:")
    for one in done.judged:
        for line in verdict_lines(one.name, one.report, one.parsed, explain=False):
            result(f"    {line}")
    result()
    if pictures:
        result("4. Pictures of the windows:")
        for path in pictures:
            result(f"    {path}")
        result()
    result(f"Everything is in {done.folder.resolve()}")


def _finding_row(finding: Finding) -> dict[str, object]:
    problem = finding.problem
    return {
        "code": finding.code.value,
        "good": finding.good,
        "facts": dict(finding.facts),
        "problem": {"code": problem.code.value, "text": reason_text(problem)} if problem else None,
    }


def _finding_cells(finding: Finding) -> tuple[str, str, str]:
    facts = ", ".join(f"{name} {value}" for name, value in finding.facts)
    text = reason_text(finding.problem) if finding.problem else facts or "fine"
    return ("✓" if finding.good else "✕", _FINDINGS[finding.code], text)
