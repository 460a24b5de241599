"""What holds of any names in any text."""

from __future__ import annotations

from time import process_time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.components.names import (
    NameMention,
    cluster_names,
    country_of,
    person_genders,
)
from pipeline.components.names.forms import trim_span
from pipeline.components.names.titles import split_titles
from pipeline.record import EntityLabel

LABELS: tuple[EntityLabel, ...] = get_args(EntityLabel)
_WORDS = st.sampled_from(
    [
        "Mr.",
        "the",
        "King",
        "Anna",
        "Moss",
        "Han",
        "Dong-su",
        "al-",
        "U.S.",
        "Acme",
        "Ltd.",
        "(AC)",
        "Jr.",
        "’s",
    ]
)
_NAMES = st.one_of(st.text(max_size=12), st.lists(_WORDS, min_size=1, max_size=5).map(" ".join))


def lay_out(names: list[tuple[str, EntityLabel]], between: str = ", ") -> tuple[str, list[NameMention]]:
    text, mentions = "", []
    for name, label in names:
        mentions.append(NameMention(len(text), len(text) + len(name), name, label))
        text += name + between
    return text, mentions


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(_NAMES, st.sampled_from(LABELS)), max_size=25),
    st.sampled_from([", ", " (", " ", "\n"]),
)
def test_any_names_give_one_entity_each_in_order(names: list[tuple[str, EntityLabel]], between: str) -> None:
    text, mentions = lay_out(names, between)
    entities = cluster_names(text, mentions)
    assert [(e.start, e.end, e.exact) for e in entities] == [(m.start, m.end, m.exact) for m in mentions]
    first_seen = list(dict.fromkeys(entity.ref for entity in entities))
    assert first_seen == [f"e{number}" for number in range(1, len(first_seen) + 1)]
    assert len({(e.ref, e.name) for e in entities}) == len(first_seen)
    assert cluster_names(text, mentions) == entities
    assert set(person_genders(text, entities)) <= set(first_seen)


@settings(deadline=None, max_examples=100)
@given(st.text(), st.data())
def test_titles_and_trimmings_stay_inside_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trim_span(text, start, end)
    assert start <= first <= last <= end
    name_start, name_end, titles = split_titles(text, start, end)
    assert start <= name_start <= name_end == end
    assert all(text[t.start : t.end] == t.exact for t in titles)


@pytest.mark.parametrize("unit", ["1", " ", "'", '"', "a", "A ", "(", "-", "A.", " (", "Mr. ", "the "])
def test_a_megabyte_of_anything_is_read_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = process_time()
    for label in LABELS:
        cluster_names(text, [NameMention(0, len(text), text, label)])
    split_titles(text, len(text) // 2, len(text))
    country_of(text)
    assert process_time() - begun < 20


@pytest.mark.parametrize("label", ["PERSON", "ORG", "LOC"])
def test_ten_thousand_namesakes_are_clustered_in_linear_time(label: EntityLabel) -> None:
    full = [f"{chr(65 + n % 26)}{n:x} Smith" for n in range(5_000)]
    text, mentions = lay_out([(name, label) for name in [*full, *["Smith"] * 5_000]])
    begun = process_time()
    cluster_names(text, mentions)
    assert process_time() - begun < 20
