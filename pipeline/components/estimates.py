"""Estimates: "the ministry put the toll at 40", which encoders do not take for a reporting clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.components.attribution import Attribution, Offsets
from pipeline.components.completion import Stretches
from pipeline.components.extents import quotations_in
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.record import Quantity
from pipeline.tokens import text_of

_CLASSES = words_by_class("cues_naming.tsv")
_PUT = re.compile(r"\b(?P<cue>[Pp]uts?)\s{1,4}(?P<thing>[^\s.,;:!?][^.,;:!?\n]{1,80}?)\s{1,4}at\s{1,4}")
# Words like "between" and "about" stand between "at" and the figure, but no place or thing of its own.
_LONGEST_LEAD = 20
_PLACE = re.compile(r"[.,;:\n]|\bthe\b")
_CLAUSE_END = re.compile(r"[,;\n—]|\s(?:and|but|while|when|after|because)\s|[.!?](?:\s|$)")
_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "POS", "HYPH"))
_OPENING_TAGS = frozenset(("DT", "PRP", "PRP$"))
_AUXILIARY_TAGS = frozenset(("RB", "MD", "VB", "VBZ", "VBP", "VBD"))
# A subject and its auxiliaries have no more words.
_LONGEST_SUBJECT = 12


def with_estimates(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The attributions and the estimates that none of them holds, in the order of their contents."""
    taken = Stretches.of(p for a in attributions for p in (*a.segments, a.cue) if p is not None)
    found = [e for e in _estimates(doc, quotations) if not taken.touch(e.start, e.end)]
    numbered = [*enumerate(attributions), *((len(attributions), estimate) for estimate in found)]
    numbered.sort(key=lambda item: item[1].start)
    places = {index: place for place, (index, _) in enumerate(numbered)}
    return [replace(a, continues=None if a.continues is None else places[a.continues]) for _, a in numbered]


def _estimates(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Attribution]:
    text = text_of(doc)
    told = 0
    for put in _PUT.finditer(text):
        is_phrasal = put["thing"].split()[0].lower() in _CLASSES["particle"]
        # In a text without stops every estimate would reach to its end: the square of it.
        if is_phrasal or put.start() < told or (source := _subject(doc, put.start())) is None:
            continue
        end = _content_end(text, put.end(), doc._.quantities or (), quotations)
        if end is not None:
            told = end
            yield Attribution(((put.start("thing"), end),), put.span("cue"), source, "estimate_put", 1.0)


def _content_end(
    text: str, start: int, quantities: Sequence[Quantity], quotations: Sequence[Quotation]
) -> int | None:
    """Where the clause ends that holds the figure or quotation right behind "at"; None without either."""
    quoted = [q for q in quotations_in(quotations, start, start + _LONGEST_LEAD) if q.start >= start]
    if quoted and not _PLACE.search(text, start, quoted[0].start):
        return quoted[0].end
    index = bisect_left(quantities, start, key=lambda quantity: quantity.start)
    if index == len(quantities):
        return None
    figure = quantities[index]
    if figure.start > start + _LONGEST_LEAD or _PLACE.search(text, start, figure.start):
        return None
    border = _CLAUSE_END.search(text, figure.end)
    return border.start() if border else len(text.rstrip())


def _subject(doc: Doc, verb: int) -> Offsets | None:
    """The noun phrase or pronoun right before a verb and its auxiliaries."""
    last = _token_before(doc, verb)
    least = max(0, last - _LONGEST_SUBJECT)
    while last > least and doc[last].tag_ in _AUXILIARY_TAGS:
        last -= 1
    first = last + 1
    while first > least and _belongs(doc, first - 1):
        first -= 1
        if doc[first].tag_ in _OPENING_TAGS and doc[max(0, first - 1)].lower_ != "of":
            break
    if first > last or doc[last].tag_ in ("DT", "POS"):
        return None
    return doc[first].idx, doc[last].idx + len(doc[last])


def _token_before(doc: Doc, position: int) -> int:
    return bisect_left(range(len(doc)), position, key=lambda index: doc[index].idx) - 1


def _belongs(doc: Doc, index: int) -> bool:
    """Whether a token before a subject's head is part of it; dates and new lines are not."""
    token = doc[index]
    if token.tag_ in _NOUN_TAGS | _OPENING_TAGS:
        return True
    return token.lower_ == "of" and index > 0 and doc[index - 1].tag_ in _NOUN_TAGS
