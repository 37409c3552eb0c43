"""Words for web addresses: which places of a host belong to one of its members, and not to the host."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

#: `/~eve`, `/users/eve` and kin: what many hosts give to whoever has an account there.
_OF_MEMBER: Final = re.compile(
    r"/(?:~[\w.+-]*|(?:users?|people|students?|members?|home|staff|u)/[\w.~+-]+)", re.IGNORECASE)


def member_place(address: str) -> str:
    """Return the beginning of a web address' path that is one member's own place, "" for anywhere else.

    An address that cannot be taken apart has none.
    """
    try:
        found = _OF_MEMBER.match(unquote(urlsplit(address).path))
    except ValueError:
        return ""
    return found[0].removeprefix("/") if found else ""
