"""Bodies told in full elsewhere: which description a bare noun is short for."""

from __future__ import annotations

import pytest

from pipeline.components.speakers.full_mentions import FullMentions
from pipeline.components.speakers.words import Words
from pipeline.record import Entity
from tests.components.handmade import make_doc

TAGS = (
    "union/NN bank/NN commission/NN agency/NN musicians/NNS ’/POS the/DT The/DT A/DT Czech/JJ central/JJ "
    "fisheries/NNS four/CD -/HYPH member/NN new/JJ leader/NN met/VBD said/VBD no/DT Diaz/NNP ’s/POS"
)


def name_of(text: str, phrase: str, at: str, *people: str) -> str | None:
    """The full name of a body of which ``phrase`` is said where the marked word stands."""
    places = [(text.index(name), text.index(name) + len(name), name) for name in people]
    entities = [Entity(s, e, name, "e1", "PERSON", name, None) for s, e, name in places]
    mentions = FullMentions(Words.of(make_doc(text, tags=TAGS)), entities)
    return mentions.name_of(phrase.split(), phrase.split()[-1], text.rindex(at))


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("The musicians’ union met. The union said no.", "union", "musicians’ union"),
        ("The Czech central bank met. The central bank said no.", "central bank", "Czech central bank"),
        ("The bank said no. The Czech central bank met.", "bank", "Czech central bank"),
        ("The musicians’ union met. The bank said no.", "bank", None),
        ("A four-member commission met. The commission said no.", "commission", None),
        ("The new union met. The union said no.", "union", None),
        ("The musicians’ union leader met. The union said no.", "union", None),
        ("The union met. The union said no.", "union", None),
    ],
)
def test_a_bare_noun_is_short_for_the_full_description(text: str, phrase: str, name: str | None) -> None:
    assert name_of(text, phrase, phrase.rsplit(" ", 1)[-1]) == name


def test_the_nearest_description_before_counts() -> None:
    text = "The fisheries agency met. The Czech agency met. The agency said no. The central agency met."
    assert name_of(text.replace(" The central agency met.", ""), "agency", "agency") == "Czech agency"


def test_what_belongs_to_a_person_is_no_description() -> None:
    assert name_of("Diaz’s bank met. The bank said no.", "bank", "bank", "Diaz") is None
