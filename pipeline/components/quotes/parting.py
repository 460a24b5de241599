"""One attribution made two, where the tagger took a second reporting clause for part of the first content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.components.cues import lemmatise, reporting_lemmas
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import quotations_in

_CLASSES = words_by_class("cues_naming.tsv")
_SPEAKING = words_by_class("speakers_words.tsv")["nesting_verb"] | _CLASSES["estimating"]
_WORD = re.compile(r"[^\W_][\w’'-]*")
_SECOND_VERB = re.compile(
    r"(?P<comma>,?)\s{1,4}(?:and|but)\s{1,4}(?:(?P<subject>he|she|it|they)\s{1,4})?(?P<verb>[a-z]+)"
    r"(?P<that>\s{1,4}that(?!\s{1,4}to\b))?\s{1,4}(?=\S)"
)
_BETWEEN = re.compile(
    r"[,;]?\s{1,4}(?:and|but|while|whereas)\s{1,4}(?:(?P<subject>[^,;:.]{1,60}?)\s{1,4})?"
    r"(?P<verb>(?!(?:that|for)\b)[a-z]+)(?:\s{1,4}(?:that|for))?\s{0,4}"
)
_SAYING = re.compile(r"(?:(?:while|and|but|also)\s{1,4}){0,2}(?P<verb>[a-z]+ing)\s{1,4}that\s{1,4}(?=\S)")
# What joins two reporting clauses is short.
_LONGEST_JOINT = 100


def parted(
    text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    """The attribution, or it and a second one that the tagger took for part of its content.

    "said it rained but warned that it was dry" reports twice; what is quoted behind a denial is no part of
    what is denied. The second has a cue of its own, or none where it is to continue the first.
    """
    if attribution.cue is None:
        return (attribution,)
    quoted = _quoted_behind_participle(text, attribution, quotations)
    if quoted:
        return quoted
    while_saying = _participle(text, attribution, quotations)
    if while_saying or attribution.cue[1] > attribution.start:
        return while_saying or (attribution,)
    second = _behind_denial(text, attribution, lemma, quotations)
    second = second or _between_segments(text, attribution, quotations)
    return second or _second_verb(text, attribution, quotations) or (attribution,)


def _quoted_behind_participle(
    text: str, attribution: Attribution, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    """Of "“We row,” she said, stressing that it helps. | “All of us.”" the last runs on from the first."""
    first, *later = attribution.segments
    assert attribution.cue is not None
    is_participle = text[slice(*attribution.cue)].split(" ")[0].endswith("ing")
    if not is_participle or not later or quotations_in(quotations, *first):
        return ()
    if not all(_is_quotation(segment, quotations) for segment in later):
        return ()
    second = replace(
        attribution, segments=tuple(later), cue=None, source=None, rule="continuation_marks", kind=None
    )
    return replace(attribution, segments=(first,)), second


def _is_quotation(segment: Offsets, quotations: Sequence[Quotation]) -> bool:
    return any(found.start == segment[0] for found in quotations_in(quotations, *segment)[:1])


def _participle(
    text: str, attribution: Attribution, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    """ "…, she noted, | while adding that the well is dry": the last segment holds a cue of its own."""
    *before, (start, end) = attribution.segments
    saying = _SAYING.match(text, start, end) if before and not quotations_in(quotations, start, end) else None
    if saying is None or lemmatise(saying["verb"]) not in _SPEAKING or saying.end() >= end:
        return ()
    second = replace(attribution, segments=((saying.end(), end),), cue=saying.span("verb"))
    return replace(attribution, segments=tuple(before)), second


def _behind_denial(
    text: str, attribution: Attribution, lemma: str, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    *before, (start, end) = attribution.segments
    quoted = quotations_in(quotations, start, end)[-1:]
    if lemma not in _CLASSES["denial"] or not quoted:
        return ()
    if not text[start : quoted[0].start].rstrip().endswith(":"):
        return ()
    border = start + len(text[start : quoted[0].start].rstrip()) - 1
    second = replace(
        attribution, segments=((quoted[0].start, end),), cue=None, source=None, rule="continuation_marks"
    )
    return replace(attribution, segments=(*before, (start, border))), second


def _between_segments(
    text: str, attribution: Attribution, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    """ "plans to sell the mill | and hopes | to keep the land": what parts the segments is a second cue."""
    segments = attribution.segments
    for number in range(1, len(segments)):
        start, end = segments[number - 1][1], segments[number][0]
        between = _BETWEEN.fullmatch(text, start, end) if end - start <= _LONGEST_JOINT else None
        if between and _is_finite_cue(between) and not quotations_in(quotations, start, end):
            second = replace(
                attribution,
                segments=segments[number:],
                cue=between.span("verb"),
                source=between.span("subject") if between["subject"] else attribution.source,
            )
            return replace(attribution, segments=segments[:number]), second
    return ()


def _is_finite_cue(between: re.Match[str]) -> bool:
    """Whether the verb reports and stands in a finite form: bare ones only behind a subject."""
    verb = between["verb"]
    lemma = lemmatise(verb)
    return lemma in reporting_lemmas("verb") and (lemma != verb or between["subject"] is not None)


def _second_verb(
    text: str, attribution: Attribution, quotations: Sequence[Quotation]
) -> tuple[Attribution, ...]:
    assert attribution.cue is not None
    *before, (start, end) = attribution.segments
    words = _WORD.findall(text[slice(*attribution.cue)])
    for verb in _second_verbs(text, (start, end), words):
        if not quotations_in(quotations, verb.start(), verb.end()):
            second = replace(
                attribution,
                segments=((verb.end(), end),),
                cue=verb.span("verb"),
                source=verb.span("subject") if verb["subject"] else attribution.source,
            )
            return replace(attribution, segments=(*before, (start, verb.start()))), second
    return ()


def _second_verbs(text: str, segment: Offsets, cue: Sequence[str]) -> Iterator[re.Match[str]]:
    """The reporting verbs behind "and" whose tense and form show that they stand beside the cue."""
    told = any(is_past(word) for word in cue)
    tells = any(_is_present(word) for word in cue)
    is_infinitive = text.startswith("to ", segment[0])  # what is finite behind it has the subject of the cue
    for verb in _SECOND_VERB.finditer(text, *segment):
        if verb["subject"]:
            shifts = told and bool(verb["comma"]) and _agrees(verb["subject"], verb["verb"])
        elif is_infinitive:
            shifts = is_reporting(verb["verb"]) or lemmatise(verb["verb"]) in _CLASSES["wishing"]
        elif tells:
            shifts = bool(verb["comma"]) and _is_present(verb["verb"])
        else:
            appeals = lemmatise(verb["verb"]) in _CLASSES["appealing"] and verb["verb"].endswith("ed")
            shifts = told and (appeals or (is_past(verb["verb"]) and verb["that"] is not None))
        if shifts:
            yield verb


def _agrees(subject: str, verb: str) -> bool:
    """Whether a verb is the present of a pronoun: "it believes", "they believe"."""
    if subject == "they":
        return verb in _SPEAKING
    return _is_present(verb)


def _is_present(word: str) -> bool:
    return is_reporting(word) and word.endswith("s")


def is_past(word: str) -> bool:
    """Whether a word is the past of a reporting verb."""
    return is_reporting(word) and not word.endswith("s")


def is_reporting(word: str) -> bool:
    """Whether a word is a form of a reporting verb that is neither its base nor a participle in -ing."""
    lemma = lemmatise(word)
    return lemma in _SPEAKING and lemma != word.lower() and not word.endswith("ing")
