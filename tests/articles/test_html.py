"""Web pages."""

from __future__ import annotations

import sys

import pytest

from pipeline.articles import html
from pipeline.articles.html import MAX_PAGE_ELEMENTS, declared_encoding

PARAGRAPH = (
    "<p>The bridge over the Lune was closed on Friday because a swan had built a nest on it, police said.</p>"
)


@pytest.fixture(autouse=True)
def _needs_extra():
    pytest.importorskip("trafilatura")


@pytest.fixture
def page(read_sample):
    (article,) = read_sample("page.html")
    return article


def test_page_text_is_the_article_without_its_furniture(page):
    assert page.text.startswith("Lighthouse sold for one euro\nThe lighthouse on Gull Point")
    assert "the whitest thing between here and America" in page.text
    assert "Sign in" not in page.text
    assert "All rights reserved" not in page.text


def test_json_ld_goes_before_meta_tags(page):
    assert (page.date_published, page.date_published_source) == ("2019-07-22T09:15:00+02:00", "jsonld")
    assert page.publisher == "The Coast Gazette"
    assert page.authors == ("Maeve Burke", "Tom Okafor")


def test_address_title_and_language_are_found(page):
    assert page.url == "https://coast-gazette.example/2019/07/22/lighthouse"
    assert page.title == "Lighthouse sold for one euro"
    assert page.language == "en"


def test_the_headline_in_the_text_is_its_title_zone(page):
    assert page.zones[0].zone == "title"
    assert page.text[: page.zones[0].end].strip() == page.title


def test_date_falls_back_to_meta_tags(read_bytes):
    head = '<head><meta name="parsely-pub-date" content="2020-01-31"></head>'
    (article,) = read_bytes(
        f"<html>{head}<body><article>{PARAGRAPH * 4}</article></body></html>".encode(), "a.html"
    )
    assert (article.date_published, article.date_published_source) == ("2020-01-31", "meta")


def test_sidecar_of_a_page_goes_before_what_the_page_says(read_bytes, tmp_path):
    (tmp_path / "a.meta.json").write_text('{"date_published": "2020-02-01"}')
    head = '<head><meta name="date" content="2020-01-31"><meta name="author" content="By Lea Roth"></head>'
    (article,) = read_bytes(
        f"<html>{head}<body><article>{PARAGRAPH * 4}</article></body></html>".encode(), "a.html"
    )
    assert (article.date_published, article.date_published_source) == ("2020-02-01", "sidecar")
    assert article.authors == ("Lea Roth",)


@pytest.mark.parametrize(
    "body",
    ["", "<form><input name=q></form>", "<script>document.write('x')</script>", "<p>Short.</p>", "<<<<>>>>"],
)
def test_page_without_an_article_is_a_dead_letter(read_bytes, body):
    (letter,) = read_bytes(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert letter.code == "E_NO_ARTICLE"


def test_page_with_absurdly_many_elements_is_a_dead_letter(read_bytes):
    (letter,) = read_bytes(b"<html><body>" + b"<p>x</p>" * (MAX_PAGE_ELEMENTS + 1), "a.html")
    assert letter.code == "E_TOO_LARGE"


def test_declared_encoding_is_used(read_bytes):
    page = (
        f'<html><head><meta charset="windows-1250"></head><body><article>{PARAGRAPH * 4}<p>Said Zdeněk.</p>'
    )
    (article,) = read_bytes(page.encode("cp1250"), "a.html")
    assert "Said Zdeněk." in article.text
    assert "W_ENCODING_GUESSED" not in article.warnings


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "iso-8859-1"),
        (b"<meta name=viewport>", None),
    ],
)
def test_encoding_is_read_from_the_head(head, name):
    assert declared_encoding(b"<html><head>" + head) == name


def test_missing_extra_says_what_to_install(read_bytes, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (letter,) = read_bytes(b"<html><p>x</p></html>", "a.html")
    assert letter.code == "E_EXTRA_MISSING"
    assert "pip install 'onrecord[html]'" in letter.message


def test_the_extra_is_not_imported_with_the_module():
    assert "trafilatura" not in vars(html)
