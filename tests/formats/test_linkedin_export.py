"""A member's own export: what is taken over, what is named as left out, what it cannot do."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.linkedin_export import MAX_ROWS, Table, is_linkedin_export, read_day, read_linkedin_export
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

CERTIFICATIONS = ("\ufeffName,Url,Authority,Started On,Finished On,License Number\r\n"
                  '"Rope, Work",https://www.credly.com/badges/1,Harbor College,May 2023,Jun 2026,A1\r\n')
EDUCATION = ('Notes:\n"This table was made for you, with care."\n\n'
             "School Name,Start Date,End Date,Notes,Degree Name,Activities\nLeeds,2014,2018,,BSc,Chess\n")
POSITIONS = ("Company Name,Title,Description,Location,Started On,Finished On\n"
             'Acme,Engineer,"Built\nthings",Leeds,Jan 2021,\n')


def archive(**tables: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in tables.items():
            whole.writestr(f"Basic/{name}.csv", text)
    return target.getvalue()


def test_tables_become_lines_to_tick() -> None:
    found = read_linkedin_export(archive(Certifications=CERTIFICATIONS, Education=EDUCATION,
                                         Positions=POSITIONS, Skills="Name\nPython\nSQL\n", messages="x"))
    by_table = {row.table: row.details for row in found.rows}
    badge = by_table[Table.CERTIFICATIONS]
    assert (badge.title, badge.issuer) == ("Rope, Work", "Harbor College")
    assert badge.links == ("https://www.credly.com/badges/1",)
    assert (badge.date, badge.until) == (datetime(2023, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    assert (by_table[Table.EDUCATION].title, by_table[Table.EDUCATION].issuer) == ("BSc", "Leeds")
    assert "Built\nthings" in by_table[Table.POSITIONS].about
    assert by_table[Table.SKILLS].skills == ("Python", "SQL")
    (left,) = found.left_out
    assert (left.code, left["name"]) == (ReasonCode.TABLE_LEFT_OUT, "messages.csv")


def test_columns_of_another_language_are_found() -> None:
    text = "Name der Schule,Beginn,Ende,Notizen,Abschluss,Aktivitäten\nKöln,2014,Mai 2018,,Diplom,Schach\n"
    (row,) = read_linkedin_export(archive(Education=text)).rows
    assert (row.details.title, row.details.issuer) == ("Diplom", "Köln")
    assert row.details.until == datetime(2018, 5, 1, tzinfo=UTC)


def test_a_table_with_unknown_columns_is_named() -> None:
    found = read_linkedin_export(archive(Certifications="甲,乙\n1,2\n"))
    assert found.rows == ()
    assert found.left_out[0].code is ReasonCode.TABLE_UNREADABLE


def test_rows_that_say_nothing_are_counted() -> None:
    text = "Name,Url,Authority\n,https://a.example/,x\nGood,,y\n\n"
    found = read_linkedin_export(archive(Certifications=text))
    assert [row.details.title for row in found.rows] == ["Good"]
    assert (found.left_out[0].code, found.left_out[0]["count"]) == (ReasonCode.ROWS_LEFT_OUT, "1")


def test_rows_beyond_the_bound_are_counted() -> None:
    found = read_linkedin_export(archive(Certifications="Name\n" + "x\n" * (MAX_ROWS + 3)))
    assert len(found.rows) == MAX_ROWS
    assert found.left_out[0]["count"] == "3"


def test_a_formula_is_text_and_a_script_is_no_link() -> None:
    text = 'Name,Url,Authority\n"=HYPERLINK(""http://evil"")",javascript:alert(1),@SUM(A1)\n'
    (row,) = read_linkedin_export(archive(Certifications=text)).rows
    assert row.details.title == '=HYPERLINK("http://evil")'
    assert row.details.links == ()


def named(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as whole:
        whole.writestr("Certifications.csv", CERTIFICATIONS)
        whole.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd", "C:\\x.csv", "a/../../x.csv", "nul.csv"])
def test_a_name_that_leads_elsewhere_refuses_the_archive(name: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_linkedin_export(named(name))
    assert caught.value.reason.code is ReasonCode.PACK_MEMBER_REFUSED


def test_its_twin_with_a_plain_name_is_read() -> None:
    assert len(read_linkedin_export(named("Jobs/Saved Jobs.csv")).rows) == 1


def test_a_bomb_among_tables_is_stopped_and_beside_them_not_opened() -> None:
    with pytest.raises(FormatError) as caught:
        read_linkedin_export(archive(Certifications="Name\n" + " " * 40_000_000))
    assert caught.value.reason.code in (ReasonCode.LIMIT_BYTES, ReasonCode.LIMIT_RATIO)
    beside = archive(Certifications=CERTIFICATIONS, messages=" " * 40_000_000)
    assert len(read_linkedin_export(beside).rows) == 1


def test_another_archive_is_none() -> None:
    assert not is_linkedin_export(archive(other="x"))
    assert not is_linkedin_export(b"PK\x03\x04 broken")
    assert is_linkedin_export(archive(Skills="Name\n"))
    with pytest.raises(FormatError) as caught:
        read_linkedin_export(archive(other="x"))
    assert caught.value.reason.code is ReasonCode.EXPORT_FOREIGN


@pytest.mark.parametrize(("text", "day"), [
    ("2014", (2014, 1, 1)), ("May 2023", (2023, 5, 1)), ("mai 2023", (2023, 5, 1)),
    ("12 May 2023", (2023, 5, 12)), ("May 12, 2023", (2023, 5, 12)), ("2023-05-12", (2023, 5, 12)),
    ("Sept. 2020", (2020, 9, 1))])
def test_days_are_read(text: str, day: tuple[int, int, int]) -> None:
    assert read_day(text) == datetime(*day, tzinfo=UTC)


@given(st.text(max_size=20))
def test_any_other_text_is_no_day(text: str) -> None:
    found = read_day(text)
    assert found is None or found.tzinfo is UTC


@given(st.text(max_size=200))
def test_any_table_is_read_or_named(text: str) -> None:
    found = read_linkedin_export(archive(Certifications="Name,Url\n" + text))
    assert all(row.details.title for row in found.rows)
