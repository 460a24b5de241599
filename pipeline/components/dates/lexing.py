"""Text as a string of word classes, one character a token, so that a grammar rule is a plain regex.

A rule over classes is short, linear and independent of how a tokenizer cuts "8.30am" or "year-ago".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_TOKEN = re.compile(
    r"\b[AaPp]\.\s?[Mm]\b\.?|\b(?:B\.C|b\.c|A\.D|a\.d)\b\.?|\bo['’]clock\b|[^\W\d_]+|\d+|\s+|.", re.DOTALL
)
_HYPHENS = "-‐‑"
_DASHES = "–—−"
_APOSTROPHES = "'’‘`´"
FIRST_PRIVATE = "\ue000"  # class characters come from here on, so that no text character is one
_SHAPE_CLASSES = (
    "OTHER",
    "CAP",
    "ED",
    "MARK",
    "N12",
    "N24",
    "N31",
    "N59",
    "N99",
    "N3",
    "YEARN",
    "N4",
    "NBIG",
)
MAX_DIGITS = 15  # longer runs are identifiers; int() of a megabyte of digits would take minutes


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that time expressions are made of: form → (class, value)."""

    any_case: dict[str, tuple[str, str]]
    cased: dict[str, tuple[str, str]]
    symbols: dict[str, str]

    def entry(self, word: str) -> tuple[str, str] | None:
        """Class and value of a word, or None for a word outside the grammar."""
        return self.cased.get(word) or self.any_case.get(word.lower())


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon, read once per process."""
    rows = list(_rows("dates_words.tsv"))
    any_case: dict[str, tuple[str, str]] = {}
    cased: dict[str, tuple[str, str]] = {}
    for name, value, forms in rows:
        for form in forms.split("|"):
            if form == form.lower():
                any_case.setdefault(form, (name, value))
            else:
                cased.setdefault(form, (name, value))
                cased.setdefault(form.upper(), (name, value))
    for word in holiday_words():
        forms_of = any_case if word == word.lower() else cased
        if word not in cased and word.lower() not in any_case:
            forms_of[word] = ("HOLIDAY", "")
    names = [*_SHAPE_CLASSES, "HOLIDAY", *dict.fromkeys(row[0] for row in rows)]
    symbols = {name: chr(ord(FIRST_PRIVATE) + index) for index, name in enumerate(names)}
    return Lexicon(any_case, cased, symbols)


@cache
def load_holidays() -> dict[str, str]:
    """The days that have names: phrase → rule; "~" opens the rule of a feast that is sighted."""
    rules = dict(_rows("dates_holidays.tsv"))
    for names, sighted, days in _rows("dates_feasts.tsv"):
        rules.update((name, sighted.replace("-", "") + days) for name in names.split("|"))
    return rules


def _rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a lexicon file."""
    listing = resources.files("pipeline.components.lexicons").joinpath(name)
    for line in listing.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            yield line.split("\t")


def holiday_words() -> list[str]:
    """The words of the named days, each once."""
    return list(dict.fromkeys(re.findall(r"[^\W\d_]{2,}", " ".join(load_holidays()))))


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text, its class string, and where each class character stands in the text."""

    text: str
    classes: str
    starts: list[int]
    ends: list[int]

    def word(self, index: int) -> str:
        """The token as printed."""
        return self.text[self.starts[index] : self.ends[index]]

    def entry(self, index: int) -> tuple[str, str]:
        """Class and value of a token in the lexicon; empty strings for one outside it."""
        return load_lexicon().entry(self.word(index)) or ("", "")

    def value(self, index: int) -> str:
        """The lexicon's value of a token; empty when it has none."""
        return self.entry(index)[1]


def lex(text: str) -> Lexed:
    """The class string of a text: words and numbers by class, white space as one space."""
    classes, starts, ends = [], [], []
    seen: dict[str, str] = {}
    for match in _TOKEN.finditer(text):
        token = match.group()
        symbol = seen.get(token)
        if symbol is None:
            symbol = seen[token] = _symbol(token)
        classes.append(symbol)
        starts.append(match.start())
        ends.append(match.end())
    return Lexed(text, "".join(classes), starts, ends)


def _symbol(token: str) -> str:
    lexicon = load_lexicon()
    entry = lexicon.entry(token)
    if entry:
        return lexicon.symbols[entry[0]]
    if token.isspace():
        return "\n" if token.count("\n") > 1 else " "
    if token.isdecimal() and token.isascii():
        return lexicon.symbols[_number_class(token)]
    if token[0].isalpha():
        return lexicon.symbols[_word_class(token)]
    return _punctuation(token, lexicon)


def _punctuation(token: str, lexicon: Lexicon) -> str:
    for group, plain in ((_HYPHENS, "-"), (_DASHES, "–"), (_APOSTROPHES, "'")):
        if token in group:
            return plain
    return token if token.isascii() or token in "£€¥“”" else lexicon.symbols["MARK"]


def _word_class(word: str) -> str:
    if word[0].isupper():
        return "CAP"
    return "ED" if word.endswith("ed") else "OTHER"


def _number_class(digits: str) -> str:
    if len(digits) > 4:
        return "NBIG"
    number = int(digits)
    if len(digits) == 4:
        return "YEARN" if 1000 <= number < 2200 else "N4"
    if len(digits) == 3:
        return "N3"
    bounds = ((12, "N12"), (24, "N24"), (31, "N31"), (59, "N59"), (99, "N99"))
    return "N24" if number == 0 else next(name for top, name in bounds if number <= top)
