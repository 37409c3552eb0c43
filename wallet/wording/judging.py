"""Sentences for what the checks answer, and for the allowances they make. Templates only; see `text`."""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

JUDGING: Final[dict[R, str]] = {
    # --- integrity ---
    R.STRUCTURE_OK: "It can be read, and it is built as its kind must be.",
    R.PROOF_OK: "Yes. Nothing changed since it was sealed.",
    R.PROOF_NOT_CHECKED: "The seal could not be checked[[: {because}]]",
    R.ANCHOR_NOT_CHECKED: "It agrees with its own receipt. Whether that receipt stands in the public chain"
    "[[ ({chain})]] was not looked up.",
    # --- issuer ---
    R.KEY_AUTHORISED: "Sealed by {issuer}, with a key that its own document lists.",
    R.KEY_SELF_MADE: "Sealed by a key that names only itself.",
    R.KEY_NOT_AUTHORISED: "The seal was made with a key that {issuer} does not use for this.",
    R.KEY_UNKNOWN: "We do not have the keys of {issuer}, so we cannot tell whether the seal is its own.",
    R.KEY_COPY_OLDER: "Our copy of the keys of {issuer}[[, of {date},]] is older than this seal and does not "
    "have its key. It may be a new one: look again online.",
    R.KEY_RETIRED: "The seal was made with a key that {issuer} no longer lists[[ (since {until})]].",
    R.KEY_ENDED: "The seal was made with a key that {issuer} meant to use only until {date}.",
    R.KEY_REVOKED: "The seal was made with a key that {issuer} took back[[ on {date}]].",
    R.KEY_FROM_SENDER: "The key came together with the file, so it shows nothing about the issuer.",
    R.CERTIFICATE_UNCONFIRMED: "Its certificate names {subject}[[, by the word of {authority}]]. No list "
    "of trusted sealers that you gave vouches for that.",
    R.CERTIFICATE_CONFIRMED: "It was sealed with a certificate of {subject}[[, by the word of {authority}]], "
    "whom your list[[ “{list}”]][[ of {dated}]] trusts with that. Whether that certificate was withdrawn "
    "since was not looked up.",
    R.CERTIFICATE_OTHER_PARTY: "Its certificate is one that your list[[ “{list}”]] trusts, but it names "
    "{subject}, and not the issuer that the credential names.",
    R.CERTIFICATE_NOT_IN_FORCE: "It was sealed on {date} with a certificate of {subject} that was not in "
    "force then[[; it ended on {until}]].",
    R.ISSUER_LISTED: "Confirmed by your list[[ “{list}”]][[ as {name}]][[, dated {date}]]"
    "[[ ({origin})]].",
    R.ISSUER_UNLISTED: "None of your lists names it[[; it calls itself “{name}”]].",
    R.ISSUER_LISTS_MISSING: "No issuer lists are loaded, so the issuer could not be looked up.",
    R.ISSUER_SELF_MADE: "[[It calls itself “{name}”. ]]Anybody can make such a key and choose a name.",
    # --- currency ---
    R.VALID_NOW: "In date until {until}.",
    R.VALID_NO_END: "It has no end date.",
    R.END_NOT_SHOWN: "No end date is shown; one may be hidden.",
    R.ENDS_SOON: "In date; ends in {days} days, on {until}.",
    R.ENDED: "Ended on {until}.",
    R.NOT_YET: "Starts on {from}.",
    R.CLOCK_SUSPECT: "The clock of this computer[[ says {date}, which]] looks wrong[[: something was saved "
    "here on {from}]], so dates cannot be judged.",
    R.DATES_UNPROVEN: "Nobody has confirmed its dates[[; it says: {said}]]",
    R.STATUS_NONE: "It names no withdrawal list.",
    R.STATUS_NOT_SHOWN: "No withdrawal list is shown; one may be hidden.",
    R.STATUS_CLEAR: "Not withdrawn[[, per the list as of {date}]][[, per its web record as of {recorded}]].",
    R.STATUS_NOT_ON_HOLD: "Not on hold[[, per the list as of {date}]].",
    R.STATUS_NO_MESSAGE: "The issuer's list says nothing about it[[, as of {date}]].",
    R.STATUS_REVOKED: "Withdrawn by the issuer[[, per the list as of {date}]]"
                      "[[, per its web record as of {recorded}]][[: “{message}”]].",
    R.STATUS_SUSPENDED: "On hold[[, per the list as of {date}]].",
    R.STATUS_MESSAGE: "The issuer's list says[[: “{message}”]].",
    R.STATUS_NOT_SEEN: "Not asked whether it was withdrawn, because we are offline.",
    R.STATUS_NOTICE_NOT_SEEN: "The issuer may say more about it on a list that is not here, or cannot be "
    "read. Nothing on that list can withdraw it.",
    R.STATUS_STALE: "The withdrawal list of {date} is older than[[ you allow ({limit} days)]]"
    "[[ the credential, which was sealed on {from}]].",
    R.STATUS_LIST_ENDED: "Last withdrawal check {date}; that list has passed its own end.",
    R.STATUS_LIST_UNTRUSTED: "The withdrawal list cannot be trusted[[: {because}]]",
    R.STATUS_LIST_KEPT_BY: "The withdrawal list is kept and sealed by {party}.",
    R.STATUS_TYPE_UNKNOWN: "We cannot read this kind of withdrawal list yet[[ ({type})]].",
    R.STATUS_HIDDEN: "The sender left out a part of what says where a withdrawal would be listed.",
    R.STATUS_PURPOSE: "The withdrawal list is for something else than the credential asks.",
    R.STATUS_INDEX: "The credential's place is not on the withdrawal list[[ ({index})]].",
    # --- holder ---
    R.RECIPIENT_MATCH: "Issued to {identity}.",
    R.RECIPIENT_VARIANT: "Issued to {identity}, written a little differently.",
    R.RECIPIENT_UNKNOWN: "Issued to a hidden address.",
    R.RECIPIENT_NOT_COMPARED: "It says openly to whom it was issued. There was nothing to compare that with.",
    R.RECIPIENT_NOT_NAMED: "It does not say to whom it was issued: anybody who has the file can show it.",
    R.RECIPIENT_MISMATCH: "Issued to another address than the one entered.",
    R.RECIPIENT_ANOTHER: "It is about several people. What is shown here is about another of them"
    "[[ than {identity}]].",
    R.RECIPIENT_GUESSABLE: "The hidden address can be guessed, because it was hidden without salt.",
    R.RECIPIENT_WEAK_HASH: "The address was hidden in an old way that is easy to undo.",
    R.HOLDER_PROVEN: "Sent by the person it was issued to, just now.",
    R.HOLDER_LIVE_UNBOUND: "Answered just now; the credential is not tied to that key.",
    R.HOLDER_NOT_PROVEN: "Sender not proven: a saved pack can be forwarded.",
    R.HOLDER_FAILED: "The live check failed[[: {because}]]",
    R.HOLDER_KEY_MISMATCH: "It was issued to another key than the one that sealed this pack.",
    R.PACK_IN_DATE: "The pack may be shown until {until}.",
    R.PACK_ENDED: "The pack was meant to be shown until {until} only.",
    R.PACK_NO_END: "The pack names no end.",
    R.CHALLENGE_MATCHES: "It answers your question of this very check.",
    R.CHALLENGE_WRONG: "It answers another question than yours: the answer is wrong or was used before.",
    R.DOMAIN_MATCHES: "It was made for you[[ ({domain})]].",
    R.DOMAIN_WRONG: "It was made for somebody else[[ ({found})]].",
    R.BINDING_NOT_ASKED: "You asked for no live check.",
    R.KEY_BINDING_CONFIRMED: "The credential itself names the key that answered[[; {issuer} sealed it in]].",
    R.KEY_BINDING_MISSING: "You asked for a live answer, and there is none: it may have been forwarded.",
    R.KEY_BINDING_NO_KEY: "The credential names no key, so nobody can prove that it is theirs.",
    R.KEY_BINDING_OTHER: "The answer was made for another selection of its parts than the one shown.",
    R.KEY_BINDING_STALE: "The answer is not from this check[[: it was made on {date}]].",
    R.AROUND_NOT_CHECKED: "Only the credential inside was checked: the pages or the picture around it can "
    "show something else.",
    R.HIDDEN_PARTS: "The sender left parts of it hidden[[: up to {count}]].",
    R.HIDDEN_MAY_DECIDE: "What is hidden may say when it ends or whether it was withdrawn[[ ({member})]].",
    R.HIDDEN_GUESSABLE: "Whatever is hidden of it can be guessed, because it was hidden carelessly.",
    # --- notes ---
    R.SCHEMA_NONE: "It names no layout that it would have to follow.",
    R.SCHEMA_NOT_CHECKED: "It names a layout that we do not have, so it was not compared with it: the result "
    "does not rest on that.",
    R.SCHEMA_FOLLOWED: "Its layout is as its standard says.",
    R.SCHEMA_DIFFERS: "It can be read, but is not laid out exactly as its standard says[[: {members}]]. The "
    "result does not rest on that.",
    R.ENDORSEMENTS_NONE: "Nobody else endorses it.",
    R.ENDORSEMENTS_NOT_CHECKED: "Its endorsements[[ ({count})]] were not checked.",
    R.ENDORSEMENTS_CHECKED: "Endorsements that hold: {good} of {count}. They do not change this result.",
    R.ENDORSEMENT_GOOD: "Endorsed by {endorser}, under an intact seal of its own.[[ What it endorses is "
    "known by a name only, {name}: anybody can copy that into a badge.]]",
    R.ENDORSEMENT_BAD: "An endorsement that names {endorser} does not hold[[: {because}]]",
    R.ENDORSEMENT_UNKNOWN: "An endorsement that names {endorser} could not be checked[[: {because}]]",
    R.ENDORSEMENT_OF_OTHER: "An endorsement by {endorser} that it carries is about something else.",
    R.ITEM_REPEATED: "The same credential stands in this pack before: it is no second award.",
    R.INNER_NAMED_OTHERWISE: "It names its recipient otherwise than the record that holds it: it may be "
    "somebody else's.",
    R.INNER_CHECKED: "Fine inside: {good} of {count} credentials. Each has a result of its own.",
    R.REFRESH_ANNOUNCED: "It says where a newer copy could be had[[: {address}]]. Nobody was asked.",
    R.INNER_NOT_CHECKED: "It holds other credentials[[ ({count})]] with their own seals, not checked here.",
    R.NOT_MEANINGFUL: "Not meaningful, because what it rests on was not confirmed.",
    R.HOSTED_NO_RECORD: "This kind has no seal; the issuer's web record would tell, and we do not have it.",
    R.HOSTED_OK: "This kind has no seal; the web record at {host} says the same[[, as of {date}]].",
    R.HOSTED_CHANGED: "It differs from the web record at {host}[[, in: {found}]].",
    R.HOSTED_GONE: "Its web record is not where it was any more: nothing, or something else, is kept "
    "there[[: {address}]].",
    R.HOSTED_PLAIN: "The web record came over an open line, where anybody on the way could have changed "
    "it[[ ({host})]].",
    R.HOSTED_BY_ISSUER: "The web record is kept where {issuer} keeps its records.",
    R.HOSTED_ELSEWHERE: "Its web record is not where {issuer} keeps its records[[: it is at {host}]].",
    R.FOREIGN_PROOF_OK: "Somebody else sealed it too, and that seal is intact[[ ({method})]].",
    R.FOREIGN_PROOF_WRONG: "Another seal on it does not match[[ ({method})]].",
    R.FOREIGN_PROOF_UNKNOWN: "Another seal on it could not be checked[[ ({method})]].",
    R.OWN_PROOF_UNKNOWN: "Another seal of the issuer's own could not be checked[[ ({method})]].",
    R.INTERNAL_ERROR: "A fault in this program stopped the check.",
    R.CHECK_STOPPED: "The check of this file was ended before it was done, most likely for want of memory.",
    # --- allowances ---
    R.QUIRK_BOM: "Its text starts with a hidden mark, which was passed over.",
    R.QUIRK_DATE: "A date in it[[ ({which})]] is written in an unusual way. Where it names no time zone, it "
                  "was read as UTC.",
    R.QUIRK_LIST_ENCODING: "Its withdrawal list is packed in an older way.",
    R.QUIRK_LIST_SHORT: "Its withdrawal list is shorter than the standard asks, which hides less.",
    R.QUIRK_LIST_ID: "Its withdrawal list calls itself by another address than the one it is kept at.",
    R.QUIRK_CONTEXT_VERSION: "It was sealed with an earlier edition of a vocabulary[[ ({found})]].",
    R.QUIRK_BARE_DID_KEY: "It names its key in a shortened way.",
    R.QUIRK_PNG_TEXT: "The credential lies in an unusual place of the picture.",
    R.QUIRK_LEGACY_SUITE: "Its seal is of an older kind that still counts.",
    R.QUIRK_QUOTED_DID: "Its wrapper has a name in quotation marks too many[[ ({which})]].",
    R.QUIRK_LIST_ORDER: "Its withdrawal list counts places in the old order[[ ({which})]].",
    R.QUIRK_PLACEHOLDER_ID: "It was sealed with an example name left in it.",
    R.QUIRK_BADGE_MEMBER: "It writes something in another way than its standard[[ ({which})]].",
    R.QUIRK_UNSEALED_DIRECTION: "The direction of its text is not covered by the seal.",
    R.QUIRK_UNSEALED_CONTEXT: "A vocabulary[[ ({which})]] was added after it was sealed.",
    R.QUIRK_NO_AGREED_MEANING: "No agreed vocabulary says what a sealed part of it means[[ ({which})]].",
}
