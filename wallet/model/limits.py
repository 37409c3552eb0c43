"""Every bound on untrusted input, with its unit and its reason. Exactly at a limit passes.

The largest real files seen: 490 kB of JSON, nesting depth 15, a 128 kB string that is no picture (and one of
486 kB in which a certificate says how it looks, with its pictures inside), a 269 kB data URI. The bounds
leave room above these and stay far below what hurts a small machine.
"""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

# --- files ---
MAX_FILE_BYTES: Final = 64 * MIB  # any input file as a whole
MAX_JSON_BYTES: Final = 16 * MIB  # JSON text of a pack or transcript; each credential is judged alone
MAX_CREDENTIAL_BYTES: Final = 1 * MIB  # one credential, pictures inside not counted
MAX_PICTURE_BYTES: Final = 10 * MIB  # a baked badge or a picture with a QR code
MAX_PICTURE_PIXELS: Final = 25_000_000  # width times height; decoding takes 4 bytes each
MAX_EVIDENCE_BYTES: Final = 16 * MIB  # one supplied document; lists and DIDs have bounds of their own
MAX_DID_DOCUMENT_BYTES: Final = 256 * KIB

# --- JSON ---
MAX_JSON_DEPTH: Final = 32  # context processing is cubic in depth: 100 levels cost seconds
MAX_JSON_NODES: Final = 20_000  # values and keys
MAX_STRING_CHARS: Final = 256 * KIB  # a string that is no picture
MAX_DISPLAY_CHARS: Final = 512 * KIB  # the same where a certificate says how it looks, with pictures inside
MAX_DATA_URI_CHARS: Final = 2 * MIB * 4 // 3 + 64  # a picture of 2 MiB, in base64

# --- JSON-LD and proofs ---
MAX_CONTEXTS: Final = 8  # entries of one @context
MAX_PROOFS: Final = 8  # proofs of one document
MAX_QUADS: Final = 5_000
MAX_BLANK_NODES: Final = 500
MAX_N_DEGREE_CALLS: Final = 2_000  # the hardest legal test needs 468; a hostile clique needs factorials
MAX_CANONICALISATION_S: Final = 5.0

# --- status lists ---
MAX_STATUS_LIST_BYTES: Final = 4 * MIB  # decompressed
MAX_STATUS_ENTRIES: Final = 16  # entries of one credential
MIN_STATUS_LIST_BITS: Final = 131_072  # the herd size the specification asks for; shorter ones are named

# --- packs and codes ---
MAX_PACK_BYTES: Final = 200 * MIB  # all members together, decompressed
MAX_PACK_MEMBERS: Final = 10_000
MAX_PACK_RATIO: Final = 100  # decompressed : compressed, per member
MAX_PACK_CREDENTIALS: Final = 500
MAX_RECORD_DEPTH: Final = 2  # a record whose items are records; what is deeper is counted, not judged
MAX_ENDORSEMENTS: Final = 16  # of one credential; further ones are counted, not judged
MAX_QR_FRAMES: Final = 500
MAX_PAYLOAD_BYTES: Final = 4 * MIB  # a QR payload after inflation
MAX_DISCLOSURES: Final = 500

# --- identifiers and text ---
MAX_URL_CHARS: Final = 4_096
MAX_HOST_CHARS: Final = 253  # RFC 1035 §2.3.4, written without the last dot
MAX_DATE_CHARS: Final = 64
MAX_DID_METHODS: Final = 256  # verification methods of one document

# --- issuer lists ---
MAX_LISTS: Final = 64  # lines of one list of lists
MAX_DOMAIN_FILE_BYTES: Final = 1024 * MIB  # the published file of all institutions, unpacked, is a third
MAX_DOMAIN_RECORD_BYTES: Final = 1 * MIB  # one institution in it; the largest real one has 60 kB
MAX_DOMAINS: Final = 500_000

# --- vault ---
MAX_VAULT_HEADER_BYTES: Final = 8 * KIB
MIN_KDF_MEMORY_KIB: Final = 64 * KIB
MAX_KDF_MEMORY_KIB: Final = 1024 * KIB
MIN_KDF_ITERATIONS: Final = 3
MAX_KDF_ITERATIONS: Final = 20
MAX_KDF_LANES: Final = 16

# --- the learner's own words, and what is kept of what she did ---
MAX_OWN_TITLE_CHARS: Final = 200
MAX_NOTE_CHARS: Final = 16 * KIB
MAX_TAG_CHARS: Final = 64
MAX_TAGS: Final = 64  # of one credential
MAX_BUNDLES: Final = 500
MAX_BUNDLE_ITEMS: Final = 500  # as many as one pack can carry
MAX_UNDO_STEPS: Final = 100

# --- exports ---
MAX_EXPORT_BYTES: Final = 1024 * MIB  # our own, decrypted and unpacked; read in memory, never on the disk
MAX_EXPORT_MEMBERS: Final = 250_000
MAX_WALLET_CONTENTS: Final = 10_000  # of another wallet's file
MIN_FOREIGN_KDF_MEMORY_KIB: Final = 8 * KIB  # another wallet's file names its cost itself
MAX_FOREIGN_KDF_MEMORY_KIB: Final = 256 * KIB
MAX_FOREIGN_ROUNDS: Final = 2_000_000  # PBKDF2; the known ones ask for 120,000

# --- network ---
MAX_REDIRECTS: Final = 5
MAX_FETCH_S: Final = 30.0  # from the first byte sent to the last one read, redirects and retries included
MAX_KEY_FETCH_S: Final = 10.0  # the same for a key document
MAX_CONNECT_S: Final = 5.0
MAX_READ_S: Final = 8.0  # between two pieces of an answer
MAX_RETRIES: Final = 2
MAX_RETRY_AFTER_S: Final = 5  # a host that wants a longer pause is left alone
MIN_SPACING_S: Final = 0.1  # between two requests to one host, which gets one at a time
MAX_HOSTS_AT_ONCE: Final = 4  # asked side by side; one host has one request at a time
MAX_HOSTS_BEGUN: Final = 16  # with something left to ask; each keeps a connection
MAX_WAITING_BYTES: Final = 32 * MIB  # of lists that came and wait for the keys they are judged by
MAX_NUMBERS: Final = 4  # of one name, tried in turn
MAX_ETAG_CHARS: Final = 256
