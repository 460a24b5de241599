"""Named speakers of a run, article by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.clustering.speakers import Appearance
from pipeline.clustering.utterances import Printed, printed
from pipeline.components.names.forms import fold
from pipeline.components.names.persons import person_name

Json = dict[str, Any]

_TOGETHER = "; "  # between the names of those who speak together


@dataclass(slots=True)
class _Speaker:
    printed: Printed
    ref: str | None
    name: str
    entity_type: str | None
    affiliation: str | None
    roles: dict[str, None] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)


class Gathering:
    """Takes articles and claims one by one, and then tells who speaks in them."""

    def __init__(self) -> None:
        self._speakers: dict[tuple[str, str], _Speaker] = {}
        self._companions: dict[str, frozenset[str]] = {}

    @property
    def companions(self) -> Mapping[str, frozenset[str]]:
        """The persons that each article names in full, folded."""
        return self._companions

    def take_article(self, article: Json) -> None:
        """Note whom an article names."""
        names = {item["name"] for item in article["entities"] if item["label"] == "PERSON"}
        full = frozenset(fold(name) for name in names if person_name(name).is_full)
        self._companions[article["article_id"]] = full

    def take_claim(self, claim: Json) -> None:
        """Note who speaks; of those who speak together the first has the roles."""
        speaker = claim["speaker"]
        if speaker["status"] != "named" or speaker["name"] is None:
            return
        first, *others = speaker["name"].split(_TOGETHER)
        known = self._known(claim, speaker["entity_ref"], first)
        known.roles |= dict.fromkeys(role["exact"] for role in speaker["roles"])
        known.affiliation = known.affiliation or speaker["affiliation"]
        for name in others:
            self._known(claim, None, name)

    def _known(self, claim: Json, ref: str | None, name: str) -> _Speaker:
        article = claim["article"]
        key = article["article_id"], name
        if key not in self._speakers:
            entity_type = claim["speaker"]["entity_type"]
            self._speakers[key] = _Speaker(printed(article), ref, name, entity_type, None)
        found = self._speakers[key]
        found.claims.append(claim["claim_id"])
        return found

    def appearances(self, clusters: Mapping[str, str]) -> list[Appearance]:
        """The speakers in the order of publication; ``clusters`` tells the cluster of each claim in one."""
        made = (self._appearance(speaker, clusters) for speaker in self._speakers.values())
        return sorted(made, key=lambda item: (item.printed.moment, item.printed.source, item.name))

    def _appearance(self, speaker: _Speaker, clusters: Mapping[str, str]) -> Appearance:
        quotes = dict.fromkeys(clusters[claim] for claim in speaker.claims if claim in clusters)
        return Appearance(
            speaker.printed,
            speaker.ref,
            speaker.name,
            speaker.entity_type,
            tuple(speaker.roles),
            speaker.affiliation,
            tuple(speaker.claims),
            tuple(quotes),
            self._companions.get(speaker.printed.article_id, frozenset()),
        )


def clusters_by_claim(records: list[Json]) -> dict[str, str]:
    """The cluster of each claim that is in one."""
    return dict(_claims_and_clusters(records))


def _claims_and_clusters(records: list[Json]) -> Iterator[tuple[str, str]]:
    for record in records:
        for member in record["members"]:
            yield member["claim_id"], record["cluster_id"]
