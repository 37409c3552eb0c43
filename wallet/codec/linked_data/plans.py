"""What becomes of an object with these members and these types, worked out once for all that are alike.

The badges of one issuer differ in their values and hardly in their shape: which names an object has, in which
order, and which types it states decide everything but the values. A plan is made only from an object that
was read without it, so it can say nothing that reading would not; values are looked at every time. The table
is bounded in number and in size, because the document chooses names and types. Reading is in `fast`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from wallet.model.credential import JsonObject

from .quads import RDF_TYPE

if TYPE_CHECKING:  # states lead to plans
    from .compiler import ActiveContext, Member

_MAX_PLANS: Final = 1024  # of one set of contexts; a badge has about ten
_MAX_NAMES: Final = 64  # in one plan
_MAX_CHARS: Final = 2048  # of them and of the types together

_Kinds: TypeAlias = str | tuple[str, ...] | None
#: The state around an object, its member names in their order, and what its `type` is.
_Shape: TypeAlias = tuple["ActiveContext | None", tuple[str, ...], _Kinds]


@dataclass(frozen=True, slots=True)
class Plan:
    """How an object of one shape is read.

    Attributes:
        state: Inside the object.
        types: The IRIs of its types, as N-Quads write them.
        typed: The lines that say so of a blank node, as its first-degree hash wants them.
        id_key: The member that names the object, "" if it has no name.
        members: What each of its members means, in their order.
    """

    state: ActiveContext
    types: tuple[str, ...]
    typed: tuple[str, ...]
    id_key: str
    members: tuple[Member, ...]


class Plans:
    """The plans of one set of contexts."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[_Shape, Plan] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._known)

    def of(self, element: JsonObject, state: ActiveContext | None) -> Plan | None:
        """Return how an object is read, None if none of its shape was.

        Args:
            element: Is written in the default graph.
            state: Around it, behind its own contexts.
        """
        kinds = element.get("type")
        if kinds.__class__ is list:
            kinds = tuple(kinds)
        try:
            return self._known.get((state, tuple(element), kinds))
        except TypeError:  # an object among the types
            return None

    def remember(self, element: JsonObject, state: ActiveContext, inner: ActiveContext,
                 types: tuple[str, ...]) -> None:
        """Keep how an object was read, if nothing in it was out of the ordinary.

        Args:
            element: It was read to its end.
            state: Around it, behind its own contexts.
            inner: Inside it.
            types: The IRIs of its types.
        """
        kinds = element.get("type")
        kinds = tuple(kinds) if isinstance(kinds, list) else kinds
        named = [key for key in inner.id_keys if key in element]
        if "@id" in named or any(key in element for key in state.type_keys if key != "type"):
            return
        if "type" in element and "type" not in state.type_keys:
            return
        members = [inner.members.get(key) for key in element]
        found = tuple([member for member in members if member is not None])
        if len(found) < len(members) or len(members) > _MAX_NAMES or _size(element, kinds) > _MAX_CHARS:
            return
        if len(self._known) >= _MAX_PLANS:
            self._known.clear()  # who reads a document meanwhile has what it needs of them
        typed = tuple([f"_:a {RDF_TYPE} {name} .\n" for name in types])
        self._known[(state, tuple(element), kinds)] = Plan(inner, types, typed, "".join(named), found)

    def forget(self) -> None:
        """Let go of all states."""
        self._known.clear()


def _size(element: JsonObject, kinds: _Kinds) -> int:
    return sum(map(len, element)) + sum(map(len, (kinds,) if isinstance(kinds, str) else kinds or ()))
