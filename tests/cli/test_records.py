"""Documents, statements and badges from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.formats.test_linkedin_export import CERTIFICATIONS, EDUCATION, archive
from tests.simulators import badge_host
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pdf import pdf_with
from tests.simulators.web import SimulatedWeb
from wallet import assemble

Options = tuple[object, ...]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> SimulatedWeb:
    """The web in memory, in the place of the adapter that opens sockets."""
    simulated = SimulatedWeb()
    monkeypatch.setattr(assemble, "web", lambda: simulated)
    return simulated


def test_a_document_with_a_credential_inside(run: Run, options: Options, tmp_path: Path) -> None:
    certificate = tmp_path / "cert.pdf"
    certificate.write_bytes(pdf_with(
        title="Machine Learning", links=("https://www.coursera.org/verify/AB12",),
        attachments={"badge.json": SimulatedIssuer("did:key").badge()}))
    (row,) = run("document", "add", certificate, "--json", *options, *AT).json["documents"]
    assert row["links"] == [{"address": "https://www.coursera.org/verify/AB12", "kind": "found"}]
    assert [one["verdict"] for one in row["inside"]] == ["valid"]
    classes = {one["class"] for one in run("list", "--json", *options, *AT).json["credentials"]}
    assert classes == {"document", "sealed"}
    shown = run("show", row["id"], *options, *AT).out
    assert "A document, not checkable" in shown
    assert "link: https://www.coursera.org/verify/AB12" in shown
    assert "Credly" in shown
    assert "✓" not in shown
    assert run("show", row["id"], "--json", *options, *AT).json["credential"]["advice"]["code"] \
        == "advice_also_credly"


def test_links_and_statements_and_saying_it_anew(run: Run, options: Options) -> None:
    row = run("document", "link", "coursera.org/verify/AB12", "--json", *options, *AT).json["imported"][0]
    assert row["issuer"] == "Coursera"
    (own,) = run("statement", "add", "--title", "Chess", "--skill", "Patience", "--json", *options,
                 *AT).json["imported"]
    assert run("document", "change", own["id"], "--title", "Chess club", *options, *AT).code == 0
    titles = {one["title"] for one in run("list", "--json", *options, *AT).json["credentials"]}
    assert titles == {"coursera.org", "Chess club"}


def test_a_statement_without_a_title_is_wrong_usage(run: Run, options: Options) -> None:
    done = run("statement", "add", *options, *AT)
    assert done.code == 2
    assert "(entry_untitled)" in done.err


def test_a_linkedin_export_by_a_tick_list_and_in_one_drop(run: Run, options: Options, tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    export.write_bytes(archive(Certifications=CERTIFICATIONS, Education=EDUCATION, messages="x"))
    offered = run("statement", "linkedin", export, "--json", *options, *AT)
    assert [one["title"] for one in offered.json["offers"]] == ["Rope, Work", "BSc"]
    assert "messages.csv" in offered.err
    assert run("statement", "linkedin", export, "--take", "2", *options, *AT).code == 0
    done = run("import", export, "--json", *options, *AT)
    assert [one["outcome"] for one in done.json["imported"]] == ["added", "known", "left_out"]
    assert done.code == 0


@pytest.mark.parametrize("numbers", ["0", "3", "x", "-1"])
def test_numbers_that_are_not_in_the_list_are_wrong_usage(run: Run, options: Options, tmp_path: Path,
                                                          numbers: str) -> None:
    export = tmp_path / "export.zip"
    export.write_bytes(archive(Certifications=CERTIFICATIONS, Education=EDUCATION))
    assert run("statement", "linkedin", export, "--take", numbers, *options, *AT).code == 2


def test_badges_of_a_profile(run: Run, options: Options, web: SimulatedWeb) -> None:
    ids = badge_host.CREDLY_IDS[:2]
    badge_host.credly_list(web, "maya-lind", ids)
    badge_host.credly(web).award(ids[1])
    profile = "https://www.credly.com/users/maya-lind"
    offered = run("badges", profile, "--online", "--json", *options, *AT).json["offers"]
    assert [one["title"] for one in offered] == ["Badge 0", "Badge 1"]
    (row,) = run("badges", profile, "--online", "--take", "2", "--json", *options, *AT).json["imported"]
    assert (row["outcome"], row["title"]) == ("added", "Rope Work")
    assert "here already" in run("badges", profile, "--online", *options, *AT).out


def test_one_badge_by_its_page(run: Run, options: Options, web: SimulatedWeb) -> None:
    name = badge_host.CREDLY_IDS[0]
    badge_host.credly(web).award(name)
    done = run("badges", f"https://www.credly.com/badges/{name}", "--online", *options, *AT)
    assert done.code == 0
    assert "Rope Work" in done.out


def test_without_online_nothing_is_asked(run: Run, options: Options, web: SimulatedWeb) -> None:
    done = run("badges", "https://www.credly.com/users/maya-lind", *options, *AT)
    assert done.code != 0
    assert "(network_off)" in done.err
    assert web.addresses == ()


def test_a_page_without_a_badge_says_what_to_do(run: Run, options: Options, web: SimulatedWeb) -> None:
    badge_host.page(web, "https://uni.example/about")
    done = run("badges", "https://uni.example/about", "--online", *options, *AT)
    assert done.code == 4
    assert "wallet document link" in done.err


@pytest.mark.parametrize(("address", "told"), [
    ("https://www.credly.com/badges/1", "from Credly: log in there"),
    ("https://www.credential.net/1", "from Accredible: the issuer decides"),
    ("https://badgr.com/public/assertions/1", "from Canvas Credentials: ask the issuer"),
    ("https://lms.uni.example/badges/badge.php?hash=1", "from Moodle: log in there"),
    ("https://openbadgefactory.com/v1/assertion/1", "from Open Badge Factory: download the badge picture"),
    ("https://passport.cancred.ca/app/badge/1", "from CanCred: log in there"),
    ("https://www.coursera.org/verify/AB12", "A certificate of Coursera is a page"),
    ("https://courses.edx.org/certificates/1", "As far as we know, edX gives a page"),
    ("https://europass.europa.eu/1", "from Europass: open your Europass wallet"),
    ("https://uni.example/1", "ask whoever awarded it"),
], ids=lambda value: value.split("/")[2] if "//" in value else "")
def test_how_to_get_a_sealed_version_is_said_of_every_provider(run: Run, options: Options, address: str,
                                                               told: str) -> None:
    (row,) = run("document", "link", address, "--json", *options, *AT).json["imported"]
    shown = run("show", row["id"], *options, *AT).out
    (line,) = [one for one in shown.splitlines() if told in one]
    assert line.startswith("    → ")
    advice = run("show", row["id"], "--json", *options, *AT).json["credential"]["advice"]
    assert line == f"    → {advice['text']}"
