"""Which proxy the system's settings name for an address. Read, never guessed, and nothing is looked up.

With a proxy the name is resolved by the proxy, so that only the text of an address can be judged here (see
`policy`): where it leads to is then up to whoever runs the proxy, which the settings of this computer trust
with that. Exceptions come from `no_proxy` alone: the ways of Windows and macOS to compare exceptions look
names up, which must not happen before a request is allowed. What they except are mostly names of the inner
network, which are never asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from .policy import Target


def system_proxies() -> Mapping[str, str]:
    """Return the system's settings: the environment's, or those of Windows and macOS."""
    from urllib.request import getproxies  # noqa: PLC0415 - brings TLS with it, for those who ask for something

    return getproxies()


def proxy_of(asked: Target, settings: Mapping[str, str]) -> str:
    """Return the address of the proxy for a target, "" for the straight way.

    Args:
        asked: What is to be asked.
        settings: Scheme (or `all`, or `no`) and address, as `urllib.request.getproxies` returns them.
    """
    proxy = settings.get(asked.scheme) or settings.get("all") or ""
    if not proxy or any(_is_excepted(asked, one) for one in settings.get("no", "").lower().split(",")):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_excepted(asked: Target, entry: str) -> bool:
    """Tell whether an entry of `no_proxy` means this host: by its name, or by the end of its name."""
    name, _, port = entry.strip().partition(":")
    if name == "*":
        return True
    suffix = name.lstrip("*").lstrip(".")
    if not suffix or port not in ("", str(asked.port)):
        return False
    return asked.host == suffix or asked.host.endswith(f".{suffix}")


def shown(proxy: str) -> str:
    """Return a proxy's address without what logs in there."""
    try:
        parts = urlsplit(proxy)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
