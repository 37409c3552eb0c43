"""`wallet tag`, `title`, `note`, `bundle` and `undo`: the learner's own words and order."""

from __future__ import annotations

from typing import Final

import click

from wallet.operations import bundles as bundling
from wallet.operations import labels as labelling
from wallet.operations.bundles import KeptBundle
from wallet.operations.labels import Act
from wallet.wording.labels import tidy

from .exit_codes import ExitCode
from .free_text import FREE_TEXT, HOW
from .options import WalletChoice, example, json_option, opened, wallet_options
from .output import print_json, print_table, result, say

_ACTS: Final = {
    Act.TITLED: "a title",
    Act.NOTED: "a note",
    Act.TAGGED: "tags",
    Act.UNTAGGED: "tags that were taken off",
    Act.BUNDLE_MADE: "a new bundle",
    Act.BUNDLE_RENAMED: "a bundle's new name",
    Act.BUNDLE_NOTED: "a bundle's note",
    Act.BUNDLE_FILLED: "what was put into a bundle",
    Act.BUNDLE_EMPTIED: "what was taken out of a bundle",
    Act.BUNDLE_ORDERED: "a bundle's new order",
    Act.BUNDLE_DELETED: "the deletion of a bundle",
    Act.OTHER: "something a newer version did",
}


@click.command(epilog=example('wallet tag 7f3a "data job" python', "wallet tag 7f3a --remove python",
                              more=HOW))  # fmt: skip
@click.argument("credential_id", required=False, metavar="[ID]")
@click.argument("tags", nargs=-1, type=FREE_TEXT, metavar="[TAG...]")
@click.option("--remove", is_flag=True, help="Take these tags off.")
@wallet_options
@json_option
def tag(*, credential_id: str | None, tags: tuple[str, ...], remove: bool, choice: WalletChoice,
        as_json: bool) -> ExitCode:  # fmt: skip
    """Put tags on a credential, or take them off; without any, say which there are."""
    with opened(choice) as session:
        if credential_id is None:
            counted = labelling.tags(session)
            if as_json:
                print_json(tags=dict(counted))
            elif counted:
                print_table(("Tag", "Credentials"), [(name, str(count)) for name, count in counted])
            else:
                say("No tags yet.")
            return ExitCode.ACCEPTED
        if tags:
            act = labelling.remove_tags if remove else labelling.add_tags
            act(session, (credential_id,), tags)
        found = labelling.labels(session, credential_id)
    _print_labels(found, as_json=as_json)
    return ExitCode.ACCEPTED


@click.command(epilog=example('wallet title 7f3a "My statistics badge"', 'wallet title 7f3a ""', more=HOW))
@click.argument("credential_id", metavar="ID")
@click.argument("text", type=FREE_TEXT, metavar="TITLE")
@wallet_options
@json_option
def title(*, credential_id: str, text: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Give a credential a title of your own; an empty one shows its own again. The original stays."""
    with opened(choice) as session:
        labelling.set_title(session, credential_id, text)
        found = labelling.labels(session, credential_id)
    _print_labels(found, as_json=as_json)
    return ExitCode.ACCEPTED


@click.command(epilog=example('wallet note 7f3a "For the Harbor application"', "wallet note 7f3a @note.txt",
                              'wallet note 7f3a ""', more=HOW))  # fmt: skip
@click.argument("credential_id", metavar="ID")
@click.argument("text", type=FREE_TEXT, metavar="NOTE")
@wallet_options
@json_option
def note(*, credential_id: str, text: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Write a note on a credential, for yourself; an empty one removes it."""
    with opened(choice) as session:
        labelling.set_note(session, credential_id, text)
        found = labelling.labels(session, credential_id)
    _print_labels(found, as_json=as_json)
    return ExitCode.ACCEPTED


@click.command(epilog=example("wallet undo"))
@wallet_options
def undo(*, choice: WalletChoice) -> ExitCode:
    """Take back the last thing done to titles, notes, tags or bundles."""
    with opened(choice) as session:
        undone = labelling.undo(session)
    result(f"Taken back: {_ACTS[undone.act]}.")
    return ExitCode.ACCEPTED


@click.group(epilog=example('wallet bundle create "Data analyst" 7f3a 9c1d', "wallet bundle list"))
def bundle() -> None:
    """Put credentials together under a name, in your order. Nothing is shared by that."""


@bundle.command(name="list", epilog=example("wallet bundle list"))
@wallet_options
@json_option
def list_(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List the bundles."""
    with opened(choice) as session:
        found = bundling.bundles(session)
    if as_json:
        print_json(bundles=[_row(one) for one in found])
    elif found:
        print_table(("ID", "Name", "Credentials", "Note"),
                    [(one.id[:6], one.name, str(len(one.items)), one.note) for one in found])  # fmt: skip
    else:
        say("No bundles yet.")
    return ExitCode.ACCEPTED


@bundle.command(epilog=example('wallet bundle show "Data analyst"'))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@wallet_options
@json_option
def show(*, named: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Show what is in a bundle, in its order."""
    with opened(choice) as session:
        found = bundling.bundle(session, named)
        items = bundling.bundle_items(session, named)
    if as_json:
        print_json(bundle=_row(found))
        return ExitCode.ACCEPTED
    result(f"{tidy(found.name)}  [{found.id[:6]}]")
    if found.note:
        result(f"    {tidy(found.note, 400)}")
    for number, one in enumerate(items, 1):
        result(f"    {number}. {one.id}  {tidy(one.title, 60)}")
    return ExitCode.ACCEPTED


@bundle.command(epilog=example('wallet bundle create "Data analyst" 7f3a 9c1d', more=HOW))
@click.argument("name", type=FREE_TEXT)
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--note", "text", type=FREE_TEXT, default="", metavar="TEXT", help="For yourself.")
@wallet_options
@json_option
def create(*, name: str, ids: tuple[str, ...], text: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Make a bundle."""
    with opened(choice) as session:
        return _print_bundle(bundling.make_bundle(session, name, ids, note=text), as_json=as_json)


@bundle.command(epilog=example('wallet bundle rename "Data analyst" "Junior analyst"', more=HOW))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@click.argument("name", type=FREE_TEXT)
@wallet_options
@json_option
def rename(*, named: str, name: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Give a bundle another name."""
    with opened(choice) as session:
        return _print_bundle(bundling.rename_bundle(session, named, name), as_json=as_json)


@bundle.command(name="note", epilog=example('wallet bundle note "Data analyst" "Sent in May"', more=HOW))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@click.argument("text", type=FREE_TEXT, metavar="NOTE")
@wallet_options
@json_option
def note_(*, named: str, text: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Write a note on a bundle; an empty one removes it."""
    with opened(choice) as session:
        return _print_bundle(bundling.note_bundle(session, named, text), as_json=as_json)


@bundle.command(epilog=example('wallet bundle add "Data analyst" 7f3a'))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@wallet_options
@json_option
def add(*, named: str, ids: tuple[str, ...], choice: WalletChoice, as_json: bool) -> ExitCode:
    """Put credentials into a bundle, at its end."""
    with opened(choice) as session:
        return _print_bundle(bundling.add_to_bundle(session, named, ids), as_json=as_json)


@bundle.command(epilog=example('wallet bundle remove "Data analyst" 7f3a'))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@wallet_options
@json_option
def remove(*, named: str, ids: tuple[str, ...], choice: WalletChoice, as_json: bool) -> ExitCode:
    """Take credentials out of a bundle; they stay in the wallet."""
    with opened(choice) as session:
        return _print_bundle(bundling.remove_from_bundle(session, named, ids), as_json=as_json)


@bundle.command(epilog=example('wallet bundle order "Data analyst" 9c1d 7f3a'))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@wallet_options
@json_option
def order(*, named: str, ids: tuple[str, ...], choice: WalletChoice, as_json: bool) -> ExitCode:
    """Put these first, in this order; the others follow as they were."""
    with opened(choice) as session:
        return _print_bundle(bundling.reorder_bundle(session, named, ids), as_json=as_json)


@bundle.command(epilog=example('wallet bundle delete "Data analyst"'))
@click.argument("named", type=FREE_TEXT, metavar="BUNDLE")
@wallet_options
def delete(*, named: str, choice: WalletChoice) -> ExitCode:
    """Remove a bundle; the credentials in it stay, and “wallet undo” brings it back."""
    with opened(choice) as session:
        gone = bundling.delete_bundle(session, named)
    result(f"Removed: {tidy(gone.name)}. Its {len(gone.items)} credentials are still in the wallet.")
    return ExitCode.ACCEPTED


def _print_labels(found: labelling.Labels, *, as_json: bool) -> None:
    if as_json:
        print_json(labels={"title": found.title, "note": found.note, "tags": list(found.tags)})
        return
    for name, text in (("title", found.title), ("note", found.note), ("tags", ", ".join(found.tags))):
        if text:
            result(f"{name}: {tidy(text, 400)}")


def _print_bundle(found: KeptBundle, *, as_json: bool) -> ExitCode:
    if as_json:
        print_json(bundle=_row(found))
    else:
        result(f"{tidy(found.name)}  [{found.id[:6]}]: {len(found.items)} credentials")
    return ExitCode.ACCEPTED


def _row(one: KeptBundle) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "note": one.note, "credentials": list(one.items)}
