"""Check 8: a named schema is compared with where its layout ships with us, and decides nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.signing import compact_json
from tests.verify.desk import answer, documents, judged, row, university
from wallet.model.headline import row_level
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Level, Outcome, Verdict

OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
UNI = university()
EVIDENCE = documents(UNI.evidence())
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def named(*schemas: str, **changes: Any) -> bytes:
    """A sealed badge that names schemas."""
    document = UNI.badge_document()
    document["@context"] = [*document["@context"], EXTENSIONS]
    document["credentialSchema"] = [{"id": one, "type": "1EdTechJsonSchemaValidator2019"} for one in schemas]
    document["credentialSubject"] |= changes
    return compact_json(UNI.seal(document))


def test_a_badge_that_follows_the_schema_it_names() -> None:
    report = judged(named(OB3), EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.PASSED, R.SCHEMA_FOLLOWED)
    assert report.verdict is Verdict.VALID


def test_one_that_does_not_says_where_and_stays_valid() -> None:
    report = judged(named(OB3, narrative=["one", 2]), EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.FAILED, R.SCHEMA_DIFFERS)
    check = row(report, CheckId.SCHEMA)
    assert check.reason["members"] == "/credentialSubject/narrative/1"
    assert row_level(check) is Level.INFO
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("schemas", [("https://schemas.example/own.json",), (OB3 + "?x=1",)],
                         ids=["unknown", "alike"])
def test_another_schema_is_not_compared_with_anything(schemas: tuple[str, ...]) -> None:
    report = judged(named(*schemas), EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.UNDETERMINED, R.SCHEMA_NOT_CHECKED)
    assert row(report, CheckId.SCHEMA).reason["address"] == schemas[0]
    assert all(one.address != schemas[0] for one in report.wanted)
    assert report.verdict is Verdict.VALID


def test_of_several_the_one_we_have_is_taken() -> None:
    report = judged(named("https://schemas.example/own.json", OB3), EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.PASSED, R.SCHEMA_FOLLOWED)


def test_a_badge_that_names_none() -> None:
    report = judged(compact_json(UNI.seal(UNI.badge_document())), EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.NOT_APPLICABLE, R.SCHEMA_NONE)
