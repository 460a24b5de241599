"""The spaCy component ``onrecord_dates``."""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.dates.finder import find_timexes

for _name in ("date_published", "timexes"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class DatesComponent:
    """Sets ``doc._.timexes`` from the text and ``doc._.date_published``."""

    def __init__(self, *, date_order: str = "MDY") -> None:
        self.date_order = date_order

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its time expressions."""
        published = publication_day(doc._.date_published)
        doc._.timexes = find_timexes(doc, published=published, date_order=self.date_order)
        return doc


def publication_day(stamp: str | None) -> date | None:
    """The day of an ISO date or date-time; None for anything else."""
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


@Language.factory("onrecord_dates", assigns=["doc._.timexes"], default_config={"date_order": "MDY"})
def make_dates(nlp: Language, name: str, date_order: str) -> DatesComponent:
    """The component, with the order in which all-digit dates are read: MDY, DMY or YMD."""
    return DatesComponent(date_order=date_order)
