"""Words that stand for a person named elsewhere: "she", "the director", in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.components.lexicons import words_by_class
from pipeline.components.names import pronoun
from pipeline.components.speakers.phrases import is_person_noun
from pipeline.components.speakers.role_places import phrase_end, trimmed
from pipeline.components.speakers.words import FINITE, Words

_WORDS = words_by_class("speakers_words.tsv")
_DEFINITE: Final = frozenset(("the", "this", "that"))
_INTRODUCING: Final = frozenset(("a", "an", "another", "one", "his", "her", "their"))
_LIKENING: Final = frozenset(("as", "like", "than", "being", "such", "without"))
_INSIDE: Final = frozenset(("NN", "NNP", "JJ", "JJR", "JJS", "HYPH", "VBN", "AFX", "POS"))
_LONGEST: Final = 8
Kind = Literal["pronoun", "nominal", "unnamed"]


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or definite noun phrase: its words ``first`` to ``stop``, its lower-case noun or pronoun."""

    kind: Kind
    first: int
    stop: int
    head: str
    is_subject: bool


def find_anaphors(words: Words, names: frozenset[int], name_ends: frozenset[int]) -> Iterator[Anaphor]:
    """Pronouns of one person, and role nouns beside which no name stands: definite, or bringing somebody in.

    ``names`` are the numbers of the words with which names begin, ``name_ends`` of those behind them.
    """
    for index, word in enumerate(words.lower):
        if word in _DEFINITE:
            found = _nominal(words, index, names, name_ends)
            if found is not None:
                yield found
        elif word in _INTRODUCING:
            found = _nominal(words, index, names, name_ends)
            if found is not None and not _is_likened(words, index):
                yield replace(found, kind="unnamed")
        if words.tags[index].startswith("PRP") and _is_personal(word):
            yield Anaphor("pronoun", index, index + 1, word, is_subject(words, index, index + 1))


def _is_likened(words: Words, index: int) -> bool:
    """Whether "a nurse" is nobody, or nobody to go on about: "worked as a nurse", "asked by a nurse"."""
    if index > 1 and words.lower[index - 1] == "by":
        return words.lower[index - 2] in _WORDS["asking"]
    return index > 0 and words.lower[index - 1] in _LIKENING


def _is_personal(word: str) -> bool:
    known = pronoun(word)
    return known is not None and known.gender in ("male", "female")


def _nominal(words: Words, index: int, names: frozenset[int], name_ends: frozenset[int]) -> Anaphor | None:
    stop = index + 1
    while stop < min(len(words), index + _LONGEST) and _belongs(words, stop):
        stop += 1
    head = stop - 1
    if head == index or not is_person_noun(words.lower[head]) or not words.tags[head].startswith("NN"):
        return None
    if _is_apposed(words, index, stop, names, name_ends):
        return None
    end = _with_complement(words, index + 1, head + 1)
    return Anaphor("nominal", index + 1, end, words.lower[head], is_subject(words, index, end))


def _belongs(words: Words, index: int) -> bool:
    """Whether the phrase goes on: "the nominee" does not in "the nominee's plan", "the bank" does."""
    if words.tags[index] == "POS" and is_person_noun(words.lower[index - 1]):
        return False
    return not words.opens[index] and (words.tags[index] in _INSIDE or words.is_hyphen(index))


def _is_apposed(
    words: Words, index: int, stop: int, names: frozenset[int], name_ends: frozenset[int]
) -> bool:
    """Whether a name stands beside the phrase, or the phrase is a predicate: then it is no anaphor."""
    comma = stop < len(words) and words.lower[stop] == ","
    if stop in names or (comma and stop + 1 in names):
        return True
    before = index - 1
    if before < 0:
        return False
    if words.lower[before] in _WORDS["copula"]:
        return True
    return words.lower[before] in (",", "(") and before in name_ends


def _with_complement(words: Words, first: int, stop: int) -> int:
    if stop >= len(words) or words.lower[stop] != "of":
        return stop
    return max(stop, trimmed(words, first, phrase_end(words, first)))


def is_subject(words: Words, first: int, stop: int) -> bool:
    """Whether a finite verb follows the phrase at once and no preposition goes before it."""
    if first and words.tags[first - 1] in ("IN", "TO"):
        return False
    if first and words.lower[first - 1] not in ("and", "or") and words.lower[stop : stop + 1] == (",",):
        stop += 1  # "Her coach, Tom Roe, came"
        if stop + 1 < len(words) and words.tags[stop] == "CD" and words.lower[stop + 1] == ",":
            stop += 2  # "Tom Roe, 44, came"
    while stop < len(words) and words.tags[stop] == "RB":
        stop += 1
    return stop < len(words) and words.tags[stop] in FINITE


def indefinite_nouns(words: Words, names: frozenset[int]) -> dict[str, int]:
    """Role nouns that "a judge" and the like bring in beside no name, with the word of the first."""
    found: dict[str, int] = {}
    for index, word in enumerate(words.lower):
        if word in ("a", "an", "another"):
            nominal = _nominal(words, index, names, frozenset())
            if nominal is not None:
                found.setdefault(nominal.head, index)
    return found
