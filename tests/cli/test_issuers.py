"""`wallet issuer`: keys with fingerprints, and the learner's own word, taken back again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.simulators.federation import SimulatedEntity
from tests.simulators.web import SimulatedWeb
from wallet import assemble

ISSUER = "did:web:northbridge.example"


def test_a_key_is_compared_and_taken_back(run: Run, filled: tuple[object, ...]) -> None:
    (key,) = run("issuer", "show", ISSUER, "--json", *filled).json["issuer"]["keys"]
    assert run("issuer", "pin", ISSUER, "--fingerprint", "0000 0000 0000 0000 0000", *filled).code == 2
    done = run("issuer", "pin", ISSUER, "--fingerprint", key["fingerprint"], "--note", "on the spot", *filled)
    assert done.code == 0
    assert key["fingerprint"] in done.out
    shown = run("issuer", "show", ISSUER, *filled).out
    assert "compared by you" in shown
    assert "Your note: on the spot" in shown
    assert "nothing noted" in run("issuer", "undo", ISSUER, *filled).out
    assert run("issuer", "undo", ISSUER, *filled).code == 2


def test_a_distrusted_issuer_is_said_so_and_keeps_its_verdict(run: Run, filled: tuple[object, ...]) -> None:
    assert run("issuer", "distrust", ISSUER, "--note", "closed", *filled).code == 0
    assert run("issuer", "name", ISSUER, "The old school", *filled).code == 0
    (row,) = run("issuer", "list", "--json", *filled).json["issuers"]
    assert row["belief"]["stance"] == "distrusted"
    assert row["belief"]["name"] == "The old school"
    first = run("list", "--json", *filled).json["credentials"][0]["id"]
    shown = run("show", first, *AT, *filled)
    assert "You marked northbridge.example as not to be trusted" in shown.out
    assert run("issuer", "forget", ISSUER, *filled).code == 0
    assert run("issuer", "forget", ISSUER, *filled).code == 2


def test_a_wallet_without_credentials_has_no_issuers(run: Run, options: tuple[object, ...],
                                                     tmp_path: Path) -> None:
    done = run("issuer", "list", *options)
    assert done.code == 0
    assert "no issuers" in done.err


def test_a_federation_is_asked_about_an_issuer_when_said_so(
        run: Run, filled: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    root = SimulatedEntity("https://registry.example", datetime(2026, 11, 20, 12, tzinfo=UTC))
    anchor, about = root.own_document(), root.document_about(ISSUER)
    web = SimulatedWeb({anchor.address: anchor.data, about.address: about.data})
    monkeypatch.setattr(assemble, "web", lambda: web)
    assert "There is nothing to ask" in run("issuer", "ask", ISSUER, *filled, *AT).err
    assert run("lists", "add", "--online", anchor.address, "--name", "Register", *filled, *AT).code == 0
    sheet = run("issuer", "ask", ISSUER, *filled, *AT)
    assert (sheet.code, web.requests[about.address]) == (3, 0)
    assert "it learns from which issuer somebody has something, but not what" in sheet.out
    told = run("issuer", "ask", ISSUER, "--online", *filled, *AT)
    assert told.code == 0
    assert "Register lists it as “Northbridge University”, as a federation, which was asked" in told.out
    (row,) = run("issuer", "show", ISSUER, "--json", *filled, *AT).json["issuer"]["lists"]
    assert (row["federation"], row["until"]) == (True, "2026-11-21T12:00:00Z")
    first = run("list", "--json", *filled).json["credentials"][0]["id"]
    assert "(a federation, which was asked)" in run("show", first, *AT, *filled).out
