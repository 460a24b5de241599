"""Names that were taken for persons' though the article tells that bodies bear them: "the Sentinel"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.components.lexicons import words_by_class
from pipeline.components.names.forms import fold
from pipeline.components.names.genders import is_given_name
from pipeline.components.speakers.phrases import is_body_noun, is_role_noun
from pipeline.components.speakers.role_places import before_name
from pipeline.components.speakers.words import Words
from pipeline.record import Entity

_WORDS: Final = words_by_class("speakers_words.tsv")
# Behind "the Diaz" these begin or go on a noun phrase that only has the name in it.
_GOES_ON: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "JJ", "VBN", "CD"))


def with_bodies(words: Words, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The names, an organisation's where the article says "the" before it or "operator" beside it.

    Titles and given names keep a name a person's.
    """
    mentions: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.label == "PERSON":
            mentions[entity.ref].append(entity)
    bodies = {ref for ref, found in mentions.items() if _is_body(words, found)}
    if not bodies:
        return tuple(entities)
    return tuple(replace(e, label="ORG") if e.ref in bodies else e for e in entities)


def _is_body(words: Words, mentions: Sequence[Entity]) -> bool:
    parts = mentions[0].name.split()
    if len(parts) > 1 and parts[-1].lower() in _WORDS["firm_ending"]:
        return True
    if is_role_noun(parts[-1]) or any(_is_titled(words, mention) for mention in mentions):
        return False
    if any(_has_article(words, mention) for mention in mentions):
        return len(parts) == 1 or not is_given_name(fold(parts[0]))
    return not is_given_name(fold(parts[0])) and any(_is_beside_firm(words, m) for m in mentions)


def _is_titled(words: Words, mention: Entity) -> bool:
    """Whether "Mr." or "Sen." stands before the name."""
    first = words.at(mention.start)
    before = words.lower[first - 1].rstrip(".") if 0 < first < len(words) else ""
    return before in _WORDS["short_title"] | _WORDS["title_noun"]


def _has_article(words: Words, mention: Entity) -> bool:
    """Whether the name is called "the Sentinel"; "the" in "the Diaz campaign" is the campaign's."""
    first, stop = words.at(mention.start), words.before(mention.end) + 1
    if not 0 < first < len(words) or words.lower[first - 1] != "the":
        return False
    return stop >= len(words) or words.opens[stop] or words.tags[stop] not in _GOES_ON


def _is_beside_firm(words: Words, mention: Entity) -> bool:
    """Whether a noun for a firm or another body stands before the name: "grid operator X"."""
    first = words.at(mention.start)
    place = before_name(words, first) if first < len(words) else None
    noun = words.lower[place[1] - 1] if place else ""
    return noun in _WORDS["firm_noun"] or (is_body_noun(noun) and not is_role_noun(noun))
