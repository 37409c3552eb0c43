"""RDFC-1.0 against the specification's own test suite, and against a second implementation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from wallet.codec.linked_data.quads import literal
from wallet.codec.linked_data.rdfc import Quad, canonical_labels, canonical_nquads
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

_TERM = re.compile(
    r"\s*(?:(?P<iri><[^>]*>)|(?P<blank>_:[^\s<\"]+)"
    r"|\"(?P<text>(?:[^\"\\]|\\.)*)\"(?:\^\^(?P<type><[^>]*>)|@(?P<language>[A-Za-z0-9-]+))?)"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def read_nquads(text: str) -> list[Quad]:
    """A small N-Quads reader for these tests only."""
    quads = []
    for line in re.split(r"[\r\n]+", text):
        terms, position = [], 0
        while match := _TERM.match(line, position):
            terms.append(_term(match))
            position = match.end()
        assert re.fullmatch(r"\s*\.?\s*(#.*)?", line[position:]), line
        if terms:
            subject, predicate, value, graph = [*terms, ""][:4]
            quads.append((subject, predicate, value, graph))
    return quads


def _term(match: re.Match[str]) -> str:
    def unescape(text: str) -> str:
        return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _NAMED[m[3]], text)

    if match["iri"]:
        return unescape(match["iri"])
    if match["blank"]:
        return match["blank"]
    datatype = unescape(match["type"])[1:-1] if match["type"] else ""
    return literal(unescape(match["text"]), datatype=datatype, language=match["language"] or "")


def _cases(vectors: Path) -> list[dict[str, str]]:
    manifest = json.loads((vectors / "w3c/rdf-canon/tests/manifest.jsonld").read_text())
    return [
        entry
        for entry in manifest["entries"]
        if (vectors / "w3c/rdf-canon/tests" / entry["action"]).is_file()
        and ("result" not in entry or (vectors / "w3c/rdf-canon/tests" / entry["result"]).is_file())
    ]


def test_every_published_vector_gives_its_published_bytes(vectors: Path) -> None:
    folder = vectors / "w3c/rdf-canon/tests"
    evaluated = mapped = 0
    for case in _cases(vectors):
        quads = read_nquads((folder / case["action"]).read_text(encoding="utf-8"))
        algorithm = {"SHA384": "SHA-384"}.get(case.get("hashAlgorithm", ""), "SHA-256")
        if "Negative" in case["type"]:
            with pytest.raises(LinkedDataError) as caught:
                canonical_nquads(quads, algorithm=algorithm)
            assert caught.value.reason.code is ReasonCode.LIMIT_CANONICALISATION
        elif "Map" in case["type"]:
            expected = json.loads((folder / case["result"]).read_text())
            labels = canonical_labels(quads, algorithm=algorithm)
            assert {old[2:]: new[2:] for old, new in labels.items()} == expected, case["id"]
            mapped += 1
        else:
            expected = (folder / case["result"]).read_bytes()
            assert canonical_nquads(quads, algorithm=algorithm) == expected, case["id"]
            evaluated += 1
    assert evaluated >= 30
    assert mapped >= 10


def test_the_poison_graph_is_given_up_quickly() -> None:
    """The suite's negative test 074 is a clique of ten."""
    quads = _clique(10)
    with pytest.raises(LinkedDataError) as caught:
        canonical_nquads(quads)
    assert caught.value.reason["what"] == "steps"


def _clique(size: int) -> list[Quad]:
    return [(f"_:n{a}", "<urn:p>", f"_:n{b}", "") for a in range(size) for b in range(size) if a != b]


def test_a_small_clique_passes_and_a_large_one_is_given_up() -> None:
    assert canonical_nquads(_clique(4)).count(b"\n") == 12
    with pytest.raises(LinkedDataError) as caught:
        canonical_nquads(_clique(8))
    assert caught.value.reason.code is ReasonCode.LIMIT_CANONICALISATION


@pytest.mark.parametrize(("count", "passes"), [(4_999, True), (5_000, True), (5_001, False)])
def test_the_number_of_statements_is_bounded(count: int, passes: bool) -> None:
    quads: list[Quad] = [("<urn:s>", "<urn:p>", f"<urn:o:{index}>", "") for index in range(count)]
    if passes:
        assert canonical_nquads(quads).count(b"\n") == count
    else:
        with pytest.raises(LinkedDataError) as caught:
            canonical_nquads(quads)
        assert caught.value.reason["what"] == "quads"


@pytest.mark.parametrize(("count", "passes"), [(500, True), (501, False)])
def test_the_number_of_blank_nodes_is_bounded(count: int, passes: bool) -> None:
    quads: list[Quad] = [("<urn:s>", "<urn:p>", f"_:b{index}", "") for index in range(count)]
    quads += [(f"_:b{index}", "<urn:q>", f'"{index}"', "") for index in range(count)]
    if passes:
        assert canonical_nquads(quads).count(b"_:c14n") == 2 * count
    else:
        with pytest.raises(LinkedDataError) as caught:
            canonical_nquads(quads)
        assert caught.value.reason["what"] == "blank nodes"


def test_repeated_statements_change_nothing() -> None:
    once: list[Quad] = [
        ("_:a", "<urn:p>", "_:b", ""),
        ("_:b", "<urn:p>", '"x"', ""),
        ("_:c", "<urn:p>", "_:a", ""),
    ]
    assert canonical_nquads([*once, once[0], once[2]]) == canonical_nquads(once)


_NODES = st.sampled_from(["_:a", "_:b", "_:c", "_:d", "<urn:x>"])
_VALUES = st.one_of(_NODES, st.text(max_size=6).map(literal))
_QUADS = st.lists(
    st.tuples(
        _NODES, st.sampled_from(["<urn:p>", "<urn:q>"]), _VALUES, st.sampled_from(["", "_:g", "<urn:g>"])
    ),
    max_size=8,
)


def _oxigraph_term(term: str) -> pyoxigraph.BlankNode | pyoxigraph.NamedNode | pyoxigraph.Literal:
    if term.startswith("_:"):
        return pyoxigraph.BlankNode(term[2:])
    if term.startswith("<"):
        return pyoxigraph.NamedNode(term[1:-1])
    match = _TERM.match(term)
    assert match
    return pyoxigraph.Literal(
        _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _NAMED[m[3]], match["text"])
    )


@seed(20261121)
@settings(max_examples=150, deadline=None)
@given(_QUADS)
def test_a_second_implementation_agrees(quads: list[Quad]) -> None:
    """Compared as sets of quads: this isolates naming from the escaping of texts."""
    dataset = pyoxigraph.Dataset()
    for subject, predicate, value, graph in quads:
        graph_name = _oxigraph_term(graph) if graph else pyoxigraph.DefaultGraph()
        dataset.add(
            pyoxigraph.Quad(
                _oxigraph_term(subject),  # type: ignore[arg-type]  # never a literal, by the strategy
                pyoxigraph.NamedNode(predicate[1:-1]),
                _oxigraph_term(value),
                graph_name,  # type: ignore[arg-type]  # never a literal, by the strategy
            )
        )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    ours = pyoxigraph.Dataset(pyoxigraph.parse(canonical_nquads(quads), format=pyoxigraph.RdfFormat.N_QUADS))
    assert {str(quad) for quad in dataset} == {str(quad) for quad in ours}
