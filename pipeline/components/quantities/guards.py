"""Numbers that count nothing: names, identifiers, scores, telephone numbers, "one" as a pronoun."""

from __future__ import annotations

import re

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Lexeme, Page
from pipeline.components.quantities.pairs import tells_outcome
from pipeline.components.quantities.phrases import NOUNS

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MODIFIERS_OF_NOUNS = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "RB", "CD", "RBS", "RBR"))
_EMERGENCY_NUMBERS = frozenset((112, 311, 511, 529, 911, 988, 999))
# Figures of this length are grouped by commas in print; ungrouped ones are codes.
LONG_CODE = 9
_MEASURED_KINDS = frozenset(("money", "percent", "percentage_points", "age", "multiple", "ratio"))


def is_no_quantity(page: Page, amount: Amount) -> bool:
    """Whether the number only names, dates, lists or points."""
    last = amount.number_stop - 1
    if page.dated[last] or page.dated[amount.start] or _is_past(page, amount):
        return True
    if page.named[last] and amount.kind not in ("money", "percent", "age"):
        return True
    if page[amount.start].kind == "word" and _is_capital_name(page, amount):
        return True
    if _is_digits(page, amount) and _is_identifier(page, amount):
        return True
    if amount.kind == "count":
        return _is_idle_count(page, amount) or _is_place_in_order(page, amount)
    return amount.kind == "fraction" and _is_idle_half(page, amount)


def _is_digits(page: Page, amount: Amount) -> bool:
    return any(page[i].kind == "number" for i in range(amount.start, amount.number_stop))


def _is_past(page: Page, amount: Amount) -> bool:
    if amount.kind == "duration" and page.lower(amount.stop) == "ago":
        return True
    joined = page.lower(amount.stop) in ("and", "or", "to") and amount.stop + 1 < page.limit(amount.start)
    return (
        joined
        and amount.kind == "count"
        and page.dated[amount.stop + 1] == 1
        and page.tag(amount.stop + 1) == "CD"
    )


def _is_idle_count(page: Page, amount: Amount) -> bool:
    """Number words that do not count where they stand."""
    if page.lower(amount.start - 1) == "number" and not amount.scaled:
        told = page.lower(amount.start - 2) == "to" and page.tag(amount.start - 3) in ("VBN", "VBD")
        return not told and page.lower(amount.start - 2) != "they"
    if amount.attached and page.lower(amount.stop + 1) in lexicon.words("idle_compounds"):
        return True
    if amount.attached and (page.lower(amount.stop + 1) in ("a", "an") or _is_brand(page, amount.stop + 1)):
        return True
    if page[amount.start].text[0].isupper() and page.hyphen(amount.start - 1) and page.glued(amount.start):
        return True
    if page.lower(amount.start - 1) == "big" and 3 <= amount.value <= 6:
        return True
    word = page.lower(amount.start)
    if word == "one" and not amount.is_range and amount.number_stop == amount.start + 1:
        return _is_pronoun(page, amount)
    if word == "zero" and not amount.attached and page.lower(amount.start - 1) in ("at", "to", "near"):
        return False
    return word == "zero" and (amount.attached or not _noun_after(page, amount.stop))


def _is_brand(page: Page, index: int) -> bool:
    """Whether a hyphen binds the number to a letter or a capital number word ("3-D", "7-Eleven")."""
    text = page[index].text
    return text[0].isupper() and (len(text) == 1 or page.lower(index) in lexicon.number_words())


def _is_capital_name(page: Page, amount: Amount) -> bool:
    """As in "the Two Holy Mosques", "BBC Two", "Group of Seven": a capital number word beside a capital."""
    word = page[amount.start]
    if not word.text[0].isupper() or amount.scaled or page.in_title(amount.start) or amount.kind != "count":
        return False
    opens = amount.start == page.starts[amount.start] or page[amount.start - 1].kind == "mark"
    after = amount.stop
    capital = (
        after < page.limit(amount.start) and page[after].kind == "word" and page[after].text[0].isupper()
    )
    back = amount.start - 1 - (page.lower(amount.start - 1) == "of")
    before = page[back] if back >= page.starts[amount.start] else None
    named = before is not None and before.kind == "word" and before.text[0].isupper()
    return (capital or named) and not opens


def _is_identifier(page: Page, amount: Amount) -> bool:
    """Whether the digits are part of a name or code rather than a number."""
    if _touches_letters(page, amount) or _is_chain(page, amount):
        return True
    if _is_address(page, amount):
        return True
    if amount.kind in _MEASURED_KINDS:
        return False
    if amount.kind != "count":
        return amount.kind != "duration" and _is_numbered(page, amount.start) and not amount.attached
    return (
        (
            len(page[amount.start].text) >= LONG_CODE
            and page[amount.start].text.isdecimal()
            and not amount.scaled
        )
        or _is_numbered(page, amount.start)
        or (_is_name_part(page, amount) and not _is_tally(page, amount))
        or _is_list_mark(page, amount.start, amount.stop)
        or _is_bare_year(page, amount)
        or page.lower(amount.start - 1) in ("@", "#")
        or _is_padded(page, amount)
        or _is_line(page, amount)
        or page.lower(amount.stop) in lexicon.words("clock_words")
        or _is_day_of_month(page, amount)
        or (
            amount.value in _EMERGENCY_NUMBERS
            and page.lower(amount.stop) in lexicon.words("name_after_number")
        )
    )


def _is_padded(page: Page, amount: Amount) -> bool:
    """As in "at 0830", "agent 007": a count is not filled up with noughts."""
    text = page[amount.start].text
    return len(text) > 1 and text[0] == "0" and text.isdecimal()


def _is_line(page: Page, amount: Amount) -> bool:
    """As in "the 42 bus": one vehicle, which bears the number."""
    one = page.lower(amount.stop) in lexicon.words("numbered_vehicles") and not amount.attached
    return one and amount.value > 1 and page.lower(amount.start - 1) in ("the", "a", "no")


def _is_address(page: Page, amount: Amount) -> bool:
    """As in "123 Elm Street", "PA 23456": a house number or a postal code."""
    text = page[amount.start].text
    state = page[amount.start - 1].text if amount.start else ""
    if text.isdecimal() and len(text) == 5 and len(state) == 2 and state.isalpha() and state.isupper():
        return state not in ("US", "UK", "EU", "UN")
    following = range(amount.number_stop, min(amount.number_stop + 4, page.limit(amount.start)))
    for index in following:
        if not page[index].text[0].isupper():
            return False
        if page.lower(index) in lexicon.words("streets"):
            return index > amount.number_stop
    return False


def _touches_letters(page: Page, amount: Amount) -> bool:
    """Letters, or letters and a hyphen, that touch the number: "KN-23", "G20", "5G", "401(k)"."""
    start, stop = amount.start, amount.number_stop
    bare = amount.currency is None or page[start].kind == "number"
    if start and page.glued(start) and bare and _names_before(page, start):
        return True
    if stop >= len(page) or not page.glued(stop) or amount.stop != stop:
        return False
    after = page[stop]
    if after.kind == "word":
        return after.lower != "x"
    return after.text in "_@\\" or (after.text == "(" and page.glued(stop + 1))


def _names_before(page: Page, start: int) -> bool:
    """Whether what touches the number on its left makes it a name."""
    before = page[start - 1]
    if before.kind == "word":
        return before.lower not in lexicon.words("glued_prefixes")
    if before.text == "-" and before.glued and start >= 2 and page[start - 2].kind == "word":
        return page.lower(start - 2) not in lexicon.words("glued_prefixes")
    return (
        before.glued and before.text in "/\\_@#:=&+" and page[start - 2].kind != "mark"
        if start >= 2
        else False
    )


def _is_chain(page: Page, amount: Amount) -> bool:
    """Groups of digits: telephone numbers, scores, clock times, versions, dates with slashes."""
    start, stop = amount.start, amount.number_stop
    joined = (
        stop + 1 < len(page) and page.glued(stop) and page.glued(stop + 1) and page[stop + 1].kind == "number"
    )
    crossed = page.lower(stop) == "x" and page.glued(stop) and page.glued(stop + 1)
    if crossed and stop + 1 < len(page) and page[stop + 1].kind != "mark":
        return True
    if joined and amount.kind == "count" and page[stop].text in ":/.'’′":
        return True
    if amount.kind in _MEASURED_KINDS or amount.kind == "fraction":
        return False
    if start and _is_plain_number(page[start - 1]) and amount.unit is None and amount.currency is None:
        return True
    if (
        not amount.is_range
        and amount.stop == stop < len(page)
        and _is_plain_number(page[stop])
        and not page.glued(stop)
    ):
        return amount.unit is None and not _takes_unit(page, stop + 1)
    return (not amount.is_range and _is_score(page, amount)) or (
        amount.is_range and _is_long_code(page, amount)
    )


def _is_plain_number(lexeme: Lexeme) -> bool:
    return lexeme.kind == "number" and lexeme.text.isdecimal()


def _is_long_code(page: Page, amount: Amount) -> bool:
    """As in "1111-22223333-4444": more digits than a range has."""
    return page.hyphen(amount.stop) and page.glued(amount.stop) and page.glued(amount.stop + 1) and (
        amount.stop + 1 < len(page) and page[amount.stop + 1].kind == "number"
    )  # fmt: skip


def _takes_unit(page: Page, place: int) -> bool:
    """Whether a second number takes a unit of its own: "three 20-minute talks", "16 5-litre cans"."""
    return page.hyphen(place) or page.lower(place) in lexicon.units().words


def _is_score(page: Page, amount: Amount) -> bool:
    """A number joined to another by a dash that made no range: a code, unless it tells votes or who won."""
    start, stop = amount.start, amount.number_stop
    signed = page.hyphen(start)
    left = start - 1 if signed else start - 2
    after_number = left >= 0 and page[left].kind == "number" and page.hyphen(left + 1)
    before_number = (
        page.hyphen(stop) and stop + 1 < len(page) and page[stop + 1].kind == "number" and page.glued(stop)
    )
    if not (after_number and page.glued(left + 1)) and not before_number:
        return False
    return not tells_outcome(page, start)


def _is_tally(page: Page, amount: Amount) -> bool:
    """As in "the Senate 61-39", "beat Rovers 3–1": two counts side by side, no name."""
    stop = amount.number_stop
    joined = page.hyphen(stop) and page.glued(stop) and stop + 1 < len(page)
    return joined and _is_plain_number(page[stop + 1]) and tells_outcome(page, amount.start)


def _is_numbered(page: Page, start: int) -> bool:
    """As in "Article 6", "level 2", "No. 4"."""
    if start <= page.starts[start]:
        return False
    word, place = page.lower(start - 1), start - 1
    if word == "." and page.lower(start - 2) in ("no", "nos", "fig", "sec", "art", "ch", "vol", "p", "pp"):
        return True
    if word in lexicon.words("identifier_nouns") and word != "no":
        return True
    capital = page[place].text[0].isupper() and word in lexicon.words("identifiers")
    return capital and (place > page.starts[place] or not _noun_after(page, start + 1))


def _is_place_in_order(page: Page, amount: Amount) -> bool:
    """As in "page ten", "round four", "line 6": a whole number behind a singular noun and before none."""
    if amount.start <= page.starts[amount.start] or amount.scaled or amount.is_range or amount.attached:
        return False
    named = page.lower(amount.start - 1) in lexicon.words("numbered_nouns")
    return named and amount.value == int(amount.value) and not _noun_after(page, amount.stop)


def _is_name_part(page: Page, amount: Amount) -> bool:
    """As in "Boeing 737", "Fortune 500", "The 411": a capital before a plain number that counts no noun."""
    start = amount.start
    if start <= page.starts[start] or amount.scaled:
        return False
    if not page[start].text.isdecimal() and not page[start].text.endswith(".0"):
        return False
    before = page[start - 1]
    if before.kind == "word" and before.text[0].islower() and not before.text.islower():
        return True
    if before.kind != "word" or not before.text[0].isupper() or page.in_title(start):
        return False
    if before.lower in lexicon.words("index_names"):
        return True
    inside = start - 1 > page.starts[start] and (
        page[start - 2].kind == "word" or page[start - 2].text in "‘“"
    )
    if before.text == "The":
        return inside and not _noun_after(page, amount.stop)
    if page.tag(start - 1) not in ("NNP", "NNPS"):
        return False
    after = amount.stop
    if after < page.limit(start) and page[after].kind == "word" and page.tag(after) in ("NNS", "NNPS"):
        return start - 1 > page.starts[start] and not page[after].text.islower()
    return not (after < len(page) and page[after].text in ",.;" and _is_row(page, start))


def _is_day_of_month(page: Page, amount: Amount) -> bool:
    """As in "oct. 13", "on 1 may": a day that no date was drawn around, in text without capitals."""
    if not 1 <= amount.value <= 31 or amount.number_stop != amount.start + 1:
        return False
    before = amount.start - 1 - (page.lower(amount.start - 1) == ".")
    if page.lower(before) in lexicon.words("months"):
        return True
    ambiguous = page.lower(before) in ("may", "march") and page.lower(before - 1) in (
        "on",
        "since",
        "by",
        "until",
    )
    after = page.lower(amount.stop) in lexicon.words("months") | {"may", "march"}
    return ambiguous or (after and page.lower(amount.start - 1) in ("on", "since", "by", "until"))


def _is_row(page: Page, start: int) -> bool:
    """As in "France 12, Spain 9": results side by side count points or people."""
    name = start - 1
    while name > page.starts[start] and page[name].kind == "word" and page[name].text[0].isupper():
        name -= 1
    name -= page.lower(name) in lexicon.words("determiners")
    told = name >= 1 and page[name - 1].kind == "number"
    shared = bool({"%", "percent", "cent", "pct"}.intersection(page.words(max(name - 8, 0), name)))
    return (told or shared) and page.lower(name) in (",", ";", "and")


def _is_list_mark(page: Page, start: int, stop: int) -> bool:
    """As in "4." or "(2)" at the start of a sentence or line, "1)" anywhere."""
    if page.lower(stop) == ")" and page.lower(start - 1) != "(":
        first = max(page.starts[start], start - 30)
        if not any(page.lower(i) == "(" for i in range(first, start)):
            return True
    opening = start == page.starts[start] or (
        start - 1 == page.starts[start] and page.lower(start - 1) == "("
    )
    return opening and page.lower(stop) in (".", ")") and page.glued(stop)


def _is_bare_year(page: Page, amount: Amount) -> bool:
    """Four digits that a preposition of time introduces, where no date was drawn around them."""
    if amount.number_stop != amount.start + 1 or not _YEAR.fullmatch(page[amount.start].text):
        return False
    if (
        amount.stop < page.limit(amount.start)
        and page[amount.stop].kind == "word"
        and page.tag(amount.stop) == "NNS"
    ):
        return False
    return page.lower(amount.start - 1) in lexicon.words("year_before")


def _is_pronoun(page: Page, amount: Amount) -> bool:
    """Whether "one" stands for a noun instead of counting it."""
    start, stop = amount.start, amount.stop
    before, after = page.lower(start - 1), page.lower(stop)
    if before == "but" and page.lower(start - 2) in ("all", "every"):
        return False
    if before in ("the", "that") and _noun_after(page, stop):
        return False
    if before in ("plus", "minus") and page.lower(start - 2) in lexicon.words("before_warmth"):
        return False
    if before in lexicon.words("pronoun_before_one"):
        return True
    if before == "at" and after in ("point", "time", "stage"):
        return True
    if page.hyphen(stop) and page.glued(stop) and page.glued(stop + 1):
        return page.lower(stop + 1) in lexicon.words("pronoun_compounds")
    return (
        stop >= page.limit(start)
        or after in lexicon.words("pronoun_after_one")
        or not _noun_after(page, stop)
    )


def _noun_after(page: Page, stop: int) -> bool:
    """Whether a noun phrase follows: adjectives, participles and adverbs up to a noun."""
    for index in range(stop, min(stop + 5, page.limit(stop - 1))):
        if page.tag(index) in NOUNS and page[index].kind == "word":
            return True
        inside = page.tag(index) in _MODIFIERS_OF_NOUNS or page.hyphen(index) or page.lower(index) == "more"
        if not inside or page[index].kind == "number":
            return False
    return False


def _is_idle_half(page: Page, amount: Amount) -> bool:
    """As in "the second half", "half-carrying", "a half brother": half of nothing told."""
    if page.lower(amount.number_stop - 1) != "half":
        return False
    if page.lower(amount.start - 1) in lexicon.words("half_before"):
        return True
    joined = page.lower(amount.start - 1) == "and" and page.lower(amount.start - 2) in lexicon.units().words
    if amount.attached or joined:
        return True
    after = amount.stop
    named = (
        after < page.limit(amount.start)
        and page[after].kind == "word"
        and page.tag(after) in ("NN", "NNS", "JJ", "NNP", "VBG")
    )
    return named and page.lower(after) not in ("price", "as")
