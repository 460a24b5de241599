"""What a tagger takes for attribution though the record does not: naming, attitudes without a source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.components.cues import describe_cue, reporting_lemmas
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import quotations_in
from pipeline.components.quotes.parting import parted
from pipeline.components.quotes.trimming import trimmed
from pipeline.record import Timex

_ANONYMITY = re.compile(r"not to be (?:named|identified|quoted)|anonymity\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_CLAUSE_OPENING = re.compile(r"\b(?:that|whether|if|how|why|what|when|where)[ \u00a0]+$", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)
# How far before a content its "that" is looked for.
_LONGEST_OPENING = 12
# Chosen on PolNeAR dev and world_dev, 2026-11-22: what the encoder must give a belief ("hopes", "wants") to
# be a claim; of those below, two in three were nobody's.
LEAST_BELIEF = 0.7
# A content of one word without a source tells nobody anything.
FEWEST_WORDS = 2


def sifted(
    text: str, attributions: Sequence[Attribution], quotations: Sequence[Quotation], timexes: Sequence[Timex]
) -> list[Attribution]:
    """The attributions that make claims, their cues free of dates; ``continues`` follows the new order."""
    kept: list[Attribution] = []
    place_of: dict[int, int] = {}
    for index, attribution in enumerate(attributions):
        head = None if attribution.continues is None else place_of.get(attribution.continues)
        if head is None and (
            attribution.continues is not None or not _reports(text, attribution, quotations)
        ):
            continue
        place_of[index] = len(kept)
        first, *others = _tidied(text, attribution, quotations, timexes)
        kept.append(replace(first, continues=head))
        kept += [replace(a, continues=place_of[index] if a.cue is None else None) for a in others]
    return kept


def _tidied(
    text: str, attribution: Attribution, quotations: Sequence[Quotation], timexes: Sequence[Timex]
) -> tuple[Attribution, ...]:
    """The attribution without dates at the end of cue and source, its content trimmed and parted."""
    if attribution.cue is None:
        return (attribution,)
    lemma = describe_cue(text, [attribution.cue]).lemma
    bare = replace(
        attribution,
        cue=_without_date(text, attribution.cue, timexes),
        source=_without_date(text, _in_paragraph(text, attribution.source, attribution.cue), timexes),
    )
    first, *others = parted(text, trimmed(text, bare, lemma, quotations), lemma, quotations)
    return first, *(_trimmed_alone(text, other, quotations) for other in others)


def _trimmed_alone(text: str, attribution: Attribution, quotations: Sequence[Quotation]) -> Attribution:
    """What was parted from another attribution, trimmed as its own reporting verb asks."""
    if attribution.cue is None:
        return attribution
    return trimmed(text, attribution, describe_cue(text, [attribution.cue]).lemma, quotations)


def _reports(text: str, attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    if attribution.cue is None:
        return True
    cue_reading = describe_cue(text, [attribution.cue])
    lemma = cue_reading.lemma
    if cue_reading.mode == "belief" and attribution.score < LEAST_BELIEF:
        return False
    if _is_silence(text, attribution, lemma, quotations) or _asks_anonymity(text, attribution):
        return False
    if _is_bare_plan(text, attribution, lemma) or _names_something(text, attribution, lemma, quotations):
        return False
    if _says_nothing(text, attribution, lemma, quotations):
        return False
    if attribution.source is not None or lemma == "according to":
        return True
    words = sum(len(text[start:end].split()) for start, end in attribution.segments)
    cue = text[slice(*attribution.cue)].lower().split()
    if _is_deed(text, attribution, lemma) or _is_fronted(text, attribution):
        return False
    return words >= FEWEST_WORDS and lemma in _reporting() and not _has_silent_subject(cue, lemma)


def _is_silence(text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]) -> bool:
    """Declined to comment, did not say whether: what somebody did not say is no claim of his."""
    assert attribution.cue is not None
    classes = words_by_class("cues_naming.tsv")
    if lemma in classes["silence"]:
        return True
    negated = lemma in classes["telling"] and _NEGATION.search(text, *attribution.cue)
    return bool(negated) and not quotations_in(quotations, attribution.start, attribution.end)


def _says_nothing(text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]) -> bool:
    """A content without words of its own ("denied it"), or a thing somebody acts on, is for or against."""
    classes = words_by_class("cues_naming.tsv")
    found = quotations_in(quotations, attribution.start, attribution.end)
    if not found and all(word in classes["pronoun"] for word in _words_of(text, attribution)):
        return True
    cue = text[slice(*attribution.cue)].lower().split() if attribution.cue else []
    is_passive = lemma in classes["passive_act"] and not classes["to_be"].isdisjoint(cue)
    if is_passive or lemma in classes["act"]:
        return not (found and found[0].start <= attribution.start) and not _is_clause(text, attribution)
    return lemma in classes["stance"] and not found and not _is_clause(text, attribution)


def _is_clause(text: str, attribution: Attribution) -> bool:
    """Whether a content is a clause: introduced as one, or with a finite verb outside relative clauses."""
    start = attribution.start
    if _CLAUSE_OPENING.search(text, max(0, start - _LONGEST_OPENING), start):
        return True
    classes = words_by_class("cues_naming.tsv")
    before = ""
    for word in _words_of(text, attribution):
        if word in classes["finite"] and before != "to":
            return True
        if word in classes["relative"]:
            break
        before = word
    return False


def _words_of(text: str, attribution: Attribution) -> Iterator[str]:
    for start, end in attribution.segments:
        yield from (word.strip(",;:").lower() for word in text[start:end].split())


def _is_deed(text: str, attribution: Attribution, lemma: str) -> bool:
    """A verb without a source that reports nothing: "are expected to meet", "without agreeing on"."""
    assert attribution.cue is not None
    classes = words_by_class("cues_naming.tsv")
    start, end = attribution.cue
    if lemma == "ask" and text.startswith("about ", attribution.start):
        return True
    if lemma in classes["awaited"]:
        behind = any(segment >= end for segment, _ in attribution.segments)
        passive = not classes["to_be"].isdisjoint(text[start:end].lower().split())
        return (passive and not behind) or any(
            text.startswith("to ", segment) for segment, _ in attribution.segments
        )
    before = text[max(0, start - _LONGEST_OPENING) : start].lower().split()
    is_gerund = text[start:end].lower().split()[0].endswith("ing")
    return is_gerund and bool(before) and before[-1] in classes["before_gerund"]


def _is_fronted(text: str, attribution: Attribution) -> bool:
    """ "Believed to own 50 boats, the firm …": a participle that opens its sentence tells of the subject."""
    assert attribution.cue is not None
    cue = text[slice(*attribution.cue)]
    opens = cue[:1].isupper() and len(cue.split()) == 1 and cue.endswith(("ed", "ght", "own"))
    return opens and text.startswith("to ", attribution.start) and attribution.start >= attribution.cue[1]


def _is_bare_plan(text: str, attribution: Attribution, lemma: str) -> bool:
    """ "Moscow planning a pact": a participle without an auxiliary names a plan and tells it of nobody."""
    assert attribution.cue is not None
    is_participle = text[slice(*attribution.cue)].lower().split() == ["planning"]
    return lemma == "plan" and is_participle and not text.startswith(("to ", "that "), attribution.start)


def _has_silent_subject(cue: Sequence[str], lemma: str) -> bool:
    """ "may be seeking", "to advise", "appears": somebody's attitude told by nobody; not "is expected"."""
    classes = words_by_class("cues_naming.tsv")
    if lemma in classes["mere_look"]:
        return True
    return cue[0] in classes["modal"] and not cue[-1].endswith(("ed", "en", "said", "ly"))


def _asks_anonymity(text: str, attribution: Attribution) -> bool:
    return bool(_ANONYMITY.match(text, attribution.start, attribution.end))


@cache
def _reporting() -> frozenset[str]:
    return reporting_lemmas("verb") | reporting_lemmas("noun") | reporting_lemmas("adverb")


def _names_something(
    text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]
) -> bool:
    """Dubbed “the X”, called the unit the “X Brigade”: nicknames and titles are no claims."""
    naming = words_by_class("cues_naming.tsv")
    if lemma in naming["always"]:
        return True
    if lemma not in naming["before_a_name"]:
        return False
    found = quotations_in(quotations, attribution.start, attribution.end)
    words = _WORD.findall(text[found[-1].inner_start : found[-1].inner_end]) if found else []
    return bool(words) and all(word[0].isupper() for word in words)


def _in_paragraph(text: str, source: Offsets | None, cue: Offsets) -> Offsets | None:
    """The part of a source that stands in the paragraph of its cue: no headline before "Rescuers said"."""
    if source is None or source[1] > cue[0]:
        return source
    border = text.rfind("\n\n", *source)
    start = border + len(text[border : source[1]]) - len(text[border : source[1]].lstrip())
    return source if border < 0 or start >= source[1] else (start, source[1])


def _without_date(text: str, place: Offsets | None, timexes: Sequence[Timex]) -> Offsets | None:
    """The cue or source up to a date that it runs into: "warned" of "warned last | week"."""
    if place is None:
        return None
    index = bisect_right(timexes, place[1] - 1, key=lambda timex: timex.start) - 1
    if index < 0 or timexes[index].end < place[1] or timexes[index].start <= place[0]:
        return place
    return place[0], place[0] + len(text[place[0] : timexes[index].start].rstrip())
