"""Quotes in quotes: what somebody says that somebody else said.

Training corpora mark the outer attribution alone. A content that holds a reporting verb is therefore
read once more by itself, as if it were a paragraph, and what is found there is nested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution, Offsets
from pipeline.components.cues import lemmatise
from pipeline.components.lexicons import words_by_class

Read = Callable[[Offsets], list[Attribution]]

# Inner sources that are the outer speaker himself; "he says he believes" is one claim, not two.
_WORDS = words_by_class("speakers_words.tsv")
# The commonest reporting verbs make nearly all nested attributions; every content read again costs time.
_NESTING = _WORDS["nesting_verb"]
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBG"))
_OWN = _WORDS["own_voice"]
_LONGEST = 1_000
# Shorter contents hold no clause with a source, a verb and something said.
_SHORTEST_WORDS = 5


def nested_attributions(doc: Doc, attributions: Sequence[Attribution], read: Read) -> Iterator[Attribution]:
    """Attributions that stand inside the contents of others, ``nested_in`` set.

    ``read`` finds the attributions of one stretch of text by itself.
    """
    text = doc.text  # spaCy joins it anew each time it is asked
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
    for inner in found:
        within = segment[0] <= inner.start and inner.end <= segment[1]
        if within and inner.cue is not None and inner.source is not None and _is_other(text, inner.source):
            yield Attribution(
                inner.segments, inner.cue, inner.source, "nested_" + inner.rule, inner.score, None, index
            )


def _is_other(text: str, source: Offsets) -> bool:
    return text[source[0] : source[1]].lower() not in _OWN
