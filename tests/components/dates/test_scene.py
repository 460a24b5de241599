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
