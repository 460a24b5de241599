"""Estimates: "the ministry put the toll at 40", which encoders do not take for a reporting clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from spacy.tokens import Doc

from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.afterthoughts import afterthoughts
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.completion import Stretches
from pipeline.components.quotes.extents import quotations_in
from pipeline.components.quotes.subjects import may_speak, subject_before
from pipeline.components.quotes.wishes import wishes
from pipeline.record import Quantity
from pipeline.tokens import text_of

_CLASSES = words_by_class("cues_naming.tsv")
_PUT = re.compile(
    r"\b(?P<cue>[Pp]uts?|valu(?:es?|ed)|estimate[sd]?|assess(?:es|ed))\s{1,4}(?P<thing>[^\s.,;:!?][^.,;:!?\n]{1,80}?)\s{1,4}at\s{1,4}"
)
# Words like "between" and "about" stand between "at" and the figure, but no place or thing of its own.
_LONGEST_LEAD = 20
_PLACE = re.compile(r"[.,;:\n]|\bthe\b")
_CLAUSE_END = re.compile(r"[,;\n—]|\s(?:and|but|while|when|after|because)\s|[.!?](?:\s|$)")


def with_estimates(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The attributions, and the plain forms that none of them holds, in order of their contents.

    Plain forms are estimates, wishes and reporting clauses at a sentence's end.
    """
    taken = Stretches.of(p for a in attributions for p in (*a.segments, a.cue) if p is not None)
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    plain = chain(_estimates(doc, quotations), wishes(doc, quotations), afterthoughts(doc, sentences))
    found = [a for a in plain if a.cue is not None and not taken.touch(min(a.cue[0], a.start), a.end)]
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
        if is_phrasal or put.start() < told or (source := subject_before(doc, put.start())) is None:
            continue
        end = _content_end(text, put.end(), doc._.quantities or (), quotations)
        if end is not None and (put["cue"].lower().startswith("put") or may_speak(doc, source)):
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
