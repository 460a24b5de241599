"""A page for each named speaker, and one for each kind of source without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.outputs.report.charts import Bar, bars
from pipeline.outputs.report.entries import KINDS, ClaimEntry
from pipeline.outputs.report.paging import Leaf, leaves
from pipeline.outputs.report.people import Identity, Namesake, People, Person

# At the longest text that a list shows, so many claims stay under half a megabyte.
CLAIMS_A_PAGE: Final = 250
SPEAKERS_A_PAGE: Final = 500
_ROLES: Final = 8


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker as lists show it."""

    page: str
    name: str
    named: bool
    roles: tuple[str, ...]
    claims: int
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """One page of a speaker's claims."""

    speaker: SpeakerEntry
    kinds: tuple[Bar, ...]
    leaf: Leaf[ClaimEntry]
    identity: Identity | None
    namesakes: tuple[Namesake, ...]

    @property
    def days(self) -> list[tuple[str | None, list[ClaimEntry]]]:
        """The claims of this page by day."""
        return [(day, list(group)) for day, group in groupby(self.leaf.items, key=lambda claim: claim.day)]


def speaker_entry(page: str, claims: list[ClaimEntry]) -> SpeakerEntry:
    """What lists say of a speaker with these claims."""
    # Roles are those of the first of several who speak together.
    roles = Counter(role for claim in claims if claim.voice.page == page for role in claim.voice.roles)
    days = sorted(claim.day for claim in claims if claim.day)
    named = claims[0].voice.status == "named"
    return SpeakerEntry(
        page,
        _person(page, claims[0]).heading,
        named,
        tuple(role for role, _ in roles.most_common(_ROLES)) if named else (),
        len(claims),
        len({claim.article.page for claim in claims}),
        days[0] if days else None,
        days[-1] if days else None,
    )


def _person(page: str, claim: ClaimEntry) -> Person:
    return next(person for person in claim.voice.people if person.page == page)


def pages_of_speaker(entry: SpeakerEntry, claims: list[ClaimEntry], people: People) -> Iterator[SpeakerPage]:
    """The pages of a speaker: claims in the order of time, those without a day last."""
    ordered = sorted(claims, key=lambda claim: (claim.day is None, claim.day or ""))
    counts = Counter(claim.kind for claim in claims)
    kinds = bars((kind, counts[kind]) for kind in KINDS if counts[kind])
    identity, namesakes = people.identity(entry.page), tuple(people.namesakes(entry.page))
    for leaf in leaves(entry.page, ordered, CLAIMS_A_PAGE):
        yield SpeakerPage(entry, kinds, leaf, identity, namesakes)


def most_quoted(speakers: list[SpeakerEntry]) -> list[SpeakerEntry]:
    """Speakers with names before sources without; each by their claims, then by name."""
    return sorted(speakers, key=lambda speaker: (not speaker.named, -speaker.claims, speaker.name))
