"""Reporting clauses at a sentence's end: headlines' "…, auditors find", and "…, as analysts had forecast"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from pipeline.components.cues import lemmatise
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.completion import Stretches
from pipeline.components.quotes.extents import without_dateline
from pipeline.components.quotes.subjects import may_speak
from pipeline.tokens import text_of

_CLASSES = words_by_class("cues_naming.tsv")
_SOURCE = r"(?P<source>[^\W_][^,;:.!?\n“”\"‘«»]{1,80}?)"
_TAIL = re.compile(rf",\s{{1,4}}{_SOURCE}\s(?P<cue>[a-z]+)[.!]?\s*\Z")
_AS = re.compile(
    rf",\s{{1,4}}as\s{{1,4}}{_SOURCE}\s(?P<cue>(?:(?:had|have|has)\s{{1,4}})?(?:widely\s{{1,4}})?[a-z]+)[.]?\s*\Z"
)
# A reporting clause at the end is short; a sentence without stops may be the whole text.
_STOPS = ".!? \u00a0\n"
_LONGEST_TAIL, _LONGEST = 130, 400
_FEWEST_WORDS = 3
# In the body only the plainest verbs: others end sentences for other reasons.
_SAID = frozenset(("said", "says", "say"))
_ACCORDING = re.compile(r"According\s{1,4}to\s{1,4}(?P<source>[^,;:.!?\n“”\"‘«»]{2,80}),\s{1,4}(?=[\w$€£])")


def afterthoughts(doc: Doc, sentences: Sequence[Offsets]) -> Iterator[Attribution]:
    """The sentences that end with a short reporting clause: what stands before it was said."""
    text, titles = text_of(doc), _titles(doc)
    for start, end in sentences:
        if end - start > _LONGEST:
            continue
        according = _ACCORDING.match(text, start, end)
        if according is not None and may_speak(doc, according.span("source")):
            content = (according.end(), end - len(text[start:end]) + len(text[start:end].rstrip(_STOPS)))
            cue = (start, start + len("According to"))
            yield Attribution((content,), cue, according.span("source"), "reporting_tail", 1.0)
            continue
        tail = _tail(text, start, end, in_title=titles.touch(start, start + 1))
        if tail is None or len(text[start : tail.start()].split()) < _FEWEST_WORDS:
            continue
        if may_speak(doc, tail.span("source")):
            content = without_dateline(text, (start, tail.start()))
            yield Attribution((content,), tail.span("cue"), tail.span("source"), "reporting_tail", 1.0)


def _tail(text: str, start: int, end: int, *, in_title: bool) -> re.Match[str] | None:
    opening = max(start, end - _LONGEST_TAIL)
    expected = _AS.search(text, opening, end)
    if expected is not None and lemmatise(expected["cue"].split()[-1]) in _CLASSES["expecting"]:
        return expected
    told = _TAIL.search(text, opening, end)
    forms = _headline_forms() if in_title else _SAID
    return told if told is not None and told["cue"] in forms else None


@cache
def _headline_forms() -> frozenset[str]:
    """The forms of headlines: "say", "says", "said"."""
    return frozenset(f for verb in _CLASSES["headline_verb"] for f in (verb, verb + "s")) | {"said", "found"}


def _titles(doc: Doc) -> Stretches:
    """Where headlines stand."""
    return Stretches.of((zone.start, zone.end) for zone in doc._.zones or () if zone.zone == "title")
