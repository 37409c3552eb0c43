"""Logs, beliefs, settings and keys that stand on both sides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, make_template, numbered
from wallet.model.sharing import Channel, ShareRecord
from wallet.vault.merge import ConflictKind, merge
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault

REQUEST = ("INSERT INTO request(at, host, address, purpose, allowed, outcome, bytes) "
           "VALUES('2026', 'h', 'https://h/', 'issuer_key', 'once', 'fetched', 1)")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    made = make_template(tmp_path / "other-template").open(tmp_path / "other")
    yield made
    made.close()


def bring(vault: Vault, other: Vault) -> list[tuple[ConflictKind, str]]:
    done = merge(vault, StoreRows(other.database), now=NOW, label="from old laptop")
    return [(one.kind, one.subject) for one in done.conflicts]


@pytest.mark.parametrize(("here", "there"), [(0, 2), (1, 2), (2, 2), (3, 2)])
def test_equal_lines_of_a_log_are_as_many_as_on_the_side_with_more(vault: Vault, other: Vault, here: int,
                                                                  there: int) -> None:
    for one, times in ((vault, here), (other, there)):
        with one.transaction():
            for _ in range(times):
                one.database.rows(REQUEST)
    bring(vault, other)
    assert vault.database.value("SELECT count(*) FROM request") == max(here, there)


def test_a_line_that_takes_another_back_still_names_it(vault: Vault, other: Vault) -> None:
    event = "INSERT INTO event(at, kind, subject, details) VALUES('2026', ?, 's', ?)"
    with vault.transaction():
        vault.database.rows(event, ("key_changed", "{}"))
    with other.transaction():
        other.database.rows(event, ("belief_set", '{"after":"x"}'))
        other.database.rows(event, ("belief_undone", '{"undoes":"1"}'))
    bring(vault, other)
    rows = vault.database.rows("SELECT serial, kind, details FROM event ORDER BY serial")
    assert [row[1] for row in rows] == ["key_changed", "belief_set", "belief_undone"]
    assert json.loads(rows[2][2]) == {"undoes": str(rows[1][0])}
    assert bring(vault, other) == []
    assert vault.database.value("SELECT count(*) FROM event") == 3
    bring(other, vault)
    assert other.database.value("SELECT count(*) FROM event") == 3


def test_a_share_names_the_credentials_by_the_ids_they_have_here(vault: Vault, other: Vault) -> None:
    mine = vault.add(numbered(1), now=NOW).id
    theirs = other.add(numbered(1), now=NOW).id
    other.log_share(ShareRecord("s1", NOW, Channel.QR, "Harbor", (theirs,), ("Badge 1",)))
    bring(vault, other)
    assert [one.credential_ids for one in vault.shares()] == [(mine,)]


def test_the_present_belief_stands_and_the_other_is_named(vault: Vault, other: Vault) -> None:
    for one, stance in ((vault, "pinned"), (other, "distrusted")):
        with one.transaction():
            one.database.rows("INSERT INTO belief(issuer_id, stance, fingerprint, name, note, at) "
                              "VALUES('did:web:x', ?, '', '', '', '2026')", (stance,))
    assert bring(vault, other) == [(ConflictKind.BELIEF, "did:web:x")]
    assert vault.database.value("SELECT stance FROM belief") == "pinned"


def test_settings_stand_and_those_of_one_computer_stay_there(vault: Vault, other: Vault) -> None:
    vault.set_setting("identities", "ada@example.org")
    other.set_setting("identities", "ada@work.example")
    other.set_setting("backup.folder", "somewhere else")
    assert bring(vault, other) == [(ConflictKind.SETTING, "backup.folder"),
                                   (ConflictKind.SETTING, "identities")]
    assert vault.setting("identities") == "ada@example.org"
    assert vault.setting("backup.folder") is None


def test_consent_stays_where_it_was_given(vault: Vault, other: Vault) -> None:
    with other.transaction():
        other.database.rows("INSERT INTO permission VALUES('uni.example', '2026')")
    bring(vault, other)
    assert vault.database.value("SELECT count(*) FROM permission") == 0


def test_a_setting_about_the_learner_comes_where_there_was_none(vault: Vault, other: Vault) -> None:
    other.set_setting("identities", "ada@work.example")
    assert bring(vault, other) == []
    assert vault.setting("identities") == "ada@work.example"


def test_other_keys_come_as_further_ones(vault: Vault, other: Vault) -> None:
    mine, theirs = vault.holder_key(), other.holder_key()
    bring(vault, other)
    bring(vault, other)
    assert vault.holder_key() == mine
    rows = vault.database.rows("SELECT seed, label FROM holder_key ORDER BY serial")
    assert rows == ((mine, ""), (theirs, "from old laptop"))
