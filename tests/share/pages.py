"""Reading a report's page as a browser would: which elements, in which order, with what in them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

#: Everything that a page is made of. Nothing here loads, runs, sends or leads anywhere.
ELEMENTS: Final = frozenset({
    "html", "head", "meta", "title", "style", "body", "main", "section", "div", "span", "p", "strong", "bdi",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
    "td", "svg", "path", "circle"})
ATTRIBUTES: Final = frozenset({
    "lang", "dir", "charset", "http-equiv", "content", "name", "class", "scope", "aria-label", "aria-hidden",
    "viewbox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "d", "cx", "cy", "r"})
_VOID: Final = frozenset({"meta", "path", "circle"})


class PageReader(HTMLParser):
    """A page taken apart; fails on anything that a page never holds.

    Attributes:
        headings: Level and text of each.
        quoted: What stands in `bdi`: the words of files.
        text: Everything that is shown.
        policy: The page's own policy.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[tuple[int, str]] = []
        self.quoted: list[str] = []
        self.text = ""
        self.policy = ""
        self._open: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        names = [name for name, _ in attrs]
        assert set(names) <= ATTRIBUTES, names
        assert len(set(names)) == len(names), names
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = str(dict(attrs)["content"])
        if tag not in _VOID:
            self._open.append(tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append((int(tag[1]), ""))
        if tag == "bdi":
            self.quoted.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "title"):
            return
        self.text += data
        if self.headings and self._open and self._open[-1] == f"h{self.headings[-1][0]}":
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if self._open and self._open[-1] == "bdi":
            self.quoted[-1] += data
        if self._open and self._open[-1] in ("p", "td", "th", "dt", "dd", "li", "div"):
            self.text += "\n"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)
