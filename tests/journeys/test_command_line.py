"""The main job through the real command line, one process per step, as a person would do it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.journeys.runner import Ran, run_wallet
from tests.simulators.issuer import SimulatedIssuer
from wallet.formats.baked import bake_png

PASSPHRASE = "four bright lanterns drifting"
AT = ("--at", "2026-11-21T00:00:00Z")


@pytest.fixture
def issuer() -> SimulatedIssuer:
    return SimulatedIssuer("did:web")


@pytest.fixture
def home(tmp_path: Path, issuer: SimulatedIssuer) -> Path:
    """A learner's home: a baked badge, the issuer's documents in a map, a passphrase in a file."""
    (tmp_path / "pass").write_text(PASSPHRASE)
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(picture, "PNG")
    badge = issuer.badge(entries=(issuer.entry(4),))
    (tmp_path / "badge (2).png").write_bytes(bake_png(picture.getvalue(), badge))
    write_evidence(tmp_path, issuer)
    return tmp_path


def write_evidence(home: Path, issuer: SimulatedIssuer) -> None:
    folder = home / "evidence"
    folder.mkdir(exist_ok=True)
    table = {}
    for number, (address, data) in enumerate(issuer.evidence().items()):
        (folder / f"{number}.json").write_bytes(data)
        table[address] = f"{number}.json"
    (folder / "map.json").write_text(json.dumps(table))


def learner(home: Path, *arguments: str | Path) -> Ran:
    return run_wallet(home, *arguments, "--vault", home / "vault", "--passphrase-file", home / "pass", *AT)


def employer(home: Path, *arguments: str | Path, evidence: bool = True) -> tuple[int, dict[str, Any]]:
    known = ("--evidence", home / "evidence") if evidence else ()
    ran = run_wallet(home / "desk", "verify", "--json", *AT, *known, *arguments)
    (row,) = json.loads(ran.out)["results"]
    return ran.code, row


def test_from_a_picture_to_an_employer_and_back(home: Path, issuer: SimulatedIssuer) -> None:
    (home / "desk").mkdir()
    assert learner(home, "create").code == 0
    assert learner(home, "evidence", "add", home / "evidence").code == 0
    assert learner(home, "import", home / "badge (2).png").code == 0

    (found,) = json.loads(learner(home, "search", "statis", "--json").out)["credentials"]
    assert (found["title"], found["verdict"]) == ("Data Analysis Foundations", "valid")
    shown = learner(home, "show", found["id"])
    assert shown.code == 0
    assert "Genuine" in shown.out

    pack, code = home / "application.vcpack", home / "code.png"
    shared = learner(home, "share", found["id"], "--to", "Harbor Foods", "--domain", "harbor.example",
                     "--challenge", "n-123", "--expires", "30d", "--out", pack, "--qr", code, "--yes")
    assert shared.code == 0, shared.err
    pictures = sorted(home.glob("code*.png"))

    asked = ("--domain", "harbor.example", "--challenge", "n-123")
    for left in ([pack], pictures):
        exit_code, row = employer(home, *left, *asked)
        assert (exit_code, row["verdict"]) == (0, "valid")
        assert [item["verdict"] for item in row["items"]] == ["valid"]
        assert row["items"][0]["title"] == "Data Analysis Foundations"

    # The same pack for somebody else, with another question, or without the issuer's key at hand.
    assert employer(home, pack, "--domain", "other.example", "--challenge", "n-123")[0] == 1
    assert employer(home, pack, "--domain", "harbor.example", "--challenge", "n-124")[0] == 1
    exit_code, row = employer(home, pack, *asked, evidence=False)
    assert (exit_code, row["items"][0]["verdict"]) == (3, "undetermined")

    issuer.revoke(4)
    write_evidence(home, issuer)
    exit_code, row = employer(home, pack, *asked)
    assert (exit_code, row["items"][0]["verdict"]) == (1, "revoked")


def test_a_changed_pack_is_refused_whatever_was_changed(home: Path) -> None:
    (home / "desk").mkdir()
    learner(home, "create")
    learner(home, "import", home / "badge (2).png")
    (found,) = json.loads(learner(home, "list", "--json").out)["credentials"]
    pack = home / "a.vcpack"
    assert learner(home, "share", found["id"], "--to", "Harbor", "--out", pack, "--yes").code == 0
    with zipfile.ZipFile(pack) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert set(members) == {"manifest.json", "presentation.json", "cover.txt"}
    changed = dict(members)
    changed["presentation.json"] = members["presentation.json"].replace(b"Data Analysis", b"Brain Surgery")
    write_zip(home / "b.vcpack", changed)
    assert employer(home, home / "b.vcpack")[1]["verdict"] == "malformed"
    # With a manifest that fits the change, the seals still tell.
    import hashlib

    manifest = json.loads(members["manifest.json"])
    text = json.dumps(manifest).replace(hashlib.sha256(members["presentation.json"]).hexdigest(),
                                        hashlib.sha256(changed["presentation.json"]).hexdigest())
    write_zip(home / "c.vcpack", {**changed, "manifest.json": text.encode()})
    exit_code, row = employer(home, home / "c.vcpack")
    assert (exit_code, row["verdict"]) == (1, "invalid")
    assert row["items"][0]["verdict"] == "invalid"
    write_zip(home / "d.vcpack", members)
    assert employer(home, home / "d.vcpack")[0] == 0


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_what_leaves_holds_no_path_and_no_note(home: Path) -> None:
    learner(home, "create")
    learner(home, "import", home / "badge (2).png")
    (found,) = json.loads(learner(home, "list", "--json").out)["credentials"]
    learner(home, "share", found["id"], "--to", "Canary Audience 7731", "--out", home / "a.vcpack", "--yes")
    data = (home / "a.vcpack").read_bytes()
    for secret in (str(home).encode(), b"badge (2)", PASSPHRASE.encode()):
        assert secret not in data


def test_export_gives_the_very_picture_back(home: Path) -> None:
    learner(home, "create")
    learner(home, "import", home / "badge (2).png")
    (found,) = json.loads(learner(home, "list", "--json").out)["credentials"]
    assert learner(home, "export", found["id"], "--out", home / "out").code == 0
    (written,) = (home / "out").iterdir()
    assert written.read_bytes() == (home / "badge (2).png").read_bytes()
