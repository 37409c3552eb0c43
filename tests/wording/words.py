"""What no sentence for people may contain, and how to look at every template."""

from __future__ import annotations

import re

from wallet.wording.text import FALLBACKS, fill

#: The words of the trade. They belong under technical details.
FORBIDDEN = re.compile(
    r"\b(VCs?|VPs?|JSON|JSON-LD|OB3|(?-i:DIDs?)|proofs?|cryptosuites?|verification method|"
    r"validat\w*|verif\w*|assertions?|presentations?|signatures?|signed|signs?|revo[ck]\w*|"
    r"expired?|hosted|holder binding|"
    r"registr\w+|mnemonic|seed|key phrase|criteria|hash\w*|null|N/A|JWT|JWS|RDF|IRI|URI|context|contexts)\b",
    re.IGNORECASE,
)
PROMISES = re.compile(r"tamper-?proof|erased|unbreakable|100 ?%", re.IGNORECASE)


def check_template(template: str) -> None:
    """Assert that a template speaks plainly and leaves no brace behind."""
    assert not FORBIDDEN.search(template.replace("--trust-contexts", "")), template
    assert not PROMISES.search(template), template
    bare = fill(template, {})
    full = fill(template, dict.fromkeys(re.findall(r"\{([a-z_]+)\}", template), "value"))
    for text in (bare, full):
        assert not re.search(r"[{}]|\[\[|\]\]|  |\(\)|“”", text), text
        assert text == text.strip()
        assert text
    for name in re.findall(r"\{([a-z_]+)\}", re.sub(r"\[\[.*?\]\]", "", template)):
        assert name in FALLBACKS, name
