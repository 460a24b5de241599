"""The search of a report: an inverted index cut into small files that a page loads as it needs them.

Claims are numbered newest first, so the order of postings is the order of results and a filter on days
is a range of numbers. Terms are sorted and cut into files of about equal size; a directory holds the
first term of each, so that the beginning of a word is found with one or two of them (Zobel and Moffat,
Inverted files for text search engines, 2006, section 4, with a file in the place of a disk block).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any, Final

from pipeline.outputs.report.entries import KINDS, TRAITS, ClaimEntry
from pipeline.outputs.report.wording import clean

Postings = dict[str, list[int]]
DataFile = tuple[str, Any]

# A browser reads a file of this size from disk in a few milliseconds.
CLAIMS_A_FILE: Final = 200
POSTINGS_A_FILE: Final = 16_000
# A word that stands in more claims than this, and in a fifth of all, tells nothing and is not looked up.
COMMON: Final = 5_000
COMMON_SHARE: Final = 0.2
SPEAKER_MARK: Final = "@"

_WORD: Final = re.compile(r"[^\W_]+")
# A run of letters without end is no word.
_LONGEST: Final = 60


def terms_of(text: str) -> set[str]:
    """The words of a text as they are looked up: no case, no accents. The search page does the same."""
    plain = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    return {word[:_LONGEST] for word in _WORD.findall(letters)}


def search_files(claims: Iterable[ClaimEntry]) -> Iterator[DataFile]:
    """The data files by name: a directory, terms, claims, and what claims are filtered by."""
    ordered = sorted(claims, key=lambda claim: claim.article.day or "", reverse=True)
    shards = list(_shards(_postings(ordered), len(ordered)))
    groups = list(_groups(ordered))
    yield (
        "directory",
        {
            "claims": len(ordered),
            "size": CLAIMS_A_FILE,
            "terms": [next(iter(shard)) for shard in shards],
            "days": _days(ordered),
        },
    )
    yield "traits", "".join(f"{_trait_code(claim):02x}" for claim in ordered)
    for number, shard in enumerate(shards):
        yield f"terms-{number}", shard
    for number, group in enumerate(groups):
        yield f"claims-{number}", _rows(group)


def _postings(claims: list[ClaimEntry]) -> Postings:
    found: Postings = defaultdict(list)
    for number, claim in enumerate(claims):
        voice = claim.voice
        headings = (person.heading for person in voice.people if voice.status == "named")
        names = terms_of(" ".join((voice.name, *headings, *voice.roles, voice.affiliation or "")))
        for term in terms_of(claim.text) | {SPEAKER_MARK + name for name in names}:
            found[term].append(number)
    return found


def _shards(postings: Postings, total: int) -> Iterator[dict[str, list[int] | int]]:
    """The terms in the order in which a browser compares them, cut where a file is full."""
    shard: dict[str, list[int] | int] = {}
    size = 0
    for term in sorted(postings, key=lambda term: term.encode("utf-16-be", "surrogatepass")):
        numbers = postings[term]
        if shard and size + len(numbers) > POSTINGS_A_FILE:
            yield shard
            shard, size = {}, 0
        if len(numbers) > max(COMMON, COMMON_SHARE * total) and not term.startswith(SPEAKER_MARK):
            shard[term] = len(numbers)
        else:
            shard[term] = gaps(numbers)
            size += len(numbers)
        size += 2
    if shard:
        yield shard


def gaps(numbers: list[int]) -> list[int]:
    """Rising numbers as the first and the steps between them, which are shorter to write."""
    return [*numbers[:1], *(after - before for before, after in pairwise(numbers))]


def _days(claims: list[ClaimEntry]) -> list[tuple[str, int]]:
    """Each day of publication and the number of its first claim; claims without a day come last."""
    days = groupby(enumerate(claims), key=lambda item: item[1].article.day or "")
    return [(day, next(group)[0]) for day, group in days]


def _trait_code(claim: ClaimEntry) -> int:
    """The kind in the lowest two bits, a bit for each trait above them."""
    traits = sum(1 << place for place, trait in enumerate(TRAITS, 2) if trait in claim.traits)
    return traits + (KINDS.index(claim.kind) if claim.kind in KINDS else 0)


def _groups(claims: list[ClaimEntry]) -> Iterator[list[ClaimEntry]]:
    for start in range(0, len(claims), CLAIMS_A_FILE):
        yield claims[start : start + CLAIMS_A_FILE]


def _rows(claims: list[ClaimEntry]) -> dict[str, Any]:
    """Claims as rows, with the articles that they point to."""
    articles = {claim.page: claim.article for claim in claims}
    places = {page: place for place, page in enumerate(articles)}
    return {
        "articles": [
            [page, clean(article.title), clean(article.publisher or ""), article.day or ""]
            for page, article in articles.items()
        ],
        "claims": [_row(claim, places[claim.page]) for claim in claims],
    }


def _row(claim: ClaimEntry, article: int) -> list[Any]:
    voice = claim.voice
    return [
        article,
        claim.claim_id,
        claim.kind,
        clean(claim.text),
        clean(voice.name),
        voice.page or "",
        clean(", ".join(voice.roles)),
        claim.said_on or "",
        [clean(figure) for figure in claim.figures],
    ]
