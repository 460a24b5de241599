"""The spaCy component ``onrecord_dates``."""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.dates.finder import find_timexes
from pipeline.components.dates.tenses import Tense

for _name in ("date_published", "timexes"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class DatesComponent:
    """Sets ``doc._.timexes`` from the text and ``doc._.date_published``."""

    def __init__(self, *, date_order: str = "MDY", prefer: Tense = "past", short_dates: bool = False) -> None:
        self.date_order = date_order
        self.prefer = prefer
        self.short_dates = short_dates

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its time expressions."""
        published = publication_day(doc._.date_published)
        doc._.timexes = find_timexes(
            doc,
            published=published,
            date_order=self.date_order,
            prefer=self.prefer,
            short_dates=self.short_dates,
        )
        return doc


def publication_day(stamp: str | None) -> date | None:
    """The day of an ISO date or date-time; None for anything else."""
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


@Language.factory(
    "onrecord_dates",
    assigns=["doc._.timexes"],
    default_config={"date_order": "MDY", "prefer": "past", "short_dates": False},
)
def make_dates(nlp: Language, name: str, date_order: str, prefer: Tense, short_dates: bool) -> DatesComponent:
    """The component: the order of all-digit dates (MDY, DMY or YMD), and the options of ``find_timexes``."""
    return DatesComponent(date_order=date_order, prefer=prefer, short_dates=short_dates)
