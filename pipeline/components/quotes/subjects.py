"""Who stands as subject of a reporting verb, by the tags of the words, where the encoder tied none to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from pipeline.components.lexicons import words_by_class
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.record import Entity
from pipeline.tokens import text_of

_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "POS", "HYPH"))
_OPENING_TAGS = frozenset(("DT", "PRP", "PRP$"))
_AUXILIARY_TAGS = frozenset(("RB", "MD", "VB", "VBZ", "VBP", "VBD"))
_FINITE_TAGS = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CLASSES = words_by_class("cues_naming.tsv")
# So many line breaks part paragraphs; one may stand in a wrapped line.
_LINES_APART = 2
# A subject and its auxiliaries have no more words.
_LONGEST_SUBJECT = 12
# Behind so many words the subject of a sentence's beginning is no longer the one that speaks.
_LONGEST_CLAUSE = 60
# From a source's cut end to the cue, and how many names may stand there.
_LONGEST_NAME_GAP = 120
_NAMES_LOOKED_AT = 4
_TO_NAME = re.compile(
    r"(?:\s(?:for|of|in|at|to)\s[^,.;:!?\n“”\"]{1,80})?,\s(?:the\slate\s)?(?:[A-Z][\w.]{1,12}\s){0,2}"
)
_SEEN_BY = re.compile(
    r"(?:\A|[\s(])((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w'’-]{1,20}\s){1,4}"
    r"(?:seen|obtained|reviewed|written|signed|prepared|leaked|issued)\sby\s)\Z"
)
_TELLER = re.compile(r"\b(?P<teller>he|she|they|it|we|I)\s{1,4}(?:later\s{1,4}|also\s{1,4})?\Z")
_LONGEST_TELLER = 16
_TELLING = ("told", "tell", "was quoted", "is quoted")
# Further than this from its cue no source is looked at.
_FURTHEST = 600


def with_subjects(doc: Doc, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; those of an active verb without a source get its subject, where that can speak.

    A source in another sentence gives way to a subject in the verb's own.
    """
    whole = [_with_teller(doc, _with_whole_source(doc, attribution)) for attribution in attributions]
    return [
        a
        if a.cue is None or (a.source is not None and _is_here(doc, a.source, a.cue))
        else _with_subject(doc, a, a.cue)
        for a in whole
    ]


def _with_whole_source(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution, a source cut before its name made whole: "the coach of the town, | Ida Falk, said"."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or not 0 < cue[0] - source[1] <= _LONGEST_NAME_GAP:
        return attribution
    entities: Sequence[Entity] = doc._.entities or ()
    index = bisect_left(entities, source[1], key=lambda entity: entity.start)
    near = (entity for entity in entities[index : index + _NAMES_LOOKED_AT] if entity.end <= cue[0])
    person = next((entity for entity in near if entity.label == "PERSON"), None)
    if person is None or any(start < person.end and source[1] < end for start, end in attribution.segments):
        return attribution
    text = text_of(doc)
    is_apposed = _TO_NAME.fullmatch(text, source[1], person.start) is not None
    goes_on = text[person.end : cue[0]].strip(" ,") == ""
    return replace(attribution, source=(source[0], person.end)) if is_apposed and goes_on else attribution


def _with_teller(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution, its source the pronoun before "told" or "was quoted" where the encoder took another.

    A document that somebody has seen speaks for itself: "a draft seen by | reporters | says".
    """
    source, cue, text = attribution.source, attribution.cue, text_of(doc)
    if source is None or cue is None:
        return attribution
    if source[1] <= cue[0]:
        seen = _SEEN_BY.search(text, max(0, source[0] - _LONGEST_NAME_GAP), source[0])
        is_beside = text[source[1] : cue[0]].isspace()
        return replace(attribution, source=(seen.start(1), source[1])) if seen and is_beside else attribution
    teller = _TELLER.search(text, max(0, cue[0] - _LONGEST_TELLER), cue[0])
    if teller is None or not text[slice(*cue)].lower().startswith(_TELLING):
        return attribution
    place = teller.span("teller")
    segments = tuple(_without_teller(text, segment, place[0]) for segment in attribution.segments)
    kept = tuple((start, end) for start, end in segments if start < end)
    return replace(attribution, source=place, segments=kept) if kept else attribution


def _without_teller(text: str, segment: Offsets, teller: int) -> Offsets:
    """The segment, cut before the pronoun where it runs into it."""
    start, end = segment
    return (start, start + len(text[start:teller].rstrip(" ,"))) if start < teller < end else segment


def _is_here(doc: Doc, source: Offsets, cue: Offsets) -> bool:
    """Whether a source stands in the cue's sentence, or behind a cue that announces it."""
    first, last = (source[1], cue[0]) if source[1] <= cue[0] else (cue[1], source[0])
    if last - first > _FURTHEST or "\n\n" in text_of(doc)[first:last]:
        return False
    first, last = sorted((source[0], cue[0]))
    return not any(token.is_sent_start for token in _tokens(doc, first + 1, last + 1))


def _tokens(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """The tokens that begin in a stretch of text."""
    first = _token_before(doc, start) + 1
    for index in range(first, len(doc)):
        if doc[index].idx >= end:
            return
        yield doc[index]


def _with_subject(doc: Doc, attribution: Attribution, cue: Offsets) -> Attribution:
    verb = _active_verb(doc, cue)
    if verb is None:
        return attribution
    source = subject_before(doc, doc[verb].idx)
    if source is None or not may_speak(doc, source):
        source = _subject_of_sentence(doc, verb) or subject_with_clause(doc, verb)
    if source is None or any(start < source[1] and source[0] < end for start, end in attribution.segments):
        return attribution
    return replace(attribution, source=source)


def _active_verb(doc: Doc, cue: Offsets) -> int | None:
    """The first word of a cue that is an active verb: finite, or "saying" behind a comma; else None."""
    span = doc.char_span(*cue, alignment_mode="expand")
    words = [token for token in span or () if token.tag_ != "RB" and token.is_alpha]
    if not words or words[0].tag_ not in (*_FINITE_TAGS, "VBG"):
        return None
    forms = {token.lower_ for token in words[:-1]}
    passive = words[-1].tag_ == "VBN" and not _CLASSES["to_be"].isdisjoint(forms)
    return None if passive else words[0].i


def subject_before(doc: Doc, verb: int) -> Offsets | None:
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
    while first < last and doc[first].is_space:
        first += 1
    if first > last or doc[last].tag_ in ("DT", "POS") or doc[last].is_space:
        return None
    return doc[_with_head(doc, first, last, least)].idx, doc[last].idx + len(doc[last])


def _with_head(doc: Doc, first: int, last: int, least: int) -> int:
    """Where a phrase begins whose last part is a place: "the institute in Davos", not "Davos" alone."""
    names = all(doc[index].tag_ == "NNP" for index in range(first, last + 1))
    preposition = first - 1
    if not names or preposition <= least or doc[preposition].lower_ not in ("in", "at", "from", "for"):
        return first
    head = preposition
    while head > least and _belongs(doc, head - 1):
        head -= 1
        if doc[head].tag_ in _OPENING_TAGS:
            break
    return head if head < preposition and doc[head].tag_ in _OPENING_TAGS else first


def _token_before(doc: Doc, position: int) -> int:
    return bisect_left(range(len(doc)), position, key=lambda index: doc[index].idx) - 1


def _belongs(doc: Doc, index: int) -> bool:
    """Whether a token before a subject's head is part of it; dates and new lines are not."""
    token = doc[index]
    if token.is_space:
        return token.text.count("\n") < _LINES_APART and index > 0 and doc[index - 1].tag_ in _NOUN_TAGS
    if token.tag_ in _NOUN_TAGS | _OPENING_TAGS:
        return True
    return token.lower_ == "of" and index > 0 and doc[index - 1].tag_ in _NOUN_TAGS


def _subject_of_sentence(doc: Doc, verb: int) -> Offsets | None:
    """The first subject of the sentence, where the verb goes on with "and", "but" or a comma."""
    before = verb - 1
    while before >= 0 and doc[before].tag_ == "RB":
        before -= 1
    joint = doc[max(0, before)]
    if joint.lower_ not in ("and", "but", ",") or (joint.lower_ == "," and doc[verb].tag_ != "VBG"):
        return None
    start = _sentence_start(doc, verb)
    if start is None:
        return None
    subjects = (subject_before(doc, token.idx) for token in _main_verbs(doc, start, before))
    return next((s for s in subjects if s is not None and may_speak(doc, s)), None)


def subject_with_clause(doc: Doc, verb: int) -> Offsets | None:
    """The subject with which a sentence begins and that a relative clause parts from its verb.

    "The clinic, which has 40 beds, wants more": the clinic.
    """
    if verb == 0 or doc[verb - 1].lower_ != ",":
        return None
    start = _sentence_start(doc, verb)
    commas = [token.i for token in doc[start:verb] if token.lower_ == ","] if start is not None else []
    if start is None or len(commas) != len(("opening", "closing")):
        return None
    opening = commas[0]
    if opening == start or doc[opening + 1].lower_ not in _CLASSES["relative"] or doc[start].tag_ == "IN":
        return None
    if any(token.tag_ in _FINITE_TAGS for token in doc[start:opening]):
        return None
    source = doc[start].idx, doc[opening].idx
    return source if may_speak(doc, source) or _names_somebody(doc, start, opening) else None


def _names_somebody(doc: Doc, first: int, stop: int) -> bool:
    """Whether a phrase has its head before a preposition: "a nurse at the clinic"."""
    head = next((i for i in range(first + 1, stop) if doc[i].tag_ == "IN"), stop) - 1
    return doc[head].lower_ in _speakers()


def _sentence_start(doc: Doc, index: int) -> int | None:
    """The first word of a word's sentence; None where the sentence began too far before."""
    near = range(index, max(-1, index - _LONGEST_CLAUSE - 1), -1)
    return next((place for place in near if place == 0 or doc[place].is_sent_start), None)


def _main_verbs(doc: Doc, start: int, stop: int) -> Iterator[Token]:
    """The finite verbs between two words, those of a subordinate clause at the beginning left out."""
    is_subordinate = doc[start].lower_ in _CLASSES["subordinator"]
    for token in doc[start:stop]:
        if token.lower_ == ",":
            is_subordinate = False
        elif token.tag_ in _FINITE_TAGS and not is_subordinate:
            yield token


def may_speak(doc: Doc, source: Offsets) -> bool:
    """Whether a noun phrase holds a name, or its head is a word for somebody who may say something."""
    entities: Sequence[Entity] = doc._.entities or ()
    first = bisect_left(entities, source[0], key=lambda entity: entity.start)
    if first < len(entities) and entities[first].end <= source[1]:
        return True
    span = doc.char_span(*source, alignment_mode="expand")
    head = span[-1].lower_ if span is not None else ""
    singulars = head, head.removesuffix("s"), head.removesuffix("ies") + "y"
    return not _speakers().isdisjoint(singulars)


@cache
def _speakers() -> frozenset[str]:
    nouns = words_by_class("speakers_nouns.tsv")
    kinds = ("person", "collective", "document", "organisation", "anonymous")
    pronouns = words_by_class("speakers_words.tsv")["subject_pronoun"]
    return frozenset().union(pronouns, *(nouns[kind] for kind in kinds))
