"""The ZIP of tables that LinkedIn gives a member who asks for a copy of her data.

The tables are no published facts: their names and columns were seen in public code that reads them, and not
tried live:

    Certifications.csv  Name, Url, Authority, Started On, Finished On, License Number
    Education.csv       School Name, Start Date, End Date, Notes, Degree Name, Activities
    Positions.csv       Company Name, Title, Description, Location, Started On, Finished On
    Skills.csv          Name
    Honors.csv          Title, Description, Issued On
    Courses.csv         Name, Number

The archive may put them into a folder. Some tables begin with lines of notes; dates are years, months
("May 2023") or days. Columns are also found by the words of four other languages, which are a guess. A cell
is text and stays text, whatever a table program would make of it. What is not taken over is named.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.limits import MIB
from wallet.model.reasons import Reason, ReasonCode, reason

from .entries import Details, bounded
from .pack import member_names, read_members

MAX_ROWS: Final = 2_000  # of one table
MAX_CELL_CHARS: Final = 20_000
MAX_TABLE_BYTES: Final = 4 * MIB
_NOTE_LINES: Final = 10
_MAX_COLUMNS: Final = 64


@unique
class Table(StrEnum):
    """The tables that are read."""

    CERTIFICATIONS = "certifications"
    EDUCATION = "education"
    POSITIONS = "positions"
    HONORS = "honors"
    COURSES = "courses"
    SKILLS = "skills"


@dataclass(frozen=True, slots=True)
class LinkedInRow:
    """One line of a tick list: something a member says of herself."""

    table: Table
    details: Details


@dataclass(frozen=True, slots=True)
class LinkedInExport:
    """What an export holds.

    Attributes:
        rows: What can be taken over.
        left_out: What cannot, with the reason: tables, and rows of tables.
    """

    rows: tuple[LinkedInRow, ...]
    left_out: tuple[Reason, ...] = ()


#: Columns by what they are called, lower case; those of other languages are a guess.
_COLUMNS: Final[dict[Table, dict[str, frozenset[str]]]] = {
    Table.CERTIFICATIONS: {
        "title": frozenset({"name", "nom", "nombre", "nome"}),
        "link": frozenset({"url"}),
        "issuer": frozenset({"authority", "organisation", "autorité", "autoridad", "autoridade"}),
        "date": frozenset({"started on", "start date", "beginn", "début", "inicio", "início"}),
        "until": frozenset({"finished on", "end date", "ende", "beendet am", "fin", "término"}),
        "number": frozenset({"license number", "lizenznummer", "numéro de licence", "número de licencia"}),
    },
    Table.EDUCATION: {
        "issuer": frozenset({"school name", "schule", "name der schule", "école", "escuela", "escola"}),
        "title": frozenset({"degree name", "abschluss", "diplôme", "título", "grau"}),
        "date": frozenset({"start date", "started on", "beginn", "début", "inicio", "início"}),
        "until": frozenset({"end date", "finished on", "ende", "fin", "término"}),
        "about": frozenset({"notes", "notizen", "notas"}),
        "more": frozenset({"activities", "aktivitäten", "activités", "actividades", "atividades"}),
    },
    Table.POSITIONS: {
        "issuer": frozenset({"company name", "firma", "unternehmen", "entreprise", "empresa"}),
        "title": frozenset({"title", "titel", "position", "titre", "cargo", "título"}),
        "date": frozenset({"started on", "start date", "beginn", "début", "inicio", "início"}),
        "until": frozenset({"finished on", "end date", "ende", "fin", "término"}),
        "about": frozenset({"description", "beschreibung", "descripción", "descrição"}),
        "more": frozenset({"location", "ort", "lieu", "ubicación", "local"}),
    },
    Table.HONORS: {
        "title": frozenset({"title", "titel", "titre", "título"}),
        "about": frozenset({"description", "beschreibung", "descripción", "descrição"}),
        "date": frozenset({"issued on"}),
    },
    Table.COURSES: {"title": frozenset({"name"}), "number": frozenset({"number"})},
    Table.SKILLS: {"title": frozenset({"name", "skill", "nom", "nombre", "nome", "kenntnis"})},
}
#: What a table must have for a row to say anything.
_NEEDED: Final = {Table.EDUCATION: ("issuer",)}
_MONTHS: Final = {name: number for number, names in enumerate((
    "jan january januar janv janvier enero ene janeiro",
    "feb february februar févr février febrero fev fevereiro",
    "mar march märz mär mars marzo março",
    "apr april avr avril abril abr",
    "may mai mayo maio",
    "jun june juni juin junio junho",
    "jul july juli juil juillet julio julho",
    "aug august août agosto ago",
    "sep sept september septembre septiembre setembro set",
    "oct october okt oktober octobre octubre outubro out",
    "nov november novembre noviembre novembro",
    "dec december dez dezember déc décembre diciembre dezembro dic",
), 1) for name in names.split()}


def is_linkedin_export(data: bytes) -> bool:
    """Return whether an archive holds at least one of the tables, by name. Never raises."""
    if not data.startswith(b"PK"):
        return False
    try:
        return bool(_tables(member_names(data)))
    except FormatError:
        return False


def read_linkedin_export(data: bytes) -> LinkedInExport:
    """Read an export.

    Raises:
        FormatError: PACK_DAMAGED, PACK_MEMBER_REFUSED, LIMIT_BYTES, LIMIT_ITEMS or LIMIT_RATIO of the
            archive; EXPORT_FOREIGN if none of the tables is in it.
    """
    names = member_names(data)
    tables = _tables(names)
    if not tables:
        raise FormatError(reason(ReasonCode.EXPORT_FOREIGN))
    members = read_members(data, wanted=tables.__contains__)
    rows: list[LinkedInRow] = []
    left = [reason(ReasonCode.TABLE_LEFT_OUT, name=_plain(name)) for name in names
            if name not in tables and not name.endswith("/")]
    for name, table in tables.items():
        found, problems = _read_table(members[name], table, _plain(name))
        rows += found
        left += problems
    return LinkedInExport((*_without_skills(rows), *_skills(rows)), tuple(left))


def _tables(names: tuple[str, ...]) -> dict[str, Table]:
    """Return which members are which table; where there are two of one, the first counts."""
    found: dict[Table, str] = {}
    for name in names:
        stem = _plain(name).lower().removesuffix(".csv")
        if name.lower().endswith(".csv") and stem in {table.value for table in Table}:
            found.setdefault(Table(stem), name)
    return {name: table for table, name in found.items()}


def _plain(name: str) -> str:
    return name.rpartition("/")[2]


def _read_table(data: bytes, table: Table, name: str) -> tuple[list[LinkedInRow], list[Reason]]:
    if len(data) > MAX_TABLE_BYTES:
        return [], [reason(ReasonCode.TABLE_UNREADABLE, name=name)]
    try:
        lines = list(_lines(data.decode("utf-8-sig", "replace")))
    except csv.Error:
        return [], [reason(ReasonCode.TABLE_UNREADABLE, name=name)]
    head, columns = _head(lines, table)
    if columns is None:
        return [], [reason(ReasonCode.TABLE_UNREADABLE, name=name)]
    rows: list[LinkedInRow] = []
    unusable = 0
    for line in lines[head + 1:]:
        if not any(cell.strip() for cell in line):
            continue
        if len(rows) >= MAX_ROWS:
            unusable += 1
            continue
        row = _row(table, {member: line[at].strip() for member, at in columns.items() if at < len(line)})
        if row is None:
            unusable += 1
        else:
            rows.append(row)
    problems = [reason(ReasonCode.ROWS_LEFT_OUT, name=name, count=str(unusable))] if unusable else []
    return rows, problems


def _lines(text: str) -> list[list[str]]:
    table = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    return [[cell[:MAX_CELL_CHARS] for cell in line[:_MAX_COLUMNS]] for line in table]


def _head(lines: list[list[str]], table: Table) -> tuple[int, dict[str, int] | None]:
    """Find the line that names the columns, behind lines of notes."""
    for number, line in enumerate(lines[:_NOTE_LINES]):
        named = {cell.strip().lower(): at for at, cell in reversed(list(enumerate(line)))}
        columns = {member: named[called] for member, words in _COLUMNS[table].items()
                   for called in words if called in named}
        if all(member in columns for member in _NEEDED.get(table, ("title",))):
            return number, columns
    return 0, None


def _row(table: Table, said: dict[str, str]) -> LinkedInRow | None:
    title = said.get("title") or (said.get("issuer", "") if table is Table.EDUCATION else "")
    if not title:
        return None
    number = f"No. {said['number']}" if said.get("number") else ""
    about = "\n".join(one for one in (said.get("about", ""), said.get("more", ""), number) if one)
    skills = (title,) if table is Table.SKILLS else ()
    links = (said["link"],) if said.get("link", "").startswith(("https://", "http://")) else ()
    details = Details(title, said.get("issuer", ""), read_day(said.get("date", "")),
                      read_day(said.get("until", "")), about, skills, links)
    return LinkedInRow(table, bounded(details))


def _without_skills(rows: list[LinkedInRow]) -> list[LinkedInRow]:
    return [row for row in rows if row.table is not Table.SKILLS]


def _skills(rows: list[LinkedInRow]) -> list[LinkedInRow]:
    """All skills are one line: as many entries as skills would bury everything else."""
    named = tuple(row.details.title for row in rows if row.table is Table.SKILLS)
    return [LinkedInRow(Table.SKILLS, bounded(Details("Skills", skills=named)))] if named else []


def read_day(text: str) -> datetime | None:
    """Return the day that a year, a month or a day begins with, None for anything else."""
    said = text.strip().lower().rstrip(".")
    try:
        if re.fullmatch(r"\d{4}", said, re.ASCII):
            return datetime(int(said), 1, 1, tzinfo=UTC)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said, re.ASCII):
            return datetime.fromisoformat(said).replace(tzinfo=UTC)
        found = re.fullmatch(r"(?:(\d{1,2})\.? )?([^\W\d_]+)\.? (?:(\d{1,2}), )?(\d{4})", said)
        if found and found[2] in _MONTHS:
            return datetime(int(found[4]), _MONTHS[found[2]], int(found[1] or found[3] or 1), tzinfo=UTC)
    except ValueError:
        return None
    return None
