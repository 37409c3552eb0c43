"""Sentences for what did not come over the network: what happened, what is safe, what to do. Templates only.

A host that does not answer says nothing about a credential, and no sentence here does.
"""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

from .operating import UNCHANGED, Failure

_NOT_ASKED = "Nothing was sent, and nothing was changed."
_KEPT = "What was known before is still there, and nothing was taken over."
_NOTHING_SAID = "This says nothing about any credential. What was known before is still there."
_LATER = "Try again later."
_ASK = "Ask the issuer for another address."

REQUESTING: Final[dict[R, Failure]] = {
    R.NETWORK_OFF: Failure(
        "This program is offline, so nothing was asked of {host}.",
        UNCHANGED,
        "Press “Check online…”, and allow the request when it is shown to you.",
    ),
    # --- the address, before anything is asked ---
    R.ADDRESS_UNREADABLE: Failure(
        "This is no web address that can be asked[[: {found}]].", _NOT_ASKED, "Check how it is written."
    ),
    R.ADDRESS_INSECURE: Failure(
        "The address of {host} is not protected on its way, so it is not asked.",
        _NOT_ASKED,
        "Use the address that begins with https.",
    ),
    R.ADDRESS_CREDENTIALS: Failure(
        "The address of {host} has a user name or a password inside it, so it is not asked.",
        _NOT_ASKED,
        "Use the address without the part before the @.",
    ),
    R.ADDRESS_PORT: Failure(
        "The address of {host} leads to an unusual door[[: {found}]], so it is not asked.", _NOT_ASKED, _ASK
    ),
    R.ADDRESS_NUMERIC: Failure(
        "The address has a number in place of a name[[: {host}]], so it is not asked.",
        _NOT_ASKED,
        "Use the address with the name of the site.",
    ),
    R.ADDRESS_INNER: Failure(
        "The address of {host} leads into this computer or its own network, so it is not asked.",
        _NOT_ASKED,
        "Use an address of the public web.",
    ),
    # --- being sent on ---
    R.REDIRECT_ELSEWHERE: Failure(
        "The site {host} sent us on to another one[[, {found}]]. For a key or a record this is not followed.",
        _KEPT,
        "Ask the issuer to answer at its own address.",
    ),
    R.REDIRECT_REFUSED: Failure(
        "We were sent on[[ by {party}]] to an address that is not asked[[: {because}]].", _KEPT, _ASK
    ),
    R.REDIRECT_ENDLESS: Failure(
        "The site {host} sent us on again and again.", _NOTHING_SAID, _ASK
    ),
    # --- the way there ---
    R.HOST_UNKNOWN: Failure(
        "This computer could not find out where {host} is.", _NOTHING_SAID,
        "Check your connection and the name of the site."
    ),
    R.HOST_UNREACHABLE: Failure(
        "The site {host} was not reached.", _NOTHING_SAID, "Check your connection, and try again later."
    ),
    R.HOST_SLOW: Failure(
        "The site {host} took too long.", _NOTHING_SAID, _LATER
    ),
    R.PROXY_FAILED: Failure(
        "The proxy of this computer[[, {found},]] did not lead to {host}.",
        _NOTHING_SAID,
        "Check the proxy settings of this computer.",
    ),
    R.TLS_ENDED: Failure(
        "The site {host} shows an identity that is not in force on this day.",
        _KEPT,
        "Check the clock of this computer, or try again later.",
    ),
    R.TLS_OTHER_NAME: Failure(
        "What answers for {host} has the identity of another site.", _KEPT, "Check the name of the site."
    ),
    R.TLS_UNKNOWN_AUTHORITY: Failure(
        "The identity of {host} is vouched for by nobody this computer trusts.",
        _KEPT,
        "Ask whoever runs the site, or try from another network.",
    ),
    R.TLS_FAILED: Failure(
        "No protected connection to {host} came about.",
        _NOTHING_SAID,
        "Try again later, or from another network.",
    ),
    # --- the answer ---
    R.ANSWER_MISSING: Failure("The site {host} has nothing at this address.", _NOTHING_SAID, _ASK),
    R.ANSWER_GONE: Failure(
        "The site {host} says that this was taken away for good.", _NOTHING_SAID, _ASK
    ),
    R.ANSWER_DENIED: Failure(
        "The site {host} does not give this to the public[[ ({found})]].", _NOTHING_SAID, _ASK
    ),
    R.ANSWER_TOO_OFTEN: Failure(
        "The site {host} was asked too often and wants a pause.", _NOTHING_SAID, _LATER
    ),
    R.ANSWER_FAILED: Failure(
        "The site {host} gave no answer that can be used[[ ({found})]].", _NOTHING_SAID, _LATER
    ),
    R.ANSWER_TOO_LARGE: Failure(
        "The answer of {host} is too large[[: more than {limit} bytes]].", _KEPT, _ASK
    ),
    R.ANSWER_TYPE: Failure(
        "The answer of {host} is of another kind than asked for[[: {found}]].", _KEPT, "Check the address."
    ),
    R.ANSWER_BROKEN: Failure("The answer of {host} arrived incomplete or damaged.", _KEPT, _LATER),
    # --- what came, and is not taken over ---
    R.ANSWER_UNUSABLE: Failure(
        "What {host} answered cannot be used[[: {because}]]", _KEPT, "Tell the issuer, or try again later."
    ),
    R.ANSWER_OTHER_ID: Failure(
        "The document at {host} belongs to somebody else[[: {found}]].",
        _KEPT,
        "Tell the issuer: the document must name the one it is for.",
    ),
    R.ANSWER_OLDER: Failure(
        "The site {host} answered with an older withdrawal list[[, of {dated}]]. "
        "The newer one[[, of {date},]] stays in use.",
        _KEPT,
        "Ask again in a few days, and tell the issuer if it stays so.",
    ),
    # --- what is not asked ---
    R.REQUEST_NOT_ALLOWED: Failure(
        "You have not allowed to ask {host}.", _NOT_ASKED, "Look at what would be asked, and allow it there."
    ),
    R.REQUEST_SCHEME: Failure(
        "This leads to no website[[: {found}]], so it is not asked.", _NOT_ASKED, _ASK
    ),
    R.REQUEST_TRACKING: Failure(
        "This withdrawal list at {host} seems to be made for you alone. Asking for it would tell its keeper "
        "each time your credential is looked at, so it is not asked.",
        _NOT_ASKED,
        "Ask the issuer for a list that many people share.",
    ),
    R.REQUEST_VOCABULARY: Failure(
        "A vocabulary is never loaded from the web[[: {address}]]. It decides what a seal means.",
        _NOT_ASKED,
        "The window does not take it. Ask the issuer for a credential that uses known words only.",
    ),
    R.REQUEST_TOO_MANY: Failure(
        "There is more to ask of {host} than is polite at once[[: more than {limit} documents]].",
        "What came before is kept.",
        "Do it again later; it goes on where it stopped.",
    ),
    # --- a newer version, on the learner's wish ---
    R.RENEWAL_NONE: Failure(
        "This credential does not say where a newer version could be had[[: “{name}”]].",
        _NOT_ASKED,
        "Ask the issuer.",
    ),
    R.RENEWAL_OTHER: Failure(
        "What {host} answered is another credential[[: its {member} differs]].",
        UNCHANGED,
        "Ask the issuer for a newer version of this one.",
    ),
    R.RENEWAL_UNPROVEN: Failure(
        "The newer version from {host} did not pass its check[[: {because}]]",
        "The one you have was not changed.",
        "Try again later, or ask the issuer.",
    ),
}
