"""From the expanded form to statements: numbers, lists, graphs, and nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from wallet.codec.linked_data.quads import count_leaves, literal, statements
from wallet.codec.linked_data.rdfc import canonical_nquads
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_QUADS
from wallet.model.reasons import ReasonCode

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def said(*elements: Any) -> list[str]:
    return canonical_nquads(statements(list(elements)).quads).decode().splitlines()


def value_of(value: Any) -> str:
    [line] = said({"@id": "urn:s", "urn:p": [value]})
    return line.removeprefix("<urn:s> <urn:p> ").removesuffix(" .")


def refusal(*elements: Any) -> ReasonCode:
    with pytest.raises(LinkedDataError) as caught:
        statements(list(elements))
    return caught.value.reason.code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"@value": True}, f'"true"^^<{XSD}boolean>'),
        ({"@value": 5}, f'"5"^^<{XSD}integer>'),
        ({"@value": 5.0}, f'"5"^^<{XSD}integer>'),
        ({"@value": -0.0}, f'"0"^^<{XSD}integer>'),
        ({"@value": 3.25}, f'"3.25E0"^^<{XSD}double>'),
        ({"@value": 1e-7}, f'"1.0E-7"^^<{XSD}double>'),
        ({"@value": 1e20}, f'"100000000000000000000"^^<{XSD}integer>'),
        ({"@value": 1e21}, f'"1.0E21"^^<{XSD}double>'),
        ({"@value": 2, "@type": f"{XSD}double"}, f'"2.0E0"^^<{XSD}double>'),
        ({"@value": 3.5, "@type": f"{XSD}float"}, f'"3.5E0"^^<{XSD}float>'),
        ({"@value": "3.50", "@type": f"{XSD}float"}, f'"3.50"^^<{XSD}float>'),
        ({"@value": "x", "@type": f"{XSD}string"}, '"x"'),
        ({"@value": "x", "@language": "de"}, '"x"@de'),
        ({"@value": {"b": 1, "a": [1.0]}, "@type": "@json"}, f'"{{\\"a\\":[1],\\"b\\":1}}"^^<{RDF}JSON>'),
        ({"@id": "urn:o"}, "<urn:o>"),
        ({"@list": []}, f"<{RDF}nil>"),
    ],
)
def test_values(value: Any, text: str) -> None:
    assert value_of(value) == text


def test_a_list_keeps_its_order() -> None:
    lines = said({"@id": "urn:s", "urn:p": [{"@list": [{"@value": "b"}, {"@value": "a"}]}]})
    assert len(lines) == 5
    assert any(f'<{RDF}first> "b"' in line for line in lines)
    assert f"<urn:s> <urn:p> {_cell(lines, 'b')} ." in lines
    assert f"{_cell(lines, 'b')} <{RDF}rest> {_cell(lines, 'a')} ." in lines


def _cell(lines: list[str], text: str) -> str:
    return next(line.split(" ")[0] for line in lines if f'<{RDF}first> "{text}"' in line)


def test_a_graph_is_named_and_its_statements_are_inside() -> None:
    lines = said({"@id": "urn:s", "urn:proof": [{"@graph": [{"@id": "urn:i", "urn:q": [{"@value": "v"}]}]}]})
    assert lines == ['<urn:i> <urn:q> "v" _:c14n0 .', "<urn:s> <urn:proof> _:c14n0 ."]


def test_blank_nodes_of_the_document_stay_themselves_and_collide_with_none() -> None:
    lines = said({"@id": "_:b1", "urn:p": [{"@id": "_:b1"}, {"urn:q": [{"@value": "v"}]}]})
    assert len(lines) == 3
    assert sum(line.split(" ")[0] == line.split(" ")[2] for line in lines) == 1


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ({"@value": "free"}, ReasonCode.DATA_LOSS),
        ({"@list": []}, ReasonCode.DATA_LOSS),
        ("scalar", ReasonCode.DATA_LOSS),
        ({"@graph": []}, ReasonCode.KEYWORD_IN_DATA),
        ({"@id": "urn:s", "@included": []}, ReasonCode.KEYWORD_IN_DATA),
        ({"@id": "urn:s", "@reverse": {}}, ReasonCode.KEYWORD_IN_DATA),
        ({"@id": "urn:s", "@index": "1"}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "_:p": [{"@value": 1}]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": ["bare"]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": [{"@value": "x", "@index": "1"}]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": [{"@list": [], "@index": "1"}]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": [{"@value": ["x"]}]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": [{"@graph": [{"@value": "x"}]}]}, ReasonCode.DATA_LOSS),
        ({"@id": "urn:s", "urn:p": [{"@value": "x", "@type": "rel"}]}, ReasonCode.RELATIVE_IRI),
        ({"@id": "urn:s", "urn:p": [{"@value": "x", "@language": "e n"}]}, ReasonCode.BAD_LANGUAGE),
        ({"@id": None, "urn:p": [{"@value": 1}]}, ReasonCode.RELATIVE_IRI),
        ({"@id": "urn:s", "@type": [None]}, ReasonCode.RELATIVE_IRI),
        ({"@id": "urn:s", "rel": [{"@value": 1}]}, ReasonCode.RELATIVE_IRI),
        ({"@id": "urn:a b", "urn:p": [{"@value": 1}]}, ReasonCode.BAD_IRI),
    ],
    ids=str,
)
def test_what_has_no_place_is_refused(element: Any, code: ReasonCode) -> None:
    assert refusal(element) is code


def test_leaves_are_counted_on_both_sides() -> None:
    document = {
        "@context": ["a", "b"],
        "id": "urn:s",
        "none": None,
        "text": {"@value": "x", "@type": "urn:t", "@language": "en", "@direction": "rtl"},
        "items": [1, True, [None, "a"]],
        "typed": {"@type": "urn:t"},
    }
    assert count_leaves(document) == 6
    expanded = {"@id": "urn:s", "@type": ["urn:t"], "urn:p": [{"@value": 1}, {"@id": "urn:o"}, {}]}
    assert statements([expanded]).leaves == 4


def test_an_id_without_statements_does_not_count() -> None:
    inner = {"@graph": [{"@id": "urn:lonely"}]}
    assert statements([{"@id": "urn:s", "urn:p": [inner]}]).leaves == 1
    assert statements([{"@id": "urn:s", "urn:p": [{"@id": "urn:o"}]}]).leaves == 2


def test_a_flood_of_statements_is_given_up() -> None:
    flood = {"@id": "urn:s", "urn:p": [{"@value": "x"}] * (2 * MAX_QUADS + 1)}
    assert refusal(flood) is ReasonCode.LIMIT_CANONICALISATION


def test_escapes_in_literals() -> None:
    assert literal('"\\\b\t\n\f\r\x00\x7f\x85ü🎓') == '"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u007F\x85ü🎓"'


def test_numbers_that_python_takes_for_one_key_are_written_each_as_it_is() -> None:
    double = f"{XSD}double"
    numbers = [0.0, -0.0, 0, 1, 1.0, True, 2, 2.0] * 2
    written = [value_of({"@value": one, "@type": double}).partition('"^^')[0][1:] for one in numbers]
    assert written == ["0.0E0", "-0.0E0", "0.0E0", "1.0E0", "1.0E0", "true", "2.0E0", "2.0E0"] * 2
    assert [value_of({"@value": one})[1:4] for one in (1, True, 1.0)] == ['1"^', "tru", '1"^']
