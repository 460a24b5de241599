"""What a tagger takes for attribution though the record does not: naming, attitudes without a source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.components.attribution import Attribution, Offsets
from pipeline.components.cues import describe_cue, reporting_lemmas
from pipeline.components.extents import quotations_in
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.record import Timex

_ANONYMITY = re.compile(r"not to be (?:named|identified|quoted)|anonymity\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
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
        kept.append(replace(attribution, continues=head, cue=_without_date(text, attribution.cue, timexes)))
    return kept


def _reports(text: str, attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    if attribution.cue is None:
        return True
    lemma = describe_cue(text, [attribution.cue]).lemma
    if lemma in words_by_class("cues_naming.tsv")["silence"] or _asks_anonymity(text, attribution):
        return False
    if _names_something(text, attribution, lemma, quotations):
        return False
    if attribution.source is not None or lemma == "according to":
        return True
    words = sum(len(text[start:end].split()) for start, end in attribution.segments)
    cue = text[slice(*attribution.cue)].lower().split()
    return words >= FEWEST_WORDS and lemma in _reporting() and not _has_silent_subject(cue, lemma)


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


def _without_date(text: str, cue: Offsets | None, timexes: Sequence[Timex]) -> Offsets | None:
    """The cue up to a date that it runs into: "warned" of "warned last | week"."""
    if cue is None:
        return None
    index = bisect_right(timexes, cue[1] - 1, key=lambda timex: timex.start) - 1
    if index < 0 or timexes[index].end < cue[1] or timexes[index].start <= cue[0]:
        return cue
    return cue[0], cue[0] + len(text[cue[0] : timexes[index].start].rstrip())
