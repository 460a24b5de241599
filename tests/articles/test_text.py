"""Plain text files, sidecars, and texts in hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import Article, article_from_text
from pipeline.errors import ReadError

STORY = "Town sells its lamp\n\nThe town sold its lamp on Tuesday, the mayor said.\n\nNobody wept.\n"


def test_the_text_is_the_file_unchanged(read_bytes):
    (article,) = read_bytes(STORY.replace("\n", "\r\n").encode())
    assert article.text == STORY.replace("\n", "\r\n")
    assert article.media_type == "text/plain"


def test_the_headline_becomes_the_title_where_none_is_given(read_bytes):
    (article,) = read_bytes(STORY.encode())
    assert article.title == "Town sells its lamp"


def test_sidecar_gives_the_metadata(read_bytes, tmp_path):
    (tmp_path / "story.meta.json").write_text(
        '{"title": "Lamp", "url": "https://post.example/x", "publisher": "Post", "authors": ["Ann Lee"],'
        ' "date_published": "2020-01-14", "language": "en", "colour": "amber", "authors_note": 3}'
    )
    (article,) = read_bytes(STORY.encode())
    assert (article.title, article.url, article.publisher) == ("Lamp", "https://post.example/x", "Post")
    assert (article.authors, article.language) == (("Ann Lee",), "en")
    assert (article.date_published, article.date_published_source) == ("2020-01-14", "sidecar")


def test_packed_text_has_the_same_sidecar(read_bytes, tmp_path):
    (tmp_path / "story.meta.json").write_text('{"publisher": "Post"}')
    (article,) = read_bytes(STORY.encode(), "story.txt.gz")
    assert article.publisher == "Post"


@pytest.mark.parametrize(
    ("sidecar", "code", "named"),
    [
        ('{"title": 3}', "E_JSON_SHAPE", "'title'"),
        ('{"authors": {"name": "x"}}', "E_JSON_SHAPE", "'authors'"),
        ('{"authors": ["x", 3]}', "E_JSON_SHAPE", "'authors'"),
        ('{"date_published": 20200114}', "E_JSON_SHAPE", "'date_published'"),
        ("[]", "E_JSON_SHAPE", "story.meta.json"),
        ("{", "E_JSON", ""),
    ],
)
def test_bad_sidecar_is_a_dead_letter_that_names_the_key(read_bytes, tmp_path, sidecar, code, named):
    (tmp_path / "story.meta.json").write_text(sidecar)
    (letter,) = read_bytes(STORY.encode())
    assert letter.code == code
    assert named in letter.message


def test_null_and_blank_metadata_are_absent(read_bytes, tmp_path):
    (tmp_path / "story.meta.json").write_text('{"publisher": null, "url": " ", "authors": null}')
    (article,) = read_bytes(STORY.encode())
    assert (article.publisher, article.url, article.authors) == (None, None, ())


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_a_dead_letter(read_bytes, data):
    (letter,) = read_bytes(data)
    assert letter.code == "E_EMPTY"


def test_binary_is_a_dead_letter(read_bytes):
    (letter,) = read_bytes(bytes(range(256)) * 8)
    assert letter.code == "E_BINARY"


def test_a_text_over_the_limit_is_a_dead_letter(read_bytes):
    (letter,) = read_bytes(STORY.encode(), max_bytes=20)
    assert letter.code == "E_TOO_LARGE"
    assert "20 bytes" in letter.message


def test_ten_megabytes_on_one_line_are_read(read_bytes):
    (article,) = read_bytes(b"word " * 2_000_000)
    assert len(article.text) == 10_000_000


def test_a_text_in_hand_needs_nothing_else():
    article = article_from_text(STORY)
    assert (article.source, article.date_published_source) == ("text", "none")
    assert "W_NO_PUBLICATION_DATE" in article.warnings


def test_a_date_given_with_a_text_is_an_option():
    article = article_from_text(STORY, date_published="2020-01-14", title="Lamp", authors=("Ann Lee",))
    assert (article.date_published, article.date_published_source) == ("2020-01-14", "option")


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_text_is_an_article_or_an_error_with_a_code(text):
    try:
        article = article_from_text(text)
    except ReadError as error:
        assert error.code in ("E_EMPTY", "E_BINARY")
    else:
        assert isinstance(article, Article)
        assert len(article.text) == len(text)
        assert article.zones[-1].end == len(text)
