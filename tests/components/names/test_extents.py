"""The extent of a name by its type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.labels import ENTITY_TYPES
from pipeline.components.names import name_extent
from pipeline.record import EntityLabel


def extent(marked: str, label: EntityLabel) -> str:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    first, last = name_extent(text, start, end, label)
    return text[first:last]


@pytest.mark.parametrize(
    ("marked", "label", "exact"),
    [
        ("the film <The Salt Road> opened", "WORK_OF_ART", "The Salt Road"),
        ("The <Salt Road> opened", "WORK_OF_ART", "The Salt Road"),
        ("they read the <Salt Road>", "WORK_OF_ART", "Salt Road"),
        ("<The Harbour Board> met", "ORG", "Harbour Board"),
        ("the <Tor Film Festival Sunday>, with", "EVENT", "Tor Film Festival"),
        ("the <Congress of> the party", "ORG", "Congress"),
        ("the <Ley de Aguas (Water Law>) stood", "LAW", "Ley de Aguas"),
        ("the <Fisheries (Licences) Act> stood", "LAW", "Fisheries (Licences) Act"),
        ("under <Act No. 12> of 1976, the", "LAW", "Act No. 12 of 1976"),
        ("the <Lumen Group> of 1976", "ORG", "Lumen Group"),
        ("two <KF->31s landed", "PRODUCT", "KF-31"),
        ("<Mr. Ana Roe>’s house", "PERSON", "Ana Roe"),
        ("<Bloody Sunday> was marked", "EVENT", "Bloody Sunday"),
    ],
)
def test_a_name_ends_where_its_type_ends(marked: str, label: EntityLabel, exact: str) -> None:
    assert extent(marked, label) == exact


@given(st.text(), st.data(), st.sampled_from(ENTITY_TYPES))
def test_an_extent_stays_inside_any_text(text: str, data: st.DataObject, label: EntityLabel) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = name_extent(text, start, end, label)
    assert 0 <= first <= last <= len(text)
