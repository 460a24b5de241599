"""What a tagger draws into a content that is none of it: hearers, datelines, the next reporting clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import quotations_in, without_dateline
from pipeline.components.quotes.parting import is_reporting

_CLASSES = words_by_class("cues_naming.tsv")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_THAT = re.compile(r"\s(?:that)\s+")
# "Asked whether he would go, Roe laughed": the next clause has a subject of its own.
_NEXT_CLAUSE = re.compile(r",\s+(?=(?:he|she|they|it|we|the)\s|[A-Z])")
# "…, but gave no figures": what was not said is no part of what was.
_SILENCE = re.compile(
    r"(?:[,;]\s{1,4}(?:(?:and|but)\s{1,4})?|\s{1,4}(?:and|but)\s{1,4})(?:(?:he|she|it|they)\s{1,4})?"
    rf"(?:{'|'.join(sorted(_CLASSES['silent_tail'])).replace(' ', '[ ]')})\b"
)
_INSERTED = re.compile(r",[ \u00a0][^.;:!?\n—]+,\s")
_LONGEST_GAP = 120
_SPEAKING_OF = frozenset(("by", "according", "in", "as"))
# What the writer adds behind quoted words: ", a reference to the strike of May".
_ASIDE = re.compile(r",\s{1,4}an?\s{1,4}(?:reference|allusion|nod|swipe|dig)\s{1,4}(?:to|at)\b")
_AS_PUT = re.compile(r",\s{1,4}as\s{1,4}(?:[\w’'-]{1,20}\s{1,4}){1,5}?puts?\s{1,4}it\b")
_CHARGED = re.compile(r"\bof\s{1,4}(?=[a-z]+ing\b|[\"“„‘'«»])")
_APPEALED = re.compile(r"to\s{1,4}(?:the\s{1,4})?[\w’'-]{1,30}\s{1,4}(?=(?:not\s{1,4})?to\b|for\b)")
_PROMISED = re.compile(
    r"(?:every|each|all|the|its|his|her|their)\s{1,4}(?:[a-z’'-]{1,20}\s{1,4}){1,6}?"
    r"(?=(?:an?|up\s{1,4}to|[$€£]?\d[\d,.]*)\s)"
)
_CHARGED_WITH = re.compile(r"(?:of|on)\s{1,4}(?=\S)")
# Whom somebody accuses stands right behind the verb.
_LONGEST_ACCUSED = 100
# Between a reporting verb and its "that" stand a hearer or a circumstance, not a clause.
_LONGEST_INSERTION = 60
# A reporting clause behind a semicolon shows itself in its first words: "; a spokesman for the firm said".
_CLAUSE_OPENING = 60


def trimmed(text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]) -> Attribution:
    """The attribution with segments of what was said and nothing else; one that holds nothing goes."""
    if attribution.cue is None:
        return attribution
    segments = [without_dateline(text, segment) for segment in attribution.segments]
    segments = _without_hearer(text, segments, attribution, lemma)
    segments = _over_insertion(text, segments, attribution, quotations)
    segments[0] = _without_insertion(text, segments[0], lemma, quotations)
    segments[0] = _without_accused(text, segments[0], attribution.cue, lemma, quotations)
    segments[0] = _without_addressee(text, segments[0], lemma, attribution.cue)
    if len(segments) == 1:
        segments[0] = _without_next_clause(text, segments[0], attribution, lemma, quotations)
    segments = [_without_pronoun(text, segment, lemma, quotations) for segment in segments]
    kept = [s for s in segments if not _is_remnant(text, s, segments, quotations)]
    return replace(attribution, segments=tuple(kept or segments))


def _without_hearer(
    text: str, segments: list[Offsets], attribution: Attribution, lemma: str
) -> list[Offsets]:
    """ "staff | were told | to wait": the subject of the passive is who heard it."""
    cue = attribution.cue
    if cue is None or attribution.source is not None or lemma not in _CLASSES["passive_hearer"]:
        return segments
    behind = [segment for segment in segments if segment[0] >= cue[1]]
    passive = not _CLASSES["to_be"].isdisjoint(text[slice(*cue)].lower().split())
    return behind if passive and behind else segments


def _over_insertion(
    text: str, segments: list[Offsets], attribution: Attribution, quotations: Sequence[Quotation]
) -> list[Offsets]:
    """ "the storm | , the third of the year, | would weaken": one clause."""
    if len(segments) != len(("before", "behind")) or attribution.cue is None:
        return segments
    (start, border), (opening, end) = segments
    gap = text[border:opening]
    places = [p for p in (attribution.cue, attribution.source) if p is not None]
    is_free = len(gap) <= _LONGEST_GAP and not any(border < p[1] and p[0] < opening for p in places)
    if not is_free or quotations_in(quotations, border, opening) or _INSERTED.fullmatch(gap) is None:
        return segments
    words = [word.lower() for word in _WORD.findall(gap)]
    reports = words[0] in _SPEAKING_OF or any(is_reporting(word) for word in words)
    return segments if reports else [(start, end)]


def _without_insertion(text: str, segment: Offsets, lemma: str, quotations: Sequence[Quotation]) -> Offsets:
    """ "told | the hall on Monday that the well is dry": the content begins behind "that"."""
    start, end = segment
    that = _THAT.search(text, start, min(end, start + _LONGEST_INSERTION))
    if lemma not in _CLASSES["telling"] or that is None or quotations_in(quotations, start, that.end()):
        return segment
    words = [word.lower() for word in _WORD.findall(text[start : that.start()])]
    inserted = bool(words) and (lemma in _CLASSES["hearer"] or _is_circumstance(words[0]))
    clause = not _CLASSES["finite"].isdisjoint(words) or words[:1] == ["that"]
    return (that.end(), end) if inserted and not clause and that.end() < end else segment


def _without_accused(
    text: str, segment: Offsets, cue: Offsets, lemma: str, quotations: Sequence[Quotation]
) -> Offsets:
    """ "accused | the mayor of hiding a loss", "blamed | on a beacon": what follows is what was claimed."""
    start, end = segment
    if lemma not in _CLASSES["charging"] or cue[1] > start:
        return segment
    charged = _CHARGED_WITH.match(text, start, end)
    charged = charged or _CHARGED.search(text, start, min(end, start + _LONGEST_ACCUSED))
    if charged is None or charged.end() >= end or quotations_in(quotations, start, charged.end()):
        return segment
    words = {word.lower() for word in _WORD.findall(text[start : charged.start()])}
    return segment if words & _CLASSES["finite"] else (charged.end(), end)


def _without_addressee(text: str, segment: Offsets, lemma: str, cue: Offsets) -> Offsets:
    """ "appealed | to drivers for patience", "promised | each of them a boat": without who is addressed."""
    pattern = {"appeal": _APPEALED, "promise": _PROMISED, "offer": _PROMISED}.get(lemma)
    addressee = pattern.match(text, *segment) if pattern and cue[1] <= segment[0] else None
    return (addressee.end(), segment[1]) if addressee else segment


def _without_pronoun(text: str, segment: Offsets, lemma: str, quotations: Sequence[Quotation]) -> Offsets:
    """ "called it | “a shame”", "praised him as | “a friend”": the quotation is what was said."""
    quoted = quotations_in(quotations, *segment)[:1]
    if not quoted or quoted[0].start <= segment[0] or quoted[0].end < segment[1]:
        return segment
    words = [word.lower() for word in _WORD.findall(text[segment[0] : quoted[0].start])]
    names = lemma in _CLASSES["before_a_name"] | _CLASSES["estimating"] or words[-1:] == ["as"]
    is_bare = all(word in _CLASSES["pronoun"] for word in words)
    return (quoted[0].start, segment[1]) if names and is_bare else segment


def _is_circumstance(word: str) -> bool:
    return word in _CLASSES["circumstance"] or (word.endswith("ing") and len(word) > len("thing"))


def _without_next_clause(
    text: str, segment: Offsets, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]
) -> Offsets:
    """The content up to a clause that no longer belongs to its reporting verb."""
    start, end = segment
    if attribution.cue is None or attribution.cue[1] > start:
        return segment
    is_question = attribution.source is None and lemma == "ask"
    for border in sorted(_borders(text, segment, is_question=is_question)):
        if not quotations_in(quotations, border, border + 1):
            return start, border
    return start, end


def _borders(text: str, segment: Offsets, *, is_question: bool) -> Iterator[int]:
    start, end = segment
    for pattern in (_SILENCE, _ASIDE, _AS_PUT):
        yield from (match.start() for match in pattern.finditer(text, start, end) if match.start() > start)
    if is_question:
        yield from (match.start() for match in _NEXT_CLAUSE.finditer(text, start, end))
    place = text.find(";", start, end)
    while place >= 0:
        opening = text[place + 1 : min(end, place + _CLAUSE_OPENING)]
        if any(is_reporting(word) for word in _WORD.findall(opening)[:6]):
            yield place
        place = text.find(";", place + 1, end)


def _is_remnant(
    text: str, segment: Offsets, segments: Sequence[Offsets], quotations: Sequence[Quotation]
) -> bool:
    """A pronoun beside the rest ("thinks so, but wants"), or "what" and its like before a quotation."""
    if len(segments) < 2 or quotations_in(quotations, *segment):
        return False
    words = [word.lower() for word in _WORD.findall(text[slice(*segment)])]
    if all(word in _CLASSES["pronoun"] for word in words):
        return True
    following = [s for s in segments if s[0] >= segment[1]][:1]
    quoted = any(q.start <= s[0] for s in following for q in quotations_in(quotations, *s))
    return quoted and words[-1] in _CLASSES["relative"]
