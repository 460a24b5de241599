"""Properties of the whole stage."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.components.dates.finder import READERS, resolve_day
from pipeline.components.dates.lexing import lex
from pipeline.components.dates.patterns import load_rules
from pipeline.record import Timex
from tests.components.dates.conftest import Finder

SENTENCES = """
Monday May 3 , 2024 1998 - 96 the last next two years ago early 5 p.m. Oct. quarter third of in until will
said weekend spring summer '80s a few daily every noon Christmas BC GMT 12:30 half earlier and to . ( )
"""
WORDS = [*SENTENCES.split(), "\n\n"]
TEMPORAL = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def _is_sound(text: str, timexes: list[Timex]) -> bool:
    inside = all(text[timex.start : timex.end] == timex.exact for timex in timexes)
    apart = all(one.end <= other.start for one, other in itertools.pairwise(timexes))
    return inside and apart


@given(st.text(max_size=300))
def test_any_text_gives_sound_spans(find: Finder, text: str) -> None:
    assert _is_sound(text, find(text))


@settings(deadline=None)
@given(TEMPORAL)
def test_any_run_of_temporal_words_gives_sound_spans(find: Finder, text: str) -> None:
    assert _is_sound(text, find(text))


@settings(deadline=None)
@given(TEMPORAL)
def test_without_a_publication_date_nothing_is_anchored_to_one(find: Finder, text: str) -> None:
    assert all(
        timex.value is None or timex.value[:4] != "2024" or "2024" in text for timex in find(text, None)
    )


@settings(deadline=None)
@given(TEMPORAL)
def test_every_match_of_a_rule_is_near_one_of_its_anchors(text: str) -> None:
    lexed = lex(text)
    for rule in load_rules():
        for match in rule.pattern.finditer(lexed.classes):
            near = lexed.classes[match.start() : match.end() + 12]  # what a rule looks ahead to
            assert set(rule.anchors) & set(near), rule.name


def test_every_rule_has_a_name_of_its_own_and_a_reader() -> None:
    names = [rule.name for rule in load_rules()]
    assert len(names) == len(set(names))
    assert {rule.reader for rule in load_rules()} == set(READERS)


def test_the_same_text_gives_the_same_answer(find: Finder) -> None:
    text = "On Monday, two years ago, in May 1998, they met daily at 5 p.m."
    assert find(text) == find(text)


@pytest.mark.parametrize(
    "unit",
    ["7", "7 ", " ", "\n", '"', "'", "a", "a ", "one ", "twenty-", "12:", "12/", "1-", "111,", "–", "a. "],
)
def test_a_long_run_of_anything_is_read_in_linear_time(find: Finder, unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        assert _is_sound(text, find(text))
        return time.process_time() - begin

    small, large = seconds(20_000), seconds(160_000)
    assert large < 40 * small + 1


def test_a_text_about_many_kinds_of_time_is_read_as_a_reader_would(find: Finder) -> None:
    text = (
        "The minister told reporters yesterday that ferries, idle since Monday, would sail next week. "
        "Two years ago a storm closed the port for 18 days; in October 1950 one closed it for a decade. "
        "Crews work daily, some from 6 a.m., and the last spring tide came in early May."
    )
    assert [(timex.exact, timex.value) for timex in find(text)] == [
        ("yesterday", "2024-10-15"),
        ("Monday", "2024-10-14"),
        ("next week", "2024-W43"),
        ("Two years ago", "2022"),
        ("18 days", "P18D"),
        ("October 1950", "1950-10"),
        ("a decade", "P10Y"),
        ("daily", "P1D"),
        ("6 a.m.", "2024-10-16T06:00"),
        ("last spring", "2024-SP"),
        ("early May", "2024-05"),
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yesterday", "2024-10-15"),
        ("Monday evening", "2024-10-14"),
        ("last week", None),
        ("for two days", None),
    ],
)
def test_only_what_names_one_day_resolves_to_a_day(find: Finder, words: str, day: str | None) -> None:
    (timex,) = find(f"It was closed {words}.")
    assert resolve_day(timex) == (date.fromisoformat(day) if day else None)
