"""Sentences for what can be wrong with a file, a picture, a key or a seal. Templates only; see `text`.

They say what was found in words that need no knowledge of formats; the code beside each sentence goes to
technical details.
"""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

READING: Final[dict[R, str]] = {
    # --- bytes and text ---
    R.EMPTY_FILE: "The file is empty.",
    R.NOT_UTF8: "The text of the file is damaged, or written in a way that credentials never are.",
    R.NOT_JSON: "The file is not a credential, or it is damaged.",
    R.SMART_QUOTES: "The text has curly quotation marks, as word processors make them. Copy it again from "
    "its source.",
    R.DUPLICATE_KEY: "The file says the same thing twice[[ (“{key}”)]], so nobody can tell which one counts.",
    R.BAD_NUMBER: "The file has a number that is none[[ ({found})]].",
    R.UNSAFE_INTEGER: "The file has a number so large that programs read it differently[[ ({found})]].",
    R.LONE_SURROGATE: "The text of the file has half a character in it.",
    R.TRAILING_DATA: "There is more in the file behind its end.",
    R.LIMIT_BYTES: "It is larger than we read safely[[: our limit is {limit}]].",
    R.LIMIT_DEPTH: "It is nested deeper than we read safely[[: our limit is {limit} levels]].",
    R.LIMIT_NODES: "It has more parts than we read safely[[: our limit is {limit}]].",
    R.LIMIT_STRING: "It has a text longer than we read safely[[: our limit is {limit}]].",
    R.LIMIT_PIXELS: "The picture is larger than we read safely[[: our limit is {limit}]].",
    R.LIMIT_CONTEXTS: "It names more vocabularies than we read safely[[: our limit is {limit}]].",
    R.LIMIT_PROOFS: "It carries more seals than we check safely[[: our limit is {limit}]].",
    R.LIMIT_ITEMS: "It holds more items than we read safely[[: our limit is {limit}]].",
    R.LIMIT_FRAMES: "It has more QR pictures than we read safely[[: our limit is {limit}]].",
    R.LIMIT_RATIO: "It grows too much when unpacked[[: our limit is {limit} times its size]].",
    R.LIMIT_CANONICALISATION: "It is too complex to check safely[[: our limit is {limit}]].",
    R.BAD_ENCODING: "A part of it is damaged[[ ({what})]].",
    R.BAD_JWS: "The sealed text is damaged[[ ({what})]].",
    R.BAD_SD_JWT: "Its sealed text and the parts shown beside it are not put together as they must "
    "be[[ ({what})]].",
    R.DISCLOSURE_MALFORMED: "A part that is shown beside the sealed text is damaged[[ ({what})]].",
    R.DISCLOSURE_UNREFERENCED: "It shows a part that was never sealed.",
    R.DISCLOSURE_TWICE: "The same hidden part is sealed or shown twice, so nobody can tell where it belongs.",
    R.DISCLOSURE_NAME: "A shown part would overwrite something that is sealed[[: “{found}”]].",
    R.DIGEST_REFUSED: "Its hidden parts are protected in a way that protects nothing[[ ({algorithm})]].",
    R.BAD_COSE: "The sealed data is damaged[[ ({what})]].",
    # --- vocabularies and statements ---
    R.CONTEXT_MISSING: "It does not name the vocabulary of its kind, so its words have no fixed meaning.",
    R.CONTEXT_UNKNOWN: "It uses a vocabulary we do not have[[: {address}]][[. It looks like {lookalike}, "
    "but is not the same]].",
    R.CONTEXT_NESTED: "It changes the meaning of its words half-way[[ (at {path})]], which is not allowed.",
    R.CONTEXT_INLINE: "It brings its own meaning for words, which is not allowed.",
    R.CONTEXT_ORDER: "Its vocabularies are named in the wrong order[[ ({found})]].",
    R.CONTEXT_ALTERED: "A vocabulary that ships with this program was changed[[: {address}]].",
    R.CONTEXT_REFUSED: "A supplied vocabulary cannot be used[[: {address}]].",
    R.CONTEXT_MISMATCH: "Its seal was made with other vocabularies than it names.",
    R.UNDEFINED_TERM: "It contains a part that no seal can cover, because no vocabulary defines "
    "it[[: “{term}”]].",
    R.RELATIVE_IRI: "It has an address that is not complete[[: {found}]].",
    R.BAD_IRI: "It has an address that is none[[: {found}]].",
    R.BAD_LANGUAGE: "It names a language that does not exist[[: {found}]].",
    R.KEYWORD_IN_DATA: "It uses a reserved word as its own[[: {term}]].",
    R.DATA_LOSS: "A part of it would be lost when checked[[ ({term})]], so no seal can cover it.",
    R.NOTHING_SIGNED: "The seal covers nothing.",
    R.LINKED_DATA: "Its statements cannot be put in order for checking[[ ({found})]].",
    # --- keys ---
    R.KEY_MALFORMED: "The key is damaged.",
    R.KEY_WEAK: "The key is too weak to be trusted.",
    R.KEY_PRIVATE: "The key document contains a secret key. It must never be used again.",
    R.KEY_UNSUPPORTED: "We cannot check seals of this kind of key yet.",
    R.DID_MALFORMED: "The name of the key is damaged.",
    R.DID_UNSUPPORTED: "We cannot look up this kind of issuer yet.",
    R.DID_DOCUMENT_MALFORMED: "The issuer's key document is damaged, or belongs to somebody else.",
    # --- files and pictures ---
    R.FORMAT_UNKNOWN: "This is not a kind of file in which credentials come[[ ({what})]].",
    R.FORMAT_UNSUPPORTED: "We cannot check this kind of credential yet[[ ({what})]].",
    R.PICTURE_DAMAGED: "The picture is damaged or cut off.",
    R.PICTURE_EMPTY: "There is no credential inside this picture. Some programs and web pages take it out "
    "when they copy a picture: use the file you first downloaded.",
    R.PICTURE_TWO_CREDENTIALS: "The picture carries two credentials, so nobody can tell which one counts.",
    R.SVG_REFUSED: "The picture contains active parts, and is not opened.",
    R.QR_NOT_FOUND: "No QR code was found in the picture.",
    R.QR_FOREIGN: "The QR code holds something else than a credential.",
    R.QR_FRAMES_MISSING: "Some of the numbered QR pictures are missing[[: {found} are here, {missing} is "
    "not]]. Add the others.",
    R.QR_FRAMES_MIXED: "The QR pictures belong to different packs, or contradict each other.",
    R.PACK_DAMAGED: "The pack or archive is damaged or not complete[[ ({member})]].",
    R.PACK_ALTERED: "A part of the share pack was changed after it was packed[[ ({member})]].",
    R.PACK_MEMBER_REFUSED: "The pack or archive has a part that is not opened[[ ({member})]]: it is locked "
    "or no plain file, or its name is there twice or one that no file should have.",
    R.PDF_DAMAGED: "The PDF is damaged, or protected by a password.",
    R.PDF_SLOW: "The PDF took longer to look into than we wait[[: our limit is {limit} seconds]].",
    R.TABLE_LEFT_OUT: "This part of the export is not taken over[[: {name}]].",
    R.TABLE_UNREADABLE: "This table of the export is not laid out as we know it[[: {name}]].",
    R.ROWS_LEFT_OUT: "Some lines of a table could not be taken over[[: {count} of {name}]].",
    # --- what a provider gives beside what is at hand ---
    R.ADVICE_DOWNLOAD_BADGE: "To get a sealed version from {name}: log in there, open the badge, and look "
    "for a download of the badge as picture or file. Then add that file to your wallet.",
    R.ADVICE_ASK_ISSUER_SEAL: "To get a sealed version from {name}: ask the issuer whether it has switched "
    "on Open Badges 3.0, then download the badge there again and add the file to your wallet.",
    R.ADVICE_ISSUER_DECIDES: "To get a sealed version from {name}: the issuer decides what you may download. "
    "Look on the page for a download of the badge as picture; if there is none, ask the issuer.",
    R.ADVICE_SEALED_PDF: "To get a sealed version from {name}: download the badge picture or the PDF with "
    "the badge inside, not a print of the page, and add it to your wallet.",
    R.ADVICE_ALSO_CREDLY: "A certificate of {name} is a page and a print of it. Some of them also come as "
    "a badge by Credly: look for one in your mail, and add its picture to your wallet.",
    R.ADVICE_PAGE_ONLY: "As far as we know, {name} gives a page and no sealed file. Keep the link: whoever "
    "asks can look at the page.",
    R.ADVICE_EUROPASS: "To get a sealed version from {name}: open your Europass wallet, download the "
    "credential file, and add it to your wallet.",
    R.ADVICE_ASK_ISSUER: "To get a sealed version: ask whoever awarded it for an Open Badges 3.0 badge or a "
    "credential file, and add it to your wallet.",
    R.MEMBER_MISSING: "Something every credential of this kind must say is missing[[: “{member}”]].",
    R.MEMBER_TYPE: "Something in it is not of the kind it must be[[: “{member}”]].",
    R.TYPE_MISSING: "It does not say what it is[[ ({member})]].",
    R.DATE_UNREADABLE: "A date in it cannot be read[[: {found}]].",
    R.DATE_ORDER: "It ends before it starts.",
    R.JWT_CONFLICT: "Its wrapper says something else than its content[[ ({member})]].",
    R.JWT_CLAIM: "Its wrapper has something wrong in it[[ ({member})]].",
    R.JWT_TYPE: "Its wrapper says that it is something else than a credential[[ ({found})]].",
    R.STATUS_ENTRY_MALFORMED: "What it says about its withdrawal list cannot be read[[ ({member})]].",
    R.STATUS_LIST_MALFORMED: "The withdrawal list is damaged.",
    # --- seals ---
    R.PROOF_MISSING: "There is no seal inside.",
    R.PROOF_MALFORMED: "The seal is damaged[[ ({member})]].",
    R.PROOF_UNSUPPORTED: "We cannot check this kind of seal yet[[ ({suite})]].",
    R.PROOF_PURPOSE: "The seal was made for another purpose than this.",
    R.PROOF_EXPIRED: "The seal itself ended[[ on {until}]].",
    R.PROOF_FROM_FUTURE: "The seal carries a date in the future.",
    R.ALGORITHM_REFUSED: "The seal is of a kind that protects nothing, or that no standard knows"
    "[[ ({algorithm})]].",
    R.ALGORITHM_UNSUPPORTED: "We cannot check this kind of seal yet[[ ({algorithm})]].",
    R.KEY_SUITE_MISMATCH: "The seal and the key do not belong together.",
    R.SIGNATURE_WRONG: "Something in it differs from what was sealed.",
    R.PROOF_BASE: "It carries the secret original of its seal, which only its holder should have. Ask for a "
    "version made for showing.",
    R.POINTER_WRONG: "A part that was chosen is not in it[[: “{pointer}”]].",
    R.SHOWN_IN_PART: "Its holder shows only a part of it[[; perhaps hidden: {members}]].",
    R.NOT_SELECTABLE: "Parts of it cannot be told apart, so none can be shown alone.",
}
