"""From bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.encoding import decode, scrub, scrub_surrogates
from pipeline.errors import ReadError

ENGLISH = "The café owner, José Müller, said: “We’ve paid £300 — it’s naïve to expect more.”\n" * 3
PLAIN = ENGLISH.translate(str.maketrans("“”’—", '""\'-'))


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks_are_obeyed_and_dropped(mark, name):
    assert decode(mark + ENGLISH.encode(name)) == (ENGLISH, ())


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_other_encodings_of_english_are_guessed_and_reported(name):
    assert decode(ENGLISH.encode(name)) == (ENGLISH, ("W_ENCODING_GUESSED",))


@pytest.mark.parametrize("name", ["latin-1", "cp850"])
def test_older_encodings_of_english_are_guessed_too(name):
    assert decode(PLAIN.encode(name))[0] == PLAIN


def test_one_accent_in_a_page_of_english_is_western():
    text = "The mayor said that the bridge would open on Monday. " * 20 + "José agreed."
    assert decode(text.encode("latin-1"))[0] == text


def test_letters_of_other_code_pages_are_not_forced_into_the_western_one():
    text = "The mayor said that the bridge would open on Monday. " * 20 + "Zdeněk Šimůnek agreed."
    assert decode(text.encode("cp1250"))[0] == text


def test_utf8_with_a_bad_byte_stays_utf8():
    data = ENGLISH.encode()
    text, warnings = decode(data[:10] + b"\xff" + data[10:])
    assert warnings == ("W_ENCODING_ERRORS",)
    assert text.replace("\ufffd", "") == ENGLISH


def test_cut_utf16_is_read_with_a_warning():
    assert decode(codecs.BOM_UTF16_LE + "Lamp".encode("utf-16-le") + b"x") == (
        "Lamp\ufffd",
        ("W_ENCODING_ERRORS",),
    )


def test_declared_encoding_is_used_where_utf8_fails():
    assert decode("Zdeněk".encode("cp1250"), declared="windows-1250") == ("Zdeněk", ())
    assert decode("Zdeněk".encode(), declared="windows-1250") == ("Zdeněk", ())
    assert decode("It’s".encode("cp1252"), declared="ISO-8859-1") == ("It’s", ())


def test_unknown_declared_encoding_is_ignored():
    assert decode("It’s José".encode("cp1252"), declared="klingon")[1] == ("W_ENCODING_GUESSED",)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 text",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"\x1f\x8b\x08\x00",
        bytes(range(256)) * 20,
        b"text" + b"\x00" * 100,
        b"\x01\x02\x03\x04 abc",
    ],
)
def test_binary_is_refused(data):
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == "E_BINARY"


def test_a_stray_control_character_is_kept_with_a_warning():
    text = "A long enough line of text to hide one in. " * 5 + "\x07"
    assert decode(text.encode()) == (text, ("W_CONTROL_CHARACTERS",))


def test_lone_surrogates_are_replaced_one_for_one():
    assert scrub("a\ud800b\udfffc") == ("a\ufffdb\ufffdc", ("W_LONE_SURROGATE",))


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_scrubbing_keeps_every_offset(text):
    clean = scrub_surrogates(text)
    clean.encode("utf-8")
    assert len(clean) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, clean, strict=True))


@given(st.binary(max_size=500))
def test_any_bytes_are_text_or_an_error_with_a_code(data):
    try:
        text, warnings = decode(data)
    except ReadError as error:
        assert error.code == "E_BINARY"
    else:
        text.encode("utf-8")
        assert all(warning.startswith("W_") for warning in warnings)


@given(st.text(max_size=200))
def test_what_was_written_as_utf8_is_read_back(text):
    data = text.encode("utf-8", "ignore")
    try:
        decoded, _ = decode(data)
    except ReadError:
        return
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE)) and data.count(0) == 0:
        assert decoded == data.decode("utf-8")
