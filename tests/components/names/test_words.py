"""Titles, given names and pronouns."""

from __future__ import annotations

import pytest

from pipeline.components.names import (
    TITLES,
    given_name_gender,
    pronoun,
    title_gender,
)
from pipeline.components.names.forms import trim_span
from pipeline.components.names.lexicon import rows
from pipeline.components.names.titles import split_titles


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        ("President Oksana Petrenko", "Oksana Petrenko", ["President"]),
        ("Prime Minister Oksana Petrenko", "Oksana Petrenko", ["Prime Minister"]),
        ("Prof. Sir Jan Huber", "Jan Huber", ["Prof.", "Sir"]),
        ("Sen Jan Huber", "Jan Huber", ["Sen"]),
        ("president Petrenko", "Petrenko", ["president"]),
        ("King", "King", []),
        ("Oksana King", "Oksana King", []),
        ("Judge", "Judge", []),
    ],
)
def test_titles_inside_a_name_come_off_where_a_name_remains(text: str, name: str, titles: list[str]) -> None:
    start, end, found = split_titles(text, 0, len(text))
    assert (text[start:end], [title.exact for title in found]) == (name, titles)


@pytest.mark.parametrize(
    ("before", "titles"),
    [
        ("said Mr. ", ["Mr."]),
        ("Former Prime Minister ", ["Prime Minister"]),
        ("(Lt. Gen. ", ["Lt. Gen."]),
        ("Gen. Sir ", ["Gen.", "Sir"]),
        ("the president ", []),
        ("Mr.\n", []),
        ("", []),
    ],
)
def test_capitalised_titles_left_of_a_name_are_found(before: str, titles: list[str]) -> None:
    text = before + "Petrenko"
    start, _, found = split_titles(text, len(before), len(text))
    assert (start, [title.exact for title in found]) == (len(before), titles)
    assert all(text[title.start : title.end] == title.exact for title in found)


@pytest.mark.parametrize(
    ("title", "gender"),
    [
        ("Mr.", "male"),
        ("mrs", "female"),
        ("Queen", "female"),
        ("Sir", "male"),
        ("Dr.", None),
        ("Nobody", None),
    ],
)
def test_some_titles_tell_a_gender(title: str, gender: str | None) -> None:
    assert title_gender(title) == gender


def test_a_role_is_no_title() -> None:
    assert "kremlin spokesman" not in TITLES


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Oksana", "female"), ("oksana petrenko", "female"), ("José", "male"), ("Jean-Luc", "male"),
        ("Anne-Sophie", "female"), ("Robin", None), ("Andrea", None), ("Xqzt", None), ("", None),
    ],
)  # fmt: skip
def test_a_given_name_tells_a_gender_where_one_prevails(name: str, gender: str | None) -> None:
    assert given_name_gender(name) == gender


def test_the_given_names_are_many_and_listed_once() -> None:
    names = [name for _, line in rows("given", 2) for name in line.split()]
    assert len(names) > 1500
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("form", "number", "gender"),
    [
        ("He", "singular", "male"),
        ("HERSELF", "singular", "female"),
        ("they", "any", "any"),
        ("its", "singular", "neuter"),
    ],
)
def test_a_pronoun_tells_number_and_gender(form: str, number: str, gender: str) -> None:
    found = pronoun(form)
    assert found is not None
    assert (found.number, found.gender) == (number, gender)


def test_another_word_is_no_pronoun() -> None:
    assert pronoun("hers-and-his") is None


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("the Hague's", "Hague"),
        ("“Petrenko”", "Petrenko"),
        ("Petrenko’s", "Petrenko"),
        ("James'", "James"),
        (" Acme, ", "Acme"),
        ("the ", "the"),
        ("''", "''"),
    ],
)
def test_a_name_is_trimmed_to_itself(text: str, trimmed: str) -> None:
    start, end = trim_span(text, 0, len(text))
    assert text[start:end] == trimmed
