"""Three engines on the same mutated credentials.

Run it at any size with `python -m tests.properties.differential --count N --seed S`. Compiled contexts, the
reference path (PyLD with our quads) and pyoxigraph read real credentials that were damaged at random. What
the compiled path accepts, the reference must accept with the same bytes, and pyoxigraph must agree. What it
refuses or leaves to the reference costs time and is counted.

pyoxigraph is known to go its own way in some cases, in which jsonld.js and rdf-canonize agree with us: it
names blank nodes otherwise where they need the N-degree step and meet one neighbour in several statements;
of two types with scoped contexts it keeps one; it drops a text whose language is one letter; it reads the
datatype of a value object outside the scope of its type; it writes out a compact address with the prefix
of the type around it. Numbers below the normal range and compact datatypes are left
out therefore; the rest is counted.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph

from tests.codec.samples import badge, contexts, endorsement
from wallet.codec.linked_data.canonical import compiled_form, context_addresses, reference_form
from wallet.codec.linked_data.compiler import compiled
from wallet.codec.linked_data.contexts import ContextSet
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.codec.linked_data.quads import literal
from wallet.codec.linked_data.rdfc import Quad, canonical_nquads
from wallet.codec.strict_json import has_plain_texts
from wallet.model.errors import CodecError, LinkedDataError

Json = dict[str, Any]
SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "vectors"
_MAX_BYTES: Final = 24_000  # larger ones only make the run slower
_VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -0.0,
    -1,
    3.25,
    1e30,
    2**53,
    10**25,
    "",
    "x",
    "  ",
    "ß\n",
    "a\u0000\u0007\u007f\uffff",
    'q"\\',
    "https://y.example/z",
    "https://y.example/ z",
    "schema:name",
    "xsd:string",
    "urn:z",
    "_:b0",
    "_:c",
    "@id",
    "@none",
    "#frag",
    "//host/x",
    "id",
    "name",
    "Achievement",
    [],
    [None],
    ["a", "b", "a"],
    [["a"]],
    {},
    {"id": "urn:q"},
    {"@id": "urn:q"},
    {"id": "urn:q", "type": "Profile"},
    {"id": 5},
    {"type": "Profile", "name": "n"},
    {"type": ["Achievement", "Profile"], "name": "n"},
    {"@type": "Profile", "name": "n"},
    {"type": []},
    {"@value": "v", "@language": "en"},
    {"@value": "v", "@language": "EN-gb"},
    {"@value": "v", "@language": "e n"},
    {"@value": "v", "@direction": "rtl"},
    {"@value": "v", "@type": "https://y.example/t"},
    {"@value": 7},
    {"@value": None},
    {"@value": ["v"]},
    {"@value": {"a": 1}, "@type": "@json"},
    {"@list": ["a"]},
    {"@set": ["a"]},
    {"@graph": {"id": "urn:q"}},
    {"en": "hello", "de": ["hallo", "servus"]},
    {"en": None, "@none": "x"},
)
_NAMES: Final = ("honours", "@unknown", "@nest", "schema:name", "urn:x:y", "@id", "@type", "context")
#: An address among the values above whose prefix VC 1 defines for some types, and OB 3.0.1 otherwise: outside
#: of those types it stands for the second.
_SCOPED_PREFIX: Final = ("<http://www.w3.org/2001/XMLSchema#string>",
                         "<https://www.w3.org/2001/XMLSchema#string>")
_TYPES: Final = (
    "VerifiableCredential", "VerifiablePresentation", "OpenBadgeCredential", "AchievementCredential",
    "EndorsementCredential", "Achievement", "AchievementSubject", "Profile", "Alignment", "Result",
    "ResultDescription", "Evidence", "Image", "IdentityObject", "Address", "ClrSubject", "Association",
    "DataIntegrityProof", "Ed25519Signature2020", "BitstringStatusListEntry", "JsonSchema", "Nobody",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    violations: list[tuple[str, Json]] = field(default_factory=list)


def documents(folder: Path = SHARED) -> Iterator[Json]:
    """Yield the samples and every credential of the vectors whose contexts are pinned."""
    yield badge()
    yield badge(endorsement=[endorsement()])
    if not (folder / "expected.json").is_file():
        return
    for path in sorted(folder.rglob("*.json")):
        if path.stat().st_size > _MAX_BYTES:
            continue
        try:
            document = json.loads(path.read_bytes())
            known = isinstance(document, dict) and contexts().variants(context_addresses(document))
        except (ValueError, CodecError):
            continue
        if known:
            yield document


def mutated(document: Json, choice: random.Random) -> Json:
    """Return a copy with one to four changes, none of them to what contexts it names."""
    whole = copy.deepcopy(document)
    for _ in range(choice.randrange(1, 5)):
        nodes = list(_nodes(whole))
        target = choice.choice(nodes)
        names = [name for name in target if name != "@context"]
        everywhere = sorted({name for node in nodes for name in node if name != "@context"})
        name = choice.choice(names or ["name"])
        action = choice.randrange(9)
        if action == 0:
            target.pop(name, None)
        elif action == 1:
            target[name] = copy.deepcopy(choice.choice(_VALUES))
        elif action == 2 and name in target:
            target[name] = [copy.deepcopy(target[name]), copy.deepcopy(target[name])]
        elif action == 3:
            target[choice.choice([*everywhere, "name", "image"])] = copy.deepcopy(choice.choice(_VALUES))
        elif action == 4:  # a member where its word may mean something else
            source = choice.choice(nodes)
            moved = choice.choice(list(source) or ["name"])
            if moved != "@context" and moved in source:
                target[moved] = copy.deepcopy(source[moved])
        elif action == 5:
            types = choice.sample(_TYPES, choice.randrange(1, 3))
            target["type"] = types if choice.random() < 0.7 else types[0]
        elif action == 6:
            items = list(target.items())
            choice.shuffle(items)
            target.clear()
            target.update(items)
        elif action == 7:
            target[choice.choice(_NAMES)] = "v"
        elif name in target and isinstance(target[name], str):
            target[name] = {"@value": target[name], "@language": choice.choice(("en", "de-AT", "x y"))}
    return whole


def compare(document: Json, tally: Tally) -> None:
    """Let the engines read one document, and note what they make of it."""
    try:
        choice = contexts().variants(context_addresses(document))[0]
    except LinkedDataError:
        tally.counts["refused before any engine"] += 1
        return
    fast = _outcome(lambda: compiled_form(document, choice).nquads)
    written = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
    again = _outcome(lambda: compiled_form(document, choice, plain=has_plain_texts(written)).nquads)
    if again != fast:  # by the plans that the first reading made
        tally.violations.append((f"read again, it says {again!r}", document))
    slow = _outcome(lambda: reference_form(document, choice).nquads)
    if isinstance(fast, bytes) and isinstance(slow, bytes):
        tally.counts["compiled: accepted"] += 1
        if fast != slow:
            tally.violations.append(("other bytes than the reference", document))
        else:
            _ask_pyoxigraph(document, choice, fast, tally)
    elif isinstance(fast, bytes):
        tally.violations.append((f"accepted, the reference refuses: {slow!r}", document))
    elif fast == "not expressible":
        tally.counts["compiled: left to the reference"] += 1
    else:
        tally.counts["compiled: refused"] += 1
        if isinstance(slow, bytes):
            tally.counts["compiled: refused, the reference accepts"] += 1
            tally.reasons[f"{fast} / accepted"] += 1
        elif fast != slow:
            tally.counts["compiled: refused for another reason"] += 1
            tally.reasons[f"{fast} / {slow}"] += 1


def run(count: int, seed: int, *, folder: Path = SHARED) -> Tally:
    """Compare every document as it is, and `count` mutated ones."""
    tally, choice = Tally(), random.Random(seed)
    whole = list(documents(folder))
    for document in whole:
        compare(document, tally)
    for _ in range(count):
        compare(mutated(choice.choice(whole), choice), tally)
    return tally


def _outcome(read: Any) -> bytes | str:
    try:
        said: bytes = read()
    except NotExpressibleError:
        return "not expressible"
    except CodecError as error:
        return error.reason.code.value
    return said


def _nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if name != "@context":
                yield from _nodes(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _ask_pyoxigraph(document: Json, choice: ContextSet, ours: bytes, tally: Tally) -> None:
    """Let pyoxigraph read and canonicalise. It loads nothing: contexts are written into the document."""
    odd = any("@direction" in node or len(node.get("@language", "en")) < 2 for node in _nodes(document))
    if odd:  # with a direction it writes RDF 1.2
        tally.counts["pyoxigraph: cannot tell"] += 1
        return
    whole = copy.deepcopy(document)
    for node in _nodes(whole):
        if "@context" in node:
            node["@context"] = _inlined(node["@context"], choice)
    try:
        quads = list(pyoxigraph.parse(json.dumps(whole), format=pyoxigraph.RdfFormat.JSON_LD))
    except (ValueError, SyntaxError):
        tally.counts["pyoxigraph: cannot tell"] += 1
        return
    tally.counts["pyoxigraph: compared"] += 1
    if _canonical(quads) == ours:
        return
    if canonical_nquads([_quad(quad) for quad in quads]) == ours:
        tally.counts["pyoxigraph: names blank nodes otherwise"] += 1
    elif _has_two_scoped_types(document, choice):
        tally.counts["pyoxigraph: keeps one of two scoped types"] += 1
    elif canonical_nquads([_with_prefix(_quad(quad)) for quad in quads]) == ours:
        tally.counts["pyoxigraph: takes a prefix from the type around it"] += 1
    else:
        tally.violations.append(("other bytes than pyoxigraph", document))


def _canonical(quads: list[pyoxigraph.Quad]) -> bytes:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    text = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    # By line feed only: other line separators may stand inside a text.
    return b"".join(sorted(line + b"\n" for line in text.split(b"\n") if line))


def _quad(quad: pyoxigraph.Quad) -> Quad:
    return (_term(quad.subject), _term(quad.predicate), _term(quad.object), _term(quad.graph_name))


def _term(term: Any) -> str:
    if isinstance(term, pyoxigraph.Literal):
        language = term.language or ""
        return literal(term.value, datatype="" if language else term.datatype.value, language=language)
    return "" if isinstance(term, pyoxigraph.DefaultGraph) else str(term)


def _with_prefix(quad: Quad) -> Quad:
    within, outside = _SCOPED_PREFIX
    subject, predicate, value, graph = (outside if term == within else term for term in quad)
    return subject, predicate, value, graph


def _has_two_scoped_types(document: Json, choice: ContextSet) -> bool:
    terms = compiled(choice).initial.entered(document).definitions.terms
    for node in _nodes(document):
        types = node.get("type", node.get("@type", []))
        scoped = [name for name in _as_list(types) if isinstance(name, str) and name in terms]
        if sum(terms[name].scoped for name in scoped) > 1:
            return True
    return False


def _inlined(context: Any, choice: ContextSet) -> Any:
    if isinstance(context, list):
        return [one for entry in context for one in _as_list(_inlined(entry, choice))]
    if isinstance(context, str):
        return _inlined(choice.document(context)["@context"], choice)
    return context


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def main(argv: list[str]) -> int:
    """Run and print what came of it; 1 if engines differ where they must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties.differential")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vectors", type=Path, default=SHARED)
    chosen = parser.parse_args(argv)
    tally = run(chosen.count, chosen.seed, folder=chosen.vectors)
    for name, number in sorted((tally.counts + tally.reasons).items()):
        sys.stdout.write(f"{number:8}  {name}\n")
    for what, document in tally.violations[:10]:
        sys.stdout.write(f"\n{what}:\n{json.dumps(document)}\n")
    sys.stdout.write(f"{len(tally.violations):8}  violations (seed {chosen.seed})\n")
    return 1 if tally.violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
