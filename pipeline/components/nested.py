"""Quotes in quotes: what somebody says that somebody else said.

Training corpora mark the outer attribution alone. A content that holds a reporting verb is therefore
read once more by itself, as if it were a paragraph, and what is found there is nested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution, Offsets
from pipeline.components.cues import lemmatise
from pipeline.components.extents import quotations_in
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation, find_quotations
from pipeline.tokens import text_of

Read = Callable[[Offsets], list[Attribution]]

_WORDS = words_by_class("speakers_words.tsv")
# The commonest reporting verbs make nearly all nested attributions; every content read again costs time.
_NESTING = _WORDS["nesting_verb"]
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBG"))
# Inner sources that are the outer speaker himself: "he says he believes" is one claim, not two. Whoever is
# quoted word for word says "I" of himself, and "he" of somebody else.
_OWN = _WORDS["own_voice"]
_OWN_QUOTED = words_by_class("cues_naming.tsv")["first_person"]
# Nested passives without a source: "we were told that …", said by somebody who stays unnamed.
_PASSIVE = frozenset(("be", "is", "are", "was", "were", "am", "been", "being"))
_LONGEST = 1_000
# Shorter contents hold no clause with a source, a verb and something said.
_SHORTEST_WORDS = 5


def nested_attributions(doc: Doc, attributions: Sequence[Attribution], read: Read) -> Iterator[Attribution]:
    """Attributions that stand inside the contents of others, ``nested_in`` set.

    ``read`` finds the attributions of one stretch of text by itself.
    """
    text = text_of(doc)
    taken = {attribution.segments for attribution in attributions}  # one claim a place: its id is made of it
    for index, outer in enumerate(attributions):
        for segment in outer.segments:
            found = read(segment) if _may_nest(doc, segment) else []
            for inner in _inner(text, index, segment, found):
                if inner.segments not in taken:
                    taken.add(inner.segments)
                    yield inner


def _may_nest(doc: Doc, segment: Offsets) -> bool:
    start, end = segment
    if end - start > _LONGEST:
        return False
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or len(span) < _SHORTEST_WORDS:
        return False
    return any(token.tag_ in _FINITE and lemmatise(token.text) in _NESTING for token in span[1:-2])


def _inner(text: str, index: int, segment: Offsets, found: Sequence[Attribution]) -> Iterator[Attribution]:
    quotations = find_quotations(text[slice(*segment)])
    for inner in found:
        within = segment[0] <= inner.start and inner.end <= segment[1]
        if within and _is_other(text, inner, segment[0], quotations):
            yield Attribution(
                inner.segments, inner.cue, inner.source, "nested_" + inner.rule, inner.score, None, index
            )


def _is_other(text: str, inner: Attribution, offset: int, quotations: Sequence[Quotation]) -> bool:
    if inner.cue is None:
        return False
    if inner.source is None:
        return not _PASSIVE.isdisjoint(text[slice(*inner.cue)].lower().split())
    start, end = inner.source
    quoted = quotations_in(quotations, start - offset, end - offset)
    return text[start:end].lower() not in (_OWN_QUOTED if quoted else _OWN)
