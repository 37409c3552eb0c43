"""`wallet guide`: the pages that ship with the program, in the terminal."""

from __future__ import annotations

import click

from wallet import assemble
from wallet.operations.guide import guide_page, guide_pages

from .exit_codes import ExitCode
from .options import example
from .output import result


@click.command(epilog=example("wallet guide", "wallet guide protection"))
@click.argument("page", required=False, metavar="[PAGE]")
def guide(page: str | None) -> ExitCode:
    """Read the guide: what is protected, what goes out, how to get everything back."""
    assets = assemble.assets_folder()
    if page is not None:
        result(guide_page(assets, page).text.rstrip())
        return ExitCode.ACCEPTED
    for name in guide_pages(assets)[1:]:
        result(f"{name:12}{guide_page(assets, name).title}")
    return ExitCode.ACCEPTED
