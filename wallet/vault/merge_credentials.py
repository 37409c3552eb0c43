"""What a merge brings of credentials, of documents beside them, and of the learner's own words about them.

Functions on a `Merging`, called in the order of `merge.PARTS` inside its transaction.
"""

from __future__ import annotations

from typing import Any, Final

from .contents import keep_content
from .credentials import free_id, insert_row, mark_replaced
from .documents import keep_first
from .merging import ConflictKind, Merging
from .rows import EVIDENCE_KEY, Row, evidence_key, named_evidence

_FACTS: Final = "evidence_fact"
_NO_FACTS: Final = {"verified": "", "said_grade": "", "said_source": ""}


def bring_credentials(merging: Merging) -> None:
    """Bring credentials that are not here; those that are keep the earlier date of their coming.

    A credential is in the bin only if it is in the bin on both sides: a merge never puts anything away.
    """
    here = {row[0]: row[1:] for row in merging.database.rows(
        "SELECT sha256, serial, id, title, added_at, binned_at, data_sha256 FROM credential")}
    pairs: set[tuple[str, str]] = set()
    for row in merging.source.rows("credential"):
        sha256 = row["sha256"]
        known = here.get(sha256)
        if known is None:
            serial, own_id = _insert(merging, row)
            merging.added.append(own_id)
            pairs.add((row["issuer_id"], row["credential_id"]))
        else:
            serial, own_id = known[0], known[1]
            if _join(merging, row, known):
                pairs.add((row["issuer_id"], row["credential_id"]))
        merging.serials[sha256] = serial
        merging.ids[row["id"]] = own_id
    for issuer_id, credential_id in sorted(pairs):
        mark_replaced(merging.database, issuer_id, credential_id)


def _insert(merging: Merging, row: Row) -> tuple[int, str]:
    for sha256 in {row["data_sha256"], row["payload_sha256"]}:
        keep_content(merging.database, merging.source.content(sha256))
    own_id = free_id(merging.database, row["id"])
    serial = insert_row(merging.database, {**row, "id": own_id, "replaced_by": ""})
    return serial, own_id


def _join(merging: Merging, row: Row, known: tuple[Any, ...]) -> bool:
    """Join what both say of one credential; return whether that changed anything here."""
    serial, _, title, added_at, binned_at, data_sha256 = known
    earlier = min(added_at, row["added_at"])
    if row["sha256"] in merging.fresh:
        binned = row["binned_at"]
    else:
        binned = max(binned_at, row["binned_at"]) if binned_at and row["binned_at"] else None
        if row["data_sha256"] != data_sha256:
            merging.conflict(ConflictKind.OTHER_FILE, title)
        if binned_at and not row["binned_at"]:
            merging.conflict(ConflictKind.BINNED_HERE, title)
        elif row["binned_at"] and not binned_at:
            merging.conflict(ConflictKind.BINNED_THERE, title)
    if (earlier, binned) == (added_at, binned_at):
        return False
    merging.database.rows("UPDATE credential SET added_at = ?, binned_at = ? WHERE serial = ?",
                          (earlier, binned, serial))
    merging.counts["credential"] += 1
    return True


def bring_evidence(merging: Merging) -> None:
    """Bring all versions of the documents on the shelf, one entry for each version and grade: the latest."""
    for row in merging.source.rows("evidence"):
        if row["kept"] and not _on_the_shelf(merging, evidence_key(row)):
            serial = _document(merging, row)
            merging.database.rows("UPDATE evidence SET kept = 1 WHERE serial = ?", (serial,))
            merging.counts["evidence"] += 1
            keep_first(merging.database, serial)
            _take_earlier_off(merging, serial)
        if row["kept"]:
            _join_first(merging, row)


def _join_first(merging: Merging, row: Row) -> None:
    """Let the same bytes at the same address be as old here as the side says that had them first."""
    facts = merging.facts.get(evidence_key(row))
    first = (facts["first_at"] if facts else None) or row["fetched_at"]
    if first is not None:
        merging.database.rows(
            "UPDATE evidence_fact SET first_at = ?1 WHERE evidence IN (SELECT serial FROM evidence "
            "WHERE address = ?2 AND sha256 = ?3 AND kept = 1 AND coalesce(first_at, fetched_at) > ?1)",
            (first, row["address"], row["sha256"]))


def _on_the_shelf(merging: Merging, key: tuple[Any, ...]) -> bool:
    """Return whether this version is on the shelf already, come at the same time or later."""
    address, kind, sha256, grade, source, fetched_at = key
    return merging.database.row(
        "SELECT 1 FROM evidence WHERE kept = 1 AND address = ? AND kind = ? AND sha256 = ? AND grade = ? "
        "AND (coalesce(fetched_at, ''), source) >= (?, ?)",
        (address, kind, sha256, grade, fetched_at or "", source)) is not None


def _take_earlier_off(merging: Merging, serial: int) -> None:
    database = merging.database
    earlier = database.rows("SELECT it.serial FROM evidence AS it JOIN evidence AS new ON new.serial = ?1 "
                            "WHERE it.serial <> ?1 AND it.kept = 1 AND it.address = new.address AND "
                            "it.kind = new.kind AND it.sha256 = new.sha256 AND it.grade = new.grade",
                            (serial,))
    for (other,) in earlier:
        database.rows("UPDATE evidence SET kept = 0 WHERE serial = ?", (other,))
        # The same bytes stay with the later entry.
        database.rows("DELETE FROM evidence WHERE serial = ?1 "
                      "AND NOT EXISTS (SELECT 1 FROM pinned WHERE evidence = ?1)", (other,))


def bring_pins(merging: Merging) -> None:
    """Bring which documents lie beside which credential, and those documents."""
    rows = {evidence_key(row): row for row in merging.source.rows("evidence")}
    for row in merging.source.rows("pinned"):
        credential, key = merging.serials.get(row["credential"]), named_evidence(row["evidence"])
        if credential is None or key not in rows:
            continue
        document = _document(merging, rows[key])
        if not merging.database.row("SELECT 1 FROM pinned WHERE credential = ? AND evidence = ?",
                                    (credential, document)):
            merging.insert("pinned", {"credential": credential, "evidence": document})


def _document(merging: Merging, row: Row) -> int:
    """Return the serial of a document here; it comes in if it is not here, off the shelf, with its facts."""
    serial = _evidence_serial(merging, evidence_key(row))
    if serial is None:
        keep_content(merging.database, merging.source.content(row["sha256"]))
        own = {name: value for name, value in row.items() if name != "serial"}
        serial = merging.insert("evidence", {**own, "kept": 0})
        merging.counts["evidence"] -= 1  # counted where it is put
        facts = merging.facts.get(evidence_key(row), _NO_FACTS)
        merging.insert(_FACTS, {**facts, "evidence": serial})
    return serial


def _evidence_serial(merging: Merging, key: tuple[Any, ...]) -> int | None:
    where = " AND ".join(f"{name} IS ?" for name in EVIDENCE_KEY)
    serial = merging.database.value(f"SELECT serial FROM evidence WHERE {where}", key)  # noqa: S608 - constants
    return None if serial is None else int(serial)


def bring_labels(merging: Merging) -> None:
    """Bring own titles and notes; two notes stand one below the other, a second title stands in the note."""
    for row in merging.source.rows("label"):
        serial = merging.serials.get(row["credential"])
        if serial is None:
            continue
        mine = merging.database.row("SELECT title, note FROM label WHERE credential = ?", (serial,))
        if mine is None:
            merging.insert("label", {**row, "credential": serial})
            continue
        title, note = mine[0] or row["title"], joined(mine[1], row["note"])
        subject = merging.database.value("SELECT title FROM credential WHERE serial = ?", (serial,))
        if row["title"] and row["title"] != title:
            merging.conflict(ConflictKind.TITLE, subject, title, row["title"])
            note = joined(note, row["title"])
        if mine[1] and note != mine[1]:
            merging.conflict(ConflictKind.NOTE, subject, mine[1], row["note"])
        if (title, note) != mine:
            merging.database.rows("UPDATE label SET title = ?, note = ? WHERE credential = ?",
                                  (title, note, serial))
            merging.counts["label"] += 1


def joined(mine: str, theirs: str) -> str:
    """Return both notes, no paragraph twice."""
    paragraphs = [part for part in mine.split("\n\n") if part]
    paragraphs += [part for part in theirs.split("\n\n") if part and part not in paragraphs]
    return "\n\n".join(paragraphs)


def bring_tags(merging: Merging) -> None:
    """Bring tags."""
    _bring_attached(merging, "tag", "tag")


def bring_links(merging: Merging) -> None:
    """Bring the web addresses that belong to credentials."""
    _bring_attached(merging, "link", "address")


def _bring_attached(merging: Merging, table: str, key: str) -> None:
    for row in merging.source.rows(table):
        serial = merging.serials.get(row["credential"])
        if serial is not None and not merging.database.row(
                f"SELECT 1 FROM {table} WHERE credential = ? AND {key} = ?", (serial, row[key])):  # noqa: S608
            merging.insert(table, {**row, "credential": serial})


def bring_bundles(merging: Merging) -> None:
    """Bring bundles and what is in them; those on both sides hold what either side put in."""
    serials: dict[str, int] = {}
    for row in merging.source.rows("bundle"):
        mine = merging.database.row("SELECT serial, name, note FROM bundle WHERE id = ?", (row["id"],))
        if mine is None:
            serials[row["id"]] = merging.insert("bundle", {name: value for name, value in row.items()
                                                           if name != "serial"})
            continue
        serials[row["id"]] = mine[0]
        note = joined(mine[2], row["note"])
        if row["name"] != mine[1]:
            merging.conflict(ConflictKind.BUNDLE, mine[1], mine[1], row["name"])
            note = joined(note, row["name"])
        if note != mine[2]:
            merging.database.rows("UPDATE bundle SET note = ? WHERE serial = ?", (note, mine[0]))
            merging.counts["bundle"] += 1
    for row in sorted(merging.source.rows("bundle_item"), key=lambda row: (row["bundle"], row["position"])):
        _bring_item(merging, serials.get(row["bundle"]), merging.serials.get(row["credential"]))


def _bring_item(merging: Merging, bundle: int | None, credential: int | None) -> None:
    if bundle is None or credential is None or merging.database.row(
            "SELECT 1 FROM bundle_item WHERE bundle = ? AND credential = ?", (bundle, credential)):
        return
    last = merging.database.value("SELECT coalesce(max(position), -1) FROM bundle_item WHERE bundle = ?",
                                  (bundle,))
    merging.insert("bundle_item", {"bundle": bundle, "credential": credential, "position": last + 1})
