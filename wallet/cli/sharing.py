"""`wallet share`: look at what would leave, then hand it over as a pack, as QR pictures or to LinkedIn."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from wallet.model.headline import headline_level
from wallet.model.sharing import ShareTerms
from wallet.operations import sharing
from wallet.operations.session import Session
from wallet.wording.labels import friendly_date, tidy
from wallet.wording.outcomes import headline

from .exit_codes import ExitCode
from .free_text import FREE_TEXT
from .options import WalletChoice, example, json_option, opened, read_end, wallet_options
from .output import marked, print_json, print_table, result, say


class _ShareGroup(click.Group):
    """Takes `share ID…` as `share pack ID…`, so that the common wish is the short one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in where none is named."""
        named = bool(args) and args[0] in self.commands
        return super().parse_args(ctx, args if named or not args else ["pack", *args])


@click.group(
    cls=_ShareGroup,
    epilog=example(
        'wallet share 7f3a --to "Harbor Foods" --expires 30d --out application.vcpack',
        "wallet share linkedin 7f3a",
        "wallet share log",
    ),
)
def share() -> None:
    """Hand credentials to somebody."""


@share.command(
    epilog=example(
        'wallet share 7f3a 91c0 --to "Harbor Foods" --expires 30d --out application.vcpack',
        "wallet share 7f3a --qr code.png",
        "wallet share 7f3a --preview",
    )
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--to", "audience", type=FREE_TEXT, default="", metavar="NAME",
              help="For whom it is, in your own words; @FILE from a file.")  # fmt: skip
@click.option("--domain", default="", metavar="TEXT", help="What the receiver calls itself, sealed into it.")
@click.option("--challenge", default="", metavar="TEXT", help="The question that the receiver gave you.")
@click.option("--expires", type=read_end, metavar="TIME", help="Until when it may be used: 30d, or a day.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.vcpack",
              help="Write a pack.")  # fmt: skip
@click.option("--qr", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png",
              help="Write a QR picture, or several numbered ones.")  # fmt: skip
@click.option("--leave-out", multiple=True, metavar="/PLACE",
              help="Leave this out, where the seal lets you; --preview names the places.")  # fmt: skip
@click.option("--preview", is_flag=True, help="Only show exactly what would leave.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@wallet_options
@json_option
def pack(
    *,
    ids: tuple[str, ...],
    audience: str,
    domain: str,
    challenge: str,
    expires: datetime | timedelta | None,
    out: Path | None,
    qr: Path | None,
    leave_out: tuple[str, ...],
    preview: bool,
    yes: bool,
    choice: WalletChoice,
    as_json: bool,
) -> ExitCode:
    """Hand credentials over as a pack or as QR pictures, sealed with your own key.

    What leaves is shown first; on a terminal you are asked once. Sharing cannot be undone.
    See also: wallet share linkedin ID, wallet share log.
    """
    if not preview:
        _refuse_bad_targets(out, qr)
    with opened(choice) as session:
        end = session.now() + expires if isinstance(expires, timedelta) else expires
        terms = ShareTerms(audience=audience, domain=domain, challenge=challenge, expires=end)
        left_out = _left_out(session, ids, terms, leave_out)
        shown = sharing.preview(session, ids, terms, left_out)
        if preview:
            _print_preview(shown, as_json=as_json)
            return ExitCode.ACCEPTED
        if not yes and sys.stdin.isatty():
            for line in _preview_lines(shown):
                say(line)
            click.confirm("Hand this over?", abort=True, err=True)
        written = _hand_over(session, ids, terms, out, qr, left_out)
    if as_json:
        print_json(files=[str(path) for path in written], warnings=[item.id for item in shown.warnings])
    else:
        for path in written:
            result(str(path))
    for item in shown.warnings:
        say(f"Note: {tidy(item.title)}: {headline(item.report)}")
    return ExitCode.ACCEPTED


@share.command(epilog=example("wallet share linkedin 7f3a"))
@click.argument("credential_id", metavar="ID")
@click.option("--with-link", is_flag=True, help="Also the issuer's own public page. It is public then.")
@click.option("--with-id", is_flag=True, help="Also a short form of the credential's id.")
@wallet_options
@json_option
def linkedin(
    *, credential_id: str, with_link: bool, with_id: bool, choice: WalletChoice, as_json: bool
) -> ExitCode:
    """Print the link that opens LinkedIn's form, and its values to copy by hand.

    The link is not opened. Whether LinkedIn fills its form from it is up to LinkedIn.
    """
    with opened(choice) as session:
        entry = sharing.linkedin(session, credential_id, with_url=with_link, with_id=with_id)
    if as_json:
        print_json(url=entry.url, fields=dict(entry.fields))
        return ExitCode.ACCEPTED
    result(entry.url)
    for label, value in entry.fields:
        result(f"    {label}: {tidy(value, 400)}")
    return ExitCode.ACCEPTED


@share.command(epilog=example("wallet share log"))
@wallet_options
@json_option
def log(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List everything that left: what, to whom, when, how."""
    with opened(choice) as session:
        records = sharing.shares(session)
    if as_json:
        print_json(
            shares=[
                {
                    "at": one.at.isoformat(),
                    "channel": one.channel.value,
                    "to": one.audience,
                    "ids": list(one.credential_ids),
                    "titles": list(one.titles),
                    "expires": one.expires.isoformat() if one.expires else None,
                }
                for one in records
            ]
        )
    elif records:
        print_table(
            ("When", "How", "To", "What"),
            [
                (friendly_date(one.at), one.channel.value, one.audience, ", ".join(one.titles))
                for one in records
            ],
        )
    else:
        say("Nothing has left this computer.")
    return ExitCode.ACCEPTED


def _refuse_bad_targets(out: Path | None, qr: Path | None) -> None:
    """Say early that there is nowhere to write, or something in the way.

    Raises:
        click.UsageError: With what to do instead.
    """
    targets = [path for path in (out, qr) if path]
    if not targets:
        raise click.UsageError("Say how: --out FILE.vcpack, --qr FILE.png, or --preview.")
    taken = next((path for path in targets if path.exists()), None)
    if taken:
        message = f"'{tidy(str(taken))}' is there already: choose another name."
        raise click.UsageError(message)


def _left_out(session: Session, ids: Sequence[str], terms: ShareTerms, places: Sequence[str],
              ) -> sharing.LeftOut:
    """Return what is left out of each: the places that it lets go.

    Raises:
        click.UsageError: A place that none of them can leave out.
    """
    if not places:
        return {}
    free = {item.id: {one.pointer for one in item.choices if not one.is_fixed}
            for item in sharing.preview(session, ids, terms).items}
    for place in places:
        if not any(place in of_one for of_one in free.values()):
            message = f"'{tidy(place)}' cannot be left out; --preview names what can."
            raise click.UsageError(message)
    return {ident: tuple(one for one in places if one in of_one) for ident, of_one in free.items()}


def _hand_over(session: Session, ids: Sequence[str], terms: ShareTerms, out: Path | None, qr: Path | None,
               left_out: sharing.LeftOut) -> tuple[Path, ...]:
    bundle = sharing.present(session, ids, terms, left_out)
    packs = (sharing.save_pack(session, bundle, out),) if out else ()
    codes = sharing.save_qr(session, bundle, qr) if qr else ()
    return (*packs, *codes)


def _print_preview(shown: sharing.Preview, *, as_json: bool) -> None:
    if not as_json:
        for line in _preview_lines(shown):
            result(line)
        return
    print_json(
        sender=[[one.path, one.value] for one in shown.sender],
        cover=shown.cover,
        items=[
            {
                "id": item.id,
                "title": item.title,
                "verdict": item.report.verdict.value,
                "shareable": item.shareable,
                "revealed": [[one.path, one.value] for one in item.revealed],
                "choices": [{"place": one.pointer, "value": one.value, "always": one.is_fixed}
                            for one in item.choices],
                "leftOut": list(item.left_out),
                "stillTold": [one.path for one in item.still_told],
            }
            for item in shown.items
        ],
    )


def _preview_lines(shown: sharing.Preview) -> list[str]:
    lines = ["Who receives this can read:"]
    lines += [f"    {tidy(one.path)}: {tidy(one.value)}" for one in shown.sender]
    for item in shown.items:
        lines.append(f"{marked(headline_level(item.report), headline(item.report))}  {tidy(item.title)}")
        lines += [f"    {tidy(one.path)}: {tidy(one.value)}" for one in item.revealed]
        lines += [f"    can be left out: {tidy(one.pointer)}" for one in item.choices
                  if not one.is_fixed and one.pointer not in item.left_out]
        lines += [f"    left out: {tidy(place)}" for place in item.left_out]
        lines += [f"    Note: what you left out can still be read at {tidy(one.path)}"
                  for one in item.still_told]
    return lines
