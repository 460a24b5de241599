"""Days, months and years that are named. Published on Wednesday, 16 October 2024."""

from __future__ import annotations

import pytest

from tests.components.dates.conftest import Finder


@pytest.mark.parametrize(
    ("sentence", "exact", "value"),
    [
        ("The bridge opened on June 19, 2024, after a delay.", "June 19, 2024", "2024-06-19"),
        ("It opened on 19 June 2024.", "19 June 2024", "2024-06-19"),
        ("It opened on the 19th of June 2024.", "the 19th of June 2024", "2024-06-19"),
        ("It opened on Wed., Oct. 2, 2024.", "Wed., Oct. 2, 2024", "2024-10-02"),
        ("It opened on Sept. 30.", "Sept. 30", "2024-09-30"),
        ("It opened on March eighth.", "March eighth", "2024-03-08"),
        ("The log is dated 2024-02-29.", "2024-02-29", "2024-02-29"),
        ("The form is dated 05/03/2013.", "05/03/2013", "2013-05-03"),
        ("It was found on 10 Nov 11.", "10 Nov 11", "2011-11-10"),
        ("Few remember October 1950 now.", "October 1950", "1950-10"),
        ("The firm was founded in October, 1994.", "October, 1994", "1994-10"),
        ("The firm was founded in 1994.", "1994", "1994"),
        ("The firm failed in fiscal 1989.", "fiscal 1989", "1989"),
        ("It was nineteen ninety-seven.", "nineteen ninety-seven", "1997"),
        ("Computers failed in the year two thousand.", "the year two thousand", "2000"),
        ("Fashions of the 1980s return.", "the 1980s", "198"),
        ("Fashions of the '80s return.", "the '80s", "198"),
        ("Fashions of the nineties return.", "the nineties", "199"),
        ("It is a 19th century mill.", "19th century", "18"),
        ("The city fell in 480 BC.", "480 BC", "BC0480"),
    ],
)
def test_a_printed_date_keeps_its_words_and_precision(
    find: Finder, sentence: str, exact: str, value: str
) -> None:
    (timex,) = [timex for timex in find(sentence) if timex.exact != "now"]
    assert (timex.exact, timex.type, timex.value) == (exact, "DATE", value)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Officials said Monday that the road was closed.", "2024-10-14"),
        ("Officials said Wednesday that the road was closed.", "2024-10-16"),
        ("Officials said Thursday that the road was closed.", "2024-10-10"),
        ("The council will meet Monday.", "2024-10-21"),
        ("A hearing is scheduled for Friday.", "2024-10-18"),
        ("The strike lasts until Friday.", "2024-10-18"),
        ("The mayor resigned last Wednesday.", "2024-10-09"),
        ("The mayor spoke next Monday's guests through the plan.", "2024-10-21"),
    ],
)
def test_a_weekday_is_the_latest_one_unless_the_clause_looks_forward(
    find: Finder, sentence: str, value: str
) -> None:
    (timex,) = find(sentence)
    assert (timex.value, timex.relative, timex.anchor) == (value, True, "2024-10-16")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The plant closed in June.", "2024-06"),
        ("The plant closed in December.", "2023-12"),
        ("The plant will close in December.", "2024-12"),
        ("The plant will close in March.", "2025-03"),
        ("The plant closed last June.", "2024-06"),
        ("The plant closed last October.", "2023-10"),
        ("The plant closed in June last year.", "2023-06"),
        ("The plant reopens this September.", "2024-09"),
        ("The bill is due by March of next year.", "2025-03"),
    ],
)
def test_a_month_takes_its_year_from_tense_and_reference(find: Finder, sentence: str, value: str) -> None:
    (timex,) = find(sentence)
    assert timex.value == value


def test_a_day_without_year_is_the_nearest_one(find: Finder) -> None:
    assert find("They met on Dec. 28.", "2025-01-03")[0].value == "2024-12-28"


def test_a_day_told_in_the_past_tense_is_not_put_months_ahead(find: Finder) -> None:
    assert find("Revenue rose in the year that ended March 31.", "2024-10-31")[-1].value == "2024-03-31"


@pytest.mark.parametrize(
    ("words", "mod"),
    [("early 1990", "START"), ("mid-November", "MID"), ("late May", "END"), ("the end of 2023", "END")],
)
def test_words_around_a_date_become_its_modifier(find: Finder, words: str, mod: str) -> None:
    (timex,) = find(f"The work began in {words}.")
    assert (timex.exact, timex.mod) == (words, mod)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("She ruled 1994-96.", ["1994", "1996"]),
        ("She ruled (1994–1996).", ["1994", "1996"]),
        ("The poll ran from June 24 to 26, 2022.", ["2022-06-24", "2022-06-26"]),
        ("They meet on April 24 and 25.", ["2024-04-24", "2024-04-25"]),
        ("It rained from May to July 2011.", ["2011-05", "2011-07"]),
        ("It burned between May 3 and June 7, 2011.", ["2011-05-03", "2011-06-07"]),
    ],
)
def test_both_ends_of_a_range_are_found(find: Finder, sentence: str, values: list[str]) -> None:
    assert [timex.value for timex in find(sentence)] == values


@pytest.mark.parametrize(
    ("order", "value"), [("MDY", "2024-03-12"), ("DMY", "2024-12-03")], ids=["month first", "day first"]
)
def test_the_order_of_an_all_digit_date_is_an_option(find: Finder, order: str, value: str) -> None:
    assert find("Stamped 03/12/2024.", date_order=order)[0].value == value


def test_a_day_that_no_calendar_has_stays_words(find: Finder) -> None:
    (timex,) = find("The stamp says February 29, 2023.")
    assert (timex.exact, timex.value, timex.begin) == ("February 29, 2023", None, None)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The march was to have started Saturday.", "2024-10-19"),
        ("The march will be held Saturday.", "2024-10-19"),
        ("The march was held Saturday.", "2024-10-12"),
        ("They will meet next Friday.", "2024-10-25"),
        ("They will meet this Friday.", "2024-10-18"),
        ("They met this Friday.", "2024-10-11"),
    ],
)
def test_a_weekday_follows_what_the_verbs_tell(find: Finder, sentence: str, value: str) -> None:
    (timex,) = find(sentence)
    assert timex.value == value


def test_the_decade_of_a_persons_age_is_no_decade(find: Finder) -> None:
    assert find("A man in his early sixties was hurt.") == []


def test_the_weekday_says_which_year_is_meant(find: Finder) -> None:
    (timex,) = find("The lease runs out on Friday, July 18.")
    assert timex.value == "2025-07-18"
