"""Whether a clause looks forward or back; the day of publication is Wednesday, 16 October 2024."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


def _values(find: Finder, sentence: str) -> list[str | None]:
    return [timex.value for timex in find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("On Friday the court will rule.", "2024-10-18"),
        ("On Friday, the judges are expected to rule.", "2024-10-18"),
        ("On Friday the court ruled.", "2024-10-11"),
        ("On Friday, when he set aside his plans, all was quiet.", "2024-10-11"),
        ("By Friday the ice had gone.", "2024-10-11"),
    ],
)
def test_a_day_that_opens_its_clause_takes_the_tense_behind_it(
    find: Finder, sentence: str, value: str
) -> None:
    assert _values(find, sentence) == [value]


@pytest.mark.parametrize(
    "sentence",
    [
        "Pupils return on Friday.",
        "The hosts play Norway on Friday.",
        "The board holds a hearing on Friday.",
        "Rain is forecast for Friday.",
        "They warned of floods by Friday.",
        "The deadline is Friday.",
        "The trial takes place on Friday.",
    ],
)
def test_the_present_of_a_schedule_looks_forward(find: Finder, sentence: str) -> None:
    assert _values(find, sentence) == ["2024-10-18"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor was forced to return on Friday.",
        "They did not meet on Friday.",
        "It was open on Friday.",
        "His return on Friday was a surprise.",
        "It took the divers until Friday to find it.",
        "She stayed there until Friday.",
    ],
)
def test_what_only_looks_like_a_schedule_is_past(find: Finder, sentence: str) -> None:
    assert _values(find, sentence) == ["2024-10-11"]


def test_the_stop_of_a_month_cut_short_ends_no_clause(find: Finder) -> None:
    assert _values(find, "It will pay on Dec. 2 and again on Friday.") == ["2024-12-02", "2024-10-18"]


def test_a_modal_far_off_still_tells_the_time_of_a_month(find: Finder) -> None:
    sentence = (
        "Bins will be emptied weekly in winter towns and hill towns, and in the port twice, from August."
    )
    assert "2025-08" in _values(find, sentence)
