"""The samples: plausible, clearly made up, and each with the verdict it is there to show."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.conftest import ASSETS, AT
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Credential, Securing
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Report, Verdict
from wallet.operations.samples import SampleFile, SampleSet, samples
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import Expectation, judge

NAMES = [entry["file"] for entry in json.loads((ASSETS / "samples" / "demo.json").read_bytes())["samples"]]


@pytest.fixture(scope="module")
def contexts() -> Contexts:
    return Contexts.pinned(ASSETS / "contexts")


@pytest.fixture(scope="module")
def made() -> SampleSet:
    return samples(ASSETS, AT)


def read(file: SampleFile) -> Credential:
    parsed = parse(file.data, name=file.name)
    assert isinstance(parsed, Credential)
    return parsed


def named(made: SampleSet, name: str) -> SampleFile:
    return next(file for file in made.files if file.name == name)


def judged(made: SampleSet, file: SampleFile, contexts: Contexts, at: datetime = AT, *,
           with_evidence: bool = True) -> Report:
    credential = read(file)
    store = MemoryEvidence(made.evidence if with_evidence else ())
    return judge(credential, gather(credential, store, contexts), at=at,
                 expectation=Expectation(made.identities))


@pytest.mark.parametrize("name", NAMES)
def test_each_sample_has_the_verdict_it_is_there_to_show(
        made: SampleSet, contexts: Contexts, name: str) -> None:
    file = named(made, name)
    report = judged(made, file, contexts)
    assert report.verdict is file.verdict, report.checks


@pytest.mark.parametrize("now", [
    datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), datetime(2031, 7, 1, tzinfo=UTC)])
def test_verdicts_do_not_rot(contexts: Contexts, now: datetime) -> None:
    made = samples(ASSETS, now)
    assert [judged(made, file, contexts, now).verdict for file in made.files] == [
        file.verdict for file in made.files]


def test_all_cases_are_covered(made: SampleSet, contexts: Contexts) -> None:
    reports = {file.name: judged(made, file, contexts) for file in made.files}
    assert {report.verdict for report in reports.values()} >= {
        Verdict.VALID, Verdict.EXPIRED, Verdict.REVOKED, Verdict.SUSPENDED, Verdict.UNDETERMINED}
    codes = {check.reason.code for report in reports.values() for check in report.checks}
    assert codes >= {
        ReasonCode.VALID_NOW, ReasonCode.VALID_NO_END, ReasonCode.ENDS_SOON, ReasonCode.ENDED,
        ReasonCode.STATUS_REVOKED, ReasonCode.STATUS_SUSPENDED, ReasonCode.STATUS_NOT_SEEN,
        ReasonCode.KEY_UNKNOWN, ReasonCode.RECIPIENT_MATCH}
    credentials = [read(file) for file in made.files]
    assert {one.original.carrier for one in credentials} == {
        Carrier.JSON, Carrier.JWS, Carrier.PNG, Carrier.SVG}
    assert {one.version for one in credentials} == {"1.1", "2.0"}
    assert {one.securing for one in credentials} == {Securing.EMBEDDED, Securing.JWS}
    assert any(one.issuer.id.startswith("did:key:") for one in credentials)
    assert any(proof["type"] == "Ed25519Signature2020" for one in credentials for proof in one.proofs)


def test_first_three_are_good_and_small_enough_for_a_few_codes(made: SampleSet) -> None:
    first = made.files[:3]
    assert [file.verdict for file in first] == [Verdict.VALID] * 3
    assert sum(len(read(file).original.payload) for file in first) < 12_000


def test_without_the_demo_issuers_documents_nothing_but_the_self_made_key_is_proven(
        made: SampleSet, contexts: Contexts) -> None:
    for file in made.files:
        report = judged(made, file, contexts, with_evidence=False)
        own_key = read(file).issuer.id.startswith("did:key:")
        assert (report.verdict is Verdict.VALID) == own_key


def test_samples_say_that_they_are_made_up(made: SampleSet) -> None:
    for file in made.files:
        credential = read(file)
        assert "(Demo)" in credential.issuer.name
        assert credential.issuer.url.rstrip("/").endswith(".example")
    for document in made.evidence:
        assert document.grade is Grade.SUPPLIED
        assert "demo" in document.source


def test_samples_read_like_credentials(made: SampleSet) -> None:
    titles = set()
    for file in made.files:
        told = read(file).achievement
        titles.add(told.name)
        assert len(told.description) > 60
        assert len(told.criteria) > 20
        assert len(told.skills) >= 2
        assert told.results
        assert not read(file).problems
    assert len(titles) == len(made.files) == 12


def test_same_day_gives_the_same_bytes_and_the_next_day_others() -> None:
    morning = samples(ASSETS, AT)
    assert samples(ASSETS, AT + timedelta(hours=23)) == morning
    later = samples(ASSETS, AT + timedelta(days=1))
    assert not {file.data for file in morning.files} & {file.data for file in later.files}


def test_altered_sample_is_caught(made: SampleSet, contexts: Contexts) -> None:
    good = named(made, "agile-delivery-in-practice.json")
    bad = SampleFile(good.name, good.data.replace(b"without help", b"without hope"), Verdict.INVALID)
    report = judged(made, bad, contexts)
    proof = report.check(CheckId.PROOF)
    assert report.verdict is Verdict.INVALID
    assert proof is not None
    assert proof.reason.code is ReasonCode.SIGNATURE_WRONG


EMBLEMS = sorted((ASSETS / "samples" / "emblems").glob("*.svg"))


@pytest.mark.parametrize("emblem", EMBLEMS, ids=lambda path: path.stem)
def test_emblem_picture_is_the_emblem_drawing(emblem: Path, qapp: object) -> None:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(256, 256, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(emblem)).render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub knows only bytes for the format
    drawn = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")
    shipped = Image.open(emblem.with_suffix(".png"))
    assert shipped.size == (256, 256)
    kept = shipped.convert("RGBA").convert("RGB")
    difference = ImageChops.difference(drawn.convert("RGB"), kept).convert("L")
    far = sum(difference.histogram()[64:])
    assert far < 256 * 256 * 0.02
