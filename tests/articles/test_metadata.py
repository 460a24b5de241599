"""Publication dates."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import Metadata, ReadOptions
from pipeline.articles.datelines import head_date, is_date_line, read_date
from pipeline.articles.metadata import given_date, iso_date, publication_date


def published(
    given: str | None = None,
    head: list[str] | None = None,
    source: str = "story.txt",
    url: str | None = None,
    **options: object,
):
    metadata = Metadata(url=url, date_published=given, date_source="sidecar" if given else "none")
    return publication_date(metadata, head or [], source, ReadOptions(**options))


def test_the_surest_source_wins():
    sources = {
        "given": "2020-01-01",
        "head": ["Published: January 2, 2020"],
        "source": "a/2020-01-03-story.txt",
        "url": "https://post.example/2020/01/04/story",
        "date": "2020-01-05",
    }
    order = []
    for key in list(sources):
        found = published(**sources)
        order.append((found.date, found.source))
        del sources[key]
    assert order == [
        ("2020-01-01", "sidecar"),
        ("2020-01-02", "byline"),
        ("2020-01-03", "filename"),
        ("2020-01-04", "url"),
        ("2020-01-05", "option"),
    ]
    assert published().warnings == ("W_NO_PUBLICATION_DATE",)


def test_an_invalid_date_is_reported_and_the_next_source_is_asked():
    found = published(given="2020-02-30", source="20200301.txt")
    assert (found.date, found.source, found.warnings) == ("2020-03-01", "filename", ("W_INVALID_DATE",))


def test_an_ambiguous_date_is_reported_unless_the_order_is_known():
    assert published(given="10/11/2024").warnings == ("W_AMBIGUOUS_DATE", "W_NO_PUBLICATION_DATE")
    assert published(given="10/11/2024", date_order="DMY").date == "2024-11-10"
    assert published(given="10/11/2024", date_order="MDY").date == "2024-10-11"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-10-16", "2024-10-16"),
        ("2024-10-16T08:00:00Z", "2024-10-16T08:00:00Z"),
        ("2024-10-16T08:00:00.123+05:30", "2024-10-16T08:00:00.123+05:30"),
        ("2024-10-16T08:00", "2024-10-16T08:00"),
        ("2024-10-16 08:00:00", "2024-10-16T08:00:00"),
        ("20241016", "2024-10-16"),
        ("20241016T080000Z", "2024-10-16T08:00:00+00:00"),
        ("2024-W42-3", "2024-10-16"),
        ("Wed, 16 Oct 2024 08:00:00 GMT", "2024-10-16T08:00:00+00:00"),
        ("October 16, 2024", "2024-10-16"),
        ("16 October 2024", "2024-10-16"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("10/10/2024", "2024-10-10"),
        ("2024/10/16", "2024-10-16"),
        ("2024-13-01", None),
        ("2024-10", None),
        ("yesterday", None),
        ("October 32, 2024", None),
        ("99/99/2024", None),
        ("1" * 5000, None),
    ],
)
def test_given_dates(value, iso):
    assert given_date(value, ReadOptions()).iso == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Oct. 15, 2024", "2024-10-15"),
        ("Tuesday, October 15, 2024", "2024-10-15"),
        ("October 15, 2024 5:03 p.m. EDT", "2024-10-15"),
        ("15th Oct 2024", "2024-10-15"),
        ("Published: Oct. 15, 2024 at 5pm, and more words after it", "2024-10-15"),
        ("PUBLISHED ON 15 OCTOBER 2024", "2024-10-15"),
        ("First published Sept 5, 2019", "2019-09-05"),
        ("By Ann Lee | October 15, 2024", "2024-10-15"),
        ("Date: 2024-10-15", "2024-10-15"),
        ("2024-10-15T10:00Z", "2024-10-15"),
        ("on April 30, 2008 at 4:31 AM, updated April 30, 2008 at 8:33 AM", "2008-04-30"),
        ("LONDON, Oct. 15, 2024 (Reuters) - The lamp was sold.", "2024-10-15"),
        ("BEIJING, October 15, 2024 /Lamp News/ -- The lamp was sold.", "2024-10-15"),
        ("HARWICK, England (Oct. 15, 2024) — The lamp was sold.", "2024-10-15"),
    ],
)
def test_dates_in_the_head_of_an_article(line, iso):
    found = head_date(["A headline", line])
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "line",
    [
        "On Oct. 15, 2024 the lamp was sold.",
        "The lamp, sold on October 15, 2024, has gone.",
        "LONDON, Oct. 15 (Reuters) - The lamp was sold.",
        "Updated on Oct. 15, 2024 with more",
        "The sale of May 1, 2020 was void, the court said — and so was that of 2021.",
        "Oct. 15",
        "2024",
        "",
    ],
)
def test_dates_of_events_and_dates_without_a_year_are_not_taken(line):
    assert head_date(["A headline", line]) is None


def test_a_date_far_down_is_not_the_date_of_the_article():
    assert head_date(["A line"] * 8 + ["Oct. 15, 2024"]) is None


def test_an_impossible_printed_date_is_reported():
    assert published(head=["Published: Feb. 30, 2024"]).warnings == (
        "W_INVALID_DATE",
        "W_NO_PUBLICATION_DATE",
    )


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2024-10-16-lamp.txt", "2024-10-16"),
        ("lamp_20241016.txt", "2024-10-16"),
        ("lamp.2024.10.16.txt", "2024-10-16"),
        ("lamp-2024-10-16-and-2024-10-17.txt", None),
        ("lamp-20241316.txt", None),
        ("id-120241016.txt", None),
        ("2024-10-16/lamp.txt", None),
        ("lamp-2024.txt", None),
    ],
)
def test_dates_in_file_names(name, date):
    assert published(source=name).date == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://post.example/2024/10/16/lamp", "2024-10-16"),
        ("https://post.example/news/2024-10-16/lamp", "2024-10-16"),
        ("https://post.example/2024/oct/16/lamp", "2024-10-16"),
        ("https://post.example/2024/1/6/lamp", "2024-01-06"),
        ("https://post.example/20241016/lamp", "2024-10-16"),
        ("https://post.example/2024/13/45/lamp", None),
        ("https://post.example/lamp-2024", None),
        ("https://post.example/2024/10/lamp", None),
    ],
)
def test_dates_in_addresses(url, date):
    assert published(url=url).date == date


def test_a_line_with_a_date_and_a_sentence_is_no_date_line():
    assert is_date_line("Updated Saturday, December 05, 2009 8:28 PM")
    assert not is_date_line("Oct. 15, 2024 was a Tuesday")


@given(st.dates(min_value=__import__("datetime").date(1600, 1, 1)))
def test_printed_dates_are_read_back(day):
    for form in ("%B %d, %Y", "%d %B %Y", "%Y-%m-%d", "%b. %d, %Y"):
        found = read_date(day.strftime(form))
        if day.year < 2100:
            assert found is not None
            assert found.iso == day.isoformat()


@given(st.text(max_size=100))
def test_no_text_breaks_the_date_readers(text):
    options = ReadOptions()
    assert given_date(text, options).iso is None or iso_date(given_date(text, options).iso) is not None
    head_date([text])


def test_hostile_heads_take_no_time():
    pieces = ["by ", "Oct. ", "1", "2024", " ", ",", "(", "|", "published ", "on "]
    began = time.process_time()
    for a, b, c in itertools.product(pieces, repeat=3):
        head_date([(a + b + c) * 60])
    assert time.process_time() - began < 10
