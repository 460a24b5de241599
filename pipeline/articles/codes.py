"""Every code of the reading stage and what it tells; the documentation and the tests use this table."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "E_BINARY": "The content is no text: an image, an archive, a program, or control characters throughout.",
    "E_CSV": "A table breaks off: an unclosed quotation mark or a cell beyond the limit.",
    "E_EMPTY": "The file or the article has no content.",
    "E_EXTRA_MISSING": "The format needs an optional package; the message says how to install it.",
    "E_FILE_NAME": "The name of the file is not valid UTF-8 and cannot be kept in a record.",
    "E_GZIP": "The gzip data are damaged or unpack to an absurd size.",
    "E_JSON": "The content is not valid JSON.",
    "E_JSON_SHAPE": "The JSON is no article: no text, or a key with a value of the wrong type.",
    "E_LINK": "A link that leads nowhere, to a folder, or out of the input folder.",
    "E_NOT_A_FILE": "A folder, pipe or device where a file is needed.",
    "E_NOT_FOUND": "The file does not exist, or no longer.",
    "E_NOT_USABLE": "A wire item that its agency has withheld or cancelled.",
    "E_NO_ARTICLE": "A page or wire item without the text of an article.",
    "E_PARQUET": "The Parquet file is damaged.",
    "E_TOO_LARGE": "The article exceeds --max-bytes, or the page or list the limits of its format.",
    "E_UNKNOWN_FORMAT": "No reader takes this kind of file.",
    "E_UNREADABLE": "The system refuses to open the file.",
    "E_WARC": "The web archive is damaged.",
    "E_XML": "The content is not well-formed XML, declares entities, or is nested absurdly deep.",
    "W_AMBIGUOUS_DATE": "A publication date such as 10/11/2024 reads two ways; --date-order settles it.",
    "W_CONTROL_CHARACTERS": "The text holds a few control characters.",
    "W_EMBARGO": "The wire item carries an embargo; its time is kept with the article.",
    "W_ENCODING_ERRORS": "Some bytes are wrong in the text's encoding and stand as U+FFFD.",
    "W_ENCODING_GUESSED": "The text is not UTF-8 and names no encoding; the likeliest was taken.",
    "W_INVALID_DATE": "A publication date was given that no calendar has, or in no known form.",
    "W_LANGUAGE_MISMATCH": "The metadata name another language than the text shows; the text was believed.",
    "W_LONE_SURROGATE": "Halves of surrogate pairs, which UTF-8 cannot hold, were replaced one for one.",
    "W_NO_PUBLICATION_DATE": "Nothing tells when the article was published; relative dates stay unresolved.",
}
