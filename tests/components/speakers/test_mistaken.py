"""Names taken for persons' that bodies bear."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.mistaken import with_bodies
from pipeline.components.speakers.words import Words
from tests.components.handmade import entities_of, marked_doc

TAGS = (
    "the/DT The/DT grid/NN operator/NN supplier/NN mayor/NN said/VBD came/VBD on/IN campaign/NN late/JJ "
    "Sentinel/NNP Nordlys/NNP Porvo/NNP Dairies/NNPS Ana/NNP Diaz/NNP Queen/NNP Mr./NNP"
)


def labels(marked: str) -> set[str]:
    doc, found = marked_doc(marked, tags=TAGS)
    return {entity.label for entity in with_bodies(Words.of(doc), entities_of(found))}


@pytest.mark.parametrize(
    "marked",
    [
        "The <PERSON.s>Sentinel</> came.",
        "The grid operator <PERSON.n>Nordlys</> came.",
        "The supplier, <PERSON.p>Porvo Dairies</>, came.",
        "<PERSON.p>Ana Dairies</> came.",
        "<PERSON.s>Sentinel</> came on the <PERSON.s>Sentinel</>.",
    ],
)
def test_an_article_or_a_noun_for_a_firm_tells_a_body(marked: str) -> None:
    assert labels(marked) == {"ORG"}


@pytest.mark.parametrize(
    "marked",
    [
        "The <PERSON.d>Diaz</> campaign came.",
        "The supplier, <PERSON.a>Ana Diaz</>, came.",
        "The late <PERSON.n>Nordlys</> came.",
        "The <PERSON.q>Queen</> came.",
        "The <PERSON.d>Diaz</> came. Mr. <PERSON.d>Diaz</> said.",
        "The mayor <PERSON.n>Nordlys</> came.",
    ],
)
def test_given_names_titles_and_offices_keep_a_person(marked: str) -> None:
    assert labels(marked) == {"PERSON"}
