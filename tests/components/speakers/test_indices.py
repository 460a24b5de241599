"""Names by what sources ask for: each index gives what a search through all names would."""

from __future__ import annotations

from pipeline.components.speakers.indices import first_by_initials, first_mentions, first_states
from pipeline.record import Entity

DIAZ = Entity(0, 8, "Ana Diaz", "e1", "PERSON", "Ana Diaz", None)
DREW = Entity(10, 20, "Adam Drew", "e2", "PERSON", "Adam Drew", None)
DIAZ_AGAIN = Entity(30, 34, "Diaz", "e1", "PERSON", "Ana Diaz", None)
PORTO = Entity(80, 85, "Porto", "e5", "GPE", "Porto", "PT")
PORTUGAL = Entity(90, 98, "Portugal", "e6", "GPE", "Portugal", "PT")
PORTUGUESE = Entity(100, 110, "Portuguese", "e7", "NORP", "Portuguese", "PT")


def test_a_thing_is_known_by_its_first_mention() -> None:
    assert first_mentions([DIAZ, DIAZ_AGAIN]) == {"e1": DIAZ}


def test_initials_lead_to_the_first_name_that_has_them() -> None:
    assert first_by_initials([DIAZ, DREW])["AD"] == DIAZ


def test_a_country_is_known_by_the_first_place_in_it() -> None:
    assert first_states([PORTUGUESE, PORTO, PORTUGAL]) == [PORTO]
