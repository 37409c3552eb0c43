"""One look at a desk: files, a text, or what an address answered with; documents that came count at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.conftest import AT
from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.evidence import Grade
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, Expectation
from wallet.operations.desk_online import PublicWeb
from wallet.operations.inputs import Input
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Services
from wallet.ui.background import Lane
from wallet.ui.incoming import Incoming
from wallet.ui.views.checking_desk import CheckingDesk, Thing, judged, made_desk

QUIET = SilentProgress()


def test_one_look(services: Services, tmp_path: Path) -> None:
    issuer = SimulatedIssuer("did:web")
    data = issuer.badge(entries=(issuer.entry(1),))
    (tmp_path / "badge.json").write_bytes(data)
    web = PublicWeb(services)
    desk = CheckingDesk(lambda: Desk(services.contexts), Lane.CHECKS, lambda: AT, web.desk, web)
    pasted = Thing(Incoming(data=data, name="pasted"))
    for thing in (pasted, Thing(Incoming(paths=(tmp_path / "badge.json",))),
                  Thing(Incoming(data=b"https://uni.example/", name="x"), brought=(Input("there", data),))):
        found = judged(desk, made_desk(desk, ()), thing, Expectation(), QUIET)
        assert [one.report.verdict for one in found.checked] == [Verdict.UNDETERMINED]
        assert [one.host for one in found.sheet.hosts] == ["northbridge.example"]
    came = replace(pasted, documents=documents_of(issuer, Grade.FETCHED))
    found = judged(desk, made_desk(desk, ()), came, Expectation(), QUIET)
    assert found.checked[0].report.verdict is Verdict.VALID
    offline = replace(desk, web=None)
    assert judged(offline, made_desk(offline, ()), pasted, Expectation(), QUIET).sheet.hosts == ()


def test_what_she_supplies_makes_another_desk(services: Services) -> None:
    usual, hers = Desk(services.contexts), Desk(services.contexts)
    desk = CheckingDesk(lambda: usual, Lane.CHECKS, lambda: AT, lambda _sources: hers)
    assert made_desk(desk, ()) is usual
    assert made_desk(desk, (Path("keys.json"),)) is hers
    assert made_desk(replace(desk, supplied=None), (Path("keys.json"),)) is usual
