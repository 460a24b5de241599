"""Quotes in quotes: what somebody says that somebody else said.

Training corpora mark the outer attribution alone. A content that holds a reporting verb is therefore
read once more by itself, as if it were a paragraph, and what is found there is nested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.components.cues import lemmatise
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation, find_quotations
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import kind_of, quotations_in
from pipeline.tokens import text_of

Read = Callable[[Offsets], list[Attribution]]

_WORDS = words_by_class("speakers_words.tsv")
# The commonest reporting verbs make nearly all nested attributions; every content read again costs time.
_NESTING = _WORDS["nesting_verb"]
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VBG", "VBN", "VB"))
# What may stand between a subject and its active verb, and how far apart they are then.
_BETWEEN = frozenset(("MD", "RB"))
_AUXILIARIES = frozenset(("have", "do"))
_FURTHEST_SUBJECT = 5
# Inner sources that are the outer speaker himself: "he says he believes" is one claim, not two. Whoever is
# quoted word for word says "I" of himself, and "he" of somebody else.
_OWN = _WORDS["own_voice"]
_OWN_QUOTED = words_by_class("cues_naming.tsv")["first_person"]
# Nested passives without a source: "we were told that …", said by somebody who stays unnamed.
_PASSIVE = frozenset(("be", "is", "are", "was", "were", "am", "been", "being"))
_OWN_THAT = re.compile(r"\bthat\s+$")
_NEXT_THAT = re.compile(r",?\s{1,4}(?:and|but)\s{1,4}that\s")
_LONGEST_THAT = 8
_LONGEST = 1_000
# A telegram says that a minister said that somebody told him: nobody follows further down.
_DEEPEST = 2
# Shorter contents hold no clause with a source, a verb and something said.
_SHORTEST_WORDS = 5


def nested_attributions(doc: Doc, attributions: Sequence[Attribution], read: Read) -> Iterator[Attribution]:
    """Attributions that stand inside the contents of others, ``nested_in`` set.

    ``read`` finds the attributions of one stretch of text by itself.
    """
    text = text_of(doc)
    taken = {attribution.segments for attribution in attributions}  # one claim a place: its id is made of it
    layer = list(enumerate(attributions))
    count = len(attributions)
    for _ in range(_DEEPEST):
        deeper = []
        for index, outer in layer:
            for inner in _read_again(doc, text, index, outer, read):
                if inner.segments not in taken:
                    taken.add(inner.segments)
                    deeper.append((count, inner))
                    count += 1
                    yield inner
        layer = deeper


def _read_again(doc: Doc, text: str, index: int, outer: Attribution, read: Read) -> Iterator[Attribution]:
    for segment in outer.segments:
        stretch = _within_marks(text, segment)
        spoken = outer.kind == "direct" or stretch != segment
        if _may_nest(doc, stretch, _OWN_QUOTED if spoken else _OWN):
            sentence = stretch[0], stretch[1] + text.startswith(".", stretch[1])
            yield from _inner(text, index, stretch, read(sentence), is_spoken=spoken)


def _within_marks(text: str, segment: Offsets) -> Offsets:
    """A quotation without its marks, so that what is quoted reads as any other text; else the segment."""
    quotations = find_quotations(text, [segment])
    if quotations and quotations[0].start == segment[0] and quotations[0].end == segment[1]:
        return quotations[0].inner_start, quotations[0].inner_end
    return segment


def _may_nest(doc: Doc, segment: Offsets, own: frozenset[str]) -> bool:
    start, end = segment
    if end - start > _LONGEST:
        return False
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or len(span) < _SHORTEST_WORDS:
        return False
    return any(_reports(token) and not _has_subject(span, index, own) for index, token in _inner_words(span))


def _inner_words(span: Span) -> Iterator[tuple[int, Token]]:
    """The words that have room around them for a source and something said."""
    return enumerate(span[1:-2], start=1)


def _reports(token: Token) -> bool:
    return token.tag_ in _VERBS and lemmatise(token.text) in _NESTING


def _has_subject(span: Span, verb: int, subjects: frozenset[str]) -> bool:
    """Whether one of ``subjects`` stands before an active verb: "I think", "we don't really know".

    A third of the contents with a reporting verb have the outer speaker's own voice alone.
    """
    for index in range(verb - 1, max(-1, verb - 1 - _FURTHEST_SUBJECT), -1):
        token = span[index]
        if token.lower_ in subjects:
            return True
        if token.tag_ not in _BETWEEN and lemmatise(token.text) not in _AUXILIARIES:
            return False
    return False


def _inner(
    text: str, index: int, stretch: Offsets, found: Sequence[Attribution], *, is_spoken: bool
) -> Iterator[Attribution]:
    quotations = find_quotations(text, [stretch])
    for inner in found:
        within = stretch[0] <= inner.start and inner.end <= stretch[1]
        if within and _is_other(text, inner, quotations, is_spoken):
            segments = tuple(_without_next_that(text, segment) for segment in inner.segments)
            kind = kind_of(text, segments, quotations)
            rule = "nested_" + inner.rule
            yield replace(inner, segments=segments, rule=rule, continues=None, nested_in=index, kind=kind)


def _without_next_that(text: str, segment: Offsets) -> Offsets:
    """What was said up to a second "that" of the outer speaker: "said they asked for help | and that …"."""
    start, end = segment
    own = _OWN_THAT.search(text, max(0, start - _LONGEST_THAT), start)
    following = None if own else _NEXT_THAT.search(text, start, end)
    return (start, following.start()) if following and following.start() > start else segment


def _is_other(text: str, inner: Attribution, quotations: Sequence[Quotation], is_spoken: bool) -> bool:
    if inner.cue is None:
        return False
    if inner.source is None:
        return not _PASSIVE.isdisjoint(text[slice(*inner.cue)].lower().replace("’", " ").split())
    own = _OWN_QUOTED if is_spoken or quotations_in(quotations, *inner.source) else _OWN
    return text[slice(*inner.source)].lower() not in own
