"""Organisations and places behind a bare noun: "the commission", "the campaign", "the city"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pipeline.components.lexicons import words_by_class
from pipeline.components.names.countries import is_country
from pipeline.components.speakers.phrases import is_body_noun, names_in, noun_classes
from pipeline.components.speakers.role_places import Range, before_name, behind_name
from pipeline.components.speakers.roles import Role
from pipeline.components.speakers.words import FINITE, Words
from pipeline.record import Entity, span_of

_WORDS = words_by_class("speakers_words.tsv")
_NAMED_BODY: Final = re.compile(
    rf"(['’]s?)?(?: [a-z]{{4,15}})? ({'|'.join(sorted(_WORDS['named_body']))})\b(?!['’])"
)
_JOINTS: Final = frozenset(("of", "for", "on", "at", "de", "in"))
_LABELS: Final = ("ORG", "GPE", "FAC", "WORK_OF_ART")


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body called after another name, "the X campaign", as a thing of its own."""

    mention: Entity
    owner: Entity
    noun: str


def named_bodies(text: str, entities: Sequence[Entity]) -> list[NamedBody]:
    """The bodies called after names, each mention at its noun, all of one body under one name."""
    found = [body for entity in entities for body in _named_after(text, entity)]
    names: dict[str, str] = {}
    for body in found:
        known = names.get(body.mention.ref)
        if known is None or (("’" in known or "'" in known) and "’" not in body.mention.name):
            names[body.mention.ref] = body.mention.name
    return [replace(body, mention=replace(body.mention, name=names[body.mention.ref])) for body in found]


def _named_after(text: str, entity: Entity) -> Iterator[NamedBody]:
    match = _NAMED_BODY.match(text, entity.end)
    if match is None:
        return
    noun = match.group(2)
    name = " ".join(text[entity.start : match.end()].split())
    mention = Entity(match.start(2), match.end(), noun, f"{entity.ref}.{noun}", "ORG", name, None)
    yield NamedBody(mention, entity, noun)


def described_bodies(words: Words, entities: Sequence[Entity]) -> list[tuple[str, Role]]:
    """What the article calls its organisations and works: "coal giant X", "X, the news agency"."""
    named = [entity for entity in entities if entity.label in _LABELS]
    first_words = frozenset(words.at(entity.start) for entity in entities)
    found: list[tuple[str, Role]] = []
    for entity in named:
        places = list(behind_name(words, words.before(entity.end) + 1, lambda index: index in first_words))
        name = words.at(entity.start)
        before = _apposed_before(words, name) if entity.label != "GPE" else None
        places = [place for place in places[:1] if not _acts(words, place[1])]
        for first, stop in ([before] if before else []) + places:
            role = _description(words, first, stop, entities)
            if role is not None:
                found.append((entity.ref, role))
    return found


def _acts(words: Words, stop: int) -> bool:
    """Whether a phrase is a subject and no apposition: "in Porto, the council said"."""
    return stop < len(words) and words.tags[stop] in FINITE


def _apposed_before(words: Words, name: int) -> Range | None:
    """ "the news agency X", not "a network X has paid"."""
    place = before_name(words, name) if name < len(words) else None
    if place is None or (place[0] and words.lower[place[0] - 1] in ("a", "an")):
        return None
    return place


def _description(words: Words, first: int, stop: int, entities: Sequence[Entity]) -> Role | None:
    head = next((i for i in range(first + 1, stop) if words.tags[i] in ("IN", "VBN", "VBG")), stop) - 1
    noun = words.lower[head]
    if not (is_body_noun(noun) or noun in _WORDS["body_kind"]) or not words.tags[head].startswith("NN"):
        return None
    start, end = words.place(first, stop)
    return Role(span_of(words.text, start, end), noun, names_in(entities, start, end))


def refs_by_noun(
    entities: Sequence[Entity], described: Sequence[tuple[str, Role]], bodies: Sequence[NamedBody]
) -> Mapping[str, AbstractSet[str]]:
    """Bodies by the nouns that stand for them: heads of their names, and what the article calls them."""
    refs: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.label in _LABELS:
            for noun in name_heads(entity.name):
                refs[noun].add(entity.ref)
    for ref, role in described:
        refs[role.noun].add(ref)
    for body in bodies:
        refs[body.noun].add(body.mention.ref)
    return refs


def name_heads(name: str) -> tuple[str, ...]:
    """The words of a name that may stand for the whole: "commission" of "Commission on Debates"."""
    words = name.lower().split()
    joint = next((index for index, word in enumerate(words) if index and word in _JOINTS), None)
    heads = words[-1:] if joint is None else [words[joint - 1], words[-1]]
    return tuple(heads)


def fits_kind(entity: Entity, noun: str) -> bool:
    """Whether a place is of the kind that the noun tells: a country, or a city or part of one."""
    return is_country(entity.name.lower()) == (noun in _WORDS["country_noun"])


def may_be_firm(name: str) -> bool:
    """Whether a name says of no other kind of body that it is one: no university, no ministry, no paper."""
    others = noun_classes()["organisation"] - noun_classes()["company_name"]
    return not others.intersection(name.lower().split()[-1:] + name.lower().split()[:1])


def is_other_than_firm(noun: str) -> bool:
    """Whether what an article calls a body tells that it is no firm: "the space agency X"."""
    firms = noun_classes()["company_name"] | _WORDS["company_noun"] | _WORDS["body_kind"]
    return noun in _WORDS["no_firm"] or (noun in noun_classes()["organisation"] and noun not in firms)


@cache
def _heads_by_noun() -> dict[str, tuple[str, ...]]:
    pairs = (pair.split(":") for pair in sorted(_WORDS["body_heads"]))
    return {noun: tuple(heads.split("|")) for nouns, heads in pairs for noun in nouns.split("|")}


def heads_of_kind(noun: str) -> tuple[str, ...]:
    """The words that head the names of bodies of a kind: "ministry" and the like for "agency"."""
    return _heads_by_noun().get(noun, ())
