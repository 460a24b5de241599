"""Names: the encoder's scores decoded, trimmed to OntoNotes extents, made consistent in an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.components import register_extensions
from pipeline.components.decoding import LabelledSpan, decode_spans
from pipeline.components.encoder import Encoding
from pipeline.components.labels import ENTITY_TYPES
from pipeline.components.names import NameMention, cluster_names, split_titles, trim_span

# Chosen on worldwide_fine dev and men dev, 2026-11-22: what a span must gain to be opened.
SPAN_COST = 0.3


@dataclass(frozen=True, slots=True)
class ScoredName:
    """A name with the summed log probabilities of each label over its units."""

    mention: NameMention
    scores: tuple[float, ...]


def find_names(text: str, encoding: Encoding) -> list[ScoredName]:
    """The names of an article in order, not overlapping."""
    spans = decode_spans(encoding, encoding.entities, span_cost=SPAN_COST)
    names = (_scored(text, span, encoding) for span in spans)
    return agree_within_article([name for name in names if name is not None])


def _scored(text: str, span: LabelledSpan, encoding: Encoding) -> ScoredName | None:
    start, end = trimmed(text, span.start, span.end, ENTITY_TYPES[span.type])
    exact = text[start:end]
    if not any(char.isalnum() for char in exact):
        return None
    rows = encoding.entities[span.first_unit : span.last_unit]
    scores = np.logaddexp(rows[:, 1::2], rows[:, 2::2]).sum(axis=0)
    return ScoredName(
        NameMention(start, end, exact, ENTITY_TYPES[span.type]), tuple(float(s) for s in scores)
    )


def trimmed(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The extent that OntoNotes gives a name: no titles, possessive, leading "the" or outer marks."""
    start, end = trim_span(text, start, end)
    if label == "PERSON":
        start, end, _ = split_titles(text, start, end)
    return start, end


def agree_within_article(names: list[ScoredName]) -> list[ScoredName]:
    """The names with one label for each string, the one that all its mentions together score best."""
    totals: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(ENTITY_TYPES)))
    for name in names:
        totals[name.mention.exact] += np.array(name.scores)
    labels = {exact: ENTITY_TYPES[int(total.argmax())] for exact, total in totals.items()}
    return [replace(name, mention=replace(name.mention, label=labels[name.mention.exact])) for name in names]


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
        names = find_names(doc.text, doc._.encoding)
        doc.set_ents(filter_spans(list(name_spans(doc, names))))
        doc._.entities = cluster_names(doc.text, [name.mention for name in names])
        return doc


@Language.factory("onrecord_entities_from_ents", requires=["doc.ents"], assigns=["doc._.entities"])
class StandInEntitiesComponent:
    """Sets ``doc._.entities`` from the names that another spaCy pipeline found (``--ner``)."""

    def __init__(self, nlp: Language, name: str) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the foreign names of our ten types, clustered."""
        mentions = [
            NameMention(start, end, doc.text[start:end], ent.label_)
            for ent in doc.ents
            if ent.label_ in ENTITY_TYPES
            for start, end in [trimmed(doc.text, ent.start_char, ent.end_char, ent.label_)]
            if start < end
        ]
        doc._.entities = cluster_names(doc.text, mentions)
        return doc
