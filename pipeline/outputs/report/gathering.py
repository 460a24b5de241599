"""One walk over a run: the articles with their claims, and what the pages about all of them need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.outputs.report.entries import ArticleEntry, ClaimEntry, Voice, claim_entry, voice_of
from pipeline.outputs.report.people import People
from pipeline.outputs.report.wording import day_of, one_line, quantity_words
from pipeline.outputs.runs import FinishedRun, as_record

Json = dict[str, Any]


class Mentioned(NamedTuple):
    """A date that a claim mentions."""

    begin: str
    end: str
    exact: str
    claim: ClaimEntry


class Amount(NamedTuple):
    """A number that a claim mentions."""

    value: float
    words: str
    claim: ClaimEntry


@dataclass(slots=True)
class Gathered:
    """What the pages about all articles show."""

    people: People = field(default_factory=People)
    articles: list[ArticleEntry] = field(default_factory=list)
    claims: list[ClaimEntry] = field(default_factory=list)
    voices: dict[str, list[ClaimEntry]] = field(default_factory=lambda: defaultdict(list))
    dates: list[Mentioned] = field(default_factory=list)
    money: dict[str, list[Amount]] = field(default_factory=lambda: defaultdict(list))
    percents: list[Amount] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    without_text: int = 0
    _known: dict[Voice, Voice] = field(default_factory=dict)

    def add(self, entry: ArticleEntry, claims: list[Json], pages: dict[str, str]) -> None:
        """Take in an article with its claims."""
        self.articles.append(entry)
        for claim in claims:
            self._add_claim(claim, claim_entry(claim, entry, pages[claim["claim_id"]], self._voice))

    def _voice(self, claim: Json) -> Voice:
        """The same object for the same voice: a report holds many claims of one speaker."""
        voice = voice_of(claim, self.people)
        return self._known.setdefault(voice, voice)

    def _add_claim(self, claim: Json, entry: ClaimEntry) -> None:
        self.claims.append(entry)
        self.kinds[entry.kind] += 1
        self.statuses[entry.voice.status] += 1
        for person in entry.voice.people:
            self.voices[person.page].append(entry)
        self.dates += _mentioned(claim, entry)
        for quantity in claim["quantities"]:
            self._add_quantity(quantity, entry)

    def _add_quantity(self, quantity: Json, entry: ClaimEntry) -> None:
        value = next((quantity[key] for key in ("value", "low", "high") if quantity[key] is not None), None)
        if value is None:
            return
        amount = Amount(value, quantity_words({**quantity, "of": None, "unit": "", "change": None}), entry)
        if quantity["kind"] == "money":
            self.money[quantity["unit"]].append(amount)
        elif quantity["kind"] == "percent":
            self.percents.append(amount)


def _mentioned(claim: Json, entry: ClaimEntry) -> Iterator[Mentioned]:
    for timex in claim["dates"]:
        begin = day_of(timex["begin"])
        if begin is not None:
            yield Mentioned(begin, day_of(timex["end_date"]) or begin, one_line(timex["exact"]), entry)


def articles_with_claims(run: FinishedRun) -> Iterator[tuple[Json, list[Json]]]:
    """Each article with its claims; a run writes both in the same order."""
    groups = groupby(run.records("claims"), key=partial(as_record, _article_of))
    ahead = _next_group(groups)
    for article in run.records("articles"):
        identifier, expected = as_record(_expectation, article)
        claims: list[Json] = []
        if ahead is not None and ahead[0] == identifier:
            claims, ahead = ahead[1], _next_group(groups)
        if len(claims) != expected:
            raise ReadError("E_RECORD", f"{identifier} lists {expected} claims, found are {len(claims)}")
        yield article, claims
    if ahead is not None:
        raise ReadError("E_RECORD", f"claims of {ahead[0]}, which is not among the articles in its place")


def _next_group(groups: Iterator[tuple[str, Iterator[Json]]]) -> tuple[str, list[Json]] | None:
    found = next(groups, None)
    return None if found is None else (found[0], list(found[1]))


def _article_of(claim: Json) -> str:
    return str(claim["article"]["article_id"])


def _expectation(article: Json) -> tuple[str, int]:
    return str(article["article_id"]), len(article["claim_ids"])
