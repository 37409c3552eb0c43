"""Markup that is made, never written: whatever the text, the tree is the one that was asked for."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from wallet.share.markup import element, joined, quoted


class _Tree(HTMLParser):
    """What a reader of HTML finds: the elements by name, attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_text_stays_text_and_comes_out_as_it_went_in(text: str) -> None:
    made = element("p", text, element("b", text), quoted(text), title=text)
    tree = _Tree(made.text)
    assert tree.tags == ["p", "b", "bdi"]
    assert tree.text == text * 3
    assert tree.attributes == [("title", text)]


def test_markup_is_only_what_was_made_here() -> None:
    assert element("p", "<b>x</b>").text == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert element("p", element("b", "x")).text == "<p><b>x</b></p>"
    assert joined("a<", element("i", "b")).text == "a&lt;<i>b</i>"
    assert element("meta", charset="utf-8").text == '<meta charset="utf-8">'
    assert element("path", d="M1 1", stroke_width="2", class_='"').text == (
        '<path d="M1 1" stroke-width="2" class="&quot;"/>')
