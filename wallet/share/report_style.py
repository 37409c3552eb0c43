"""The look of a report as a page: colours for light, dark and paper, and the policy that lets nothing in.

One style sheet, inside the page and named by its hash in the page's own Content Security Policy: no script,
no picture, no font, no address is ever loaded, even if a word of a file got where it must not. Colours hold
at least 4.5 to 1 against their ground; shape and word always stand beside them. CSP Level 3, WCAG 2.2.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from wallet.model.report import Level

from .markup import Markup, element

STYLE: Final = """
:root { color-scheme: light dark; --ground: #FBFAF8; --card: #FFFFFF; --line: #D3CFC7; --text: #1D1B22;
  --soft: #56535E; --good: #146C43; --good-tint: #E7F3EC; --care: #8A5300; --care-tint: #FBF1DE;
  --problem: #B3261E; --problem-tint: #FBEAE8; --unknown: #4A5568; --unknown-tint: #EDEFF3;
  --info: #1F5FA8; --info-tint: #E7F0FA; }
@media (prefers-color-scheme: dark) { :root { --ground: #1D1C22; --card: #26252C; --line: #494652;
  --text: #F2F0F5; --soft: #BDB9C6; --good: #7BD8A4; --good-tint: #1F342A; --care: #F2C063;
  --care-tint: #38301D; --problem: #FF9E94; --problem-tint: #3E2625; --unknown: #B8C1CE;
  --unknown-tint: #30343C; --info: #8FC1F5; --info-tint: #1F3044; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
h2, h3, h4, h5, h6 { font-size: 1.0625rem; line-height: 1.35; margin: 1.5rem 0 .5rem; }
.verdict h2, .verdict h3, .verdict h4, .verdict h5, .verdict h6 { font-size: 1.375rem; margin: 0; }
p { margin: 0 0 .5rem; }
p, dd, td, th, li { overflow-wrap: anywhere; }
.soft, .soft td { color: var(--soft); font-size: .9375rem; }
.file { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem;
  margin: 1.5rem 0; overflow: hidden; }
.item { border-top: 2px solid var(--line); margin-top: 1.5rem; padding-top: 1.25rem; }
.verdict, .beware { border-left: 6px solid; border-radius: 8px; padding: .875rem 1rem;
  display: grid; grid-template-columns: 1.75rem 1fr; gap: 0 .75rem; }
.verdict p, .verdict h2, .verdict h3, .verdict h4, .verdict h5, .verdict h6 { grid-column: 2; }
.verdict svg, .beware svg { grid-column: 1; grid-row: 1 / span 2; width: 1.75rem;
  height: 1.75rem; }
.beware p { grid-column: 2; color: var(--text); }
.verdict p { color: var(--text); margin: .25rem 0 0; }
svg { width: 1.125rem; height: 1.125rem; vertical-align: -.1875rem; }
.good { color: var(--good); } .verdict.good { background: var(--good-tint); }
.care { color: var(--care); } .verdict.care, .beware { background: var(--care-tint); }
.problem { color: var(--problem); } .verdict.problem { background: var(--problem-tint); }
.unknown { color: var(--unknown); } .verdict.unknown { background: var(--unknown-tint); }
.info { color: var(--info); } .verdict.info { background: var(--info-tint); }
.beware { color: var(--care); margin: 1.25rem 0; }
.word { font-weight: 600; white-space: nowrap; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 1rem; margin: .25rem 0; }
dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; }
.quoted { border-left: 2px dashed var(--line); padding-left: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .875rem; font-weight: 600; }
.digest { font-family: ui-monospace, monospace; font-size: .8125rem; }
ul { margin: 0; padding-left: 1.25rem; }
@page { size: A4; margin: 16mm; }
@media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; } }
@media print {
  :root { color-scheme: light; --ground: #FFFFFF; --card: #FFFFFF; --line: #B8B4AC; --text: #000000;
    --soft: #3C3A42; --good: #146C43; --good-tint: #FFFFFF; --care: #8A5300; --care-tint: #FFFFFF;
    --problem: #B3261E; --problem-tint: #FFFFFF; --unknown: #4A5568; --unknown-tint: #FFFFFF;
    --info: #1F5FA8; --info-tint: #FFFFFF; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  .file { border-radius: 0; overflow: visible; }
  .verdict, .beware { border: 1px solid; border-left-width: 6px; }
  tr, .verdict, .beware, dl > div { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } }
"""
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'"

#: Shapes that differ without any colour: a tick, an exclamation mark, a cross, a question mark, an i.
_STROKES: Final[dict[Level, tuple[str, ...]]] = {
    Level.GOOD: ("M6 10.4l2.7 2.7L14.2 7.4",),
    Level.CARE: ("M10 6.5v4.6", "M10 14v.1"),
    Level.PROBLEM: ("M7 7l6 6", "M13 7l-6 6"),
    Level.UNKNOWN: ("M7.8 7.9a2.3 2.3 0 1 1 3.3 2.1c-.8.4-1.1.8-1.1 1.7", "M10 14.2v.1"),
    Level.INFO: ("M10 9.4v4.6", "M10 6.2v.1"),
}
_FRAMES: Final[dict[Level, str]] = {
    Level.CARE: "M10 2.2l8.4 15.2H1.6z",
    Level.PROBLEM: "M6.4 1.8h7.2l4.6 4.6v7.2l-4.6 4.6H6.4l-4.6-4.6V6.4z",
}


def icon(level: Level) -> Markup:
    """Return the shape of a level; the word that says the same stands beside it."""
    frame = _FRAMES.get(level)
    around = element("path", d=frame) if frame else element("circle", cx="10", cy="10", r="8.2")
    strokes = (element("path", d=one) for one in _STROKES[level])
    return element("svg", around, *strokes, viewBox="0 0 20 20", fill="none", stroke="currentColor",
                   stroke_width="1.7", stroke_linecap="round", stroke_linejoin="round", aria_hidden="true")
