"""Every reason has its sentence."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import REPOSITORY
from wallet.model.reasons import ReasonCode, reason
from wallet.wording.believing import BELIEVING
from wallet.wording.judging import JUDGING
from wallet.wording.keeping import KEEPING
from wallet.wording.operating import HAPPENED
from wallet.wording.reading import READING
from wallet.wording.reasons import SENTENCES, reason_text
from wallet.wording.requesting import REQUESTING


def test_every_code_has_exactly_one_sentence() -> None:
    assert set(SENTENCES) == set(ReasonCode)
    tables: tuple[Mapping[ReasonCode, object], ...] = (
        READING, JUDGING, BELIEVING, HAPPENED, REQUESTING, KEEPING)
    assert sum(len(table) for table in tables) == len(SENTENCES)


@pytest.mark.parametrize("code", ReasonCode)
def test_sentence_stands_without_parameters(code: ReasonCode) -> None:
    text = reason_text(reason(code))
    assert text[0].isupper()
    assert text.endswith((".", "?", "!"))
    assert "{" not in text
    assert "[[" not in text


def test_because_that_is_a_code_becomes_its_sentence() -> None:
    text = reason_text(reason(ReasonCode.STATUS_LIST_UNTRUSTED, because="signature_wrong"))
    assert text == "The withdrawal list cannot be trusted: Something in it differs from what was sealed."


def test_because_in_a_circle_ends() -> None:
    text = reason_text(reason(ReasonCode.STATUS_LIST_UNTRUSTED, because="status_list_untrusted"))
    assert text.count("cannot be trusted") == 2


@pytest.mark.parametrize("because", ["document", "self", "from_sender", "revoked", "type", "no_name",
                                     "bit_order"])
def test_because_that_is_another_word_of_the_model_is_put_plainly(because: str) -> None:
    text = reason_text(reason(ReasonCode.PROOF_NOT_CHECKED, because=because))
    assert f": {because}." not in text
    assert text.endswith(".")


def test_because_in_words_stays() -> None:
    assert (
        reason_text(reason(ReasonCode.HOLDER_FAILED, because="too late"))
        == "The live check failed: too late."
    )


@given(st.sampled_from(ReasonCode), st.text(max_size=60))
def test_hostile_parameters_stay_one_line(code: ReasonCode, value: str) -> None:
    names = (
        "what",
        "limit",
        "found",
        "issuer",
        "because",
        "address",
        "name",
        "member",
        "date",
        "until",
        "days",
    )
    text = reason_text(reason(code, **dict.fromkeys(names, value)))
    assert text.splitlines() == [text]


def params_given() -> dict[str, set[str]]:
    """The names of parameters by code: as the code's own comment lists them, and as callers pass them."""
    given: dict[str, set[str]] = defaultdict(set)
    for line in (REPOSITORY / "wallet" / "model" / "codes.py").read_text("utf-8").splitlines():
        found = re.match(r"    ([A-Z_0-9]+) = \"[a-z_0-9]+\"(?:  # (.*))?", line)
        if found:
            given[found[1]] |= set(re.findall(r"[a-z_]+", (found[2] or "").split(":")[0]))
    for path in (REPOSITORY / "wallet").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                codes = [one.attr for one in node.args if isinstance(one, ast.Attribute)]
                for code in codes:
                    given[code] |= {one.arg for one in node.keywords if one.arg}
    return given


def test_every_parameter_in_a_sentence_is_given_by_somebody() -> None:
    given = params_given()
    for code, template in SENTENCES.items():
        for name in re.findall(r"\{([a-z_]+)\}", template):
            assert name in given[code.name] or (code.name, name) == ("DATES_UNPROVEN", "said"), (code, name)


def named_in(paths: Iterable[Path]) -> set[str]:
    return set(re.findall(r"[A-Za-z_0-9]+", " ".join(path.read_text("utf-8") for path in paths)))


def test_every_code_is_said_by_somebody_and_met_by_a_test() -> None:
    """By name: what makes it stands outside the tables of words, and a test of what makes it knows it."""
    tables = ("wording", "codes.py", "exit_codes.py")
    said = named_in(path for path in (REPOSITORY / "wallet").rglob("*.py")
                    if not set(tables) & set(path.parts))  # fmt: skip
    met = named_in(path for path in (REPOSITORY / "tests").rglob("*.py") if "wording" not in path.parts)
    assert {code.name for code in ReasonCode if code.name not in said and code.value not in said} == set()
    assert {code.name for code in ReasonCode if code.name not in met and code.value not in met} == set()


@pytest.mark.parametrize("found", ["link", "owner", "hard_link"])
def test_values_that_are_codes_are_put_plainly(found: str) -> None:
    text = reason_text(reason(ReasonCode.VAULT_UNSAFE_PLACE, found=found))
    assert text.startswith("This place is not safe for a wallet: it")
    assert reason_text(reason(ReasonCode.CREDENTIAL_NOT_FOUND, found="none", name="7f")) == (
        "No credential has this id: 7f."
    )


def test_an_archive_of_credentials_is_said_to_be_one() -> None:
    assert "unpack it" in reason_text(reason(ReasonCode.FORMAT_UNKNOWN, what="zip"))
    assert "archive" not in reason_text(reason(ReasonCode.FORMAT_UNKNOWN, what="JSON"))


@pytest.mark.parametrize(("limit", "said"), [
    ("16777216", "16 MiB"), ("262144", "256 KiB"), ("1023", "1023 bytes"), ("64 MiB", "64 MiB"),
    ("2000000", "1.9 MiB")])
def test_sizes_are_said_as_people_say_them(limit: str, said: str) -> None:
    assert reason_text(reason(ReasonCode.LIMIT_BYTES, limit=limit)).endswith(f"our limit is {said}.")
