"""Bodies that are told in full elsewhere: "the union" is the musicians' union that the article spoke of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.components.lexicons import words_by_class
from pipeline.components.speakers.phrases import is_body_noun
from pipeline.components.speakers.words import Words
from pipeline.record import Entity

_WORDS = words_by_class("speakers_words.tsv")
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_JOINTS = frozenset(("POS", "HYPH"))
_MOST_MODIFIERS = 5


@dataclass(frozen=True, slots=True)
class FullMention:
    """A body noun with what tells which: its code points and its words in small letters."""

    start: int
    end: int
    words: tuple[str, ...]


class FullMentions:
    """The bodies that an article describes with more than their noun, by that noun."""

    def __init__(self, words: Words, entities: Sequence[Entity]) -> None:
        self._text = words.text
        self._by_noun: Mapping[str, list[FullMention]] = _by_noun(words, entities)

    def name_of(self, phrase: Sequence[str], noun: str, position: int) -> str | None:
        """How the article calls a body in full of which it says only some last words here.

        The nearest mention before counts, or else the first behind; ``phrase`` is in small letters.
        """
        fuller = [m for m in self._by_noun.get(noun, ()) if _says_more(m.words, phrase)]
        if not fuller:
            return None
        place = bisect_left(fuller, position, key=lambda mention: mention.start)
        told = fuller[max(0, place - 1)]
        return self._text[told.start : told.end]


def _says_more(full: Sequence[str], phrase: Sequence[str]) -> bool:
    return len(full) > len(phrase) and list(full[-len(phrase) :]) == list(phrase)


def _by_noun(words: Words, entities: Sequence[Entity]) -> Mapping[str, list[FullMention]]:
    found: defaultdict[str, list[FullMention]] = defaultdict(list)
    named = sorted((e.start, e.end) for e in entities if e.label in ("PERSON", "ORG"))
    for noun, mention in _mentions(words):
        index = bisect_left(named, mention.end, key=lambda place: place[0])
        if index == 0 or named[index - 1][1] <= mention.start:
            found[noun].append(mention)
    return found


def _mentions(words: Words) -> Iterator[tuple[str, FullMention]]:
    for index, word in enumerate(words.lower):
        if words.tags[index] not in _NOUNS or not is_body_noun(word) or _goes_on(words, index + 1):
            continue
        first = index
        while first > max(0, index - _MOST_MODIFIERS) and _tells_which(words, first - 1):
            first -= 1
        if first < index and words.tags[first] not in _JOINTS:  # not the rest of "four-member commission"
            start, end = words.place(first, index + 1)
            yield word, FullMention(start, end, words.lower[first : index + 1])


def _goes_on(words: Words, index: int) -> bool:
    """Whether the noun is no head: "union leaders", "the union's lawyers"."""
    return index < len(words) and words.tags[index] in _NOUNS | _JOINTS


def _tells_which(words: Words, index: int) -> bool:
    """Whether a word before the noun tells one body from others: "musicians'", "Czech", "central"."""
    if words.opens[index + 1]:
        return False
    tag = words.tags[index]
    known = tag == "JJ" and (
        words.lower[index] in _WORDS["kind_modifier"] or words.text[words.starts[index]].isupper()
    )
    return known or tag in _NOUNS | _JOINTS
