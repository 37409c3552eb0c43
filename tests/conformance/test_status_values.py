"""Published status scenarios: an entry, the list it points to beside it, and what its authors call it.

The lists are not judged here: their seals wrap names in a second pair of quotation marks, and their addresses
are placeholders. What is asked is what is read: the value at the entry's place in the list.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.table import entries
from wallet.formats.parse import parse
from wallet.formats.statuslist import StatusEntry, StatusList, decode_status_list, parse_status_entry
from wallet.formats.tokenlist import decode_token_list
from wallet.model.credential import Credential
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

Scenario = dict[str, Any]


def scenarios(vectors: Path) -> list[tuple[Scenario, Scenario]]:
    found = [entry for entry in entries(vectors) if entry["check"].startswith("status evaluation")]
    return [(entry, json.loads((vectors / entry["path"]).read_text(encoding="utf-8"))) for entry in found]


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def pairs(scenario: Scenario) -> list[tuple[StatusEntry, Scenario, StatusList]]:
    """Each entry with what is wanted of it and the list at the address it names."""
    holder = scenario["holder-credential"]
    raw = many(holder["vc"]["credentialStatus"] if "vc" in holder else holder["status"])
    beside = scenario["status-credential"]
    lists = {one["id"]: one["content"] for one in beside} if isinstance(beside, list) else {}
    found = []
    for entry, wanted in zip(map(parse_status_entry, raw), many(scenario["attribute"]), strict=True):
        listed = parse((lists[entry.list_address] if lists else beside).encode())
        assert isinstance(listed, Credential)
        is_token = "status_list" in listed.document
        content = decode_token_list(listed.document) if is_token else decode_status_list(listed.document)
        found.append((entry, wanted, content))
    return found


def test_every_published_value_is_read_as_its_authors_say(vectors: Path) -> None:
    read: Counter[str] = Counter()
    for entry, scenario in scenarios(vectors):
        if entry["expected"] == "malformed":
            continue
        fine = True
        for status, wanted, content in pairs(scenario):
            assert status.kind is content.kind
            assert wanted.get("purpose", "status") in content.purposes
            size = content.size if content.least_first else status.size
            fine &= content.entry(status.index, size) == wanted["value"]
        assert fine is scenario["valid"] is (entry["expected"] == "valid"), entry["path"]
        read[entry["path"].split("/")[-2]] += 1
    assert read == {"bitstringstatuslist": 6, "revocationlist2020": 2, "tokenstatuslist": 1}


def test_a_list_written_in_another_way_than_its_kind_allows_is_refused(vectors: Path) -> None:
    refused = [scenario for entry, scenario in scenarios(vectors) if entry["expected"] == "malformed"]
    assert refused
    for scenario in refused:
        with pytest.raises(FormatError) as error:
            pairs(scenario)
        assert error.value.reason.code is ReasonCode.STATUS_LIST_MALFORMED
