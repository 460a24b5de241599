"""What the pages of a report share: who speaks, where a claim stands, a claim as lists show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from pipeline.outputs.report.people import People, Person
from pipeline.outputs.report.wording import (
    clipped,
    date_words,
    day_of,
    file_name,
    one_line,
    quantity_words,
)

Json = dict[str, Any]

KINDS: Final = ("direct", "mixed", "indirect", "statement")
KIND_NAMES: Final = {
    "direct": "direct quotation",
    "mixed": "mixed quotation",
    "indirect": "indirect speech",
    "statement": "the article's own statement",
}
STATUS_NAMES: Final = {
    "named": "named",
    "described": "described, not named",
    "anonymous": "anonymous sources",
    "collective": "groups and officials",
    "document": "documents",
    "generic": "people in general",
    "unresolved": "not resolved",
    "missing": "no speaker given",
    "author": "the article itself",
}
# The longest claim of the development sets has 1,100 characters; lists need not show more.
LISTED_LENGTH: Final = 600
LISTED_FIGURES: Final = 6
TRAITS: Final = ("money", "percent", "number", "date", "hedged")
# One set for each combination: a report holds many claims, and few kinds of them.
_TRAITS: Final = {
    flags: frozenset(name for name, flag in zip(TRAITS, flags, strict=True) if flag)
    for flags in product((False, True), repeat=len(TRAITS))
}
_ARTICLE_ID: Final = re.compile(r"art_[0-9a-f]{32}")


def kind_name(kind: str) -> str:
    """A kind of claim in words."""
    return KIND_NAMES.get(kind, kind)


def status_name(status: str) -> str:
    """A status of speakers in words."""
    return STATUS_NAMES.get(status, status)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is behind a claim, and whose pages it stands on: the article's own statements have none."""

    name: str
    status: str
    roles: tuple[str, ...]
    affiliation: str | None
    people: tuple[Person, ...] = ()

    @property
    def page(self) -> str | None:
        """The path of the page, from the top of the report; of those who speak together the first one's."""
        return self.people[0].page if self.people else None


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article as lists show it."""

    page: str
    title: str
    publisher: str | None
    day: str | None
    words: int
    claims: int


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim as lists show it; ``page`` is where it stands, ``claim_id`` the anchor there."""

    claim_id: str
    page: str
    kind: str
    text: str
    voice: Voice
    said_on: str | None
    article: ArticleEntry
    figures: tuple[str, ...]
    traits: frozenset[str]

    @property
    def href(self) -> str:
        """Where the claim stands in its article, from the top of the report."""
        return f"{self.page}#{self.claim_id}"

    @property
    def day(self) -> str | None:
        """The day it was said, else the day its article was published."""
        return self.said_on or self.article.day


def voice_of(claim: Json, people: People) -> Voice:
    """Who is behind a claim."""
    speaker = claim["speaker"]
    status = speaker["status"]
    name = one_line(speaker["name"] or "") or status_name(status)
    roles = tuple(dict.fromkeys(one_line(role["exact"]) for role in speaker["roles"]))
    name = clipped(name, LISTED_LENGTH)
    found = people.of(claim) if status == "named" else _source(name, status)
    return Voice(name, status, roles, speaker["affiliation"], found)


def _source(name: str, status: str) -> tuple[Person, ...]:
    """The page that sources without a name share; the article itself has none."""
    if status == "author":
        return ()
    return (Person(name, status_name(status), f"speakers/unnamed-{file_name(status)}.html"),)


def article_entry(article: Json) -> ArticleEntry:
    """An article as lists show it."""
    counts = article["counts"]
    return ArticleEntry(
        article_page(article["article_id"], 0),
        clipped(one_line(article["title"] or article["source"]), LISTED_LENGTH),
        article["publisher"],
        day_of(article["date_published"]),
        counts["words"],
        counts["claims"],
    )


def article_page(article_id: str, part: int) -> str:
    """The path of an article's page; long articles have several."""
    name = article_id if _ARTICLE_ID.fullmatch(article_id) else file_name(article_id)
    return f"articles/{name}.html" if part == 0 else f"articles/{name}-{part + 1}.html"


def claim_entry(
    claim: Json, article: ArticleEntry, page: str, voice_of: Callable[[Json], Voice]
) -> ClaimEntry:
    """A claim as lists show it."""
    return ClaimEntry(
        claim["claim_id"],
        page,
        claim["kind"],
        clipped(one_line(claim["text"]), LISTED_LENGTH),
        voice_of(claim),
        day_of(claim["said_on"]),
        article,
        tuple(_figures(claim))[:LISTED_FIGURES],
        traits_of(claim),
    )


def _figures(claim: Json) -> Iterator[str]:
    for quantity in claim["quantities"]:
        yield clipped(quantity_words(quantity), 80)
    for timex in claim["dates"]:
        if timex["begin"] is not None:
            yield date_words(timex)


def traits_of(claim: Json) -> frozenset[str]:
    """What readers filter by: money, percent, any number, date, hedged."""
    kinds = {quantity["kind"] for quantity in claim["quantities"]}
    percent = bool(kinds & {"percent", "percentage_points"})
    flags = ("money" in kinds, percent, bool(kinds), bool(claim["dates"]), bool(claim["modality"]["hedged"]))
    return _TRAITS[flags]
