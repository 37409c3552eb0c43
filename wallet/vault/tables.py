"""The tables of the store, one statement per object, exactly as SQLite keeps it.

A table that was released is never altered: a later format version adds tables beside it, so that bringing
a store forward only ever adds. What the statements are compared with, and the steps, are in `schema`.
"""

from __future__ import annotations

from typing import Final

_TABLES_1_0: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    # Bytes once each, however many credentials and documents share them.
    "CREATE TABLE content (sha256 TEXT PRIMARY KEY NOT NULL, data BLOB NOT NULL) STRICT",
    """CREATE TABLE credential (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        issuer_id TEXT NOT NULL,
        issuer_name TEXT NOT NULL,
        credential_id TEXT NOT NULL,
        format TEXT NOT NULL,
        evidence_class TEXT NOT NULL,
        carrier TEXT NOT NULL,
        media_type TEXT NOT NULL,
        added_at TEXT NOT NULL,
        valid_from TEXT,
        valid_until TEXT,
        replaced_by TEXT NOT NULL DEFAULT '',
        binned_at TEXT,
        data_sha256 TEXT NOT NULL REFERENCES content(sha256),
        payload_sha256 TEXT NOT NULL REFERENCES content(sha256),
        skills TEXT NOT NULL,
        report TEXT NOT NULL,
        words TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX credential_pair ON credential(issuer_id, credential_id)",
    "CREATE INDEX credential_data ON credential(data_sha256)",
    "CREATE INDEX credential_payload ON credential(payload_sha256)",
    # Rows never change: the same document seen again, or from elsewhere, is another row.
    """CREATE TABLE evidence (
        serial INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES content(sha256),
        grade TEXT NOT NULL,
        source TEXT NOT NULL,
        fetched_at TEXT,
        kept INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX evidence_address ON evidence(address, sha256)",
    "CREATE INDEX evidence_content ON evidence(sha256)",
    """CREATE TABLE pinned (
        credential INTEGER NOT NULL REFERENCES credential(serial),
        evidence INTEGER NOT NULL REFERENCES evidence(serial),
        PRIMARY KEY (credential, evidence)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX pinned_evidence ON pinned(evidence)",
    """CREATE TABLE share (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        channel TEXT NOT NULL,
        audience TEXT NOT NULL,
        credential_ids TEXT NOT NULL,
        titles TEXT NOT NULL,
        expires TEXT
    ) STRICT""",
    "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE holder_key (
        serial INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        seed BLOB NOT NULL,
        label TEXT NOT NULL,
        made_at TEXT NOT NULL,
        retired_at TEXT
    ) STRICT""",
    # Words of the table above: the index holds no second copy of the text.
    """CREATE VIRTUAL TABLE search USING fts5(
        title, issuer_name, skills, words,
        content='credential', content_rowid='serial',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')""",
)

#: Format 1.1: requests, beliefs about issuers, what changed, words of the learner's own, bundles.
ADDED_1_1: Final = (
    # What is in the bin is little; finding it, or leaving it out, must not read everything.
    "CREATE INDEX credential_binned ON credential(binned_at) WHERE binned_at IS NOT NULL",
    # What a kept document says of itself, how that was found out, when its bytes first came, and what the
    # pack says that brought it.
    """CREATE TABLE evidence_fact (
        evidence INTEGER PRIMARY KEY REFERENCES evidence(serial) ON DELETE CASCADE,
        valid_from TEXT,
        valid_until TEXT,
        verified TEXT NOT NULL,
        first_at TEXT,
        said_grade TEXT NOT NULL,
        said_source TEXT NOT NULL,
        said_at TEXT
    ) STRICT""",
    # Issuer lists in force; their bytes, all versions, are evidence at the same address.
    """CREATE TABLE issuer_list (
        address TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        position INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        governance TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        signer TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # What the learner believes about an issuer, by her own act.
    """CREATE TABLE belief (
        issuer_id TEXT PRIMARY KEY NOT NULL,
        stance TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        name TEXT NOT NULL,
        note TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # What happened: beliefs set and taken back, keys and records that changed. Never altered.
    """CREATE TABLE event (
        serial INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX event_subject ON event(subject, kind)",
    # Every request ever made.
    """CREATE TABLE request (
        serial INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        host TEXT NOT NULL,
        address TEXT NOT NULL,
        purpose TEXT NOT NULL,
        allowed TEXT NOT NULL,
        outcome TEXT NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE permission (
        host TEXT PRIMARY KEY NOT NULL,
        given_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # The host's mark of the version that is kept, so that it need not be sent again.
    """CREATE TABLE answer (
        address TEXT PRIMARY KEY NOT NULL,
        etag TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Seals found good before, by the bytes they are over; everything that time can change is judged anew.
    """CREATE TABLE verdict (
        known TEXT PRIMARY KEY NOT NULL,
        facts TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE previous_report (
        credential INTEGER PRIMARY KEY REFERENCES credential(serial) ON DELETE CASCADE,
        report TEXT NOT NULL,
        replaced_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE label (
        credential INTEGER PRIMARY KEY REFERENCES credential(serial) ON DELETE CASCADE,
        title TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE tag (
        credential INTEGER NOT NULL REFERENCES credential(serial) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (credential, tag)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX tag_name ON tag(tag)",
    # Web addresses that belong to a credential or a document: its page, links found in it.
    """CREATE TABLE link (
        credential INTEGER NOT NULL REFERENCES credential(serial) ON DELETE CASCADE,
        address TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (credential, address)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE bundle (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        note TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE bundle_item (
        bundle INTEGER NOT NULL REFERENCES bundle(serial) ON DELETE CASCADE,
        credential INTEGER NOT NULL REFERENCES credential(serial) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        PRIMARY KEY (bundle, credential)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX bundle_item_credential ON bundle_item(credential)",
    # The state before an act that can be taken back, newest last.
    """CREATE TABLE undo (
        serial INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        before TEXT NOT NULL
    ) STRICT""",
)

#: Everything a store of the present format holds.
TABLES: Final = _TABLES_1_0 + ADDED_1_1
