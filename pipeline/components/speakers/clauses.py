"""Subjects of clauses before a pronoun: what "they", "it" and "one of them" take up again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.components.speakers.role_places import Range
from pipeline.components.speakers.words import FINITE, Words

NOUN_PHRASE_TAGS: Final = frozenset(
    ("DT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH", "VBN", "VBG", "PDT")
)
# A noun phrase, and the sentences that are searched for one, have no more words.
_LONGEST_PHRASE: Final = 12
_LONGEST_SENTENCE: Final = 120


def phrase_before(words: Words, stop: int) -> Range | None:
    """The noun phrase that ends right before a word, by the tags of its words; None where there is none."""
    first = stop
    while first > max(0, stop - _LONGEST_PHRASE) and _belongs(words, first - 1, stop):
        first -= 1
        if words.opens[first]:
            break
    return (first, stop) if first < stop else None


def _belongs(words: Words, index: int, stop: int) -> bool:
    """Whether a word is part of the noun phrase behind it; "and" is between two names."""
    if words.tags[index] in NOUN_PHRASE_TAGS:
        return True
    joins = words.lower[index] == "and" and 0 < index < stop - 1
    return joins and words.tags[index - 1] == words.tags[index + 1] == "NNP"


def subjects(words: Words, first: int, stop: int) -> Iterator[Range]:
    """The noun phrases between two words behind which a finite verb stands, "of" and its noun included."""
    for verb in range(first + 1, min(stop, first + _LONGEST_SENTENCE)):
        if words.tags[verb] not in FINITE and not _is_plural_present(words, verb):
            continue
        end = verb
        while end > first and words.tags[end - 1] == "RB":
            end -= 1
        phrase = phrase_before(words, end)
        if phrase is not None and phrase[0] >= first:
            yield _with_head(words, phrase, first)


def _is_plural_present(words: Words, verb: int) -> bool:
    """Whether a word tagged as an infinitive stands behind a plural noun: "Importers oppose duties"."""
    return words.tags[verb] == "VB" and words.tags[verb - 1] in ("NNS", "NNPS")


def _with_head(words: Words, phrase: Range, first: int) -> Range:
    """The phrase, with the one before its preposition: "members of the union" for "the union"."""
    preposition = phrase[0] - 1
    if preposition <= first or words.lower[preposition] not in ("of", "from", "at", "in"):
        return phrase
    head = phrase_before(words, preposition)
    return (head[0], phrase[1]) if head is not None and head[0] >= first else phrase
