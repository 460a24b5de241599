"""From bytes to text: byte order marks, UTF-8, UTF-16, older code pages, binary files."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from pipeline.errors import ReadError

W_ENCODING_GUESSED: Final = "W_ENCODING_GUESSED"
W_ENCODING_ERRORS: Final = "W_ENCODING_ERRORS"
W_LONE_SURROGATE: Final = "W_LONE_SURROGATE"
W_CONTROL_CHARACTERS: Final = "W_CONTROL_CHARACTERS"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC_NUMBERS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data without the suffix .gz"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A code page shows in a few kilobytes; guessing over megabytes takes seconds.
_GUESS_BYTES = 65_536
_MAX_CONTROL_SHARE = 0.01
_WESTERN = ("cp1252", "mac_roman", "cp850")
_TYPICAL = "“”‘’–—…•£€\xa0éèêëàâäáãåæíîïóôöõøúüûñçßÉÖÜÅ©®°·½¼"
_MIN_TYPICAL_SHARE = 0.8
_MAX_HIGH_SHARE = 0.15


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file without its byte order mark, and warnings about its encoding.

    ``declared`` is the encoding that the content names; UTF-8 that holds goes before it.
    Raises ``ReadError`` ``E_BINARY`` for what is no text.
    """
    for magic, kind in _MAGIC_NUMBERS:
        if data.startswith(magic):
            raise ReadError("E_BINARY", f"this is {kind}, not text; give its text instead")
    text, warnings = _decode_marked(data) or _decode_unmarked(data, declared)
    text, more = scrub(text)
    return text, warnings + more


def scrub(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with lone surrogates replaced one for one, so that it can be written as UTF-8.

    Raises ``ReadError`` ``E_BINARY`` where control characters abound.
    """
    clean = scrub_surrogates(text)
    warnings = () if clean is text else (W_LONE_SURROGATE,)
    controls = len(_CONTROL.findall(text))
    if controls > _MAX_CONTROL_SHARE * len(text):
        raise ReadError("E_BINARY", f"{controls} control characters in {len(text)} characters; not a text")
    return clean, warnings + ((W_CONTROL_CHARACTERS,) if controls else ())


def scrub_surrogates(text: str) -> str:
    """The same text, or a copy with U+FFFD in place of every lone surrogate: offsets stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _decode_marked(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name)
    return None


def _decode_as(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        return data.decode(name, "replace"), (W_ENCODING_ERRORS,)


def _decode_unmarked(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_declared(data, declared) or _decode_damaged(data)
    wide = _utf16_name(data)
    if wide:
        return data.decode(wide, "replace"), (W_ENCODING_GUESSED,)
    return text, ()


def _decode_declared(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]] | None:
    """Pages that say iso-8859-1 mean windows-1252 (WHATWG Encoding Standard, names and labels)."""
    if declared is None or declared.casefold() in ("utf-8", "utf8"):
        return None
    western = declared.casefold() in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
    try:
        return data.decode("cp1252" if western else declared), ()
    except (LookupError, ValueError):
        return None


def _decode_damaged(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 with a few bad bytes stays UTF-8; anything else is guessed."""
    wide = _utf16_name(data)
    if wide:
        return data.decode(wide, "replace"), (W_ENCODING_GUESSED,)
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(map(text.count, _TYPICAL))
    if whole > damaged:
        return text, (W_ENCODING_ERRORS,)
    return data.decode(_guess(data), "replace"), (W_ENCODING_GUESSED,)


def _utf16_name(data: bytes) -> str | None:
    """UTF-16 without a mark: English text in it has a zero in every other byte."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or sample.count(0) < 0.4 * len(sample):
        return None
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    if b"\x00" in data:
        raise ReadError("E_BINARY", "zero bytes and no known encoding; not a text")
    western = _western_code_page(data)
    if western:
        return western
    best = from_bytes(data[:_GUESS_BYTES]).best()
    return best.encoding if best else "cp1252"


def _western_code_page(data: bytes) -> str | None:
    """The code page in which the odd characters of an English text are those of English print.

    charset-normalizer knows no prior: three accents in a page of English are to it as likely Polish.
    """
    high = bytes(byte for byte in data if byte >= 0x80)[:_GUESS_BYTES]
    if len(high) > _MAX_HIGH_SHARE * len(data):
        return None
    shares = {name: _typical_share(high, name) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: shares[name])
    return best if shares[best] >= _MIN_TYPICAL_SHARE else None


def _typical_share(high: bytes, name: str) -> float:
    text = high.decode(name, "replace")
    return sum(map(text.count, _TYPICAL)) / max(1, len(text))
