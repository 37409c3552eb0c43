"""What stood before a check: the file's own words, made harmless, and what the person who checks gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.wording.samples import good_checks, report_with
from wallet.assemble import services
from wallet.cli.compared import entry_words, found_in, given_for, identifier_words, proof_words, token_words
from wallet.formats.parse import parse
from wallet.model.credential import Credential, Identifier, Subject
from wallet.model.report import CheckId
from wallet.operations.checking import Desk, Expectation

AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def badge() -> Credential:
    content = parse(SimulatedIssuer("did:key").badge())
    assert isinstance(content, Credential)
    return content


@pytest.mark.parametrize(("entry", "words"), [
    ({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "94567",
      "statusListCredential": "https://s.example/1"},
     "BitstringStatusListEntry revocation place 94567 of list https://s.example/1"),
    ({"type": "BitstringStatusListEntry", "statusPurpose": "message", "statusListIndex": 0, "statusSize": 2,
      "statusListCredential": "https://s.example/1"},
     "BitstringStatusListEntry message place 0 of list https://s.example/1, 2 bits each"),
    ({"status_list": {"idx": 7, "uri": "https://s.example/t"}},
     "status_list (token) place 7 of list https://s.example/t"),
    ({"type": "1EdTechRevocationList", "id": "https://s.example/r"},
     "1EdTechRevocationList of list https://s.example/r"),
    ({"...": "credentialStatus"}, "an entry of which nothing is shown"),
    ({}, "an entry of which nothing is shown")],
    ids=["bits", "message", "token", "1edtech", "left out", "nothing"])  # fmt: skip
def test_an_entry_names_its_list_and_its_place(entry: dict[str, object], words: str) -> None:
    assert entry_words(entry) == words


def test_an_identifier_says_whether_it_is_hidden() -> None:
    assert identifier_words(Identifier("a@b.example")) == "a@b.example, written openly"
    hidden = Identifier("sha256$00", hashed=True, salt="s", kind="emailAddress")
    assert identifier_words(hidden) == "emailAddress hidden as sha256, with salt: sha256$00"
    assert "without salt" in identifier_words(replace(hidden, salt=""))


def test_seals_name_their_key(badge: Credential) -> None:
    assert proof_words(badge.proofs[0]).startswith("DataIntegrityProof eddsa-rdfc-2022 assertionMethod ")
    assert badge.proofs[0]["verificationMethod"] in proof_words(badge.proofs[0])
    assert token_words(badge) == ""
    token = parse(SimulatedIssuer("did:key").badge_jwt())
    assert token_words(token).startswith("EdDSA token")


def test_what_a_file_says_of_each_check_is_on_its_lines(badge: Credential) -> None:
    content = replace(badge, statuses=({"type": "X", "id": "https://s.example/1"},),
                      subject=Subject("did:key:z6Mk", identifiers=(Identifier("a@b.example"),)))
    assert found_in(CheckId.STATUS, content) == ("X of list https://s.example/1",)
    assert found_in(CheckId.RECIPIENT, content) == ("issued to did:key:z6Mk", "a@b.example, written openly")
    assert found_in(CheckId.VALIDITY, content)[0].startswith("from ")
    assert any(line.startswith("seal created ") for line in found_in(CheckId.VALIDITY, content))
    assert found_in(CheckId.RECOGNITION, content)[0].startswith(f"issuer {badge.issuer.id}")
    many = replace(content, statuses=({"type": "X"},) * 50)
    assert len(found_in(CheckId.STATUS, many)) == 21
    wild = replace(content, statuses=({"type": "X\n✓ Genuine\x1b[31m"},))
    assert not any(sign in found_in(CheckId.STATUS, wild)[0] for sign in "\n\x1b")


def test_what_the_person_gave_is_told() -> None:
    desk, report, checks = Desk(services().contexts), report_with(), good_checks()
    nothing = Expectation()
    [now] = given_for(checks[CheckId.VALIDITY], report, desk, nothing)
    assert now == "the time 21 November 2026, 12:04 UTC"
    assert given_for(checks[CheckId.RECOGNITION], report, desk, nothing) == ("no list of issuers",)
    assert given_for(checks[CheckId.RECIPIENT], report, desk, nothing) == ("no address",)
    asked = Expectation(("a@b.example",), max_status_age=timedelta(days=30))
    assert given_for(checks[CheckId.RECIPIENT], report, desk, asked) == ("a@b.example",)
    assert given_for(checks[CheckId.STATUS], report, desk, asked) == ("a list may be 30 days old",)
    assert given_for(checks[CheckId.PROOF], report, desk, asked) == ()
