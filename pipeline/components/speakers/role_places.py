"""Where an article may tell a role: before the name, behind it, as predicate, in a clause about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pipeline.components.lexicons import words_by_class
from pipeline.components.speakers.phrases import is_role_noun
from pipeline.components.speakers.words import FINITE, Words

Range = tuple[int, int]
"""Numbers of words, half-open."""
IsName = Callable[[int], bool]
"""Whether a person's name begins with the word of this number."""

_WORDS = words_by_class("speakers_words.tsv")
_MODIFIERS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "POS", "HYPH", "AFX", "VBN"))
_STOP_TAGS: Final = FINITE | frozenset(("WP", "WDT", "WRB", "PRP", "EX", "WP$"))
_STOPS: Final = frozenset(",;:()[].?!—") | frozenset(("--", "who", "which", "that", "whose", "whom"))
_DANGLING: Final = frozenset(("IN", "DT", "CC", "POS", "HYPH", "TO", "RB", "PRP$"))
_ARTICLES: Final = frozenset(("a", "an", "the", "his", "her", "their", "its"))
_SEPARATORS: Final = frozenset((",", "—", "–", "-", "--", "("))
_LONGEST_BEFORE, _LONGEST_AFTER, _LONGEST_TITLE = 12, 24, 8
_MOST_APPOSITIONS, _MOST_VERBS = 3, 8


def before_name(words: Words, name: int) -> Range | None:
    """ "Kremlin spokesman" before the name; a comma may stand between ("the prime minister, X")."""
    last = name - 1
    if last > 0 and words.lower[last] == "," and is_role_noun(words.lower[last - 1]):
        last -= 1
    first = last + 1
    if last > 0 and words.lower[last] == "." and is_role_noun(words.lower[last - 1]):
        first = last - 1  # "Sens." in two words
    while first > 0 and last - first < _LONGEST_BEFORE and _modifies(words, first - 1, last):
        first -= 1
    while first <= last and (words.tags[first] in ("POS", "HYPH", "IN", "CC") or words.is_hyphen(first)):
        first += 1
    return (first, last + 1) if first <= last else None


def _modifies(words: Words, index: int, last: int) -> bool:
    word, tag = words.lower[index], words.tags[index]
    if words.opens[index + 1] or word.rstrip(".") in _WORDS["short_title"]:
        return False
    if word in _STOPS or words.is_mark(index):
        return False
    if tag in _MODIFIERS or (index == last and is_role_noun(word)):
        return True
    follows_noun = index > 0 and words.tags[index - 1].startswith("NN") and index < last
    if word == "and":
        return follows_noun and is_role_noun(words.lower[index - 1])
    if word == "the":
        return index < last and words.lower[index - 1] == "of"
    return word in ("of", "for", "&") and follows_noun


def fronted(words: Words, name: int, is_name: IsName = lambda index: False) -> Range | None:
    """ "Now the head of the bank, X": a phrase from the sentence's beginning to the comma."""
    comma = name - 1
    if comma < 1 or words.lower[comma] != ",":
        return None
    first = comma
    while first > 0 and comma - first < _LONGEST_AFTER and not words.opens[first]:
        first -= 1
    if not words.opens[first]:
        return None
    while first < comma and words.lower[first] in _WORDS["role_time"] | {"as"}:
        first += 1
    first += words.lower[first] in _ARTICLES
    if any(is_name(index) and words.tags[index - 1] != "IN" for index in range(first, comma)):
        return None  # a list of names
    return (first, comma) if first < comma and phrase_end(words, first, is_name) == comma else None


def behind_name(words: Words, stop: int, is_name: IsName) -> Iterator[Range]:
    """ "…, a doctor from Y, former head of Z,": the phrases behind the name, one after another."""
    for number in range(_MOST_APPOSITIONS):
        if stop + 1 >= len(words) or words.opens[stop]:
            return
        if words.lower[stop] not in _SEPARATORS and not (number and words.lower[stop] == "and"):
            return
        first = _after_determiner(words, stop + 1)
        if first >= len(words) or is_name(first):
            return
        stop = phrase_end(words, first, is_name)
        if stop <= first:
            return
        yield first, trimmed(words, first, stop)


def is_circumstance(words: Words, first: int) -> bool:
    """Whether the phrase tells how or when: "in a hat", "speaking to reporters", "painted as a fool"."""
    if words.tags[first] in ("IN", "TO", "RB", "VBD"):
        return True
    following = words.tags[first + 1] if first + 1 < len(words) else ""
    return words.tags[first] in ("VBN", "VBG") and following in ("IN", "DT", "PRP", "PRP$", "TO")


def _after_determiner(words: Words, index: int) -> int:
    while index < len(words) - 1 and words.lower[index] in _WORDS["role_time"] | _ARTICLES:
        index += 1
    return index


def phrase_end(words: Words, first: int, is_name: IsName = lambda index: False) -> int:
    """Where a noun phrase with its complements ends: at a mark, a finite verb or a clause."""
    index = first
    while index < min(len(words), first + _LONGEST_AFTER):
        if index > first and words.opens[index]:
            break
        if words.is_mark(index):
            closing = _title_end(words, index) if index > first else index
            if closing == index:
                break
            index = closing
            continue
        if _ends_phrase(words, index, is_name):
            break
        index += 1
    return index


def _title_end(words: Words, index: int) -> int:
    """Behind the closing mark of a title such as "Today" in «host of NBC's "Today"», or where it stands."""
    if words.tags[index - 1] not in ("POS", "IN", "DT"):
        return index
    near = range(index + 1, min(len(words), index + _LONGEST_TITLE))
    return next((mark + 1 for mark in near if words.is_mark(mark)), index)


def _ends_phrase(words: Words, index: int, is_name: IsName) -> bool:
    if index >= len(words):
        return True
    word, following = words.lower[index], index + 1
    if word in _STOPS or words.tags[index] in _STOP_TAGS or (word in "-–" and not words.is_hyphen(index)):
        return True
    if following >= len(words):
        return False
    if word == "and":
        goes_on = words.tags[following] in _STOP_TAGS | {"RB", "VBN"}
        goes_on = goes_on or words.lower[following] in ("a", "an", "the")  # another role begins
        return goes_on or is_name(following) or words.lower[following] in _WORDS["auxiliary"]
    return word == "in" and words.lower[following] in ("a", "an")


def trimmed(words: Words, first: int, stop: int) -> int:
    """The end of a phrase without what dangles: "anchor of NBC's"."""
    while stop > first + 1 and (
        words.tags[stop - 1] in _DANGLING or words.lower[stop - 1] in _WORDS["naming"]
    ):
        stop -= 1
    return stop


def predicates(words: Words, stop: int, is_name: IsName) -> Iterator[Range]:
    """ "X is the mayor", "X served as director of Y", "X was elected president", "X, who heads Y"."""
    index = stop
    if index + 1 < len(words) and words.lower[index] == "," and words.lower[index + 1] == "who":
        index += 2
    elif index < len(words) and words.lower[index] == "who":
        index += 1
    while index < len(words) - 1 and not words.opens[index] and words.lower[index] in _WORDS["role_time"]:
        index += 1
    if index < len(words) - 1 and not words.opens[index]:
        yield from _of_verb(words, index, is_name, relative=index > stop)


def _of_verb(words: Words, verb: int, is_name: IsName, *, relative: bool) -> Iterator[Range]:
    for _ in range(_MOST_VERBS):
        if words.lower[verb] in _WORDS["heading_verb"] and relative:
            end = phrase_end(words, verb + 1, is_name)
            if end > verb + 1:
                yield verb, trimmed(words, verb, end)
            return
        first = _complement(words, verb) or (_as_what(words, verb, is_name) if relative else None)
        if first is None:
            return
        end = phrase_end(words, first, is_name)
        if end > first:
            yield first, trimmed(words, first, end)
        if end + 1 >= len(words) or words.lower[end] != "and":
            return
        if words.lower[end + 1] not in _WORDS["auxiliary"]:
            return
        verb = end + 1


def _as_what(words: Words, verb: int, is_name: IsName) -> int | None:
    """Where the role begins in "who came forward in June as the driver", or None."""
    for index in range(verb + 1, min(len(words) - 2, verb + _LONGEST_TITLE)):
        if words.lower[index] in _STOPS or words.opens[index] or is_name(index):
            return None
        if words.lower[index] == "as" and words.lower[index + 1] in _ARTICLES:
            return index + 2
    return None


def _appointed(words: Words, index: int) -> int:
    """How many words "elected", "named as" and the like fill."""
    return 1 + (words.lower[index + 1] == "as") if words.lower[index] in _WORDS["appointing_verb"] else 0


def _complement(words: Words, verb: int) -> int | None:
    """Where the role begins behind "is", "has been", "served as", "was elected", or None."""
    index = verb
    while index < len(words) - 2 and words.lower[index] in _WORDS["auxiliary"]:
        index += 1
    if words.lower[index] in _WORDS["copula"]:
        index += 1
    elif index > verb and words.lower[index - 1] in _WORDS["copula"]:
        index += _appointed(words, index)
    elif words.lower[index] in _WORDS["serving_verb"] and words.lower[index + 1] == "as":
        index += 2
    else:
        return None
    while index < len(words) - 1 and words.lower[index] in _WORDS["role_time"]:
        index += 1
    if index >= len(words) or words.opens[index] or words.lower[index] == "not":
        return None
    return min(index + (words.lower[index] in _ARTICLES), len(words) - 1)
