"""Numbers in front of time units: digits, fractions and number words."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.components.dates.lexing import MAX_DIGITS, Lexed

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)?(?:[\s-]*(\d+)/(\d+)|([½¼¾]))?")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_CARDINALS = frozenset({"SMALL", "TEEN", "TENS"})


def number_of(lexed: Lexed, tokens: range) -> Fraction | None:
    """The number that the tokens spell, or None for a vague one ("several") or an absurdly long one."""
    if not tokens:
        return None
    words = lexed.text[lexed.starts[tokens[0]] : lexed.ends[tokens[-1]]].lower()
    half = Fraction(1, 2) if re.search(r"\bhalf$", words) else Fraction(0)
    base = _from_digits(words) if words[0].isdecimal() or words[0] in _VULGAR else _from_words(words)
    return None if base is None else base + half


def _from_digits(words: str) -> Fraction | None:
    match = _DIGITS.match(words)
    if match is None or len(match.group()) > MAX_DIGITS:
        return None
    whole, top, bottom, vulgar = match.groups()
    number = Fraction((whole or "0").replace(",", ""))
    if top and int(bottom):
        number += Fraction(int(top), int(bottom))
    number += _VULGAR.get(vulgar, Fraction(0))
    return number * _magnitude(words)


def _magnitude(words: str) -> int:
    last = words.split()[-1]
    return {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}.get(last, 1)


_WORD_VALUES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen".split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}


def _from_words(words: str) -> Fraction | None:
    total, current, seen = 0, 0, False
    for word in re.split(r"[\s-]+", words):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
            seen = True
        elif word in _WORD_VALUES:
            current += _WORD_VALUES[word]
            seen = True
        elif word in ("a", "an", "half"):
            seen = seen or word != "half"
            current = current or (1 if word != "half" else 0)
        elif word not in ("and", "of"):
            return Fraction(2) if word == "couple" else None
    return Fraction(total + current) if seen else None
