"""HTML that is safe by how it is made: text is always escaped, and only an element made here is markup.

There is no way to hand a ready string of markup in, so a forgotten escape cannot happen. Attributes are for
words of ours; values from a file are text. HTML Living Standard, 13.1 (writing documents).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Final, TypeAlias

#: Elements without content and without an end.
_VOID: Final = frozenset({"meta", "path", "circle"})


@dataclass(frozen=True, slots=True)
class Markup:
    """One or more whole elements."""

    text: str


Child: TypeAlias = "str | Markup"


def element(tag: str, /, *children: Child, **attributes: str) -> Markup:
    """Return an element; a child that is text is escaped.

    Args:
        tag: Its name.
        children: What is inside, in order.
        attributes: By name; an underscore at the end goes (`class_`), one inside is a hyphen.
    """
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
                    for key, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{given}>" if tag == "meta" else f"<{tag}{given}/>")
    return Markup(f"<{tag}{given}>{joined(*children).text}</{tag}>")


def joined(*children: Child) -> Markup:
    """Return things one after the other."""
    return Markup("".join(html.escape(one) if isinstance(one, str) else one.text for one in children))


def quoted(text: str) -> Markup:
    """Return words of a file, whose direction stays with them (HTML Living Standard, 4.5.24)."""
    return element("bdi", text)
