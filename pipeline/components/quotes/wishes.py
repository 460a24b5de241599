"""Plain clauses of wish and claim that the encoder passed over: "Venezuela wants a cut"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from pipeline.components.cues import lemmatise
from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import quotations_in
from pipeline.components.quotes.subjects import may_speak, subject_before, subject_with_clause
from pipeline.tokens import text_of

_CLASSES = words_by_class("cues_naming.tsv")
_CLAUSE_END = re.compile(
    r"[;\n]|[.!?](?:\s|$)|,\s{1,4}(?:and|but|while|which|who|whose|where|though)\s|\s—\s"
)
_OPENING = re.compile(r"\s{1,4}(?:that\s{1,4}(?!to\b))?(?=\S)")
_SOUGHT = re.compile(r"\s{1,4}for\s{1,4}(?=\S)")
_BIDDEN = re.compile(r"\s{1,4}(?!to\b)[^,.;:!?\n“”\"]{2,60}?\sto\s[a-z]")
_CLAUSE = re.compile(r"\s{1,4}(?:that|to)\s")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VB"))
_BEFORE_CLAUSE = frozenset((",", ";", ":", "—", "–", "and", "but", "while", "though", "although"))
# A wish takes fewer code points; a text without stops may be one clause.
_LONGEST = 400
FEWEST_WORDS = 2
# The noun of what is seen stands among so many first words.
_LONGEST_FORESEEN = 4
_HAVE = frozenset(("had", "have", "has"))
_ONE_PERSON = frozenset(("he", "she", "i", "we", "you"))


def wishes(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Attribution]:
    """Clauses whose subject may speak and whose verb wishes, or claims with "that" or "to" behind it."""
    text = text_of(doc)
    for token in doc:
        if token.lower_ not in _forms() or not _is_finite(doc, token):
            continue
        source = _source(doc, token)
        content = _content(text, token) if source is not None else None
        if content is not None and not _is_foresight(text, token, source, content):
            continue
        if content is not None and not quotations_in(quotations, token.idx, content[1]):
            cue = (token.idx, token.idx + len(token))
            yield Attribution((content,), cue, source, "wish_verb", 1.0)


@cache
def _forms() -> frozenset[str]:
    """The finite forms of the verbs: "want", "wants", "wanted"."""
    bases = (
        _CLASSES["wishing"]
        | _CLASSES["claiming"]
        | _CLASSES["foreseeing"]
        | _CLASSES["bidding"]
        | _CLASSES["seeking"]
    )
    forms = (f for base in bases for f in (base, base + "s", base + "es", base + "ed", base + "d"))
    return _CLASSES["wished"] | frozenset(form for form in forms if lemmatise(form) in bases)


def _is_finite(doc: Doc, verb: Token) -> bool:
    """Whether the word is a finite verb, as "plans" is behind a pronoun whatever its tag."""
    behind_pronoun = verb.i > 0 and doc[verb.i - 1].tag_ == "PRP" and verb.tag_ == "NNS"
    return verb.tag_ in _FINITE or behind_pronoun or _is_pluperfect(doc, verb)


def _is_pluperfect(doc: Doc, verb: Token) -> bool:
    """Whether "had" stands before the verb: "analysts had expected a profit"."""
    before = [doc[index].lower_ for index in range(max(0, verb.i - 2), verb.i)]
    return verb.tag_ in ("VBN", "VBD") and bool(_HAVE & set(before))


def _source(doc: Doc, verb: Token) -> Offsets | None:
    """The subject of the verb, where it opens a main clause and little parts the two."""
    source = _without_day(doc, subject_before(doc, verb.idx))
    if source is None or not may_speak(doc, source):
        return subject_with_clause(doc, verb.i)
    between = doc.char_span(source[1], verb.idx, alignment_mode="contract")
    if between is not None and any(
        token.tag_ not in ("RB", "_SP", "") and token.lower_ not in _HAVE | _CLASSES["day"]
        for token in between
    ):
        return None
    span = doc.char_span(*source, alignment_mode="expand")
    if span is None:
        return None
    opens = span.start == 0 or doc[span.start].is_sent_start or doc[span.start - 1].is_space
    return source if opens or doc[span.start - 1].lower_ in _BEFORE_CLAUSE else None


def _without_day(doc: Doc, source: Offsets | None) -> Offsets | None:
    """ "the firm" of "the firm today | announced"."""
    span = doc.char_span(*source, alignment_mode="expand") if source else None
    if source is None or span is None or len(span) < len(("firm", "today")):
        return source
    return (source[0], span[-2].idx + len(span[-2])) if span[-1].lower_ in _CLASSES["day"] else source


def _is_foresight(text: str, verb: Token, source: Offsets | None, content: Offsets) -> bool:
    """Whether what is seen or offered is a figure or a course of things: "sees inflation at 3 percent".

    Other verbs need no such thing; he and she see and offer all sorts.
    """
    if lemmatise(verb.lower_) not in _CLASSES["foreseeing"]:
        return True
    words = text[slice(*content)].lower().split()
    opening = {word.strip(",;") for word in words[:_LONGEST_FORESEEN]}
    is_told = any(char.isdigit() for char in text[slice(*content)]) or bool(opening & _CLASSES["foreseen"])
    return is_told and source is not None and text[slice(*source)].lower() not in _ONE_PERSON


def _content(text: str, verb: Token) -> Offsets | None:
    """What is wished or claimed, up to where the clause ends."""
    start = verb.idx + len(verb)
    if lemmatise(verb.lower_) in _CLASSES["claiming"] and _CLAUSE.match(text, start) is None:
        return None
    if lemmatise(verb.lower_) in _CLASSES["bidding"] and _BIDDEN.match(text, start) is None:
        return None
    seeks = lemmatise(verb.lower_) in _CLASSES["seeking"]
    opening = (_SOUGHT if seeks else _OPENING).match(text, start)
    limit = min(len(text), start + _LONGEST)
    border = _CLAUSE_END.search(text, start, limit)
    end = start + len(text[start : border.start() if border else limit].rstrip())
    if opening is None or opening.end() >= end or (border is None and limit < len(text)):
        return None
    words = text[opening.end() : end].lower().split()
    bare = all(word in _CLASSES["pronoun"] for word in words)
    few = len(words) < FEWEST_WORDS and not any(char.isdigit() for char in text[opening.end() : end])
    return None if few or bare else (opening.end(), end)
