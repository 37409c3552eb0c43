"""The desk of a person who checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.desk import supplied_desk
from wallet.operations.session import Services

ADDRESS = "https://lab.example/context"


@pytest.fixture
def supplied(tmp_path: Path) -> Path:
    (tmp_path / "c.json").write_text(json.dumps({"@context": {"lab": "https://lab.example/vocab#lab"}}))
    (tmp_path / "d.json").write_text(json.dumps({"id": "did:web:a.example", "assertionMethod": []}))
    (tmp_path / "map.json").write_text(json.dumps({ADDRESS: "c.json", "did:web:a.example": "d.json"}))
    return tmp_path / "map.json"


def test_documents_are_found_by_address(services: Services, supplied: Path) -> None:
    desk = supplied_desk(services, (supplied,))
    assert [one.address for one in desk.evidence.documents("did:web:a.example")] == ["did:web:a.example"]
    assert desk.evidence.documents("did:web:b.example") == ()


def test_context_counts_only_when_asked_for(services: Services, supplied: Path) -> None:
    assert ADDRESS not in supplied_desk(services, (supplied,)).contexts.addresses()
    assert ADDRESS in supplied_desk(services, (supplied,), trust_contexts=True).contexts.addresses()


def test_missing_source_is_refused(services: Services, tmp_path: Path) -> None:
    with pytest.raises(OperationError) as caught:
        supplied_desk(services, (tmp_path / "none.json",))
    assert caught.value.reason.code is ReasonCode.FILE_MISSING
