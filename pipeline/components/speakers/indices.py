"""An article's names by what sources ask for, so that no source has to look through all of them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.record import Entity


def first_mentions(entities: Iterable[Entity]) -> dict[str, Entity]:
    """The first of the mentions of every thing, by ``ref``."""
    first: dict[str, Entity] = {}
    for entity in entities:
        first.setdefault(entity.ref, entity)
    return first


def first_by_initials(entities: Iterable[Entity]) -> dict[str, Entity]:
    """The first name with these initials: "AD" of "Ana Diaz"."""
    first: dict[str, Entity] = {}
    for entity in entities:
        first.setdefault(_initials(entity.name), entity)
    return first


def first_states(entities: Iterable[Entity]) -> list[Entity]:
    """The first place named in each country."""
    first: dict[str, Entity] = {}
    for entity in entities:
        if entity.label == "GPE" and entity.country:
            first.setdefault(entity.country, entity)
    return list(first.values())


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
