"""The learner's own words, and finding by them."""

from __future__ import annotations

import pytest

from tests.vault.vaults import NOW, numbered, record
from wallet.model.errors import VaultError
from wallet.model.limits import MAX_NOTE_CHARS, MAX_OWN_TITLE_CHARS, MAX_TAG_CHARS, MAX_TAGS
from wallet.model.reasons import ReasonCode
from wallet.vault.labels import Labels, all_labels, known_tags, labels_of, put_labels, tidy_tag
from wallet.vault.store import Vault


def label(vault: Vault, credential_id: str, labels: Labels) -> None:
    with vault.transaction():
        put_labels(vault.database, credential_id, labels)


def test_labels_come_back_and_are_replaced_whole(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    label(vault, one, Labels("My title", "A note", ("b", "a")))
    assert labels_of(vault.database, one) == Labels("My title", "A note", ("a", "b"))
    label(vault, one, Labels(tags=("c",)))
    assert all_labels(vault.database) == {one: Labels("", "", ("c",))}
    label(vault, one, Labels())
    assert all_labels(vault.database) == {}


@pytest.mark.parametrize(("labels", "what"), [
    (Labels("x" * (MAX_OWN_TITLE_CHARS + 1)), "title"),
    (Labels(note="x" * (MAX_NOTE_CHARS + 1)), "note"),
    (Labels(tags=("x" * (MAX_TAG_CHARS + 1),)), "tag"),
    (Labels(tags=("",)), "tag"),
    (Labels(tags=tuple(map(str, range(MAX_TAGS + 1)))), "tags"),
])
def test_too_much_is_refused_and_nothing_changes(vault: Vault, labels: Labels, what: str) -> None:
    one = vault.add(numbered(1), now=NOW).id
    label(vault, one, Labels("before"))
    with pytest.raises(VaultError) as caught:
        label(vault, one, labels)
    assert (caught.value.reason.code, caught.value.reason["what"]) == (ReasonCode.LABEL_REFUSED, what)
    assert labels_of(vault.database, one) == Labels("before")


def test_exactly_at_the_limits_is_fine(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    most = Labels("x" * MAX_OWN_TITLE_CHARS, "y" * MAX_NOTE_CHARS,
                  tuple(sorted(f"{number}".rjust(MAX_TAG_CHARS, "t") for number in range(MAX_TAGS))))
    label(vault, one, most)
    assert labels_of(vault.database, one) == most


@pytest.mark.parametrize(("typed", "found"), [
    ("harvard", True), ("HARV", True), ("Bewerbung", True), ("data job", True), ("badge job", True),
    ("café", True), ("cafe", True), ("zzz", False), ("job zzz", False), ("nothing harvard", False),
])
def test_search_finds_own_words_alone_and_together_with_the_credentials(vault: Vault, typed: str,
                                                                       found: bool) -> None:
    one = vault.add(record(title="Badge of data"), now=NOW).id
    vault.add(numbered(2), now=NOW)
    label(vault, one, Labels("Harvard thing", "Für die Bewerbung im Café", ("job hunt",)))
    assert [hit.id for hit in vault.search(typed)] == ([one] if found else [])


def test_search_puts_own_words_first_and_finds_nothing_in_the_bin(vault: Vault) -> None:
    plain = vault.add(record(title="Python"), now=NOW).id
    tagged = vault.add(numbered(2), now=NOW).id
    label(vault, tagged, Labels(tags=("python",)))
    assert vault.search("python")[0].id == tagged
    assert {hit.id for hit in vault.search("python")} == {plain, tagged}
    assert len(vault.search("python", limit=1)) == 1
    vault.to_bin([tagged], now=NOW)
    assert [hit.id for hit in vault.search("python")] == [plain]
    assert known_tags(vault.database) == ()


def test_labels_go_with_a_credential_that_is_removed_for_good(vault: Vault) -> None:
    one = vault.add(numbered(1), now=NOW).id
    label(vault, one, Labels("t", "n", ("a",)))
    vault.to_bin([one], now=NOW)
    vault.purge([one])
    assert vault.database.value("SELECT count(*) FROM label") == 0
    assert vault.database.value("SELECT count(*) FROM tag") == 0


def test_tags_are_one_line_without_a_hash() -> None:
    assert tidy_tag(" #data\n science ") == "data science"
    assert tidy_tag("##") == ""
