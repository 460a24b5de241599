from __future__ import annotations

import pytest

from pipeline.outputs.report import wording

QUANTITY = {"modifier": "exact", "unit": "", **dict.fromkeys(("value", "low", "high", "per", "of", "change"))}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": 12, "unit": "percent"}, "12 percent"),
        (
            {"value": 2_500_000, "unit": "US dollar", "modifier": "approximately"},
            "about 2.5 million US dollar",
        ),
        ({"value": 58, "unit": "US dollar", "per": "barrel"}, "58 US dollar per barrel"),
        ({"low": 10, "high": 15, "modifier": "range"}, "10 to 15"),
        ({"value": 1_234_567}, "1,234,567"),
        ({"value": 11, "unit": "year"}, "11 years"),
        ({"value": 1, "unit": "year"}, "1 year"),
        ({"value": 3, "of": {"exact": "old\npiers"}}, "3 old piers"),
        ({"low": 40}, "40 to ?"),
        ({}, "?"),
    ],
)
def test_quantities_are_told_in_words(changes: dict[str, object], words: str) -> None:
    assert wording.quantity_words({**QUANTITY, **changes}) == words


@pytest.mark.parametrize(
    ("begin", "end", "value", "words"),
    [
        ("2024-10-07", "2024-10-13", "2024-W41", "7 Oct 2024 – 13 Oct 2024"),
        ("2024-10-07", "2024-10-07", "2024-10-07", "7 Oct 2024"),
        ("2024-02-01", "2024-02-29", "2024-02", "Feb 2024"),
        ("2023-02-01", "2023-02-28", "2023-02", "Feb 2023"),
        ("2024-02-01", "2024-02-28", "2024-02", "1 Feb 2024 – 28 Feb 2024"),
        ("2024-01-01", "2024-03-31", "2024-Q1", "Jan 2024 – Mar 2024"),
        ("2024-01-01", "2024-12-31", "2024", "2024"),
        ("1990-01-01", "1999-12-31", "199", "1990 – 1999"),
        ("2024-10-07", None, "2024-10-07", "7 Oct 2024"),
        (None, None, "P2W", "P2W"),
        (None, None, None, "left open"),
    ],
)
def test_dates_are_told_in_words(begin: str | None, end: str | None, value: str | None, words: str) -> None:
    assert wording.date_words({"begin": begin, "end_date": end, "value": value}) == words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a.b", "https://a b", "", None]
)
def test_no_address_but_that_of_a_web_page_becomes_a_link(url: str | None) -> None:
    assert wording.web_link(url) is None


def test_the_address_of_a_web_page_becomes_a_link() -> None:
    assert wording.web_link("https://news.example/a?b=c") == "https://news.example/a?b=c"


def test_names_that_differ_in_case_alone_have_files_of_their_own() -> None:
    assert wording.file_name("ANA DIAZ").lower() != wording.file_name("Ana Diaz").lower()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "CON", "\x00", "\ud800", "名前", "." * 300, ""])
def test_a_file_name_is_safe_whatever_the_name(name: str) -> None:
    made = wording.file_name(name)
    assert made.replace("-", "").isalnum() and made.isascii() and len(made) < 60


def test_signs_that_turn_the_writing_are_shown_and_offsets_stay() -> None:
    assert wording.clean("a\u202eb\x00c") == "a\ufffdb\ufffdc"
