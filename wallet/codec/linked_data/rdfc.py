"""RDF Dataset Canonicalization (RDFC-1.0): the same statements always give the same bytes.

Blank nodes get names that depend only on what is said about them. The part that can explode is bounded by
a number of calls and by time. Specification: RDF Dataset Canonicalization, W3C Recommendation 2024, §4.
Quads come from `quads`; nothing is parsed here.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import eq
from typing import Final, Protocol, TypeAlias

from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_BLANK_NODES, MAX_CANONICALISATION_S, MAX_N_DEGREE_CALLS, MAX_QUADS
from wallet.model.reasons import ReasonCode, reason

#: Subject, predicate, object, graph as N-Quads terms; the graph is "" for the default graph. Blank nodes
#: start with `_:`, whatever comes behind it.
Quad: TypeAlias = tuple[str, str, str, str]

_BLANK: Final = "_:"


class _Hash(Protocol):
    def digest(self) -> bytes: ...

    def hexdigest(self) -> str: ...


_Hasher: TypeAlias = Callable[[bytes], _Hash]
_HASHERS: Final[dict[str, _Hasher]] = {"SHA-256": hashlib.sha256, "SHA-384": hashlib.sha384}


@dataclass(slots=True)
class Dataset:
    """Statements, laid out for the work that is done on them; whoever writes them fills it.

    Attributes:
        lines: Those without a blank node, as N-Quads write them.
        own: By blank node, those of the default graph that begin with it and name no other one, as its
            first-degree hash wants them: the node is called `_:a`.
        linking: All others.
    """

    lines: list[str] = field(default_factory=list)
    own: dict[str, list[str]] = field(default_factory=dict)
    linking: list[Quad] = field(default_factory=list)

    def add(self, subject: str, predicate: str, value: str, graph: str = "") -> None:
        """Put one statement where it belongs."""
        if value[0] == "_" or graph[:1] == "_" or (graph and subject[0] == "_"):
            self.linking.append((subject, predicate, value, graph))
        elif subject[0] == "_":
            self.own.setdefault(subject, []).append(f"_:a {predicate} {value} .\n")
        else:
            self.lines.append(f"{subject} {predicate} {value} {graph}{' ' if graph else ''}.\n")

    def __len__(self) -> int:
        """Return how many there are, repeated ones included."""
        return len(self.lines) + sum(map(len, self.own.values())) + len(self.linking)

    def without_doubles(self) -> Dataset:
        """Return the same statements, each once."""
        own = {node: list(dict.fromkeys(lines)) for node, lines in self.own.items()}
        return Dataset(list(dict.fromkeys(self.lines)), own, list(dict.fromkeys(self.linking)))


def canonical_nquads(quads: Iterable[Quad], *, algorithm: str = "SHA-256") -> bytes:
    """Return the canonical N-Quads document: sorted lines, blank nodes named `_:c14n0`, ….

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION, naming the bound; DATA_LOSS for a term with a line break.
    """
    dataset = _dataset(quads)
    nquads = canonical_form_of(dataset, algorithm=algorithm)
    if nquads.count(b"\n") != len(dataset):  # then a term holds a line break: two statements in one
        raise LinkedDataError(reason(ReasonCode.DATA_LOSS, term="line"))
    return nquads


def canonical_form_of(dataset: Dataset, *, algorithm: str = "SHA-256") -> bytes:
    """Return the canonical document of statements whose terms are known to hold no line break.

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION, naming the bound.
    """
    if len(dataset) > MAX_QUADS:
        dataset = dataset.without_doubles()
        if len(dataset) > MAX_QUADS:
            raise _limit("quads", MAX_QUADS)
    written = sorted(_Canonicaliser(dataset, _HASHERS[algorithm]).written())
    if True in map(eq, written, islice(written, 1, None)):
        # Repeated statements say no more, and have changed the hashes.
        written = sorted(_Canonicaliser(dataset.without_doubles(), _HASHERS[algorithm]).written())
    return "".join(written).encode()


def canonical_labels(quads: Iterable[Quad], *, algorithm: str = "SHA-256") -> dict[str, str]:
    """Return the canonical name of every blank node.

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION, naming the bound.
    """
    dataset = _dataset(quads)
    if len(dataset) > MAX_QUADS:
        raise _limit("quads", MAX_QUADS)
    return _Canonicaliser(dataset, _HASHERS[algorithm]).run()


def _dataset(quads: Iterable[Quad]) -> Dataset:
    dataset = Dataset()
    for quad in dict.fromkeys(quads):
        dataset.add(*quad)
    return dataset


class _Issuer:
    """Hands out names in the order of first asking (§4.6)."""

    __slots__ = ("_prefix", "issued")

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.issued: dict[str, str] = {}

    def issue(self, node: str) -> str:
        issued = self.issued
        if node not in issued:
            issued[node] = f"{self._prefix}{len(issued)}"
        return issued[node]

    def copy(self) -> _Issuer:
        other = _Issuer(self._prefix)
        other.issued = dict(self.issued)
        return other


class _Canonicaliser:
    """The state of one run (§4.4.3)."""

    __slots__ = ("_calls", "_canonical", "_deadline", "_first_hashes", "_hasher", "_lines", "_linking",
                 "_links", "_nodes", "_own", "_shared")

    def __init__(self, dataset: Dataset, hasher: _Hasher) -> None:
        self._hasher = hasher
        self._lines = dataset.lines
        self._own = dataset.own
        self._linking = list(dict.fromkeys(dataset.linking))  # these decide how far names have to be sought
        #: By node: the statements that link it, as its first-degree hash wants them.
        self._shared: dict[str, list[str]] = {}
        self._links: dict[str, list[Quad]] = {}
        self._share()
        self._nodes = tuple(self._own | self._shared)
        if len(self._nodes) > MAX_BLANK_NODES:
            raise _limit("blank nodes", MAX_BLANK_NODES)
        self._canonical = _Issuer("_:c14n")
        self._first_hashes: dict[str, bytes] = {}
        self._calls = 0
        self._deadline = time.monotonic() + MAX_CANONICALISATION_S

    def _share(self) -> None:
        """Write each linking statement down for every node that it names, the others unnamed."""
        shared = self._shared
        for quad in self._linking:
            subject, predicate, value, graph = quad
            if graph or subject == value:
                for node in {term for term in (subject, value, graph) if term[:1] == "_"}:
                    shared.setdefault(node, []).extend(_lines((quad,), {node: "_:a"}.get, "_:z"))
                continue
            if subject[0] == "_":
                said = "_:z" if value[0] == "_" else value
                shared.setdefault(subject, []).append(f"_:a {predicate} {said} .\n")
            if value[0] == "_":
                about = "_:z" if subject[0] == "_" else subject
                shared.setdefault(value, []).append(f"{about} {predicate} _:a .\n")

    def written(self) -> list[str]:
        """Return the statements as lines, each blank node by its canonical name."""
        issued = self.run()
        written = self._lines.copy()
        for node, lines in self._own.items():
            name = issued[node]
            written += [name + line[3:] for line in lines]
        written += _lines(self._linking, issued.get)
        return written

    def run(self) -> dict[str, str]:
        """Return the canonical name of each blank node."""
        if len(self._nodes) == 1:  # as in the options of most proofs: nothing to tell apart
            self._canonical.issue(self._nodes[0])
            return self._canonical.issued
        by_hash = self._by_first_degree()
        shared, issued = [], self._canonical.issued
        for digest in sorted(by_hash):
            nodes = by_hash[digest]
            if len(nodes) == 1:
                issued[nodes[0]] = f"_:c14n{len(issued)}"  # as `issue`: it cannot have a name yet
            else:
                shared.append(nodes)
        for nodes in shared:
            self._name_alike(nodes)
        return self._canonical.issued

    def _name_alike(self, nodes: list[str]) -> None:
        """Name nodes that share a first-degree hash (§4.4.3, step 5)."""
        if not self._links:
            for quad in self._linking:
                for term in {term for term in (quad[0], quad[2], quad[3]) if term[:1] == "_"}:
                    self._links.setdefault(term, []).append(quad)
        paths = []
        for node in nodes:
            if node in self._canonical.issued:
                continue
            issuer = _Issuer("_:b")
            issuer.issue(node)
            paths.append(self._n_degree(node, issuer))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for node in issuer.issued:
                self._canonical.issue(node)

    def _by_first_degree(self) -> dict[bytes, list[str]]:
        """Hash what is said about each node, its neighbours unnamed (§4.6); gather those that are alike."""
        by_hash: dict[bytes, list[str]] = {}
        own, shared, hasher, hashes = self._own.get, self._shared.get, self._hasher, self._first_hashes
        for node in self._nodes:
            about, links = own(node), shared(node)
            lines = about + links if about and links else [*(about or links or ())]
            lines.sort()
            digest = hashes[node] = hasher("".join(lines).encode()).digest()
            if digest in by_hash:
                by_hash[digest].append(node)
            else:
                by_hash[digest] = [node]
        return by_hash

    def _related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Hash a neighbour together with how it is reached (§4.7)."""
        text = position if position == "g" else position + quad[1]
        name = self._canonical.issued.get(related) or issuer.issued.get(related)
        return self._hash(text + (name or self._first_hashes[related].hex()))

    def _n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Hash a node by its neighbours' neighbours (§4.8); the part that is bounded."""
        self._calls += 1
        if self._calls > MAX_N_DEGREE_CALLS:
            raise _limit("steps", MAX_N_DEGREE_CALLS)
        data: list[str] = []
        neighbours = self._neighbours(node, issuer)
        for digest in sorted(neighbours):
            data.append(digest)
            chosen, issuer = self._best_path(neighbours[digest], issuer)
            data.append(chosen)
        return self._hash("".join(data)), issuer

    def _neighbours(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        by_hash: dict[str, list[str]] = {}
        for quad in self._links.get(node, ()):
            for term, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if term != node and term.startswith(_BLANK):
                    digest = self._related(term, quad, issuer, position)
                    by_hash.setdefault(digest, []).append(term)
        return by_hash

    def _best_path(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        """Try every order of nodes that hash alike and keep the smallest path (§4.8.3, step 5.4)."""
        chosen, chosen_issuer = "", issuer
        for order in _orders(nodes):
            if time.monotonic() > self._deadline:
                raise _limit("seconds", int(MAX_CANONICALISATION_S))
            attempt = self._path(order, issuer.copy(), chosen)
            if attempt is not None and (not chosen or attempt[0] < chosen):
                chosen, chosen_issuer = attempt
        return chosen, chosen_issuer

    def _path(self, order: tuple[str, ...], issuer: _Issuer, chosen: str) -> tuple[str, _Issuer] | None:
        path, pending = "", []
        for related in order:
            name = self._canonical.issued.get(related)
            if name is None:
                if related not in issuer.issued:
                    pending.append(related)
                name = issuer.issue(related)
            path += name
            if _is_worse(path, chosen):
                return None
        for related in pending:
            digest, deeper = self._n_degree(related, issuer)
            path += issuer.issue(related) + f"<{digest}>"
            issuer = deeper
            if _is_worse(path, chosen):
                return None
        return path, issuer

    def _hash(self, text: str) -> str:
        return self._hasher(text.encode()).hexdigest()


def _orders(nodes: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield every order of nodes once, though one neighbour may be there several times.

    A neighbour that is met in ten statements would otherwise cost ten factorial equal orders.
    """
    if len(nodes) < 2:
        yield tuple(nodes)
        return
    for first in dict.fromkeys(nodes):
        others = list(nodes)
        others.remove(first)
        for order in _orders(others):
            yield (first, *order)


def _is_worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _lines(quads: Iterable[Quad], label: Callable[[str, str], str], other: str = "") -> list[str]:
    """Write quads as lines, each blank node by its label, and by `other` if it has none."""
    lines = []
    for subject, predicate, value, graph in quads:
        about = label(subject, other) if subject[0] == "_" else subject
        said = label(value, other) if value[0] == "_" else value
        if graph:
            inside = label(graph, other) if graph[0] == "_" else graph
            lines.append(f"{about} {predicate} {said} {inside} .\n")
        else:
            lines.append(f"{about} {predicate} {said} .\n")
    return lines


def _limit(what: str, limit: int) -> LinkedDataError:
    return LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION, what=what, limit=str(limit)))
