"""The sample wallet: every sample in it with its verdict, the demo learner's own."""

from __future__ import annotations

from pathlib import Path

from wallet.model.report import CheckId, Outcome
from wallet.operations import library
from wallet.operations.samples import SampleSet
from wallet.operations.session import Services
from wallet.operations.wallets import lock
from wallet.ui.sample_wallet import create_sample_wallet, take_demo


def test_all_samples_are_in_it_once(services: Services, tmp_path: Path, demo: SampleSet) -> None:
    session = create_sample_wallet(services, tmp_path / "demo")
    kept = library.credentials(session)
    assert len(kept) == len(demo.files)
    assert sorted(one.report.verdict for one in kept) == sorted(file.verdict for file in demo.files)
    recipients = [one.report.check(CheckId.RECIPIENT) for one in kept]
    assert any(check is not None and check.outcome is Outcome.PASSED for check in recipients)
    take_demo(session)
    assert len(library.credentials(session)) == len(demo.files)
    lock(session)
