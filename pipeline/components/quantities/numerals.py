"""Numbers as news prints them: digits, words, magnitudes, fractions and vague plurals, in exact decimals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.lexemes import Page

Form = Literal["digits", "words", "vague", "fraction"]

# Longer runs of digits are identifiers, and exact arithmetic on them grows with the square of their length.
MAX_DIGITS = 24
# "five hundred thousand million" is the longest chain news prints; an endless one overflows arithmetic.
MAX_WORDS = 16
MAX_VALUE = Decimal(10) ** 24
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
# South African and continental print; groups of thousands have three figures.
_DECIMAL_COMMA = re.compile(r"\d{1,6},\d{1,2}")
_THIN_SPACES = frozenset("\u00a0\u2009\u202f")
_ARTICLES = frozenset(("a", "an"))
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over lexemes ``start`` to before ``stop``; ``high`` is set for a vague plural alone.

    ``scaled``: a magnitude word or letter is part of it; ``article``: it starts or ends with "a".
    """

    start: int
    stop: int
    value: Decimal
    high: Decimal | None
    form: Form
    scaled: bool = False


def read_numeral(page: Page, index: int, *, money: bool = False) -> Numeral | None:
    """The number that starts at this lexeme, an article that is part of it looked up before it."""
    numeral = _read(page, index, money=money)
    return numeral if numeral is not None and abs(numeral.value) < MAX_VALUE else None


def _read(page: Page, index: int, *, money: bool) -> Numeral | None:
    word = page.lower(index)
    if page[index].kind == "number":
        return _digits(page, index, money=money)
    if word == "half":
        return _half(page, index)
    if word in lexicon.denominators():
        return _single_part(page, index)
    if _vulgar(page, index) is not None:
        return _scale(page, Numeral(index, index + 1, _vulgar(page, index) or _HALF, None, "fraction"))
    known = lexicon.number_words().get(word)
    if word == "tens" or (known is not None and known.kind == "vague"):
        return _vague(page, index)
    if known is None or known.kind in ("fold", "multiple", "short"):
        return None
    return _words(page, index)


def parse_digits(surface: str) -> Decimal | None:
    """The value of digits with English, Indian or dotted grouping, or None for anything else."""
    if len(surface) > MAX_DIGITS:
        return None
    if _PLAIN.fullmatch(surface):
        return Decimal(surface)
    if _GROUPED.fullmatch(surface) or _INDIAN.fullmatch(surface):
        return Decimal(surface.replace(",", ""))
    if _DOTTED.fullmatch(surface):
        return Decimal(surface.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(surface):
        return Decimal(surface.replace(",", "."))
    return None


def _digits(page: Page, index: int, *, money: bool) -> Numeral | None:
    value = parse_digits(page[index].text)
    if value is None:
        return None
    numeral = _signed(page, _leading_point(page, Numeral(index, index + 1, value, None, "digits")))
    numeral = _spaced_groups(page, numeral)
    numeral = _with_fraction(page, numeral)
    if numeral.form == "digits":
        numeral = _part_of(page, _and_half(page, numeral))
    return _scale(page, _short_magnitude(page, numeral, money=money))


def _leading_point(page: Page, numeral: Numeral) -> Numeral:
    """As in ".5" is a half where a space or sign stands before the point."""
    before = numeral.start - 1
    if before >= 0 and page[before].text == "." and page.glued(numeral.start) and not page.glued(before):
        digits = page[numeral.start].text
        if digits.isdecimal():
            return replace(numeral, start=before, value=Decimal("0." + digits))
    return numeral


def _signed(page: Page, numeral: Numeral) -> Numeral:
    """A minus sign or hyphen that touches the number but nothing before it."""
    before = numeral.start - 1
    if before < 0 or page[before].text not in ("-", "−", "–") or page.glued(before):
        return numeral
    if page.glued(numeral.start):
        return replace(numeral, start=before, value=-numeral.value)
    return numeral


def _spaced_groups(page: Page, numeral: Numeral) -> Numeral:
    """As in "10 000" and, after broken tokenisation, "10, 000"."""
    first, stop, value = page[numeral.start], numeral.stop, numeral.value
    if (
        len(first.text) > 3
        or stop >= len(page)
        or not (page[stop].kind == "number" or page[stop].text == ",")
    ):
        return numeral
    if not first.text.isdecimal():
        return numeral
    while stop < len(page):
        group = stop + 1 if page[stop].text == "," and page.glued(stop) else stop
        if group >= len(page) or not _is_group(page, group, comma=group != stop):
            break
        value, stop = value * 1000 + Decimal(page[group].text), group + 1
        if stop - numeral.start > MAX_DIGITS:
            break
    return replace(numeral, stop=stop, value=value)


def _is_group(page: Page, index: int, *, comma: bool) -> bool:
    lexeme = page[index]
    if lexeme.kind != "number" or len(lexeme.text) != 3 or not lexeme.text.isdecimal() or lexeme.glued:
        return False
    gap = page.text[page[index - 1].end : lexeme.start]
    return gap in _THIN_SPACES or (gap == " " and (comma or lexeme.text == "000"))


def _with_fraction(page: Page, numeral: Numeral) -> Numeral:
    """As in "3/4", "10 1/2" and "3½"."""
    stop = numeral.stop
    vulgar = _vulgar(page, stop)
    if vulgar is not None:
        return replace(numeral, stop=stop + 1, value=numeral.value + vulgar)
    own = _slashed(page, numeral.start)
    if own is not None and numeral.stop == numeral.start + 1:
        return replace(numeral, stop=stop + 2, value=own, form="fraction")
    dashed = page.lower(stop) == "-" and page.glued(stop) and page.glued(stop + 1)
    part = _slashed(page, stop + dashed) if dashed or not page.glued(stop) else None
    if part is not None:
        # "$7.62-1/4" is a price in dollars, cents and parts of a cent
        part = part / 100 if "." in page[numeral.start].text else part
        return replace(numeral, stop=stop + dashed + 3, value=numeral.value + part)
    return numeral


def _slashed(page: Page, index: int) -> Decimal | None:
    if index + 2 >= len(page) or page[index + 1].text not in "/⁄" or not page.glued(index + 1):
        return None
    top, bottom = page[index], page[index + 2]
    if not (top.text.isdecimal() and bottom.text.isdecimal() and bottom.glued and len(bottom.text) <= 3):
        return None
    if page.lower(index + 3) == "/" or not 0 < int(top.text[:4]) < int(bottom.text):
        return None
    return Decimal(top.text) / Decimal(bottom.text)


def _vulgar(page: Page, index: int) -> Decimal | None:
    """The value of a sign such as ½."""
    if not 0 <= index < len(page) or len(page[index].text) != 1:
        return None
    sign = page[index].text
    if unicodedata.category(sign) != "No" or not unicodedata.decomposition(sign).startswith("<fraction>"):
        return None
    return Decimal(str(unicodedata.numeric(sign)))


def _short_magnitude(page: Page, numeral: Numeral, *, money: bool) -> Numeral:
    """The letters of "$5m", "12k" and "3.4m people"; "100m" before a singular noun is metres."""
    known = lexicon.number_words().get(page.lower(numeral.stop))
    if known is None or known.kind != "short":
        return numeral
    if not (page.glued(numeral.stop) or money):
        return numeral
    if not (money or known.value == 1000 or _counts_millions(page, numeral)):
        return numeral
    if page.glued(numeral.stop + 1) and page[numeral.stop + 1].kind == "number":
        return numeral
    return replace(numeral, stop=numeral.stop + 1, value=numeral.value * known.value, scaled=True)


def _counts_millions(page: Page, numeral: Numeral) -> bool:
    letter, after = page[numeral.stop].text, numeral.stop + 1
    if page.lower(after) in lexicon.words("race_nouns"):
        return False
    if after >= len(page) or page[after].kind != "word":
        return letter in ("M", "mio") and page.lower(after) not in ("/", "²", "³")
    if letter in ("b", "B"):
        return page.tag(after) in ("NNS", "NNPS")
    follower = after + 1 if page.tag(after) in ("JJ", "NN", "NNP") and after + 1 < len(page) else after
    return (
        page.tag(after) in ("NNS", "NNPS") or page.tag(follower) == "NNS" or page.lower(after) in ("dollars",)
    )


def _scale(page: Page, numeral: Numeral) -> Numeral:
    """The magnitudes after a number: "3.4 million", "5-million", "1.5 lakh crore"."""
    stop, value, scaled = numeral.stop, numeral.value, numeral.scaled
    while stop - numeral.stop < MAX_WORDS:
        place = stop + 1 if page.hyphen(stop) and page.glued(stop) and page.glued(stop + 1) else stop
        known = lexicon.number_words().get(page.lower(place))
        if known is None or known.kind not in ("hundred", "magnitude"):
            break
        if place != stop and page.lower(place) in ("hundred",):
            break
        stop, value, scaled = place + 1, value * known.value, True
    form: Form = "digits" if scaled and numeral.form == "fraction" else numeral.form
    return replace(numeral, stop=stop, value=value, scaled=scaled, form=form)


def _words(page: Page, index: int) -> Numeral | None:
    """A number in words, as far as it goes on ("two hundred and fifty thousand")."""
    table = lexicon.number_words()
    total, current, last, stop = Decimal(0), Decimal(0), "", index
    place, scaled = index, False
    while place < min(len(page), index + MAX_WORDS):
        known = table.get(page.lower(place))
        if (
            known is None
            or page.dated[place] != page.dated[index]
            or not _may_follow(last, known.kind, page, place)
        ):
            break
        if known.kind in ("unit", "teen", "ten"):
            current += known.value
        elif known.kind == "hundred":
            current, scaled = (current or Decimal(1)) * known.value, True
        else:
            total, current, scaled = (
                (total or Decimal(0)) + (current or Decimal(1)) * known.value,
                Decimal(0),
                True,
            )
        last, stop = known.kind, place + 1
        place = _next_word(page, stop, last)
    if stop == index:
        return None
    numeral = Numeral(index, stop, total + current, None, "words", scaled)
    return _finish_words(page, numeral)


def _may_follow(last: str, kind: str, page: Page, place: int) -> bool:
    if kind == "unit":
        return last in ("", "ten", "hundred", "magnitude")
    if kind in ("teen", "ten"):
        return last in ("", "hundred", "magnitude")
    if kind == "hundred":
        return last in ("", "unit", "teen", "ten", "magnitude") and (
            last != "magnitude" or page.lower(place) != "dozen"
        )
    return kind == "magnitude"


def _next_word(page: Page, stop: int, last: str) -> int:
    """Where the next number word may stand: after a hyphen, or after "and" below the last magnitude."""
    if page.hyphen(stop) and page.glued(stop) and page.glued(stop + 1):
        return stop + 1
    if page.lower(stop) != "and" or last not in ("hundred", "magnitude"):
        return stop
    known = lexicon.number_words().get(page.lower(stop + 1))
    after = lexicon.number_words().get(page.lower(stop + 2))
    if known is None or known.kind not in ("unit", "teen", "ten"):
        return stop
    return stop if after is not None and after.kind in ("hundred", "magnitude") else stop + 1


def _finish_words(page: Page, numeral: Numeral) -> Numeral | None:
    bare = lexicon.number_words()[page.lower(numeral.start)].kind in ("hundred", "magnitude")
    if bare:
        return _bare_magnitude(page, numeral)
    numeral = _part_of(page, _and_half(page, numeral))
    vulgar = _vulgar(page, numeral.stop)
    if vulgar is not None:
        numeral = replace(numeral, stop=numeral.stop + 1, value=numeral.value + vulgar)
    return _scale(page, numeral)


def _bare_magnitude(page: Page, numeral: Numeral) -> Numeral | None:
    """As in "a million", "those billion people", and "several hundred" as a vague plural."""
    before = numeral.start - 1
    if page.hyphen(before) and page.glued(numeral.start):
        return None
    if page.lower(before) in _ARTICLES:
        return _and_half(page, replace(numeral, start=before))
    if page.lower(before) in lexicon.words("vague_before"):
        return _several(page, replace(numeral, start=before))
    if page.lower(before) == "of" and page.lower(before - 1) == "couple":
        return _several(page, replace(numeral, start=before - 1))
    if page.lower(before) in ("per", "by") or page.dated[numeral.start]:
        return None
    return numeral


def _several(page: Page, numeral: Numeral) -> Numeral:
    start = numeral.start - 1 if page.lower(numeral.start - 1) in _ARTICLES else numeral.start
    return replace(numeral, start=start, high=numeral.value * 10, form="vague")


def _and_half(page: Page, numeral: Numeral) -> Numeral:
    """As in "two and a half", "two-and-a-half", "three and a quarter"."""
    words: list[str] = []
    place = numeral.stop
    if page.lower(place) != "and" and not page.hyphen(place):
        return numeral
    while place < len(page) and len(words) < 3:
        if not (page.hyphen(place) and page.glued(place)):
            words.append(page.lower(place))
        place += 1
    if words in (["and", "a", "half"], ["and", "one", "half"]):
        return replace(numeral, stop=place, value=numeral.value + _HALF)
    if words == ["and", "a", "quarter"] or words == ["and", "three", "quarters"]:
        part = Decimal("0.25") if words[2] == "quarter" else Decimal("0.75")
        return replace(numeral, stop=place, value=numeral.value + part)
    return numeral


def _part_of(page: Page, numeral: Numeral) -> Numeral:
    """As in "two-thirds", "one quarter", "3 quarters": the parts of a whole, fewer than make it."""
    place = numeral.stop + 1 if page.hyphen(numeral.stop) and page.glued(numeral.stop) else numeral.stop
    word = page.lower(place)
    parts = lexicon.denominators().get(word)
    if parts is None or not 0 < numeral.value < parts or numeral.value != int(numeral.value):
        return numeral
    if (numeral.value > 1) != (word.endswith("s") or word == "halves") or _is_attribute(page, place):
        return numeral
    whole = replace(numeral, stop=place + 1, value=numeral.value / parts, form="fraction")
    return _of_magnitude(page, whole)


def _single_part(page: Page, index: int) -> Numeral | None:
    """As in "a third", "a quarter of a million"; a bare "quarter million"."""
    parts = Decimal(1) / lexicon.denominators()[page.lower(index)]
    if page.lower(index).endswith("s"):
        return None
    start = index - 1 if page.lower(index - 1) in _ARTICLES else index
    numeral = _of_magnitude(page, Numeral(start, index + 1, parts, None, "fraction"))
    if numeral.scaled:
        return numeral
    scaled = _scale(page, numeral)
    if scaled.scaled:
        return scaled if page.lower(index) == "quarter" else None
    if _tells_points(page, index) or _is_hyphened_unit(page, index):
        return numeral
    if (start == index and numeral.stop == index + 1) or _is_attribute(page, index):
        return None
    return numeral if numeral.stop > index + 1 or _stands_alone(page, numeral) else None


def _tells_points(page: Page, index: int) -> bool:
    """As in "a quarter point", "the quarter-point cut": how central banks move rates."""
    return page.lower(index) == "quarter" and page.lower(index + 1 + page.hyphen(index + 1)) == "point"


def _is_hyphened_unit(page: Page, index: int) -> bool:
    """As in "a quarter-mile"; a third-year student is none."""
    hyphened = page.hyphen(index + 1) and page.glued(index + 1) and page.glued(index + 2)
    return hyphened and page.lower(index) == "quarter" and page.lower(index + 2) in lexicon.units().words


def _is_attribute(page: Page, index: int) -> bool:
    """Whether a hyphen binds the word to the next one ("third-party"), units aside."""
    if not (page.hyphen(index + 1) and page.glued(index + 1) and page.glued(index + 2)):
        return False
    return page.lower(index + 2) not in lexicon.units().words


def _stands_alone(page: Page, numeral: Numeral) -> bool:
    """Whether "a third" is a share: not another one ("a fifth inmate"), not three months."""
    after, before = page.lower(numeral.stop), page.lower(numeral.start - 1)
    if after in lexicon.words("share_after") or _is_plural_subject(page, numeral):
        return True
    if before not in lexicon.words("share_before") or page[numeral.stop - 1].lower == "fourth":
        return False
    return numeral.stop >= len(page) or page.tag(numeral.stop) not in ("NN", "NNS", "JJ")


def _is_plural_subject(page: Page, numeral: Numeral) -> bool:
    """As in "a third were unpaid", "a quarter said no": the verb is that of many."""
    tag = page.tag(numeral.stop) if numeral.stop < page.limit(numeral.start) else ""
    if page.lower(numeral.stop) == "were" or tag == "VBP":
        return True
    if tag != "VBD" or page.lower(numeral.stop) == "was":
        return False
    return page.lower(numeral.stop) == "had" or page.lower(numeral.stop - 1) == "quarter"


def _of_magnitude(page: Page, numeral: Numeral) -> Numeral:
    """As in "a quarter of a million", "three quarters of a mile" (the unit follows)."""
    stop = numeral.stop
    if page.lower(stop) == "of" and page.lower(stop + 1) in _ARTICLES:
        if page.lower(stop + 2) in ("million", "billion", "trillion"):
            return _scale(page, replace(numeral, stop=stop + 2))
        if page.lower(stop + 2) in lexicon.words("coins"):
            return replace(numeral, stop=stop + 2)
        if {page.lower(stop + 2), " ".join(page.words(stop + 2, stop + 4))} & lexicon.units().words.keys():
            return replace(numeral, stop=stop + 2)
    return numeral


def _half(page: Page, index: int) -> Numeral | None:
    """As in "half", "half a million", "half-a-dozen", "half an hour" (the unit follows)."""
    start = index - 1 if page.lower(index - 1) in ("a", "one") else index
    start = index - 2 if page.lower(index - 2) == "one" and page.hyphen(index - 1) else start
    numeral = Numeral(start, index + 1, _HALF, None, "fraction")
    place = index + 1
    while page.hyphen(place) and page.glued(place):
        place += 1
    article = page.lower(place) in _ARTICLES
    place += article
    while article and page.hyphen(place) and page.glued(place):
        place += 1
    known = lexicon.number_words().get(page.lower(place))
    if known is not None and known.kind in ("hundred", "magnitude"):
        return _scale(page, replace(numeral, stop=place))
    coin = page.lower(place) in lexicon.words("coins")
    if article and (coin or page.lower(place) in lexicon.units().words.keys() | _two_word_units(page, place)):
        return replace(numeral, stop=place)
    return numeral


def _two_word_units(page: Page, place: int) -> frozenset[str]:
    both = f"{page.lower(place)} {page.lower(place + 1)}"
    return frozenset((page.lower(place),)) if both in lexicon.units().words else frozenset()


def _vague(page: Page, index: int) -> Numeral | None:
    """As in "dozens", "tens of thousands", "hundreds of billions"."""
    table = lexicon.number_words()
    first = table.get(page.lower(index))
    low, high = (Decimal(first.value), Decimal(first.high)) if first else (Decimal(10), Decimal(100))
    stop, joined = index + 1, False
    while (
        stop - index < MAX_WORDS
        and page.lower(stop) == "of"
        and (known := table.get(page.lower(stop + 1)))
        and known.kind in ("vague", "magnitude")
    ):
        low, high, stop, joined = low * known.value, high * known.value, stop + 2, True
    if first is None and not joined:
        return None
    if page.lower(index) == "scores" and not (
        page.lower(stop) == "of" and page.lower(index - 1) not in ("the", "test")
    ):
        return None
    return Numeral(index, stop, low, high, "vague", True)


def could_start(page: Page, index: int) -> bool:
    """Whether a number may start at this lexeme: a quick test before any reading."""
    lexeme = page[index]
    if lexeme.kind == "number":
        return True
    if lexeme.kind != "word":
        return False
    lower = lexeme.lower
    return (
        lower in lexicon.number_words()
        or lower in lexicon.ordinals()
        or lower in lexicon.denominators()
        or lower == "tens"
        or lower in lexicon.pairs("decades_of_life")
        or _vulgar(page, index) is not None
    )
