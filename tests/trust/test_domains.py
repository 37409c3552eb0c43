"""To whom does a web address belong: by whole labels, by one institution, never by a public ending."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.errors import TrustError
from wallet.model.reasons import ReasonCode
from wallet.trust.domains import (
    Compiled,
    DomainIndex,
    compile_index,
    is_index,
    is_place_inside,
    read_index,
)
from wallet.trust.registry import Listing

DAY = datetime(2026, 11, 3, tzinfo=UTC)
AT = datetime(2026, 11, 21, tzinfo=UTC)


def record(number: int, name: str, *, domains: tuple[str, ...] = (), site: str = "",
           parents: tuple[int, ...] = (), status: str = "active") -> dict[str, Any]:
    """A record in the second schema of the registry; values invented."""
    links = [{"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/X"}]
    return {
        "admin": {"created": {"date": "2018-11-14", "schema_version": "1.0"},
                  "last_modified": {"date": "2026-10-11", "schema_version": "2.1"}},
        "domains": list(domains), "established": 1861, "external_ids": [], "id": f"https://ror.org/{number:09}",
        "links": [*links, {"type": "website", "value": site}] if site else links,
        "locations": [{"geonames_id": 1, "geonames_details": {"country_code": "US", "country_name": "X"}}],
        "names": [{"lang": None, "types": ["acronym"], "value": "XX"},
                  {"lang": "en", "types": ["ror_display", "label"], "value": name}],
        "relationships": [{"type": "parent", "label": "X", "id": f"https://ror.org/{one:09}"}
                          for one in parents],
        "status": status, "types": ["education", "funder"]}


def compiled(*records: dict[str, Any]) -> Compiled:
    return compile_index(io.BytesIO(json.dumps(records).encode()), name="ROR", date=DAY)


def index(*records: dict[str, Any]) -> DomainIndex:
    return read_index(compiled(*records).data)


MIT = record(1, "Massachusetts Institute of Technology", domains=("mit.edu",), site="https://web.mit.edu/")
LUND = record(2, "Lund University", site="https://www.lu.se/")


def test_a_host_and_what_lies_below_it_belong_to_the_institution() -> None:
    known = index(MIT, LUND)
    assert (known.name, known.date) == ("ROR", DAY)
    for host, domain in {"mit.edu": "mit.edu", "MIT.edu": "mit.edu", "credentials.mit.edu": "mit.edu",
                         "lu.se": "lu.se", "badges.lu.se": "lu.se", "web.mit.edu": "web.mit.edu"}.items():
        found = known.find(host)
        assert found is not None
        assert found.domain == domain
    found = known.find("mit.edu")
    assert found is not None
    assert (found.name, found.ror, found.country) == (
        "Massachusetts Institute of Technology", "https://ror.org/000000001", "US")


@pytest.mark.parametrize("host", ["notmit.edu", "mit.edu.mallory.example", "edu", "se", "", "mit.edu.",
                                  "m\u0456t.edu", "mit-edu", "a..mit.edu", "127.0.0.1", "mit.ed", "mit.edux"])
def test_whole_labels_only(host: str) -> None:
    assert index(MIT, LUND).find(host) is None


@pytest.mark.parametrize("domain", ["ac.uk", "edu.au", "github.io", "wordpress.com", "edu", "10.0.0.1",
                                    "sites.google.com", "-a.edu", "a b.edu", "a_b.edu",
                                    "x" * 64 + ".edu", ""])
def test_a_place_of_many_belongs_to_nobody(domain: str) -> None:
    known = index(MIT, record(3, "Greedy College", domains=(domain,), site=f"https://{domain}/"))
    assert known.find(f"oxford.{domain}") is None
    assert known.find("mit.edu") is not None


def test_a_page_on_a_host_is_not_the_host() -> None:
    known = index(MIT, record(3, "Reading Club", site="https://town.example/clubs/reading"))
    assert known.find("town.example") is None


def test_several_claims_of_one_domain_are_settled_or_left_out() -> None:
    school = record(3, "School of Law", site="https://lu.se/", parents=(2,))
    found = index(LUND, school).find("lu.se")
    assert found is not None
    assert found.name == "Lund University"
    own = record(4, "Owner", domains=("shared.example",))
    guest = record(5, "Guest", site="https://shared.example")
    named = index(own, guest).find("shared.example")
    assert named is not None
    assert named.name == "Owner"
    twice = compiled(MIT, record(6, "One", site="https://same.example"),
                     record(7, "Two", site="https://same.example"))
    assert (read_index(twice.data).find("same.example"), twice.left_out) == (None, 1)


def test_records_that_are_not_active_or_have_no_name_are_passed_over() -> None:
    closed = record(3, "Closed", domains=("closed.example",), status="withdrawn")
    nameless = record(4, "", domains=("nameless.example",))
    known = index(MIT, closed, nameless)
    assert len(known.lines) == 2


def test_names_from_the_file_stay_one_line() -> None:
    found = index(record(1, "Uni\tversity\nof\u2028Lies", domains=("lies.example",))).find("lies.example")
    assert found is not None
    assert found.name == "Uni versity of Lies"


def test_other_scripts_are_compared_as_they_stand_in_the_network() -> None:
    known = index(record(1, "Z\u00fcrich", domains=("z\u00fcrich.example",)))
    assert known.find("xn--zrich-kva.example") is not None
    assert known.find("z\u00fcrich.example") is not None


def test_the_csv_form_says_the_same() -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["id", "names.types.ror_display", "domains", "links.type.website", "status",
                     "locations.geonames_details.country_code"])
    writer.writerow(["https://ror.org/1", "Massachusetts, \"Institute\"", "mit.edu; mit.example",
                     "https://web.mit.edu/", "active", "US"])
    writer.writerow(["https://ror.org/2", "Gone", "gone.example", "", "inactive", "US"])
    made = compile_index(io.BytesIO(buffer.getvalue().encode("utf-8-sig")), name="ROR", date=None)
    known = read_index(made.data)
    assert [one.split("\t")[0] for one in known.lines] == ["mit.edu", "mit.example", "web.mit.edu"]
    assert known.date is None


@pytest.mark.parametrize("data", [b"", b"[]", b"[1]", b"{}", b"id,name\n", b"\xff\xfe", b"[" * 99,
                                  b'[{"id": 1}]'],
                         ids=lambda data: data[:9].decode("latin-1"))
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        compile_index(io.BytesIO(data), name="ROR", date=DAY)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"about":"institutions by domain"}\nb\ta\n',
                                    b'{"about":"institutions by domain"}\nb.se\tB\t\t\na.se\tA\t\t',
                                    b'{"about":"institutions by domain"\xff}\n'],
                         ids=lambda data: f"{len(data)} bytes")
def test_what_is_no_index_is_refused(damage: bytes) -> None:
    with pytest.raises(TrustError):
        read_index(damage)


def test_asked_like_a_list_it_never_says_listed() -> None:
    known = index(MIT)
    web = known.ask("did:web:credentials.mit.edu", AT)
    assert web.issuer is not None
    assert (web.listing, web.issuer.id, web.issuer.name, web.date) == (
        Listing.DOMAIN, "mit.edu", "Massachusetts Institute of Technology", DAY)
    assert known.ask("https://mit.edu/issuers/1", AT).listing is Listing.DOMAIN
    for other in ("did:key:z6MkuL7x2mTEoBmUuuaQ2hvEUd2YsEtmsHeX9JzqJZ8VYaVH", "did:web:mallory.example",
                  "urn:uuid:1", "https://mit.edu@mallory.example/", "mit.edu", ""):
        assert known.ask(other, AT).listing is Listing.SILENT
    port = known.ask("did:web:mit.edu%3A8443", AT)
    assert port.listing is Listing.DOMAIN


@pytest.mark.parametrize(("issuer", "inside"), [
    ("did:web:mit.edu", False), ("did:web:mit.edu:people:eve", True), ("did:web:mit.edu:issuers", True),
    ("https://mit.edu/issuers/1", False), ("https://mit.edu/~eve/issuer.json", True),
    ("https://mit.edu/%7Eeve/x", True), ("https://mit.edu/users/eve", True), ("https://mit.edu/", False)])
def test_places_that_a_member_may_have(issuer: str, inside: bool) -> None:
    assert is_place_inside(issuer) is inside
    answer = index(MIT).ask(issuer, AT)
    assert answer.issuer is not None
    assert bool(answer.issuer.note) is inside


HOSTS = st.from_regex(r"[a-z]{1,4}(\.[a-z]{1,4}){1,3}", fullmatch=True)


@given(st.dictionaries(HOSTS, st.text(min_size=1, max_size=9), min_size=1, max_size=9))
def test_every_domain_that_was_put_in_is_found_or_is_nobodys(table: dict[str, str]) -> None:
    records = [record(place, name, domains=(host,)) for place, (host, name) in enumerate(table.items())]
    try:
        made = compiled(*records)
    except TrustError:  # all of them were public endings, or nameless
        return
    known = read_index(made.data)
    assert is_index(made.data)
    for line in known.lines:
        host = line.split("\t")[0]
        found = known.find(f"below.{host}")
        assert found is not None
        assert found.domain == host
        assert " ".join(table[host].split()) == found.name
