"""RDF Dataset Canonicalization (RDFC-1.0): the same statements always give the same bytes.

Blank nodes get names that depend only on what is said about them. The part that can explode is bounded by
a number of calls and by time. Specification: RDF Dataset Canonicalization, W3C Recommendation 2024, §4.
Quads come from `quads`; nothing is parsed here.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeAlias

from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_BLANK_NODES, MAX_CANONICALISATION_S, MAX_N_DEGREE_CALLS, MAX_QUADS
from wallet.model.reasons import ReasonCode, reason

#: Subject, predicate, object, graph as N-Quads terms; the graph is "" for the default graph. Blank nodes
#: start with `_:`, whatever comes behind it.
Quad: TypeAlias = tuple[str, str, str, str]

_BLANK: Final = "_:"


class _Hash(Protocol):
    def hexdigest(self) -> str: ...


_Hasher: TypeAlias = Callable[[bytes], _Hash]
_HASHERS: Final[dict[str, _Hasher]] = {"SHA-256": hashlib.sha256, "SHA-384": hashlib.sha384}


def canonical_nquads(quads: Iterable[Quad], *, algorithm: str = "SHA-256") -> bytes:
    """Return the canonical N-Quads document: sorted lines, blank nodes named `_:c14n0`, ….

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION, naming the bound.
    """
    # Repeated statements would change the hashes without saying more.
    statements = list(dict.fromkeys(quads))
    labels = _Canonicaliser(statements, _HASHERS[algorithm]).run()
    return "".join(sorted(_lines(statements, labels.get))).encode()


def canonical_labels(quads: Iterable[Quad], *, algorithm: str = "SHA-256") -> dict[str, str]:
    """Return the canonical name of every blank node.

    Raises:
        LinkedDataError: LIMIT_CANONICALISATION, naming the bound.
    """
    return _Canonicaliser(list(dict.fromkeys(quads)), _HASHERS[algorithm]).run()


class _Issuer:
    """Hands out names in the order of first asking (§4.6)."""

    __slots__ = ("_prefix", "issued")

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.issued: dict[str, str] = {}

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"{self._prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        other = _Issuer(self._prefix)
        other.issued = dict(self.issued)
        return other


class _Canonicaliser:
    """The state of one run (§4.4.3)."""

    def __init__(self, quads: list[Quad], hasher: _Hasher) -> None:
        self._hasher = hasher
        self._quads_of: dict[str, list[Quad]] = {}
        quads_of = self._quads_of
        for quad in quads:
            subject, _, value, graph = quad
            if subject[0] == "_":
                quads_of.setdefault(subject, []).append(quad)
            if value[0] == "_" and value != subject:
                quads_of.setdefault(value, []).append(quad)
            if graph and graph[0] == "_" and graph not in (subject, value):
                quads_of.setdefault(graph, []).append(quad)
        self._canonical = _Issuer("_:c14n")
        self._first_hashes: dict[str, str] = {}
        self._calls = 0
        self._deadline = time.monotonic() + MAX_CANONICALISATION_S
        if len(quads) > MAX_QUADS:
            raise _limit("quads", MAX_QUADS)
        if len(self._quads_of) > MAX_BLANK_NODES:
            raise _limit("blank nodes", MAX_BLANK_NODES)

    def run(self) -> dict[str, str]:
        if len(self._quads_of) == 1:  # as in the options of most proofs: nothing to tell apart
            self._canonical.issue(next(iter(self._quads_of)))
            return self._canonical.issued
        by_hash: dict[str, list[str]] = {}
        for node in self._quads_of:
            by_hash.setdefault(self._first_degree(node), []).append(node)
        shared = []
        for digest in sorted(by_hash):
            nodes = by_hash[digest]
            if len(nodes) == 1:
                self._canonical.issue(nodes[0])
            else:
                shared.append(nodes)
        for nodes in shared:
            self._name_alike(nodes)
        return self._canonical.issued

    def _name_alike(self, nodes: list[str]) -> None:
        """Name nodes that share a first-degree hash (§4.4.3, step 5)."""
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

    def _first_degree(self, node: str) -> str:
        """Hash what is said about a node, its neighbours unnamed (§4.6)."""
        known = self._first_hashes.get(node)
        if known is None:
            lines = _lines(self._quads_of[node], {node: "_:a"}.get, "_:z")
            known = self._first_hashes[node] = self._hash("".join(sorted(lines)))
        return known

    def _related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Hash a neighbour together with how it is reached (§4.7)."""
        text = position if position == "g" else position + quad[1]
        name = self._canonical.issued.get(related) or issuer.issued.get(related)
        return self._hash(text + (name or self._first_degree(related)))

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
        for quad in self._quads_of[node]:
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


def _lines(quads: list[Quad], label: Callable[[str, str], str], other: str = "") -> list[str]:
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
