"""The pages of an article: its text with all that was found in it, and the records beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pipeline.outputs.report.entries import (
    ArticleEntry,
    Voice,
    article_page,
    kind_name,
    status_name,
    voice_of,
)
from pipeline.outputs.report.marking import Piece, Range, marked, marks_of
from pipeline.outputs.report.people import People
from pipeline.outputs.report.wording import (
    clipped,
    date_words,
    day_of,
    day_words,
    modality_words,
    one_line,
    quantity_words,
    web_link,
)

Json = dict[str, Any]
Numbered = list[tuple[int, Json]]
Place = tuple[Range, ...]

# Densely marked news takes some 15 bytes of page for a character; this keeps a page well under a megabyte.
PART_LENGTH: Final = 25_000
_CARD_TEXT: Final = 900
_CARD_ITEMS: Final = 30


@dataclass(frozen=True, slots=True)
class ShownText:
    """The text of an article and where its paragraphs lie."""

    text: str
    paragraphs: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in its pieces."""

    zone: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a claim's record; with a link where it names another page or claim."""

    name: str
    values: tuple[str, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """The record of a claim as a page shows it."""

    number: int
    claim_id: str
    kind: str
    kind_name: str
    text: str
    voice: Voice
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of an article."""

    path: str
    entry: ArticleEntry
    part: int
    parts: int
    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    facts: tuple[Fact, ...]
    language: str | None
    has_title: bool

    @property
    def labels(self) -> dict[int, str]:
        """What a screen reader says of a claim's number, and where its record is."""
        return {card.number: f"Claim {card.number}, {card.kind}, {card.voice.name}" for card in self.cards}

    @property
    def anchors(self) -> dict[int, str]:
        """The anchors of the records."""
        return {card.number: card.claim_id for card in self.cards}


def pages_of_article(
    article: Json, entry: ArticleEntry, claims: list[Json], shown: ShownText | None, people: People
) -> list[ArticlePage]:
    """The pages of an article, one unless it is very long; claims stand where their content begins."""
    places: list[Place] = _parts(shown.paragraphs) if shown else [()]
    numbered = list(enumerate(claims, 1))
    shares = _share_out(numbered, places)
    pages = {claim["claim_id"]: part for part, share in enumerate(shares) for _, claim in share}
    blocks = _blocks(article, shown, numbered, places) if shown else iter(())
    made = []
    for part, (place, share) in enumerate(zip(places, shares, strict=True)):
        cards = tuple(
            _card(number, claim, voice_of(claim, people), _facts(claim, article["article_id"], pages))
            for number, claim in share
        )
        made.append(_page(article, entry, part, len(places), tuple(islice(blocks, len(place))), cards))
    return made


def _page(
    article: Json,
    entry: ArticleEntry,
    part: int,
    parts: int,
    blocks: tuple[Block, ...],
    cards: tuple[Card, ...],
) -> ArticlePage:
    return ArticlePage(
        article_page(article["article_id"], part),
        entry,
        part,
        parts,
        blocks,
        cards,
        tuple(fact for fact in _article_facts(article) if any(fact.values)),
        article["language"],
        bool(blocks) and blocks[0].zone == "title",
    )


def _article_facts(article: Json) -> Iterator[Fact]:
    published = article["date_published"]
    yield Fact("publisher", (article["publisher"] or "",))
    yield Fact("by", (", ".join(article["authors"]),))
    yield Fact("published", (day_words(day_of(published)) if day_of(published) else published or "",))
    yield Fact("source", (article["source"],), web_link(article["url"]))
    yield Fact("warnings", tuple(article["warnings"]))


def _parts(paragraphs: Iterable[Range]) -> list[Place]:
    """The paragraphs by page; one that would fill a page by itself is cut."""
    parts: list[list[Range]] = [[]]
    room = PART_LENGTH
    for start, end in paragraphs:
        for begin in range(start, end, PART_LENGTH):
            stop = min(end, begin + PART_LENGTH)
            if stop - begin > room:
                parts.append([])
                room = PART_LENGTH
            parts[-1].append((begin, stop))
            room -= stop - begin
    return [tuple(part) for part in parts]


def _share_out(numbered: Numbered, places: list[Place]) -> list[Numbered]:
    """The claims by page."""
    begins = [place[0][0] for place in places[1:]]
    shares: dict[int, Numbered] = defaultdict(list)
    for number, claim in numbered:
        shares[bisect_right(begins, claim["segments"][0]["start"])].append((number, claim))
    return [shares[part] for part in range(len(places))]


def _blocks(
    article: Json, shown: ShownText, numbered: Numbered, places: Iterable[Iterable[Range]]
) -> Iterator[Block]:
    """The paragraphs of all pages."""
    lines = [line for place in places for line in place]
    zones = article["zones"]
    starts = [zone["start"] for zone in zones]
    for line, found in zip(lines, marked(shown.text, marks_of(article, numbered), lines), strict=True):
        zone = zones[bisect_right(starts, line[0]) - 1]["zone"] if starts and starts[0] <= line[0] else "body"
        yield Block(zone, found)


def _card(number: int, claim: Json, voice: Voice, facts: Iterable[Fact]) -> Card:
    return Card(
        number,
        claim["claim_id"],
        claim["kind"],
        kind_name(claim["kind"]),
        clipped(one_line(claim["text"]), _CARD_TEXT),
        voice,
        tuple(fact for fact in facts if any(fact.values)),
    )


def _facts(claim: Json, article_id: str, pages: dict[str, int]) -> Iterator[Fact]:
    speaker, cue, context = claim["speaker"], claim["cue"], claim["context"]
    yield from _speaker_facts(speaker)
    yield Fact("cue", (f"{one_line(cue['exact'])} ({cue['class'].replace('_', ' ')})" if cue else "",))
    yield Fact("told", (one_line(claim["addressee"]["exact"]) if claim["addressee"] else "",))
    yield Fact("said on", (day_words(claim["said_on"]) if claim["said_on"] else "",))
    yield Fact("how firmly", (modality_words(claim["modality"]),))
    yield Fact("numbers", _items(_readings(claim["quantities"], quantity_words)))
    yield Fact("dates", _items(_readings(claim["dates"], date_words)))
    yield Fact("names", _items(dict.fromkeys(entity["name"] for entity in claim["entities"])))
    outer = context["nested_in"]
    yield Fact("inside", ("another claim",) if outer in pages else (), _anchor(article_id, outer, pages))
    yield Fact("decided by", (f"{claim['decided_by']['claim']}, {claim['decided_by']['speaker']}",))
    yield Fact("confidence", (_confidence(claim["confidence"]),))
    yield Fact("warnings", tuple(claim["warnings"]))


def _speaker_facts(speaker: Json) -> Iterator[Fact]:
    surface = one_line(speaker["surface"]["exact"]) if speaker["surface"] else ""
    roles = dict.fromkeys(one_line(role["exact"]) for role in speaker["roles"])
    yield Fact("called here", (surface if surface != speaker["name"] else "",))
    yield Fact("role", _items(roles))
    yield Fact("of", (speaker["affiliation"] or "",))
    if speaker["status"] not in ("named", "author"):
        yield Fact("speaker is", (status_name(speaker["status"]),))


def _readings(spans: Iterable[Json], words: Any) -> Iterator[str]:
    for span in spans:
        yield f"{clipped(one_line(span['exact']), 120)} = {words(span)}"


def _items(values: Iterable[str]) -> tuple[str, ...]:
    """The first values, and how many more there are."""
    known = tuple(values)
    more = len(known) - _CARD_ITEMS
    return (*known[:_CARD_ITEMS], f"and {more} more") if more > 0 else known


def _anchor(article_id: str, claim_id: str | None, pages: dict[str, int]) -> str | None:
    if claim_id not in pages or claim_id is None:
        return None
    return f"{article_page(article_id, pages[claim_id]).removeprefix('articles/')}#{claim_id}"


def _confidence(confidence: Json) -> str:
    known = (("claim", confidence["claim"]), ("speaker", confidence["speaker"]))
    return ", ".join(f"{name} {value:.0%}" for name, value in known if value is not None)


def claim_pages(pages: Iterable[ArticlePage]) -> dict[str, str]:
    """On which page each claim stands."""
    return {card.claim_id: page.path for page in pages for card in page.cards}
