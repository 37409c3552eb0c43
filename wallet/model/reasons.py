"""Reason codes: why a check, an import or an operation ended as it did.

Codes and parameters only; the sentences are in `wallet.wording`. A code's value is stable: it goes to
JSON output and into stored reports. Parameters are short strings; text from a file inside them is
untrusted and stays plain text everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class ReasonCode(StrEnum):
    """Every reason the program can give. Grouped by the room that raises it."""

    # --- codec: bytes, JSON, encodings (parameters: what, limit, at, key, found) ---
    EMPTY_FILE = "empty_file"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    SMART_QUOTES = "smart_quotes"
    DUPLICATE_KEY = "duplicate_key"
    BAD_NUMBER = "bad_number"
    UNSAFE_INTEGER = "unsafe_integer"
    LONE_SURROGATE = "lone_surrogate"
    TRAILING_DATA = "trailing_data"
    LIMIT_BYTES = "limit_bytes"
    LIMIT_DEPTH = "limit_depth"
    LIMIT_NODES = "limit_nodes"
    LIMIT_STRING = "limit_string"
    LIMIT_PIXELS = "limit_pixels"
    LIMIT_CONTEXTS = "limit_contexts"
    LIMIT_PROOFS = "limit_proofs"
    LIMIT_ITEMS = "limit_items"
    LIMIT_FRAMES = "limit_frames"
    LIMIT_RATIO = "limit_ratio"
    LIMIT_CANONICALISATION = "limit_canonicalisation"
    BAD_ENCODING = "bad_encoding"
    BAD_JWS = "bad_jws"
    BAD_SD_JWT = "bad_sd_jwt"  # what
    DISCLOSURE_MALFORMED = "disclosure_malformed"  # what
    DISCLOSURE_UNREFERENCED = "disclosure_unreferenced"
    DISCLOSURE_TWICE = "disclosure_twice"
    DISCLOSURE_NAME = "disclosure_name"  # found
    DIGEST_REFUSED = "digest_refused"  # algorithm
    BAD_COSE = "bad_cose"  # what

    # --- codec/linked_data (parameters: address, term, path, found) ---
    CONTEXT_MISSING = "context_missing"
    CONTEXT_UNKNOWN = "context_unknown"
    CONTEXT_NESTED = "context_nested"
    CONTEXT_INLINE = "context_inline"
    CONTEXT_ORDER = "context_order"
    CONTEXT_ALTERED = "context_altered"
    CONTEXT_REFUSED = "context_refused"
    CONTEXT_MISMATCH = "context_mismatch"
    UNDEFINED_TERM = "undefined_term"
    RELATIVE_IRI = "relative_iri"
    BAD_IRI = "bad_iri"
    BAD_LANGUAGE = "bad_language"
    KEYWORD_IN_DATA = "keyword_in_data"
    DATA_LOSS = "data_loss"
    NOTHING_SIGNED = "nothing_signed"
    LINKED_DATA = "linked_data"

    # --- keys (parameters: method, key, found) ---
    KEY_MALFORMED = "key_malformed"
    KEY_WEAK = "key_weak"
    KEY_PRIVATE = "key_private"
    KEY_UNSUPPORTED = "key_unsupported"
    DID_MALFORMED = "did_malformed"
    DID_UNSUPPORTED = "did_unsupported"
    DID_DOCUMENT_MALFORMED = "did_document_malformed"

    # --- formats: files and pictures (parameters: what, found, member) ---
    FORMAT_UNKNOWN = "format_unknown"
    FORMAT_UNSUPPORTED = "format_unsupported"
    PICTURE_DAMAGED = "picture_damaged"
    PICTURE_EMPTY = "picture_empty"
    PICTURE_TWO_CREDENTIALS = "picture_two_credentials"
    SVG_REFUSED = "svg_refused"
    QR_NOT_FOUND = "qr_not_found"
    QR_FOREIGN = "qr_foreign"
    QR_FRAMES_MISSING = "qr_frames_missing"
    QR_FRAMES_MIXED = "qr_frames_mixed"
    PACK_DAMAGED = "pack_damaged"
    PACK_ALTERED = "pack_altered"
    PACK_MEMBER_REFUSED = "pack_member_refused"
    PDF_DAMAGED = "pdf_damaged"
    PDF_SLOW = "pdf_slow"  # limit: seconds
    PDF_EMPTY = "pdf_empty"
    PAGE_EMPTY = "page_empty"  # host
    LIST_UNREADABLE = "list_unreadable"  # host
    EXPORT_FOREIGN = "export_foreign"
    TABLE_LEFT_OUT = "table_left_out"  # name
    TABLE_UNREADABLE = "table_unreadable"  # name
    ROWS_LEFT_OUT = "rows_left_out"  # name, count
    ENTRY_UNTITLED = "entry_untitled"
    ENTRY_SEALED = "entry_sealed"  # name

    # --- formats: what a provider gives beside what is at hand (parameters: name) ---
    ADVICE_DOWNLOAD_BADGE = "advice_download_badge"  # name
    ADVICE_ASK_ISSUER_SEAL = "advice_ask_issuer_seal"  # name
    ADVICE_ISSUER_DECIDES = "advice_issuer_decides"  # name
    ADVICE_SEALED_PDF = "advice_sealed_pdf"  # name
    ADVICE_ALSO_CREDLY = "advice_also_credly"  # name
    ADVICE_PAGE_ONLY = "advice_page_only"  # name
    ADVICE_EUROPASS = "advice_europass"  # name
    ADVICE_ASK_ISSUER = "advice_ask_issuer"  # name
    MEMBER_MISSING = "member_missing"
    MEMBER_TYPE = "member_type"
    TYPE_MISSING = "type_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_ORDER = "date_order"
    JWT_CONFLICT = "jwt_conflict"
    JWT_CLAIM = "jwt_claim"
    JWT_TYPE = "jwt_type"
    STATUS_ENTRY_MALFORMED = "status_entry_malformed"
    STATUS_LIST_MALFORMED = "status_list_malformed"

    # --- proofs (parameters: suite, algorithm, member, found, purpose) ---
    PROOF_MISSING = "proof_missing"
    PROOF_MALFORMED = "proof_malformed"
    PROOF_UNSUPPORTED = "proof_unsupported"
    PROOF_PURPOSE = "proof_purpose"
    PROOF_EXPIRED = "proof_expired"
    PROOF_FROM_FUTURE = "proof_from_future"
    ALGORITHM_REFUSED = "algorithm_refused"
    ALGORITHM_UNSUPPORTED = "algorithm_unsupported"
    KEY_SUITE_MISMATCH = "key_suite_mismatch"
    SIGNATURE_WRONG = "signature_wrong"
    PROOF_BASE = "proof_base"  # suite: the holder's own proof, which unmasks what is hidden
    POINTER_WRONG = "pointer_wrong"  # pointer
    SHOWN_IN_PART = "shown_in_part"  # members: what ends it or withdraws it, and is not among what is shown
    NOT_SELECTABLE = "not_selectable"

    # --- verify: what the checks say when they pass, fail or cannot tell ---
    STRUCTURE_OK = "structure_ok"
    PROOF_OK = "proof_ok"  # suite, method
    PROOF_NOT_CHECKED = "proof_not_checked"  # because
    ANCHOR_NOT_CHECKED = "anchor_not_checked"  # chain: agrees with its receipt, which nobody has looked up
    KEY_AUTHORISED = "key_authorised"  # issuer, method
    KEY_SELF_MADE = "key_self_made"  # issuer: a did:key or did:jwk is its own document
    KEY_NOT_AUTHORISED = "key_not_authorised"  # issuer, method
    KEY_UNKNOWN = "key_unknown"  # issuer, address
    KEY_RETIRED = "key_retired"  # issuer, method, until
    KEY_REVOKED = "key_revoked"  # issuer, method, date
    KEY_WAS_LISTED = "key_was_listed"  # issuer, date, from, until: listed then, in hand then, changed since
    KEY_DATE_UNPROVEN = "key_date_unproven"  # issuer: the only date is the sealer's own
    ISSUER_KEY_CHANGED = "issuer_key_changed"  # issuer, date
    KEY_FROM_SENDER = "key_from_sender"
    CERTIFICATE_UNCONFIRMED = "certificate_unconfirmed"  # subject, authority, date
    CERTIFICATE_CONFIRMED = "certificate_confirmed"  # subject, authority, list, dated, date
    CERTIFICATE_OTHER_PARTY = "certificate_other_party"  # subject, authority, list, dated, date
    CERTIFICATE_NOT_IN_FORCE = "certificate_not_in_force"  # subject, date, until
    ISSUER_LISTED = "issuer_listed"  # list, date, name, origin, legal, ror
    ISSUER_DOMAIN_KNOWN = "issuer_domain_known"  # host, domain, name, list, date, claimed
    ISSUER_DOMAIN_SHARED = "issuer_domain_shared"  # host, domain, name: a place that a member may have
    ISSUER_NAME_MISMATCH = "issuer_name_mismatch"  # name, host, known
    ISSUER_LIST_ENDED = "issuer_list_ended"  # list, date, until, name
    ISSUER_LISTS_UNCHECKED = "issuer_lists_unchecked"  # lists, because
    ISSUER_UNLISTED = "issuer_unlisted"  # host, name
    ISSUER_LISTS_MISSING = "issuer_lists_missing"
    ISSUER_SELF_MADE = "issuer_self_made"
    ISSUER_PINNED = "issuer_pinned"  # issuer, date, name: its key is the one that the learner compared
    ISSUER_PIN_DIFFERS = "issuer_pin_differs"  # issuer, date
    ISSUER_DISTRUSTED = "issuer_distrusted"  # issuer, date
    ISSUER_OWN_NAME = "issuer_own_name"  # name: what the learner calls it
    ISSUER_CALLS_ITSELF = "issuer_calls_itself"  # name: not what the list says
    ISSUER_BELOW_HOST = "issuer_below_host"  # host, address: a place that the host gave to somebody
    HOST_MIXED_SCRIPTS = "host_mixed_scripts"  # host, found: as some programs show it
    HOST_PUNYCODE = "host_punycode"  # host, found
    HOST_TRAILING_DOT = "host_trailing_dot"  # host
    HOST_CAPITALS = "host_capitals"  # host
    HOST_RESEMBLES = "host_resembles"  # host, party, name: almost one that a list knows
    NAME_OF_LISTED = "name_of_listed"  # name, party: the list gives that name to another address
    VALID_NOW = "valid_now"  # until
    VALID_NO_END = "valid_no_end"
    ENDS_SOON = "ends_soon"  # until, days
    ENDED = "ended"  # until
    NOT_YET = "not_yet"  # from
    CLOCK_SUSPECT = "clock_suspect"  # date, from: what the clock says, and what was seen before
    CLOCK_FAR_AHEAD = "clock_far_ahead"  # date, from: long after everything that was ever saved here
    DATES_UNPROVEN = "dates_unproven"  # because: what a date says inside something nobody has proven
    STATUS_NONE = "status_none"
    STATUS_CLEAR = "status_clear"  # date, address
    STATUS_REVOKED = "status_revoked"  # date, message
    STATUS_SUSPENDED = "status_suspended"  # date
    STATUS_MESSAGE = "status_message"
    STATUS_NOT_SEEN = "status_not_seen"  # address
    STATUS_STALE = "status_stale"  # date, limit
    STATUS_LIST_ENDED = "status_list_ended"  # date
    STATUS_LIST_UNTRUSTED = "status_list_untrusted"  # address, because
    STATUS_LIST_KEPT_BY = "status_list_kept_by"  # party
    STATUS_TYPE_UNKNOWN = "status_type_unknown"  # type
    STATUS_PURPOSE = "status_purpose"  # wanted, found
    STATUS_INDEX = "status_index"  # index
    RECIPIENT_MATCH = "recipient_match"  # identity
    RECIPIENT_VARIANT = "recipient_variant"  # identity
    RECIPIENT_UNKNOWN = "recipient_unknown"
    RECIPIENT_NOT_NAMED = "recipient_not_named"
    RECIPIENT_MISMATCH = "recipient_mismatch"
    RECIPIENT_GUESSABLE = "recipient_guessable"
    RECIPIENT_WEAK_HASH = "recipient_weak_hash"
    HOLDER_PROVEN = "holder_proven"
    HOLDER_LIVE_UNBOUND = "holder_live_unbound"
    HOLDER_NOT_PROVEN = "holder_not_proven"
    HOLDER_FAILED = "holder_failed"  # because
    HOLDER_KEY_MISMATCH = "holder_key_mismatch"
    PACK_IN_DATE = "pack_in_date"  # until
    PACK_ENDED = "pack_ended"  # until
    PACK_NO_END = "pack_no_end"
    CHALLENGE_MATCHES = "challenge_matches"
    CHALLENGE_WRONG = "challenge_wrong"
    DOMAIN_MATCHES = "domain_matches"
    DOMAIN_WRONG = "domain_wrong"
    BINDING_NOT_ASKED = "binding_not_asked"
    KEY_BINDING_CONFIRMED = "key_binding_confirmed"  # issuer: it sealed in whose key may show this
    KEY_BINDING_MISSING = "key_binding_missing"
    KEY_BINDING_NO_KEY = "key_binding_no_key"
    KEY_BINDING_OTHER = "key_binding_other"  # made for another selection than the one that is shown
    KEY_BINDING_STALE = "key_binding_stale"  # date, limit
    HIDDEN_PARTS = "hidden_parts"  # count
    HIDDEN_MAY_DECIDE = "hidden_may_decide"  # member: among what is hidden could be what ends it
    HIDDEN_GUESSABLE = "hidden_guessable"
    SCHEMA_NONE = "schema_none"
    SCHEMA_NOT_CHECKED = "schema_not_checked"  # address: a schema that does not ship with the program
    SCHEMA_FOLLOWED = "schema_followed"  # schema
    SCHEMA_DIFFERS = "schema_differs"  # schema, members: where
    ENDORSEMENTS_NONE = "endorsements_none"
    ENDORSEMENTS_NOT_CHECKED = "endorsements_not_checked"  # count
    ENDORSEMENTS_CHECKED = "endorsements_checked"  # count, good
    ENDORSEMENT_GOOD = "endorsement_good"  # endorser
    ENDORSEMENT_BAD = "endorsement_bad"  # endorser, because
    ENDORSEMENT_UNKNOWN = "endorsement_unknown"  # endorser, because
    ENDORSEMENT_OF_OTHER = "endorsement_of_other"  # endorser: copied from somewhere else
    INNER_CHECKED = "inner_checked"  # count, good: credentials inside a record, each judged on its own
    REFRESH_ANNOUNCED = "refresh_announced"  # address: never followed by itself
    NOT_MEANINGFUL = "not_meaningful"  # because: a row after a failed seal
    HOSTED_NO_RECORD = "hosted_no_record"  # issuer, address
    HOSTED_OK = "hosted_ok"  # host, date
    HOSTED_CHANGED = "hosted_changed"  # host, found: the members that differ
    HOSTED_GONE = "hosted_gone"  # address, host: something else is kept there now
    HOSTED_PLAIN = "hosted_plain"  # host: its record came over an open line
    HOSTED_BY_ISSUER = "hosted_by_issuer"  # issuer, host
    HOSTED_ELSEWHERE = "hosted_elsewhere"  # issuer, host: not where that issuer keeps its records
    FOREIGN_PROOF_OK = "foreign_proof_ok"  # method
    FOREIGN_PROOF_WRONG = "foreign_proof_wrong"  # method
    FOREIGN_PROOF_UNKNOWN = "foreign_proof_unknown"  # method
    INTERNAL_ERROR = "internal_error"  # kind

    # --- allowances: known peculiarities, verified and named (parameter: which) ---
    QUIRK_BOM = "quirk_bom"
    QUIRK_DATE = "quirk_date"
    QUIRK_LIST_ENCODING = "quirk_list_encoding"
    QUIRK_LIST_SHORT = "quirk_list_short"
    QUIRK_LIST_ID = "quirk_list_id"
    QUIRK_LIST_ORDER = "quirk_list_order"  # bits counted from the right, as before January 2023
    QUIRK_CONTEXT_VERSION = "quirk_context_version"
    QUIRK_BARE_DID_KEY = "quirk_bare_did_key"
    QUIRK_PNG_TEXT = "quirk_png_text"
    QUIRK_LEGACY_SUITE = "quirk_legacy_suite"
    QUIRK_UNSEALED_DIRECTION = "quirk_unsealed_direction"
    QUIRK_UNSEALED_CONTEXT = "quirk_unsealed_context"  # which: a vocabulary added after the seal
    QUIRK_NO_AGREED_MEANING = "quirk_no_agreed_meaning"  # which: sealed, but no vocabulary explains it
    QUIRK_QUOTED_DID = "quirk_quoted_did"  # which: the claim with a second pair of quotes
    QUIRK_PLACEHOLDER_ID = "quirk_placeholder_id"  # which: an example id that a token's claim replaced
    QUIRK_BADGE_MEMBER = "quirk_badge_member"  # which: a member written in another way than the standard's
    INNER_NOT_CHECKED = "inner_not_checked"  # count: credentials inside a record, each with its own seal

    # --- operations: files and arguments (parameters: name, limit, found) ---
    FILE_MISSING = "file_missing"
    FILE_NOT_REGULAR = "file_not_regular"
    FILE_UNREADABLE = "file_unreadable"
    FOLDER_UNWRITABLE = "folder_unwritable"
    DISK_FULL = "disk_full"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    EVIDENCE_ADDRESS = "evidence_address"
    EVIDENCE_CONTEXT = "evidence_context"
    LIST_SEAL = "list_seal"  # name, because: it claims to be sealed, and that does not hold
    LIST_KEY_MISSING = "list_key_missing"  # name: sealed, and nobody said with whose key
    LIST_UNSEALED = "list_unsealed"  # name: its versions before were sealed
    LIST_OLDER = "list_older"  # name, found, kept
    LIST_ENDED = "list_ended"  # name, date
    LIST_NOT_LOADED = "list_not_loaded"  # name, address
    LIST_KNOWN = "list_known"  # name
    LIST_UNKNOWN = "list_unknown"  # name
    STATEMENT_REFUSED = "statement_refused"  # what, issuer: a word of a federation that does not hold
    TIME_UNREADABLE = "time_unreadable"
    NOTHING_TO_SHARE = "nothing_to_share"
    SHOWN_NOT_GIVEN = "shown_not_given"  # an answer made for somebody else: judged, never kept
    SHARE_NOT_GOOD = "share_not_good"
    SHARE_TOO_LARGE = "share_too_large"
    SHARE_UNSUITABLE = "share_unsuitable"  # name, format: a kind that no presentation can carry
    CREDENTIAL_NOT_FOUND = "credential_not_found"
    CANCELLED = "cancelled"

    # --- net: what did not come, and why (parameters: host, address, limit, found) ---
    NETWORK_OFF = "network_off"  # host
    ADDRESS_UNREADABLE = "address_unreadable"  # found
    ADDRESS_INSECURE = "address_insecure"  # host
    ADDRESS_CREDENTIALS = "address_credentials"  # host: a user name or password inside the address
    ADDRESS_PORT = "address_port"  # host, found
    ADDRESS_NUMERIC = "address_numeric"  # host: a number in place of a name, however it is spelled
    ADDRESS_INNER = "address_inner"  # host: by its name or by its number, this computer or its own network
    REDIRECT_ELSEWHERE = "redirect_elsewhere"  # host, found: where the origin must stay the same
    REDIRECT_REFUSED = "redirect_refused"  # party, because: and what that is about
    REDIRECT_ENDLESS = "redirect_endless"  # host, limit
    HOST_UNKNOWN = "host_unknown"  # host
    HOST_UNREACHABLE = "host_unreachable"  # host
    HOST_SLOW = "host_slow"  # host
    PROXY_FAILED = "proxy_failed"  # host, found: the proxy
    TLS_ENDED = "tls_ended"  # host
    TLS_OTHER_NAME = "tls_other_name"  # host
    TLS_UNKNOWN_AUTHORITY = "tls_unknown_authority"  # host
    TLS_FAILED = "tls_failed"  # host
    ANSWER_MISSING = "answer_missing"  # host
    ANSWER_GONE = "answer_gone"  # host
    ANSWER_DENIED = "answer_denied"  # host, found: the status code
    ANSWER_TOO_OFTEN = "answer_too_often"  # host
    ANSWER_FAILED = "answer_failed"  # host, found: the status code
    ANSWER_TOO_LARGE = "answer_too_large"  # host, limit: bytes
    ANSWER_TYPE = "answer_type"  # host, found: the media type
    ANSWER_BROKEN = "answer_broken"  # host
    ANSWER_UNUSABLE = "answer_unusable"  # host, because: it came, and is not what it should be
    ANSWER_OTHER_ID = "answer_other_id"  # host, found: the document names somebody else
    ANSWER_OLDER = "answer_older"  # host, dated, date: a withdrawal list older than the one that is kept
    REQUEST_NOT_ALLOWED = "request_not_allowed"  # host
    REQUEST_SCHEME = "request_scheme"  # found: the beginning of an address that leads to no website
    REQUEST_TRACKING = "request_tracking"  # host, address: made for one person, so asking tells who asks
    REQUEST_VOCABULARY = "request_vocabulary"  # address
    REQUEST_TOO_MANY = "request_too_many"  # host, limit
    RENEWAL_NONE = "renewal_none"  # name
    RENEWAL_OTHER = "renewal_other"  # host, member: what differs
    RENEWAL_UNPROVEN = "renewal_unproven"  # host, because

    # --- vault ---
    VAULT_MISSING = "vault_missing"
    VAULT_EXISTS = "vault_exists"
    VAULT_DAMAGED = "vault_damaged"
    VAULT_WRONG_PASSPHRASE = "vault_wrong_passphrase"
    VAULT_WRONG_RECOVERY_CODE = "vault_wrong_recovery_code"
    RECOVERY_CODE_TYPO = "recovery_code_typo"
    VAULT_NEWER = "vault_newer"
    VAULT_OLDER_COPY = "vault_older_copy"
    VAULT_FOREIGN = "vault_foreign"
    VAULT_BUSY = "vault_busy"
    VAULT_READ_ONLY = "vault_read_only"
    VAULT_LOCKED = "vault_locked"
    VAULT_MEMORY = "vault_memory"  # needed
    VAULT_UNSAFE_PLACE = "vault_unsafe_place"
    PASSPHRASE_EMPTY = "passphrase_empty"
    PASSPHRASE_WEAK = "passphrase_weak"
    KEYCHAIN_NONE = "keychain_none"  # found: the class that was not accepted
    KEYCHAIN_SILENT = "keychain_silent"  # found: the kind of answer
    KEYCHAIN_LOST = "keychain_lost"
    QUICK_UNLOCK_OFF = "quick_unlock_off"
    QUICK_UNLOCK_ENDED = "quick_unlock_ended"  # until
    VAULT_ON_NETWORK = "vault_on_network"  # found: the kind of file system
    VAULT_IN_SYNCED_FOLDER = "vault_in_synced_folder"  # found: the folder's name
    HOLDER_KEY_NOT_FOUND = "holder_key_not_found"  # name
    HOLDER_KEY_LAST = "holder_key_last"
    KEY_FILE_UNREADABLE = "key_file_unreadable"  # name
    KEY_FILE_LOCKED = "key_file_locked"  # name
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_EXISTS = "backup_exists"
    SAVED_EVIDENCE_DAMAGED = "saved_evidence_damaged"  # name
    SAVED_EVIDENCE_FULL = "saved_evidence_full"  # limit
    PIN_NO_KEY = "pin_no_key"  # issuer
    PIN_OTHER_KEY = "pin_other_key"  # issuer
    BELIEF_NONE = "belief_none"  # issuer
    BELIEF_NOTHING_TO_UNDO = "belief_nothing_to_undo"  # issuer
    BACKUP_UNPLANNED = "backup_unplanned"
    VAULT_BROUGHT_FORWARD = "vault_brought_forward"  # found
    VAULT_DIVERGED = "vault_diverged"  # name
    MERGE_ITSELF = "merge_itself"
    LABEL_REFUSED = "label_refused"  # what, limit
    BUNDLE_NOT_FOUND = "bundle_not_found"  # name
    NOTHING_TO_UNDO = "nothing_to_undo"

    # --- leaving: our own export, and the exports of other wallets (parameters: name, what) ---
    EXPORT_LOCKED = "export_locked"  # name
    EXPORT_WRONG_PASSPHRASE = "export_wrong_passphrase"  # name
    EXPORT_DAMAGED = "export_damaged"  # what
    EXPORT_MORE_INSIDE = "export_more_inside"  # name: labels, bundles and the rest, beside the credentials
    LEFT_KEY = "left_key"  # name
    LEFT_KEY_UNKNOWN = "left_key_unknown"  # name
    LEFT_NO_CREDENTIAL = "left_no_credential"  # what
    LEFT_ARCHIVE = "left_archive"  # name


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code and the short strings its sentence needs.

    Attributes:
        code: What happened.
        params: Name and value pairs, sorted by name. Values may hold untrusted text.
    """

    code: ReasonCode
    params: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        """Return the parameter of that name, or an empty text."""
        return next((value for key, value in self.params if key == name), "")


def reason(code: ReasonCode, **params: str) -> Reason:
    """Build a `Reason` from keyword parameters."""
    return Reason(code, tuple(sorted(params.items()) if len(params) > 1 else params.items()))


#: Where a reason comes from, for technical details. Only reasons a specification demands are here.
SPECIFICATION: dict[ReasonCode, str] = {
    ReasonCode.DUPLICATE_KEY: "RFC 7493 §2.3",
    ReasonCode.BAD_NUMBER: "RFC 8259 §6",
    ReasonCode.UNSAFE_INTEGER: "RFC 7493 §2.2",
    ReasonCode.LONE_SURROGATE: "RFC 7493 §2.1",
    ReasonCode.NOT_UTF8: "RFC 8259 §8.1",
    ReasonCode.BAD_JWS: "RFC 7515 §7.1",
    ReasonCode.BAD_SD_JWT: "RFC 9901 §4",
    ReasonCode.DISCLOSURE_MALFORMED: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_UNREFERENCED: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_TWICE: "RFC 9901 §7.1",
    ReasonCode.DISCLOSURE_NAME: "RFC 9901 §7.1",
    ReasonCode.DIGEST_REFUSED: "RFC 9901 §4.1.1",
    ReasonCode.HIDDEN_GUESSABLE: "RFC 9901 §9.3",
    ReasonCode.KEY_BINDING_OTHER: "RFC 9901 §7.3",
    ReasonCode.KEY_BINDING_MISSING: "RFC 9901 §7.3",
    ReasonCode.SHOWN_NOT_GIVEN: "RFC 9901 §7.2",
    ReasonCode.BAD_COSE: "RFC 9052 §4.2",
    ReasonCode.CONTEXT_ORDER: "VC Data Model 2.0 §4.3",
    ReasonCode.CONTEXT_NESTED: "VC Data Integrity §2.4.1",
    ReasonCode.UNDEFINED_TERM: "VC Data Integrity §5.4",
    ReasonCode.DATA_LOSS: "VC Data Integrity §5.4",
    ReasonCode.PROOF_MISSING: "VC Data Integrity §4.4",
    ReasonCode.SIGNATURE_WRONG: "VC Data Integrity §4.4",
    ReasonCode.PROOF_PURPOSE: "VC Data Integrity §2.3",
    ReasonCode.KEY_NOT_AUTHORISED: "Controlled Identifiers 1.0 §3.3",
    ReasonCode.JWT_CONFLICT: "VC Data Model 1.1 §6.3.1",
    ReasonCode.ALGORITHM_REFUSED: "RFC 8725 §3.1",
    ReasonCode.PICTURE_TWO_CREDENTIALS: "Open Badges 3.0 §5.3",
    ReasonCode.STATUS_INDEX: "Bitstring Status List 1.0 §3.2",
    ReasonCode.STATUS_PURPOSE: "Bitstring Status List 1.0 §3.2",
    ReasonCode.ENDED: "VC Data Model 2.0 §4.9",
    ReasonCode.NOT_YET: "VC Data Model 2.0 §4.9",
}
