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

    Steps on the way there count as a host takes them: `/a/../~eve` is `/~eve`. An address that cannot be
    taken apart has none.
    """
    walked: list[str] = []
    for step in _steps(address):
        if step == "..":
            walked = walked[:-1]
        elif step not in ("", "."):
            walked.append(step)
    found = _OF_MEMBER.match("/" + "/".join(walked))
    return found[0].removeprefix("/") if found else ""


def goes_back(address: str) -> bool:
    """Whether a web address leads to another place than the one it begins with."""
    return ".." in _steps(address)


def _steps(address: str) -> list[str]:
    """Return what a host makes of a path, step by step; none of an address that cannot be taken apart."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return []
    # Hosts pass over what stands behind a semicolon, and take the other slash for one.
    return [step.partition(";")[0] for step in path.replace("\\", "/").split("/")]
