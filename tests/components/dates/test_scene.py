"""Tense, and the choice between news and narrative."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.components.dates.finder import is_narrative
from pipeline.components.dates.lexing import lex
from pipeline.components.dates.scene import Scene
from tests.components.dates.conftest import Finder

HISTORY = (
    "The war began in 1861 and ended in 1865. In April 1861 the fort fell. Two days later the state seceded. "
    "In June 1862 the city was taken; the river was crossed on July 7. The next month the army left. "
    "The town burned in 1863."
)


@pytest.mark.parametrize(
    ("clause", "tense"),
    [
        ("The council will meet on ", "future"),
        ("The council met on ", "past"),
        ("The vote is expected on ", "future"),
        ("They voted. A recount will start on ", "future"),
        ("They will vote. A recount started on ", "past"),
        ("He said he would leave on ", "future"),
        ("Results on ", None),
        ("Results by ", "future"),
    ],
)
def test_the_nearest_cue_of_the_clause_decides_the_tense(clause: str, tense: str | None) -> None:
    lexed = lex(clause + "Friday")
    scene = Scene(lexed, date(2024, 10, 16), False, "MDY")
    assert scene.tense(len(lexed.classes) - 1) == tense


def test_a_history_is_a_narrative() -> None:
    assert is_narrative(lex(HISTORY), date(2024, 10, 16))


def test_a_news_story_that_looks_back_is_none() -> None:
    story = HISTORY + " The museum said Monday that it would close. It said so yesterday, too."
    assert not is_narrative(lex(story), date(2024, 10, 16))


def test_a_story_of_its_own_years_is_none() -> None:
    assert not is_narrative(lex("In 2022, 2023, 2023, 2024 and 2024 sales rose."), date(2024, 10, 16))


def test_in_a_narrative_dates_count_from_the_date_before(find: Finder) -> None:
    values = {timex.exact: timex.value for timex in find(HISTORY)}
    assert values["July 7"] == "1862-07-07"
    assert values["The next month"] == "1862-08"


def test_an_offset_finer_than_the_date_before_is_not_resolved(find: Finder) -> None:
    values = {timex.exact: timex.value for timex in find(HISTORY)}
    assert values["Two days later"] is None
    assert find("Congress cut the programme in 2011. Two days later it came back.")[-1].value is None


def test_in_a_narrative_no_publication_date_is_needed(find: Finder) -> None:
    values = {timex.exact: timex.value for timex in find(HISTORY, None)}
    assert values["The next month"] == "1862-08"


def test_a_noun_that_looks_like_a_past_form_tells_no_tense(find: Finder) -> None:
    (timex,) = find("The bank expects a cut by the end of March.")
    assert timex.value == "2025-03"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The inquiry resumes on Friday.", "2024-10-18"),
        ("The permit, signed on Monday, expires on Friday.", "2024-10-18"),
        ("Islanders go to the polls on Sunday.", "2024-10-20"),
        ("The rules take effect in December.", "2024-12"),
        ("The rules took effect in December.", "2023-12"),
        ("The start on Friday was slow.", "2024-10-11"),
        ("The final is on Sunday.", "2024-10-20"),
        ("The board should reply by the end of November, she said.", "2024-11"),
        ("The chair told members to pay by Tuesday.", "2024-10-22"),
        ("The council will plant oaks in the spring.", "2025-SP"),
        ("The council planted oaks in the spring.", "2024-SP"),
    ],
)
def test_what_is_scheduled_lies_ahead(find: Finder, sentence: str, value: str) -> None:
    assert find(sentence)[-1].value == value


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("The July–September quarter was poor.", "The July–September quarter", "2024-Q3"),
        ("In the January to March period sales fell.", "the January to March period", "2024-Q1"),
        ("He left in ’83.", "’83", "1983"),
        ("She had not slept for weeks.", "weeks", "PXW"),
        ("It was the driest field in years.", "years", "PXY"),
        ("The lock opens in two years' time.", "in two years' time", "2026"),
    ],
)
def test_spans_that_are_named_by_their_ends_or_by_no_number(
    find: Finder, sentence: str, exact: str, value: str
) -> None:
    assert [(timex.exact, timex.value) for timex in find(sentence)] == [(exact, value)]


def test_months_that_make_no_quarter_stay_two_dates(find: Finder) -> None:
    assert [timex.value for timex in find("The April–September period was dry.")] == ["2024-04", "2024-09"]
