"""Words for web addresses: which places of a host belong to one of its members, and not to the host."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

#: `/~eve`, `/users/eve` and kin: what many hosts give to whoever has an account there.
_OF_MEMBER: Final = re.compile(
    r"/(?:~[\w.+-]*|(?:users?|people|students?|members?|home|staff|u)/[\w.~+-]+)", re.IGNORECASE)
#: Hosts that keep files for anybody, and how many steps of a path name whose they are; 0 where none does.
_SHARED: Final = {
    "gist.githubusercontent.com": 1, "raw.githubusercontent.com": 1, "gist.github.com": 1, "github.com": 1,
    "gitlab.com": 1, "bitbucket.org": 1, "codeberg.org": 1, "huggingface.co": 1, "raw.githack.com": 1,
    "storage.googleapis.com": 1, "firebasestorage.googleapis.com": 3, "cdn.jsdelivr.net": 2,
    "sites.google.com": 2, "archive.org": 2, "ipfs.io": 2, "drive.google.com": 0, "docs.google.com": 0,
    "dropbox.com": 0, "dl.dropboxusercontent.com": 0, "pastebin.com": 0,
}
_BUCKETS: Final = re.compile(r"s3(?:[.-][a-z0-9]+)*\.amazonaws\.com", re.ASCII)  # each in one way only


def member_place(address: str) -> str:
    """Return the beginning of a web address' path that is one member's own place, "" for anywhere else.

    Steps on the way there count as a host takes them: `/a/../~eve` is `/~eve`. At a host that keeps files for
    anybody, it is the part that names whose they are, or all of the path. An address that cannot be taken
    apart has none.
    """
    walked: list[str] = []
    for step in _steps(address):
        if step == "..":
            walked = walked[:-1]
        elif step not in ("", "."):
            walked.append(step)
    named = _steps_that_name(address)
    if named is not None:
        return "/".join(walked[: named or len(walked)])
    found = _OF_MEMBER.match("/" + "/".join(walked))
    return found[0].removeprefix("/") if found else ""


def is_shared(address: str) -> bool:
    """Whether a web address is at a host that keeps files for anybody: its places have nothing in common."""
    return _steps_that_name(address) is not None


def _steps_that_name(address: str) -> int | None:
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    return 1 if _BUCKETS.fullmatch(host) else _SHARED.get(host)


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
