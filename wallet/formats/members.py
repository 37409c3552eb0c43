"""Reading members whose shape varies: one value or many, text or language map, string or object with an id.

Nothing here raises: what has an unexpected shape reads as "not stated". What a shape must be is judged in
`vc`, `openbadges3` and `clr`. VC Data Model 2.0 §4.1 (JSON-LD lets a single value stand for an array),
§11.1 (language maps and value objects).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.limits import MAX_URL_CHARS

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)
#: What a text may say of itself (VC Data Model 2.0 §11.1).
VALUE_OBJECT: Final = frozenset({"@value", "@language", "@direction"})
# RFC 3986 §3.1: an absolute URI starts with its scheme and holds neither spaces nor controls.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20\x7f<>\"{}|\\^`]+")
_MAX_REMEMBERED: Final = 1024  # texts that were held against this form, the short ones
_MAX_REMEMBERED_CHARS: Final = 256


def many(value: Any) -> tuple[Any, ...]:
    """Return the value as many: nothing, the one, or each of an array."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def objects(value: Any) -> tuple[JsonObject, ...]:
    """Return the objects among one or many values; arrays in arrays are one set (JSON-LD 1.1 §4.3)."""
    if isinstance(value, dict):
        return (value,)
    found: list[JsonObject] = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            found.append(one)
        elif isinstance(one, list):
            found.extend(objects(one))
    return tuple(found)


def strings(value: Any) -> tuple[str, ...]:
    """Return the texts among one or many values."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return ()
    for one in value:
        if one.__class__ is not str:
            return tuple([each for one in value for each in strings(one)])  # as arrays in arrays of objects
    return tuple(value)


def first_object(value: Any) -> JsonObject:
    """Return the first object among one or many values, or an empty one."""
    if isinstance(value, dict):
        return value
    return next(iter(objects(value)), {})


def text(value: Any) -> str:
    """Return a readable text of a string, number, value object, language map, or the first of several."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _of_number(value)
    if isinstance(value, list):
        return _of_several(value)
    return _of_object(value) if isinstance(value, dict) else ""


def texts(value: Any) -> tuple[str, ...]:
    """Return the readable texts among one or many values; one seal covers a text and its value object."""
    if value.__class__ is not list:
        value = (value,)
    return tuple([found for one in value for found in (texts(one) if isinstance(one, list) else (text(one),))
                  if found])


def identifier(value: Any) -> str:
    """Return the id of a member that is a string or an object with `id`."""
    if isinstance(value, str):
        return value
    found = (value if isinstance(value, dict) else first_object(value)).get("id")
    if isinstance(found, str):
        return found
    return next(iter(strings(value)), "") if isinstance(value, list) else ""


def has_type(document: JsonObject, name: str) -> bool:
    """Return whether a node has this type, among others or alone."""
    stated = document.get("type")
    return bool(stated == name or (stated.__class__ is list and name in stated))


def types(document: JsonObject) -> tuple[str, ...]:
    """Return all types of a node, in order."""
    return strings(document.get("type"))


def is_uri(value: Any) -> bool:
    """Return whether the value is an absolute URI."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS:
        return False
    return _has_form(value) if len(value) <= _MAX_REMEMBERED_CHARS else bool(_URI.fullmatch(value))


@lru_cache(maxsize=_MAX_REMEMBERED)
def _has_form(text: str) -> bool:
    return bool(_URI.fullmatch(text))


def is_text(value: Any) -> bool:
    """Return whether a value is a text, a text in one language, or one text for each of several.

    A value object says its text and at most its language and direction: anything beside them would be
    a statement about a text, which no reader shows.
    """
    if isinstance(value, str):
        return True
    if not isinstance(value, dict) or not value:
        return False
    if "@value" not in value:
        return all(
            _LANGUAGE.fullmatch(key)
            and all(isinstance(one, str) and not is_uri(one) for one in many(each))
            for key, each in value.items()
        )
    direction = value.get("@direction")
    return (
        value.keys() <= VALUE_OBJECT
        and isinstance(value["@value"], str)
        and (direction is None or direction in ("ltr", "rtl"))
    )


def is_language(value: Any) -> bool:
    """Return whether a value has the shape of a language tag (BCP 47 §2.1)."""
    return isinstance(value, str) and bool(_LANGUAGE.fullmatch(value))


def contexts(document: JsonObject) -> tuple[str, ...]:
    """Return the context addresses of a document, in order; anything else among them is left out."""
    return strings(document.get("@context"))


def _of_number(value: float) -> str:
    """Return one form for 1, 1.0 and 1e0: they are one number, and one seal covers all three."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _of_several(values: list[Any]) -> str:
    english = (one for one in objects(values) if str(one.get("@language", "")).lower().startswith("en"))
    preferred = text(next(english, None))
    return preferred or next((found for found in map(text, values) if found), "")


def _of_object(value: JsonObject) -> str:
    if "@value" in value:
        plain = value["@value"]
        return text(plain) if isinstance(plain, str | int | float) else ""
    by_language = {key: each for key, each in value.items() if _LANGUAGE.fullmatch(key)}
    # `id` is Indonesian in a language map, and the name of a node everywhere else.
    if len(by_language) != len(value) or is_uri(value.get("id")):
        return ""
    english = next((key for key in by_language if key.lower().split("-")[0] == "en"), None)
    order = ([english] if english else []) + list(by_language)
    return next(
        (
            found
            for key in order
            if isinstance(by_language[key], str | list) and (found := text(by_language[key]))
        ),
        "",
    )
