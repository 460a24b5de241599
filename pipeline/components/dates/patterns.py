"""The grammar file, compiled: rules written with class names become regexes over class strings.

A lower-case identifier is a word's own class (``ago``), an upper-case one a class or macro (``MONTH``,
``NUM``); a space is one stretch of white space; ``~`` parts two identifiers that touch in the text;
everything else is regex.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipeline.components.dates.lexing import FIRST_PRIVATE, Lexed, lex, load_holidays, load_lexicon

_OPEN, _CLOSE = tuple('"“‘«„'), tuple('"”’»“')
_PART = re.compile(r"\(\?P<\w+>|\\.|[A-Za-z][A-Za-z0-9]*|\{[\d,]+\}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of time expression: its stable name, its pattern, and the name of its reader.

    ``anchors`` are class characters of which every match holds one: the rule is tried only there.
    """

    name: str
    reader: str
    anchors: str
    regex: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first holds one of its anchors: all take a tenth of a second."""
        return _compiled(self.regex)


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


@cache
def _grammar() -> tuple[dict[str, str], tuple[tuple[str, str, str, str], ...]]:
    """Names with what they stand for, and the rules as (name, reader, anchors, regex)."""
    listing = resources.files("pipeline.components.lexicons").joinpath("dates_grammar.tsv")
    rows = [line.split("\t") for line in listing.read_text("utf-8").splitlines() if line and line[0] != "#"]
    names = dict(load_lexicon().symbols)
    phrases = sorted(
        {lex(phrase).classes for phrase in load_holidays()}, key=lambda classes: (-len(classes), classes)
    )
    names["HOLIDAYS"] = "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"
    rules = []
    for kind, name, reader, anchors, pattern in rows:
        expanded = "".join(_expand(part, names) for part in _PART.findall(pattern))
        if kind == "macro":
            names[name] = expanded
        else:
            rules.append((name, reader, _symbols_in(anchors, names), expanded))
    return names, tuple(rules)


@cache
def load_rules() -> tuple[Rule, ...]:
    """The shipped grammar, read once per process; an unknown class name is a KeyError."""
    return tuple(Rule(*row) for row in _grammar()[1])


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern in the grammar's notation, compiled."""
    names = _grammar()[0]
    return re.compile("".join(_expand(part, names) for part in _PART.findall(pattern)))


def _symbols_in(anchors: str, names: dict[str, str]) -> str:
    symbols: set[str] = set()
    for anchor in anchors.split():
        symbols.update(
            (char for char in names[anchor] if char >= FIRST_PRIVATE) if anchor in names else anchor
        )
    return "".join(sorted(symbols))


def _expand(part: str, names: dict[str, str]) -> str:
    if part[0].isalpha():
        return names[part]
    return "" if part == "~" else part


@cache
def _name_symbol() -> str:
    return load_lexicon().symbols["CAP"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule matched, with its named groups as words and values."""

    lexed: Lexed
    match: re.Match[str]

    @property
    def start_token(self) -> int:
        """First token of the expression; a group ``core`` leaves context outside."""
        return self.match.start("core") if "core" in self.match.re.groupindex else self.match.start()

    @property
    def end_token(self) -> int:
        """Token after the expression."""
        return self.match.end()

    def tokens(self, *names: str) -> range:
        """Token indices of the first of the named groups that took part; empty when none did."""
        for name in names:
            start, end = self.match.span(name) if name in self.match.re.groupindex else (-1, -1)
            if start >= 0:
                return range(start, end)
        return range(0)

    def has(self, *names: str) -> bool:
        """Whether one of the named groups took part in the match."""
        return bool(self.tokens(*names))

    @property
    def capitalised(self) -> bool:
        """Whether the expression begins with a capital."""
        return self.lexed.word(self.start_token)[0].isupper()

    @property
    def follows_name(self) -> bool:
        """Whether a capitalised word outside the grammar stands before it."""
        return self.lexed.classes[max(0, self.start_token - 2) : self.start_token] == _name_symbol() + " "

    @property
    def precedes_name(self) -> bool:
        """Whether a capitalised word outside the grammar stands after it."""
        return self.lexed.classes[self.end_token : self.end_token + 2] == " " + _name_symbol()

    @property
    def is_title(self) -> bool:
        """Whether the expression is part of a capitalised name: "the Winter Olympics"."""
        return self.lexed.word(self.end_token - 1)[0].isupper() and self.precedes_name

    @property
    def is_quoted(self) -> bool:
        """Whether quotation marks stand right around the expression."""
        text = self.lexed.text
        start, end = self.lexed.starts[self.start_token], self.lexed.ends[self.end_token - 1]
        return text[max(0, start - 1) : start] in _OPEN and text[end : end + 1].rstrip(",.") in _CLOSE

    @property
    def preceding(self) -> str:
        """The word before the expression, in lower case; empty when no space parts the two."""
        at = self.start_token
        return self.lexed.word(at - 2).lower() if at > 1 and self.lexed.classes[at - 1] == " " else ""

    @property
    def fills_line(self) -> bool:
        """Whether nothing else stands on the line of the expression."""
        text = self.lexed.text
        start, end = self.lexed.starts[self.start_token], self.lexed.ends[self.end_token - 1]
        return text[max(0, start - 1) : start] in ("", "\n") and text[end : end + 1] in ("", "\n", "\r")

    def following(self, count: int) -> str:
        """The tokens after the expression as printed, in lower case."""
        end = min(self.end_token + count, len(self.lexed.ends))
        return self.lexed.text[self.lexed.ends[self.end_token - 1] : self.lexed.ends[end - 1]].lower()

    def words(self, *names: str) -> str:
        """The group as printed, in lower case."""
        tokens = self.tokens(*names)
        if not tokens:
            return ""
        return self.lexed.text[self.lexed.starts[tokens[0]] : self.lexed.ends[tokens[-1]]].lower()

    def value(self, *names: str) -> str:
        """The lexicon's value of the first word of a group that has one."""
        return next((value for index in self.tokens(*names) if (value := self.lexed.value(index))), "")

    def integer(self, *names: str) -> int:
        """The group's first run of digits or its lexicon value as a number; 0 when it has neither."""
        digits = re.search(r"\d{1,9}", self.words(*names))
        return int(digits.group()) if digits else int(self.value(*names) or 0)
