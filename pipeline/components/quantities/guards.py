"""Numbers that count nothing: names, identifiers, scores, telephone numbers, "one" as a pronoun."""

from __future__ import annotations

import re

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_YEAR_BEFORE = frozenset(("in", "since", "by", "until", "till", "of", "from", "during", "before", "after", "early", "late", "mid", "around"))
_SENTENCE_MARKS = frozenset(("“", "\"", "‘", "'", "(", "[", "—", "–", "-", "•", "*"))


def is_no_quantity(page: Page, amount: Amount) -> bool:
    """Whether the number only names, dates, lists or points."""
    if page.dated[amount.number_stop - 1] or page.dated[amount.start]:
        return True
    if page.named[amount.number_stop - 1] and not _starts_name(page, amount):
        return True
    if amount.form == "digits" and _is_identifier(page, amount):
        return True
    if amount.unit is not None and amount.unit.kind == "duration" and page.lower(amount.stop) == "ago":
        return True
    if amount.kind == "count" and amount.value == 1 and amount.form == "words" and not amount.is_range:
        return _is_pronoun(page, amount)
    return amount.kind == "count" and _is_idle_word(page, amount)


def _starts_name(page: Page, amount: Amount) -> bool:
    """A money amount or measure is never part of a name, whatever the tagger drew around it."""
    return amount.kind in ("money", "percent", "age")


def _is_identifier(page: Page, amount: Amount) -> bool:
    start, stop = amount.start, amount.number_stop
    if _touches_letters(page, start, stop, amount) or _is_chain(page, amount):
        return True
    if amount.kind not in ("count", "fraction"):
        return amount.kind == "measure" and _is_numbered(page, start) and not amount.attached and False
    return (
        _is_numbered(page, start)
        or _is_name_part(page, amount)
        or _is_list_mark(page, start, amount.stop)
        or _is_bare_year(page, amount)
        or page.lower(start - 1) in ("@", "#")
        or page.lower(amount.stop) in lexicon.words("name_after_number") and amount.value in (911, 999, 311, 529, 112)
    )


def _touches_letters(page: Page, start: int, stop: int, amount: Amount) -> bool:
    """Letters, or letters and a hyphen, that touch the number: "KN-23", "G20", "5G", "401(k)"."""
    if page.glued(start) and amount.currency is None:
        before = page[start - 1]
        if before.kind == "word" and before.lower not in ("under", "over", "aged", "age", "about", "than", "of", "c"):
            return True
        if page.hyphen(start - 1) and page.glued(start - 1) and start >= 2 and page[start - 2].kind == "word":
            return before.text == "-" and page.lower(start - 2) not in ("mid", "sub", "under", "over", "top")
        if before.text in "/\\_@#:=&" and before.text and not (before.text in ":=" and not page.glued(start - 1)):
            return page.glued(start - 1)
    if stop < len(page) and page.glued(stop) and amount.stop == stop:
        after = page[stop]
        if after.kind == "word":
            return after.lower not in ("s", "x")
        return after.text in "_@\\" or (after.text == "(" and page.glued(stop + 1) and page.glued(stop + 2))
    return False


def _is_chain(page: Page, amount: Amount) -> bool:
    """Groups of digits: telephone numbers, scores, clock times, versions, dates with slashes."""
    start, stop = amount.start, amount.number_stop
    if stop + 1 < len(page) and page.glued(stop) and page[stop].text in ":/." and page.glued(stop + 1):
        if page[stop + 1].kind == "number" and amount.kind == "count":
            return True
    if amount.is_range or amount.kind in ("money", "percent", "ratio", "fraction"):
        return False
    if start and page[start - 1].kind == "number" and amount.currency is None and amount.unit is None:
        return not page.glued(start)
    if stop < len(page) and page[stop].kind == "number" and amount.stop == stop and not page.glued(stop):
        return page.lower(stop + 1) == "" or page[stop].text.isdecimal() and amount.unit is None and not _quantity_noun(page, stop)
    return _dashed(page, start, stop, amount)


def _quantity_noun(page: Page, index: int) -> bool:
    """Whether a second number takes a hyphenated unit: "three 20-minute talks"."""
    return page.hyphen(index + 1) or page.lower(index + 1) in lexicon.units().words


def _dashed(page: Page, start: int, stop: int, amount: Amount) -> bool:
    """A number joined to another by a dash that made no range: a score, unless a vote is told of."""
    left = page.hyphen(start - 1) and start >= 2 and page[start - 2].kind == "number" and page.glued(start)
    right = page.hyphen(stop) and stop + 1 < len(page) and page[stop + 1].kind == "number" and page.glued(stop)
    if page[start].text in ("-", "−", "–") and start and page[start - 1].kind == "number":
        left = True
    if not (left or right):
        return False
    if amount.unit is not None and not right:
        return False
    return not _tells_vote(page, start)


def _tells_vote(page: Page, start: int) -> bool:
    first, limit = max(page.starts[start], start - 6), min(page.limit(start), start + 8)
    return any(page.lower(i) in lexicon.words("votes") for i in range(first, limit))


def _is_numbered(page: Page, start: int) -> bool:
    """"Article 6", "level 2", "No. 4", "number one"."""
    word = page.lower(start - 1)
    if word == "." and page.lower(start - 2) in ("no", "nos", "fig", "sec", "art", "ch", "vol", "p", "pp"):
        return True
    if word in lexicon.words("identifier_nouns"):
        return not (word in ("no", "nos", "day", "form", "flight", "bus", "room") and page[start - 1].text.islower()) or False
    named = start >= 1 and page[start - 1].text[:1].isupper() and word in lexicon.words("identifiers")
    return named and start - 1 > page.starts[start - 1] and not page.named[start] or False


def _is_name_part(page: Page, amount: Amount) -> bool:
    """"Boeing 737", "Fortune 500", "COP 27": a capital before a plain number that counts no noun."""
    start = amount.start
    if start == 0 or start - 1 < page.starts[start] or amount.scaled or "," in page[start].text or "." in page[start].text:
        return False
    before = page[start - 1]
    if before.kind != "word" or not before.text[0].isupper() or page.lower(start - 1) in lexicon.usual_tags() and not (
        page.tag(start - 1).startswith("NNP") and start - 2 >= page.starts[start] and page[start - 2].text[:1].isupper()
    ) and page.tag(start - 1) not in ("NNP", "NNPS"):
        return False
    if page.tag(start - 1) not in ("NNP", "NNPS"):
        return False
    after = amount.stop
    if after >= page.limit(start) or page[after].kind != "word":
        return not (after < len(page) and page[after].text in ",)" and page.lower(start - 1) == ",")
    return not (page.tag(after) in ("NNS", "NN", "JJ", "VBN") and page[after].text.islower() and start - 1 == page.starts[start])  # noqa: E501


def _is_list_mark(page: Page, start: int, stop: int) -> bool:
    """"4." or "(2)" at the start of a sentence or line, "1)" anywhere."""
    if page.lower(stop) == ")" and page.glued(stop) and page.lower(start - 1) != "(" and page.glued(stop):
        opened = any(page.lower(i) == "(" for i in range(max(page.starts[start], start - 30), start))
        return not opened
    first = start == page.starts[start] or (start - 1 == page.starts[start] and page.lower(start - 1) == "(")
    return first and page.lower(stop) in (".", ")") and page.glued(stop)


def _is_bare_year(page: Page, amount: Amount) -> bool:
    """Four digits that a preposition of time introduces, where no date was drawn around them."""
    if amount.number_stop != amount.start + 1 or not _YEAR.fullmatch(page[amount.start].text):
        return False
    if amount.stop < page.limit(amount.start) and page[amount.stop].kind == "word" and page.tag(amount.stop) == "NNS":
        return False
    return page.lower(amount.start - 1) in _YEAR_BEFORE


def _is_pronoun(page: Page, amount: Amount) -> bool:
    """Whether "one" stands for a noun instead of counting it."""
    start, stop = amount.start, amount.stop
    if page.lower(start - 1) == "but" and page.lower(start - 2) in ("all", "every", "any"):
        return False
    if page.lower(start - 1) in lexicon.words("pronoun_before_one"):
        return not (page.lower(start - 1) in ("the", "this", "that") and _noun_after(page, stop) and page.lower(start - 1) != "this")
    if page.hyphen(stop) and page.glued(stop) and page.glued(stop + 1):
        return page.lower(stop + 1) in ("on", "time", "off", "by", "of", "upmanship", "sided", "sidedly", "stop")
    if page.lower(start - 1) in lexicon.words("identifier_nouns") | {"number"}:
        return True
    if stop >= page.limit(start):
        return page.lower(start - 1) not in ("in", "to", "at", "just", "only") or True
    return page.lower(stop) in lexicon.words("pronoun_after_one") or not _noun_after(page, stop)


def _noun_after(page: Page, stop: int) -> bool:
    """Whether a noun phrase follows: adjectives, participles and adverbs up to a noun."""
    for index in range(stop, min(stop + 5, page.limit(stop - 1))):
        tag = page.tag(index)
        if tag in ("NN", "NNS", "NNP", "NNPS"):
            return True
        if tag not in ("JJ", "JJR", "JJS", "VBN", "VBG", "RB", "CD") and not page.hyphen(index) and page.lower(index) != "more":
            return False
    return False


def _is_idle_word(page: Page, amount: Amount) -> bool:
    """"zero-sum", "two-faced"; numbers in words inside an opening quotation of a title are kept."""
    start, stop = amount.start, amount.stop
    if page.lower(start) == "zero":
        return not _noun_after(page, stop) or amount.attached
    return False


_ = _SENTENCE_MARKS
