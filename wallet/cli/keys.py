"""`wallet passphrase`, `recovery`, `rotate`, `quick-unlock` and `keys`: who gets in, and who signs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import holder_keys as own
from wallet.operations import keychain, recovery
from wallet.operations.rotation import rotate as rotate_wallet
from wallet.operations.session import Services
from wallet.operations.wallets import Secret, renew_passphrase, wallet_exists
from wallet.wording.labels import friendly_date, tidy
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .free_text import FREE_TEXT
from .new_file import NEW_FILE
from .options import WalletChoice, example, json_option, opened, passphrase, secret, wallet_options
from .output import print_json, print_table, result, say
from .render import stamp

#: A person may have to unlock the keychain while quick unlock is being switched on.
_PATIENCE_S = 60.0
_FILE = click.Path(path_type=Path, dir_okay=False)
_new_secret = click.option("--new-passphrase-file", "new_file", type=_FILE, metavar="FILE",
                           help="Read the new passphrase from the first line of this file.")
_sheet = click.option("--sheet", type=NEW_FILE, metavar="FILE",
                      help="Also write the recovery sheet: text, or the QR code for a .png.")


@click.command(name="passphrase", epilog=example("wallet passphrase", "wallet passphrase --recovery-code"))
@wallet_options
@_new_secret
def passphrase_(*, choice: WalletChoice, new_file: Path | None) -> ExitCode:
    """Change the passphrase. Copies and backups made before still open with the old one."""
    services, given = _asked(choice)
    renew_passphrase(services, services.vault_folder, given, _new_passphrase(choice, new_file))
    result("The passphrase was changed. Backups made before still open with the old one.")
    return ExitCode.ACCEPTED


@click.group(
    name="recovery", epilog=example("wallet recovery renew", "wallet recovery sheet --out sheet.txt")
)
def recovery_() -> None:
    """Make a new recovery code, or the sheet of the present one."""


@recovery_.command(epilog=example("wallet recovery renew --sheet sheet.txt"))
@wallet_options
@_sheet
def renew(*, choice: WalletChoice, sheet: Path | None) -> ExitCode:
    """Show a new recovery code, have it typed back, and let it take the place of the old one."""
    services, given = _asked(choice)
    code = agreed_code()
    recovery.renew_recovery_code(services, services.vault_folder, given, code)
    write_sheet(code, sheet)
    result("The new recovery code is in force. Destroy the old sheet.")
    return ExitCode.ACCEPTED


@recovery_.command(epilog=example("wallet recovery sheet --out sheet.txt"))
@click.option("--out", type=NEW_FILE, required=True, metavar="FILE", help="Text, or the QR code for a .png.")
@wallet_options
def sheet(*, choice: WalletChoice, out: Path) -> ExitCode:
    """Write the recovery sheet once more. The code itself has to be typed in: it is kept nowhere."""
    services = choice.services()
    code = passphrase(replace(choice, recovery=True), "Recovery code")
    recovery.demand_own_code(services.vault_folder, code)
    write_sheet(code, out)
    return ExitCode.ACCEPTED


@click.command(epilog=example("wallet rotate", "wallet rotate --sheet sheet.txt"))
@wallet_options
@_new_secret
@_sheet
def rotate(*, choice: WalletChoice, new_file: Path | None, sheet: Path | None) -> ExitCode:
    """Encrypt everything anew, if somebody may have a copy of the wallet and its passphrase.

    A new recovery code is shown first. Copies and backups made before still open with the old secrets:
    destroy them where you can. The wallet must not be open in a window.
    """
    services, given = _asked(choice)
    new = _new_passphrase(choice, new_file)
    code = agreed_code()
    done = rotate_wallet(services, services.vault_folder, given, passphrase=new, recovery_code=code)
    write_sheet(code, sheet)
    result("The wallet is encrypted under a new key. The new passphrase and the new recovery code open it.")
    say("Backups and copies made before still open with the old ones.")
    if done.quick_unlock_ended:
        say("Quick unlock is off; switch it on again with “wallet quick-unlock on”.")
    say(f"{done.keys_to_replace} key(s) of your own were in the old copy too. To use new ones: "
        "wallet keys new --instead-of NUMBER")
    return ExitCode.ACCEPTED


@click.group(
    name="quick-unlock", epilog=example("wallet quick-unlock on --days 14", "wallet quick-unlock off")
)
def quick_unlock() -> None:
    """Let this computer's own password store open the wallet for some days."""


@quick_unlock.command(epilog=example("wallet quick-unlock on --days 14"))
@click.option("--days", type=click.IntRange(1, keychain.MAX_DAYS), default=keychain.DEFAULT_DAYS,
              show_default=True, help="How long.")
@wallet_options
def on(*, choice: WalletChoice, days: int) -> ExitCode:
    """Switch it on. Whoever can use this computer in your name can open the wallet then."""
    services, given = _asked(choice)
    status = keychain.switch_on(services, services.vault_folder, given, days=days,
                                keychain=keychain.Keychain(patience_s=_PATIENCE_S))
    end = f" until {friendly_date(status.until)}" if status.until else ""
    result(f"Quick unlock is on{end}.")
    return ExitCode.ACCEPTED


@quick_unlock.command(epilog=example("wallet quick-unlock off"))
@wallet_options
def off(*, choice: WalletChoice) -> ExitCode:
    """Switch it off: this computer forgets how to open the wallet."""
    with opened(choice) as session:
        gone = keychain.switch_off(session)
    result("Quick unlock is off.")
    if not gone:
        say("This computer's password store did not answer. The entry that is left in it opens nothing.")
    return ExitCode.ACCEPTED


@quick_unlock.command(epilog=example("wallet quick-unlock status"))
@wallet_options
@json_option
def status(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Say how it stands, without asking for anything."""
    services = choice.services()
    found = keychain.quick_unlock_status(services, services.vault_folder)
    if as_json:
        print_json(on=found.on, backend=found.backend, until=stamp(found.until) if found.until else None,
                   problem=found.problem.code.value if found.problem else None)
    else:
        text = f"On until {friendly_date(found.until)}." if found.on and found.until else "Off."
        result(reason_text(found.problem) if found.on and found.problem else text)
    return ExitCode.ACCEPTED


@click.group(epilog=example("wallet keys list", "wallet keys new --label jobs"))
def keys() -> None:
    """See, make and retire the keys of your own that packs are sealed with."""


@keys.command(name="list", epilog=example("wallet keys list"))
@wallet_options
@json_option
def list_(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List all keys, the retired ones too."""
    with opened(choice) as session:
        found = own.holder_keys(session)
    if as_json:
        print_json(keys=[{"number": one.number, "did": one.key.did, "label": one.label,
                          "made": stamp(one.made_at), "default": one.is_default,
                          "retired": stamp(one.retired_at) if one.retired_at else None} for one in found])
    else:
        print_table(("", "Number", "Label", "Made", "Retired", "Key"), [
            ("✓" if one.is_default else "", str(one.number), tidy(one.label), friendly_date(one.made_at),
             friendly_date(one.retired_at) if one.retired_at else "", one.key.did) for one in found])
    return ExitCode.ACCEPTED


@keys.command(epilog=example("wallet keys new --label jobs", "wallet keys new --instead-of 1"))
@click.option("--label", type=FREE_TEXT, default="", help="Your own words for it.")
@click.option("--instead-of", "old", default="", metavar="KEY", help="Retire this one.")
@wallet_options
def new(*, choice: WalletChoice, label: str, old: str) -> ExitCode:
    """Make a key."""
    with opened(choice) as session:
        made = own.replace_holder_key(session, old, label) if old else own.new_holder_key(session, label)
    result(f"Key {made.number}: {made.key.did}")
    return ExitCode.ACCEPTED


@keys.command(epilog=example("wallet keys label 1 jobs"))
@click.argument("key")
@click.argument("label", type=FREE_TEXT)
@wallet_options
def label(*, choice: WalletChoice, key: str, label: str) -> ExitCode:
    """Give a key other words."""
    with opened(choice) as session:
        own.label_holder_key(session, key, label)
    return ExitCode.ACCEPTED


@keys.command(epilog=example("wallet keys default 2"))
@click.argument("key")
@wallet_options
def default(*, choice: WalletChoice, key: str) -> ExitCode:
    """Let this key seal what you share from now on."""
    with opened(choice) as session:
        found = own.choose_holder_key(session, key)
    result(f"Key {found.number} is used from now on.")
    return ExitCode.ACCEPTED


@keys.command(epilog=example("wallet keys retire 1"))
@click.argument("key")
@wallet_options
def retire(*, choice: WalletChoice, key: str) -> ExitCode:
    """Use a key no more. What was issued to it is still known as yours."""
    with opened(choice) as session:
        own.retire_holder_key(session, key)
    return ExitCode.ACCEPTED


@keys.command(epilog=example("wallet keys export 1 --out key.jwe"))
@click.argument("key")
@click.option("--out", type=NEW_FILE, required=True, metavar="FILE")
@click.option("--file-secret", type=_FILE, metavar="FILE",
              help="Read the passphrase of the new file from the first line of this one.")
@click.option("--unsafe-plain", is_flag=True, help="Write it as it is: whoever has the file can act as you.")
@wallet_options
@json_option
def export(*, choice: WalletChoice, key: str, out: Path, file_secret: Path | None, unsafe_plain: bool,
           as_json: bool) -> ExitCode:
    """Write a key into a file of its own, encrypted under a passphrase of that file."""
    given = secret(choice)
    protection = "" if unsafe_plain else _other_secret(choice, file_secret, "Passphrase for the file")
    with opened(choice, given) as session:
        own.export_holder_key(session, key, given, out, passphrase=protection, unsafe_plain=unsafe_plain)
    if as_json:
        print_json(path=str(out), encrypted=not unsafe_plain)
    else:
        result(f"Written to {out}")
    return ExitCode.ACCEPTED


@keys.command(name="import", epilog=example("wallet keys import key.jwe --label old-wallet"))
@click.argument("source", type=_FILE)
@click.option("--label", type=FREE_TEXT, default="", help="Your own words for it.")
@click.option("--file-secret", type=_FILE, metavar="FILE",
              help="Read the passphrase of the key's file from the first line of this one.")
@wallet_options
@json_option
def import_(*, choice: WalletChoice, source: Path, label: str, file_secret: Path | None,
            as_json: bool) -> ExitCode:
    """Take a key over from another wallet. What you share is sealed as before until you choose it."""
    protection = ""
    if own.is_key_file_encrypted(source):
        protection = _other_secret(choice, file_secret, "Passphrase of the key's file", twice=False)
    with opened(choice) as session:
        kept = own.import_holder_key(session, source, label, passphrase=protection)
    if as_json:
        print_json(number=kept.number, did=kept.key.did)
    else:
        result(f"Key {kept.number}: {kept.key.did}")
    return ExitCode.ACCEPTED


def agreed_code() -> str:
    """Show a new recovery code and, where somebody can type, have it typed back before it counts."""
    code = recovery.fresh_recovery_code()
    show_code(code)
    have_it_typed_back(code)
    return code


def show_code(code: str) -> None:
    """Print a recovery code."""
    result("Recovery code, shown this once:")
    result(f"    {code}")


def have_it_typed_back(code: str) -> None:
    """Ask until the code was typed as it stands on the paper; nothing is asked where nobody can answer."""
    while sys.stdin.isatty():
        typed = str(click.prompt("Write it down, then type it here", err=True))
        try:
            if recovery.is_same_code(typed, code):
                return
            say("This is a recovery code, and not the one above.")
        except VaultError as error:
            say(reason_text(error.reason))


def write_sheet(code: str, path: Path | None, *, quiet: bool = False) -> None:
    """Write the recovery sheet where the person asked for one."""
    if path is not None:
        recovery.save_sheet(code, path)
        tell = say if quiet else result
        tell(f"Recovery sheet written to {path}. Print it, then delete the file.")


def _asked(choice: WalletChoice) -> tuple[Services, Secret]:
    """Return the services and what opens the wallet, which must be there."""
    services = choice.services()
    if not wallet_exists(services.vault_folder):
        raise VaultError(reason(ReasonCode.VAULT_MISSING))
    return services, secret(choice)


def _new_passphrase(choice: WalletChoice, path: Path | None) -> str:
    return _other_secret(choice, path, "New passphrase")


def _other_secret(choice: WalletChoice, path: Path | None, prompt: str, *, twice: bool = True) -> str:
    """Return a passphrase that is not the wallet's present one: from its own file, or asked for."""
    return passphrase(replace(choice, passphrase_file=path, passphrase_fd=None), prompt, twice=twice)
