"""Currencies beside a number: signs, codes and words, and what a bare "$" means in this article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.lexicon import Currency

_LONGEST_SIGN = 4
_LONGEST_WORD = 3
# A place that is named twice is a topic of the article; once may be a passing mention. Dollars pass
# for American ones anywhere; who names another country and francs or pounds means that country's.
MIN_MENTIONS = 2
_UNNAMED = {
    "$": "dollar",
    "£": "pound sterling",
    "Rs": "rupee",
    "kr": "krona",
    "c": "dollar",
    "p": "pound sterling",
    "¢": "dollar",
}
_MINOR = frozenset(("cent", "cents", "¢", "c", "p", "centime", "centimes"))
_LOOSE_WORDS = frozenset(("real", "crowns", "mark", "marks"))
_MARKED_DOLLAR = re.compile(r"(?<![^\W\d_])[A-Z]{1,3}\$")
_EURO = re.compile(r"\beuros?\b")
_NO_SUBJECTS = frozenset(("dollar", "dollars", "cent", "cents", "c", "p", "¢", "pence"))
# What tells an article with "12.5p" but without the sign of the pound.
_BRITISH = ("pence", "sterling", "Britain", "British", "London", "England", "Scotland", "Wales")
_BASES = frozenset(("EUR", "GBP"))
_RATE_REACH = 24
# Shorter ones in capitals are abbreviations of something else ("LAO", "UK").
_SHORT_NAME = 3
_MASS_OR_MONEY = frozenset(("pound", "pounds"))


@dataclass(frozen=True, slots=True)
class CurrencyMatch:
    """A currency over lexemes ``start`` to before ``stop``."""

    currency: Currency
    start: int
    stop: int
    hyphenated: bool = False


class Purse:
    """The currencies of one article: bare signs and words are settled once, by the places it names."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._settled: dict[str, Currency] = {}
        self._prints_sterling = "£" in page.text and "weigh" not in page.text

    def before(self, index: int) -> CurrencyMatch | None:
        """The currency that stands before the number at this lexeme."""
        page = self._page
        if page.lower(index - 1) not in _prefix_ends():
            return None
        table = lexicon.currencies()
        # the stop of "Rs." may have been taken for a sentence's end
        first = 0 if page.lower(index - 1) == "." or index >= len(page) else page.starts[index]
        low = max(first, index - _LONGEST_SIGN) if index < len(page) else index
        for start in range(low, index):
            sign = page.text[page[start].start : page[index - 1].end]
            if len(sign) > 12 or not self._may_prefix(sign, start, index):
                continue
            if sign in table.prefixes:
                return CurrencyMatch(table.prefixes[sign], start, index)
            if sign in lexicon.ambiguous_currencies() and sign not in _MINOR:
                settled = self._settle(sign)
                return CurrencyMatch(settled, start, index) if self._is_money(sign, settled) else None
        return None

    def _is_money(self, sign: str, settled: Currency) -> bool:
        """Whether a letter stands for money: "P8" is pesos or pula only where the article names the place."""
        return settled.code is not None or sign not in lexicon.words("glued_currencies")

    def _may_prefix(self, sign: str, start: int, index: int) -> bool:
        page = self._page
        if sign in lexicon.words("glued_currencies") and not page.glued(index):
            return False
        if page.glued(start) and page[start].kind == "word" and start > 0 and page[start - 1].text.isalnum():
            return False
        if start and page[start - 1].kind == "number" and (page.glued(start) or not page.glued(index)):
            return False
        if sign.islower() and sign.isalpha() and sign not in lexicon.words("lower_currencies"):
            return False
        return not (sign == "Fr." and page.named[start])

    def after(self, index: int, *, scaled: bool) -> CurrencyMatch | None:
        """The currency that stands after the number which ends before this lexeme."""
        page = self._page
        if page.glued(index) and page.glued(index + 1) and page[index + 1].kind == "number":
            return None
        hyphenated = page.hyphen(index) and page.glued(index) and page.glued(index + 1)
        start = index + 1 if hyphenated else index
        limit = page.limit(index - 1)
        for length in range(min(_LONGEST_WORD, limit - start), 0, -1):
            stop = start + length
            if _leads_number(page, start, stop):
                continue
            currency = self._named(start, stop, scaled=scaled)
            if currency is not None:
                return CurrencyMatch(currency, start, stop, hyphenated)
        return None

    def _named(self, start: int, stop: int, *, scaled: bool) -> Currency | None:
        page, table = self._page, lexicon.currencies()
        surface = page.text[page[start].start : page[stop - 1].end]
        lower = " ".join(surface.lower().split())
        if lower in table.words:
            return table.words[lower]
        if surface in table.suffixes:
            return table.suffixes[surface]
        known = lexicon.ambiguous_currencies()
        sign = surface if surface in known else lower
        if sign not in known or (sign in _LOOSE_WORDS and not self._ends_price(sign, stop, scaled=scaled)):
            return None
        if sign in _MASS_OR_MONEY and not self._is_sterling(start, stop, scaled=scaled):
            return None
        if sign == "c" and (surface != "c" or not page.glued(start)):
            return None
        if sign == "p" and not self._is_pence(surface, start, stop):
            return None
        settled = self._settle(sign)
        return Currency(settled.name, settled.code, 100) if sign in _MINOR else settled

    def quoted(self, start: int, stop: int) -> Currency | None:
        """The currency that an exchange rate over these lexemes tells: "the naira … at 1,530 to the dollar".

        Euros and sterling are what others are quoted for, so with them before the rate none is told.
        """
        page, limit = self._page, self._page.limit(start)
        if page.lower(stop) not in lexicon.words("quote_joints") or stop + 1 >= limit:
            return None
        place = stop + 1 + (page.lower(stop + 1) in ("the", "one", "a"))
        base = self._named(place, place + 1, scaled=False) if place < limit else None
        if base is None or page.lower(place).endswith("s"):
            return None
        for index in range(start - 1, max(page.starts[start], start - _RATE_REACH) - 1, -1):
            told = self._quoted_one(index)
            if told is not None and told.code != base.code:
                return None if told.code in _BASES else told
        return None

    def _quoted_one(self, index: int) -> Currency | None:
        """The currency at this lexeme; "the real" is one where a rate is told."""
        page = self._page
        if page.lower(index) in _NO_SUBJECTS:
            return None
        if page.lower(index) == "real" and page.lower(index - 1) in ("the", "'s", "’s"):
            return self._settle("real")
        return self._named(index, index + 1, scaled=False)

    def _ends_price(self, sign: str, stop: int, *, scaled: bool) -> bool:
        """Whether "marks" ends a price here; "real", "crowns" and "mark" say other things far more often."""
        if sign == "crowns" and scaled:
            return True
        return sign == "marks" and self._page.lower(stop) in (",", ".", ";", "a")

    def _is_sterling(self, start: int, stop: int, *, scaled: bool) -> bool:
        """Pounds are money by the million or where the article prints the sign; a weight by default."""
        page = self._page
        if scaled:
            return page.lower(stop) != "of" or self._prints_sterling
        if page.lower(stop) in ("of", "per") and page.lower(stop + 1) != "sterling":
            return False
        return self._prints_sterling

    def _is_pence(self, surface: str, start: int, stop: int) -> bool:
        """As in "5p a litre", in an article that prints pounds; "pp. 4p" and "1080p" are none."""
        page = self._page
        tells = self._prints_sterling or any(word in page.text for word in _BRITISH)
        return surface == "p" and tells and page.glued(start) and not page.hyphen(stop)

    def _code_of_cents(self, sign: str) -> str | None:
        """Cents are of the one currency of cents that the article prints: the euro, or a marked dollar."""
        text = self._page.text
        if sign not in ("cent", "cents", "c", "¢"):
            return None
        if "$" not in text:
            return "EUR" if "€" in text or _EURO.search(text) else None
        marked = _MARKED_DOLLAR.findall(text)
        codes = {
            lexicon.currencies().prefixes[mark].code
            for mark in marked
            if mark in lexicon.currencies().prefixes
        }
        return codes.pop() if len(marked) == text.count("$") and len(codes) == 1 else None

    def _settle(self, sign: str) -> Currency:
        if sign not in self._settled:
            code = self._code_of_cents(sign) or _code_for(sign, self._page.text)
            by_code = lexicon.currencies().by_code
            self._settled[sign] = (
                by_code[code] if code else Currency(_UNNAMED.get(sign, sign.rstrip("s.").lower()), None)
            )
        return self._settled[sign]


def _leads_number(page: Page, start: int, stop: int) -> bool:
    """Whether a sign belongs to the number behind it: the last one of "£12–£85"."""
    apart = not page.glued(start) or page.hyphen(start - 1)
    return apart and page.glued(stop) and stop < len(page) and page[stop].kind == "number"


def _code_for(sign: str, text: str) -> str | None:
    """The currency of the place the article names most, when it is named often enough; else the default."""
    readings = lexicon.ambiguous_currencies()[sign]
    counts = [_mentions(reading.places, text) for reading in readings]
    best = max(range(len(readings)), key=lambda i: (counts[i], readings[i].default, -i))
    default = next((i for i, reading in enumerate(readings) if reading.default), None)
    if default is None:
        return readings[best].code if counts[best] else None
    in_dollars = readings[default].code == "USD"
    enough = MIN_MENTIONS if in_dollars else 1
    told_apart = in_dollars and _is_told_apart(readings[best].code, text)
    if counts[best] >= enough and counts[best] > 2 * counts[default] and not told_apart:
        return readings[best].code
    return readings[default].code


def _is_told_apart(code: str, text: str) -> bool:
    """Whether the article marks the local currency or the US dollar, so that the bare sign is the default."""
    prefixes = [
        sign
        for sign, currency in lexicon.currencies().prefixes.items()
        if currency.code == code and len(sign) > 1
    ]
    name = lexicon.currencies().by_code[code].name
    return "US$" in text or name in text or any(sign in text for sign in prefixes)


def _mentions(places: tuple[str, ...], text: str) -> int:
    if not any(spelling in text for spelling in _spellings(places)):  # ten times as fast as the pattern
        return 0
    return sum(1 for _ in _places_pattern(places).finditer(text))


@cache
def _prefix_ends() -> frozenset[str]:
    """The lexemes in which a sign before a number may end: "$" of "US$", "." of "Rs."."""
    signs = lexicon.currencies().prefixes.keys() | lexicon.ambiguous_currencies().keys()
    last = (re.findall(r"(?:[a-z]\.){2,}|[^\W\d_]+|\S", sign.lower())[-1] for sign in signs)
    return frozenset(last)


@cache
def _spellings(places: tuple[str, ...]) -> frozenset[str]:
    """The names as text and as datelines print them: "Oslo", "OSLO"."""
    return frozenset({*places, *(place.upper() for place in places if len(place) > _SHORT_NAME)})


@cache
def _places_pattern(places: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(place) for place in sorted(_spellings(places), key=len, reverse=True))
        + r")(?!\w)"
    )
