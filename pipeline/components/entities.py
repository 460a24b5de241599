"""Names: the encoder's scores decoded, trimmed to OntoNotes extents, made consistent in an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.components.decoding import LabelledSpan, decode_spans
from pipeline.components.encoder import Encoding
from pipeline.components.extensions import register_extensions
from pipeline.components.labels import ENTITY_TYPES
from pipeline.components.names import (
    TITLES,
    NameMention,
    cluster_names,
    is_no_person,
    label_by_head,
    name_extent,
    parted_pair,
)
from pipeline.record import EntityLabel
from pipeline.tokens import text_of

# Chosen on worldwide_fine dev and men dev, 2026-11-23: what a span must gain to be opened, by its type.
_SPAN_COST = 1.5
_OWN_COSTS = {"NORP": 0.6, "EVENT": 0.0, "PRODUCT": 0.6, "WORK_OF_ART": 0.3, "LAW": 2.3}
SPAN_COSTS = np.array([_OWN_COSTS.get(label, _SPAN_COST) for label in ENTITY_TYPES], dtype=np.float32)
# A known name is taken again where the encoder gives "no name" less than all but this.
LEAST_RECALLED = 0.05
SHORTEST_RECALLED = 3
# What the head word of a name ("Bridge") or the word beside it ("typhoon") adds to a type's probability.
HEAD_WEIGHT = 1.0
# What a place in the sentence where no person's name stands takes from a person's probability.
PLACE_WEIGHT = 1.0
# Bounds the work on lists of names.
MOST_RECALLED = 400


@dataclass(frozen=True, slots=True)
class ScoredName:
    """A name with the probability of each label, the geometric mean over its units."""

    mention: NameMention
    scores: tuple[float, ...]


def find_names(text: str, encoding: Encoding) -> list[ScoredName]:
    """The names of an article in order, not overlapping."""
    spans = decode_spans(encoding, encoding.entities, span_cost=SPAN_COSTS)
    read = (_scored(text, span, encoding) for span in spans)
    agreed = agree_within_article(text, [name for name in read if name is not None])
    found = [part for name in without_prefixes(agreed) for part in _parted(name)]
    return sorted([*found, *recalled(text, encoding, found)], key=_start)


def _parted(name: ScoredName) -> list[ScoredName]:
    return [replace(name, mention=mention) for mention in parted_pair(name.mention)]


def without_prefixes(names: list[ScoredName]) -> list[ScoredName]:
    """The names, "Republican Jane Roe" cut to the person whose full name the article has elsewhere."""
    persons = {n.mention.exact for n in names if n.mention.label == "PERSON" and " " in n.mention.exact}
    return [_without_prefix(name, persons) for name in names]


def _without_prefix(name: ScoredName, persons: set[str]) -> ScoredName:
    words = name.mention.exact.split(" ") if name.mention.label != "PERSON" else []
    for index in range(1, len(words) - 1):
        tail = " ".join(words[index:])
        if tail in persons:
            start = name.mention.end - len(tail)
            return replace(name, mention=NameMention(start, name.mention.end, tail, "PERSON"))
    return name


def _start(name: ScoredName) -> int:
    return name.mention.start


def recalled(text: str, encoding: Encoding, found: Sequence[ScoredName]) -> Iterator[ScoredName]:
    """Further places of names that the article has elsewhere: the same string, or a person's surname.

    A place counts where the encoder does not rule a name out, or where the article never uses the word
    in lower case ("Brown" beside "brown" needs the encoder's word for it).
    """
    labels = _known_strings(found)
    if not labels:
        return
    taken = sorted((name.mention.start, name.mention.end) for name in found)
    common = frozenset(word for word in re.findall(r"\w+", text) if word.islower())
    alternatives = "|".join(re.escape(known) for known in sorted(labels, key=_longest))
    pattern = re.compile(rf"\b(?:{alternatives})\b")
    for match in pattern.finditer(text):
        units = encoding.units(*match.span())
        if not units or _touches(taken, *match.span()):
            continue
        if match.group().lower() in common and not _is_possible(encoding, units):
            continue
        label = labels[match.group()]
        scores = np.zeros(len(ENTITY_TYPES))
        scores[ENTITY_TYPES.index(label)] = 1.0
        yield ScoredName(NameMention(*match.span(), match.group(), label), tuple(scores.tolist()))


def _longest(known: str) -> tuple[int, str]:
    return -len(known), known


def _known_strings(found: Sequence[ScoredName]) -> dict[str, EntityLabel]:
    """Strings worth looking for again, with their labels."""
    labels: dict[str, EntityLabel] = {name.mention.exact: name.mention.label for name in found}
    labels |= dict.fromkeys(_surnames(found), "PERSON")
    worth = [known for known in labels if len(known) >= SHORTEST_RECALLED and known[0].isupper()]
    return {known: labels[known] for known in worth[:MOST_RECALLED]}


def _surnames(names: Iterable[ScoredName]) -> set[str]:
    """The last words of the persons whose full names the article gives."""
    persons = (name.mention.exact.split() for name in names if name.mention.label == "PERSON")
    return {words[-1] for words in persons if len(words) > 1}


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (end, -1))
    return index > 0 and taken[index - 1][1] > start


def _is_possible(encoding: Encoding, units: range) -> bool:
    outside = encoding.entities[units.start : units.stop, 0]
    return bool(outside.max() < np.log(1 - LEAST_RECALLED))


def _scored(text: str, span: LabelledSpan, encoding: Encoding) -> ScoredName | None:
    start, end = name_extent(text, span.start, span.end, ENTITY_TYPES[span.type])
    exact = text[start:end]
    if not any(char.isalnum() for char in exact) or _is_title(text, end, exact):
        return None
    rows = encoding.entities[span.first_unit : span.last_unit]
    scores = np.exp(np.logaddexp(rows[:, 1::2], rows[:, 2::2]).mean(axis=0))
    return ScoredName(
        NameMention(start, end, exact, ENTITY_TYPES[span.type]), tuple(float(s) for s in scores)
    )


def _is_title(text: str, end: int, exact: str) -> bool:
    """ "Sen" of "Sen. Roe" is no name."""
    return text[end : end + 1] == "." and exact.lower() in TITLES


def agree_within_article(text: str, names: list[ScoredName]) -> list[ScoredName]:
    """The names with one label for each string: the likeliest on the mean of its mentions.

    Probabilities are averaged, not multiplied: one mention that is badly wrong must not outvote the rest.
    A telling head word counts as one more mention. A lone word that is the surname of a person in the
    article is that person.
    """
    totals: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(len(ENTITY_TYPES)))
    for name in names:
        totals[name.mention.exact] += np.array(name.scores)
        told = label_by_head(text, name.mention)
        if told is not None:
            totals[name.mention.exact][ENTITY_TYPES.index(told)] += HEAD_WEIGHT
        if is_no_person(text, name.mention):
            totals[name.mention.exact][ENTITY_TYPES.index("PERSON")] -= PLACE_WEIGHT
    labels = {exact: ENTITY_TYPES[int(total.argmax())] for exact, total in totals.items()}
    agreed = [_relabelled(name, labels[name.mention.exact]) for name in names]
    surnames = _surnames(agreed)
    return [_relabelled(n, "PERSON") if n.mention.exact in surnames else n for n in agreed]


def _relabelled(name: ScoredName, label: EntityLabel) -> ScoredName:
    return name if name.mention.label == label else replace(name, mention=replace(name.mention, label=label))


def name_spans(doc: Doc, names: Iterable[ScoredName]) -> Iterator[Span]:
    """The names as spaCy spans; a token that only partly belongs to a name is taken in whole."""
    for name in names:
        mention = name.mention
        span = doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
        if span is not None:
            yield span


@Language.factory(
    "onrecord_entities",
    requires=["doc._.encoding"],
    assigns=["doc.ents", "doc._.entities"],
)
class EntitiesComponent:
    """Sets ``doc.ents`` and ``doc._.entities``: names, clustered to one ``ref`` per real thing."""

    def __init__(self, nlp: Language, name: str) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its names."""
        names = find_names(text_of(doc), doc._.encoding)
        doc.set_ents(filter_spans(list(name_spans(doc, names))))
        doc._.entities = cluster_names(text_of(doc), [name.mention for name in names])
        return doc


@Language.factory("onrecord_entities_from_ents", requires=["doc.ents"], assigns=["doc._.entities"])
class StandInEntitiesComponent:
    """Sets ``doc._.entities`` from the names that another spaCy pipeline found (``--ner``)."""

    def __init__(self, nlp: Language, name: str) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the foreign names of our ten types, clustered."""
        text = text_of(doc)
        mentions = [
            NameMention(start, end, text[start:end], ent.label_)
            for ent in doc.ents
            if ent.label_ in ENTITY_TYPES
            for start, end in [name_extent(text, ent.start_char, ent.end_char, ent.label_)]
            if start < end
        ]
        doc._.entities = cluster_names(text, mentions)
        return doc
