from __future__ import annotations

from pathlib import Path

from wallet.model.report import Verdict
from wallet.operations.samples import samples
from wallet.operations.session import Services
from wallet.operations.tour import run_tour
from wallet.operations.wallets import lock


def test_the_tour_walks_the_whole_main_job(services: Services, tmp_path: Path) -> None:
    tour = run_tour(services, tmp_path / "tour")
    expected = {file.name: file.verdict for file in samples(services.assets, services.clock()).files}
    assert {row.name: row.report.verdict for row in tour.rows if row.report} == expected
    assert len(set(expected.values())) >= 5
    assert tour.pack.is_file()
    assert tour.codes
    assert {path.name for path in tour.sample_files} == set(expected)
    for checked in tour.judged:
        assert checked.report.verdict is Verdict.VALID
        assert [item.verdict for item in checked.report.items] == [Verdict.VALID] * 3
    lock(tour.session)
