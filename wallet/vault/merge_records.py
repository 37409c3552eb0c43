"""What a merge brings beside credentials: logs, beliefs, lists, settings and keys.

Functions on a `Merging`, called in the order of `merge.PARTS` inside its transaction.
"""

from __future__ import annotations

import json
from typing import Any, Final

from .holder_keys import keep_holder_key
from .merging import ConflictKind, Merging
from .rows import Row, columns

#: The settings that say something about the learner. Every other one is a consent, or means something only
#: on the computer where it was set, so it stays there.
TAKEN_SETTINGS: Final = frozenset({"identities"})
_NOTHING: Final[dict[str, Any]] = {}


def bring_shares(merging: Merging) -> None:
    """Bring the lines of the share log that are not here, told by their id."""
    known = {row[0] for row in merging.database.rows("SELECT id FROM share")}
    for row in merging.source.rows("share"):
        if row["id"] not in known:
            ids = [merging.ids.get(one, one) for one in json.loads(row["credential_ids"])]
            merging.insert("share", _without_serial(row) | {"credential_ids": json.dumps(ids)})


def bring_requests(merging: Merging) -> None:
    """Bring the ledger of requests."""
    _bring_lines(merging, "request")


def bring_events(merging: Merging) -> None:
    """Bring the log of what happened to what is believed."""
    _bring_lines(merging, "event")


def _bring_lines(merging: Merging, table: str) -> None:
    """Bring lines of a log: as many equal ones as the side has that has more of them."""
    names = [name for name in columns(merging.database, table) if name != "serial"]
    here: dict[tuple[Any, ...], list[int]] = {}
    for mine in merging.database.rows(f"SELECT serial, {', '.join(names)} FROM {table} ORDER BY serial"):  # noqa: S608
        here.setdefault(_sameness(dict(zip(names, mine[1:], strict=True))), []).append(mine[0])
    serials: dict[int, int] = {}
    for row in merging.source.rows(table):
        line = _with_own_serials(_without_serial(row), serials)
        same = here.get(_sameness({name: line.get(name) for name in names}))
        serials[row.get("serial", 0)] = same.pop(0) if same else merging.insert(table, line)


def _sameness(line: Row) -> tuple[Any, ...]:
    """Return what two equal lines share, however their details are written down."""
    return tuple(json.dumps(_details(value), sort_keys=True) if name == "details" else value
                 for name, value in line.items())


def _with_own_serials(line: dict[str, Any], serials: dict[int, int]) -> dict[str, Any]:
    """Let a line that takes an earlier one back name it by the number it has here."""
    details = _details(line.get("details"))
    undone = details.get("undoes") if isinstance(details, dict) else None
    if not isinstance(undone, str) or not undone.isdecimal() or int(undone) not in serials:
        return line
    own = {**details, "undoes": str(serials[int(undone)])}
    return line | {"details": json.dumps(own, sort_keys=True, separators=(",", ":"), ensure_ascii=False)}


def _details(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):  # a later version's; then it is the text that counts
        return text


def bring_beliefs(merging: Merging) -> None:
    """Bring what is believed about issuers not judged here."""
    said = ("stance", "fingerprint", "name", "note")
    _bring_keyed(merging, "belief", "issuer_id", ConflictKind.BELIEF, said)


def bring_lists(merging: Merging) -> None:
    """Bring issuer lists that are not in force here."""
    _bring_keyed(merging, "issuer_list", "address", ConflictKind.LIST, ("name", "governance"))


def bring_settings(merging: Merging) -> None:
    """Bring settings that were never set here."""
    _bring_keyed(merging, "setting", "name", ConflictKind.SETTING, ("value",))


def _bring_keyed(merging: Merging, table: str, key: str, kind: ConflictKind, said: tuple[str, ...]) -> None:
    """Bring what is kept once for each key; where both have it, the present one stands."""
    names = columns(merging.database, table)
    here = {row[names.index(key)]: dict(zip(names, row, strict=True))
            for row in merging.database.rows(f"SELECT * FROM {table}")}  # noqa: S608 - our own names
    for row in merging.source.rows(table):
        mine = here.get(row[key], _NOTHING if table == "setting" and row[key] not in TAKEN_SETTINGS else None)
        if mine is None:
            merging.insert(table, row)
            continue
        differing = [name for name in said if name in row and row[name] != mine.get(name)]
        if differing:
            name = differing[0]
            merging.conflict(kind, row[key], str(mine.get(name) or ""), str(row[name] or ""))


def bring_keys(merging: Merging) -> None:
    """Bring the other vault's keys as further ones: the present key goes on signing."""
    known = {row[0] for row in merging.database.rows("SELECT seed FROM holder_key")}
    for row in merging.source.rows("holder_key"):
        if row["seed"] in known:
            continue
        label = " ".join(part for part in (row["label"], merging.label) if part)
        number = keep_holder_key(merging.database, row["seed"], label, merging.now)
        merging.database.rows("UPDATE holder_key SET made_at = ?, retired_at = ? WHERE serial = ?",
                              (row["made_at"], row["retired_at"], number))
        merging.counts["holder_key"] += 1


def _without_serial(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "serial"}
