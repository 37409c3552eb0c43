"""The picture of growth is an SVG with a line for each act, and labels that do not lie on each other."""

from __future__ import annotations

import re

from tests.benchmarks.growth_picture import picture


def test_every_line_is_drawn_and_labelled() -> None:
    drawn = picture("growth", (1_000, 10_000, 100_000),
                    {"add": (3.0, 3.1, 3.0), "search": (2.0, 2.5, 3.0), "check": (20.0, 200.0, 4_000.0)})
    assert drawn.count("<polyline") == 3
    assert "check: 4 s" in drawn
    labels = [float(y) for y in re.findall(r'y="([\d.]+)" text-anchor="start"', drawn)]
    assert all(abs(one - other) >= 17 for place, one in enumerate(labels) for other in labels[place + 1 :])
