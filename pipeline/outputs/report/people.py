"""Who shares a page: a name, or a speaker who is one over articles where the run was clustered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.outputs.report.wording import clipped, file_name, one_line

Json = dict[str, Any]

_TOGETHER: Final = "; "  # between the names of those who speak together
_NAME_LENGTH: Final = 600
_NAMES: Final = 12
_PIECES: Final = 8
# A name joins all of its page, and a quotation is a cluster's id: neither tells a reader anything.
_EVIDENCE: Final = {"role": "role", "affiliation": "affiliation", "co_mention": "named together with"}


@dataclass(frozen=True, slots=True)
class Person:
    """A named speaker of a claim: the name in its article, and the page with its heading."""

    name: str
    heading: str
    page: str


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the same name who was kept apart."""

    heading: str
    page: str
    beside: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What clustering tells of a speaker: the names, what joined the articles, and who else has the name."""

    heading: str
    page: str
    beside: str
    names: tuple[tuple[str, int], ...]
    evidence: tuple[tuple[str, str, int], ...]
    namesakes: tuple[str, ...]


class People:
    """The named speakers of a run; those in no line of speakers.jsonl go by their names."""

    def __init__(self) -> None:
        self._identities: dict[str, Identity] = {}
        self._by_page: dict[str, Identity] = {}
        self._known: dict[tuple[str, str], Person] = {}

    def add(self, speaker: Json) -> None:
        """Take in a line of speakers.jsonl."""
        identity = _identity(speaker)
        self._identities[speaker["speaker_id"]] = self._by_page[identity.page] = identity
        for place in speaker["appearances"]:
            person = Person(_shown(place["name"]), identity.heading, identity.page)
            self._known[place["article_id"], place["name"]] = person

    @property
    def are_joined(self) -> bool:
        """Whether the run was clustered."""
        return bool(self._identities)

    def of(self, claim: Json) -> tuple[Person, ...]:
        """The named speakers of a claim, each once."""
        article = claim["article"]["article_id"]
        names = (claim["speaker"]["name"] or "").split(_TOGETHER)
        found = (self._known.get((article, name)) or by_name(name) for name in names if name.strip())
        return tuple({person.page: person for person in found}.values())

    def identity(self, page: str) -> Identity | None:
        """What clustering tells of the speaker of a page."""
        return self._by_page.get(page)

    def namesakes(self, page: str) -> Iterator[Namesake]:
        """Those of the same name who were kept apart from the speaker of a page."""
        identity = self._by_page.get(page)
        for name in identity.namesakes if identity else ():
            if other := self._identities.get(name):
                yield Namesake(other.heading, other.page, other.beside)


def by_name(name: str) -> Person:
    """Somebody of whom only the name is known."""
    shown = _shown(name)
    return Person(shown, shown, f"speakers/{file_name(shown)}.html")


def _identity(speaker: Json) -> Identity:
    heading = _shown(speaker["name"])
    told = [
        *(item["role"] for item in speaker["roles"]),
        *(item["affiliation"] for item in speaker["affiliations"]),
    ]
    return Identity(
        heading,
        f"speakers/{file_name(heading, key=speaker['speaker_id'])}.html",
        _shown(told[0]) if told else "",
        tuple((_shown(item["name"]), item["articles"]) for item in speaker["names"][:_NAMES]),
        tuple(_evidence(speaker["evidence"]))[:_PIECES],
        tuple(speaker["namesakes"]),
    )


def _evidence(pieces: list[Json]) -> Iterator[tuple[str, str, int]]:
    """What a reader can follow; the single words of a role only where no longer role holds them."""
    longer = {word for role in _roles(pieces) if " " in role for word in role.split()}
    for piece in pieces:
        is_part = piece["kind"] == "role" and piece["value"] in longer
        if (kind := _EVIDENCE.get(piece["kind"])) and not is_part:
            yield kind, _shown(piece["value"]), piece["articles"]


def _roles(pieces: Iterable[Json]) -> list[str]:
    return [piece["value"] for piece in pieces if piece["kind"] == "role"]


def _shown(name: str) -> str:
    return clipped(one_line(name), _NAME_LENGTH)
