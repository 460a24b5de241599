"""Numbers in front of time units: digits, fractions and number words."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.components.dates.lexing import MAX_DIGITS, Lexed

_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:[\s-]*(\d+)/(\d+)|([½¼¾]))?")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_SCALES = frozenset({"HUNDRED", "THOUSAND", "MILLION", "dozen"})
_ADDENDS = frozenset({"SMALL", "TEEN", "TENS"})
_HALF = Fraction(1, 2)


def number_of(lexed: Lexed, tokens: range) -> Fraction | None:
    """The number that the tokens spell, or None for a vague one ("several") or an absurdly long one."""
    if not tokens:
        return None
    words = lexed.text[lexed.starts[tokens[0]] : lexed.ends[tokens[-1]]]
    digits = _DIGITS.match(words)
    if digits is None:
        return _from_words(lexed, tokens)
    return None if len(digits.group()) > MAX_DIGITS else _from_digits(digits) * _scale(lexed, tokens)


def _from_digits(match: re.Match[str]) -> Fraction:
    whole, top, bottom, vulgar = match.groups()
    number = Fraction(whole.replace(",", ""))
    if top and int(bottom):
        number += Fraction(int(top), int(bottom))
    return number + _VULGAR.get(vulgar, 0)


def _scale(lexed: Lexed, tokens: range) -> int:
    name, value = lexed.entry(tokens[-1])
    return int(value) if name in _SCALES else 1


def _from_words(lexed: Lexed, tokens: range) -> Fraction | None:
    """Number words as in "two hundred and ten": scales multiply what stands before them."""
    total, current = 0, 0
    for name, value in map(lexed.entry, tokens):
        if name in _ADDENDS:
            current += int(value)
        elif name == "HUNDRED" or name == "dozen":
            current = max(current, 1) * int(value)
        elif name in _SCALES:
            total, current = total + max(current, 1) * int(value), 0
        elif name == "couple":
            return Fraction(2)
        elif name in ("few", "several", "many", "some", "VAGUES"):
            return None
        elif name == "half":
            return Fraction(total + current) + _HALF
        elif name == "a":
            current = current or 1
    return Fraction(total + current) if total + current else None
