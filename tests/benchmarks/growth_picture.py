"""The growth of the vault as a picture for the guide: lines over numbers, both axes logarithmic, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

_WIDTH, _HEIGHT = 860, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 210, 50, 50
_COLOURS: Final = ("#1f6feb", "#1a7f37", "#9a6700", "#8250df", "#cf222e")


def picture(title: str, counts: Sequence[int], lines: Mapping[str, Sequence[float]]) -> str:
    """Return the picture; all times are in milliseconds and above 0."""
    every = [value for line in lines.values() for value in line]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    first, last = math.log10(counts[0]), math.log10(counts[-1])

    def across(count: float) -> float:
        return _LEFT + (math.log10(count) - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def down(value: float) -> float:
        return _HEIGHT - _BOTTOM - (math.log10(value) - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
              'font-family="sans-serif" font-size="13">'),
             f"<title>{title}</title>", f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
             f'<text x="{_LEFT}" y="26" font-size="15" fill="#1f2328">{title}</text>']
    for power in range(low, high + 1):
        height = down(10.0**power)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" '
                     'stroke="#d0d7de"/>')
        parts.append(_text(_LEFT - 8, height + 4, _spoken(10.0**power), "end"))
    parts += [_text(across(count), _HEIGHT - _BOTTOM + 22, f"{count:,}", "middle") for count in counts]
    ends = _apart({name: down(line[-1]) for name, line in lines.items()})
    for colour, (name, line) in zip(_COLOURS, lines.items(), strict=False):
        points = " ".join(f"{across(count):.1f},{down(value):.1f}"
                          for count, value in zip(counts, line, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(_text(_WIDTH - _RIGHT + 10, ends[name] + 4, f"{name}: {_spoken(line[-1])}", "start",
                           colour))
    return "\n".join([*parts, "</svg>", ""])


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Move labels that would lie on each other downwards."""
    placed: dict[str, float] = {}
    below = -math.inf
    for name, height in sorted(heights.items(), key=lambda pair: pair[1]):
        below = placed[name] = max(height, below + 17)
    return placed


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#57606a") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _spoken(milliseconds: float) -> str:
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.3g} s"
    return f"{milliseconds:.3g} ms" if milliseconds >= 0.1 else f"{milliseconds * 1000:.3g} µs"
