"""The stage as a spaCy component."""

from __future__ import annotations

import pytest
import spacy

from pipeline.components.dates import publication_day


def test_the_component_sets_the_timexes_of_a_doc() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates")
    doc = nlp.make_doc("The harbour was closed yesterday.")
    doc._.date_published = "2024-10-16T08:00:00Z"
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [timex.value for timex in doc._.timexes] == ["2024-10-15"]


def test_the_order_of_numeric_dates_is_configurable() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates", config={"date_order": "DMY"})
    assert nlp("Stamped 03/12/2024.")._.timexes[0].value == "2024-12-03"


def test_a_doc_without_a_date_is_no_error() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates")
    assert nlp("It closed on Monday.")._.timexes[0].value is None


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-10-16", "2024-10-16"),
        ("2024-10-16T23:59:59+02:00", "2024-10-16"),
        (None, None),
        ("", None),
        ("soon", None),
    ],
)
def test_the_publication_day_is_the_date_of_the_stamp(stamp: str | None, day: str | None) -> None:
    found = publication_day(stamp)
    assert (found.isoformat() if found else None) == day


def test_a_diary_may_prefer_the_future() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates", config={"prefer": "future", "short_dates": True})
    doc = nlp.make_doc("Lunch on Tuesday; the dentist on 2/15.")
    doc._.date_published = "2024-10-16"
    timexes = nlp.get_pipe("onrecord_dates")(doc)._.timexes
    assert [timex.value for timex in timexes] == ["2024-10-22", "2025-02-15"]
