"""The page that lies in a full export, for whoever opens it, with or without a program like this one."""

from __future__ import annotations

from datetime import datetime

from .text import Translate, friendly_date, keep

_PAGE = """Your credentials, exported on {date}

This archive holds everything that was in your wallet, in forms that other programs can read.

credentials/   The files exactly as the issuers gave them. Other wallets can import these.
evidence/      The documents that the checks relied on: keys of issuers, lists of what was withdrawn.
data/          Your own titles, notes, tags and bundles, the record of what you shared and of what was asked
               on the network, and what you decided about issuers. Each as .json for programs and as .csv
               for a spreadsheet. A sign ' in front of a cell keeps a spreadsheet from calculating with it.
{keys}manifest.json  The SHA-256 of every file, to find damage.

In data/, a credential is named by the SHA-256 of its own text; data/credential.csv says which file that is.

Whoever has this archive can read all of it. Keep it as carefully as the papers themselves.
This program takes it in again with: wallet take-over FILE
"""
_KEYS = """keys/          The secret keys that show what is yours. Who has them can act in your name.
"""


def export_page(moment: datetime, *, with_keys: bool, translate: Translate = keep) -> str:
    """Return the text of the page."""
    # Not a template with values from outside: a date and a fixed paragraph.
    page = translate(_PAGE).replace("{date}", friendly_date(moment))
    return page.replace("{keys}", translate(_KEYS) if with_keys else "")
