"""A seeded sample of the sweeps over all acts; `python -m tests.faults sweep` goes over every step."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.acts import ACTS, Act
from tests.faults.failing import ERRORS
from tests.faults.scenes import VAULT, Scene, cheap_guesses
from tests.faults.sweep import sweep_errors, sweep_power_cuts
from tests.vault.vaults import Template, make_template
from wallet.vault.places import HEADER_NAME, writing_error

_MOST = 6


@pytest.fixture
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A vault in which a guess costs nothing, and so for as long as the test goes on."""
    with cheap_guesses():
        yield make_template(tmp_path_factory.mktemp("template") / "vault")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_a_disk_that_fails_costs_nothing_acknowledged(act: Act, template: Template, tmp_path: Path) -> None:
    found = sweep_errors(act, template, tmp_path, seed=20261122, at_most=_MOST,
                         ways=ERRORS)
    assert found.violations == []
    assert found.points.total() == _MOST


@pytest.mark.skipif(sys.platform != "linux", reason="names of open files are read from /proc")
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_a_power_cut_costs_nothing_acknowledged(act: Act, template: Template, tmp_path: Path) -> None:
    found = sweep_power_cuts(act, template, tmp_path, seed=20261122, at_most=_MOST // 2)
    assert found.violations == []
    assert found.points.total() >= 2


def test_the_sweep_notices_a_header_that_is_written_anew_in_place(template: Template, tmp_path: Path) -> None:
    def rewrite(_scene: Scene, live: Path, _say: object) -> None:
        header = live / VAULT / HEADER_NAME
        content = header.read_bytes()
        try:
            with header.open("wb") as file:
                file.write(content)
        except OSError as error:
            raise writing_error(header, error) from None

    act = next(one for one in ACTS if one.name == "tags")
    careless = Act("careless", act.make, rewrite, act.judge)
    assert sweep_errors(careless, template, tmp_path / "errors", seed=1, ways=ERRORS).violations
    if sys.platform == "linux":
        assert sweep_power_cuts(act, template, tmp_path / "cuts", seed=1).violations == []
