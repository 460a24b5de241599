"""Resolved relative dates that cannot be meant keep their words and lose their value."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.components.dates.lexing import lex
from pipeline.components.dates.sanity import is_plausible
from pipeline.components.dates.scene import Reading, Scene
from tests.components.dates.conftest import Finder


def test_what_is_told_as_past_does_not_lie_years_after_publication(find: Finder) -> None:
    timexes = find("The mill burned in 1998. Forty years later the town was rich.")
    assert [(t.exact, t.value) for t in timexes] == [("1998", "1998"), ("Forty years later", None)]


def test_a_later_date_within_reach_of_publication_keeps_its_value(find: Finder) -> None:
    assert find("The mill burned in 1998. Twenty years later it was rich.")[-1].value == "2018"


def test_what_is_promised_may_lie_years_after_publication(find: Finder) -> None:
    assert find("The loan began in 2020. It will end 30 years later.")[-1].value == "2050"


def test_a_count_beyond_the_bound_has_no_value(find: Finder) -> None:
    (timex,) = find("The lake froze 1,500 years ago.")
    assert (timex.exact, timex.value, timex.begin, timex.anchor) == ("1,500 years ago", None, None, None)


def test_a_count_within_the_bound_keeps_its_value(find: Finder) -> None:
    assert find("The abbey was built 800 years ago.")[0].value == "1224"


@pytest.mark.parametrize(("value", "plausible"), [("2025-09-03", True), ("2028-09-03", False)])
def test_a_supplied_year_stays_near_its_anchor(value: str, plausible: bool) -> None:
    today = date(2024, 10, 16)
    scene = Scene(lex("Sept. 3"), today, False, "MDY")
    reading = Reading("DATE", value, None, True, today)
    assert is_plausible(reading, "day", scene, 0) is plausible


def test_a_printed_year_is_never_doubted(find: Finder) -> None:
    assert find("The plan runs to 2160 or so, by March 3, 2190.")[-1].value == "2190-03-03"
