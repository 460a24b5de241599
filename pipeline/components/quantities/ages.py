"""Ages: "70-year-old", "aged 39", "in her 20s", and the bare number after a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.amounts import Amount
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.phrases import subject_before
from pipeline.record import QuantityModifier

YEAR = lexicon.units().words["year"]
OLDEST = 115
_OLDEST_BODY = 1000
_AGE_UNITS = frozenset(("year", "month", "week", "day", "decade", "century"))
# The years of a decade of life that "early", "mid" and "late" mean.
_PARTS = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD", "IN"))
_AGE_LIMITS = frozenset(
    (joint, word)
    for joint in ("and", "or")
    for word in ("older", "over", "above", "up", "under", "younger", "below")
)
_OLD = frozenset(("old", "olds", "young"))


@dataclass(frozen=True, slots=True)
class Age:
    """An amount read as an age, with the modifier that its own words carry."""

    amount: Amount
    modifier: QuantityModifier | None = None


def as_age(page: Page, amount: Amount) -> Age | None:
    """The amount as an age where its surroundings say that it is one."""
    if amount.kind == "duration" and amount.unit is not None and amount.unit.name in _AGE_UNITS:
        return _old(page, amount) or _of_age(page, amount)
    if amount.kind != "count" or amount.vague or amount.scaled:
        return None
    return (
        _decade(page, amount)
        or _initials(page, amount)
        or _announced(page, amount)
        or _told(page, amount)
        or _at_age(page, amount)
        or _limited(page, amount)
        or _grouped(page, amount)
        or _apposition(page, amount)
        or _paired(page, amount)
    )


def _age(amount: Amount, stop: int) -> Amount:
    return replace(amount, kind="age", unit=amount.unit or YEAR, stop=stop)


def _old(page: Page, amount: Amount) -> Age | None:
    """As in "70-year-old", "70 years old", "18-to-24-year-olds"."""
    stop = amount.stop
    while page.hyphen(stop):
        stop += 1
    if page.lower(stop) in _OLD and stop < page.limit(amount.start) and not page.hyphen(stop + 1):
        return Age(_age(amount, stop + 1))
    if page.lower(amount.stop) == "of" and page.lower(amount.stop + 1) == "age":
        return Age(_age(amount, amount.stop))
    return None


def _of_age(page: Page, amount: Amount) -> Age | None:
    """As in "aged 18 months", "under 18 years": an age where age is told of."""
    before = page.lower(amount.start - 1)
    if before in lexicon.words("age_before"):
        return Age(_age(amount, amount.stop))
    if before == "than" and page.lower(amount.start - 2) in ("older", "younger"):
        return Age(_age(amount, amount.stop))
    if before in ("under", "over") and page.glued(amount.start) and amount.unit is YEAR:
        return Age(_age(amount, amount.stop), "less_than" if before == "under" else "more_than")
    return None


def decade_at(page: Page, index: int) -> Age | None:
    """The ten years that a word tells somebody to be in: "in his early sixties", "a woman in her forties"."""
    first = lexicon.pairs("decades_of_life").get(page.lower(index))
    if first is None or page.dated[index]:
        return None
    if not _is_personal(page, index):
        return None
    start, low, high = _part_of_decade(page, index)
    amount = Amount(start, index + 1, Decimal(first) + low, "age", form="words", number_stop=index + 1)
    return Age(replace(amount, unit=YEAR, top=Decimal(first) + high), "range")


def _decade(page: Page, amount: Amount) -> Age | None:
    """As in "in her 20s", "a man in his late 60's": the ten years of an age."""
    if page.lower(amount.start) in ("1900", "2000") or not 10 <= amount.value <= 100 or amount.value % 10:
        return None
    stop = _decade_stop(page, amount.stop)
    if stop is None or not _is_personal(page, amount.start):
        return None
    start, low, high = _part_of_decade(page, amount.start)
    age = replace(_age(amount, stop), start=start, value=amount.value + low, top=amount.value + high)
    return Age(age, "range")


def _part_of_decade(page: Page, index: int) -> tuple[int, int, int]:
    """Where "early", "mid" or "late" before a decade starts, and the first and last year they leave."""
    start = index - 1 - page.hyphen(index - 1)
    years = _PARTS.get(page.lower(start))
    return (index, 0, 9) if years is None else (start, *years)


def _decade_stop(page: Page, stop: int) -> int | None:
    if page.lower(stop) == "s" and page.glued(stop):
        return stop + 1
    if page.lower(stop) in ("'s", "’s") and page.glued(stop):
        return stop + 1
    return None


def _is_personal(page: Page, start: int) -> bool:
    for back in range(1, 4):
        if page.lower(start - back) in lexicon.words("genitives"):
            return page.lower(start - back - 1) in lexicon.words("before_personal")
    return False


def _initials(page: Page, amount: Amount) -> Age | None:
    """As in "87 yo", "87 y/o"."""
    if page.lower(amount.stop) == "yo" and page[amount.stop].text.islower():
        return Age(_age(amount, amount.stop + 1))
    return None


def _announced(page: Page, amount: Amount) -> Age | None:
    """As in "aged 39", "at the age of 84", "ages 55 to 65", "when she turned 18"."""
    start = amount.start
    back = start - 1
    while back >= page.starts[start] and page.lower(back) in lexicon.words("before_age_number"):
        back -= 1
    before = page.lower(back)
    if before == "of" and page.lower(back - 1) in ("age", "ages"):
        return Age(_age(amount, amount.stop)) if _is_human(amount) else None
    if before not in lexicon.words("age_before"):
        return None
    if before.startswith("turn") and not _is_human(amount):
        return Age(_age(amount, amount.stop)) if _is_long_life(page, amount) else None
    if not _is_human(amount) or (before.startswith("turn") and not _ends_clause(page, amount.stop)):
        return None
    return Age(_age(amount, amount.stop))


def _is_long_life(page: Page, amount: Amount) -> bool:
    """As in "the school turned 140 in March"."""
    ends = amount.stop >= page.limit(amount.start) or page[amount.stop].text in ",.;"
    return amount.value <= _OLDEST_BODY and (ends or page.lower(amount.stop) in ("in", "on", "this", "last"))


def _told(page: Page, amount: Amount) -> Age | None:
    """As in "who is 88", "I am sixty-eight", "dies at 91", "a man of 45": it closes its clause."""
    start = amount.start
    if amount.is_range or not _is_human(amount):
        return None
    while page.lower(start - 1) in lexicon.words("age_adverbs"):
        start -= 1
    joint, before = page.lower(start - 1), page.lower(start - 2)
    of = joint == "of" and before in lexicon.words("age_nouns")
    acts = of and page.tag(min(amount.stop, len(page) - 1)) in _VERBS
    if _is_then(page, amount.stop) and joint in ("was", "is"):
        return Age(_age(amount, amount.stop))
    if not _is_closed(page, amount.stop) and not acts:
        return None
    kin = before in lexicon.words("kin") and page.tag(start - 3) in ("PRP$", "POS")
    being = joint in lexicon.words("being") and (kin or before in lexicon.words("age_subjects"))
    being = being or joint in lexicon.words("being_someone")
    at = joint == "at" and before in lexicon.words("age_at")
    return Age(_age(amount, amount.stop)) if being or at or of else None


def _is_then(page: Page, stop: int) -> bool:
    """As in "was 16 before he owned a watch": what somebody was like when something happened."""
    return page.lower(stop) in ("when", "before") and page.lower(stop + 1) in ("he", "she", "his", "her", "i")


def _at_age(page: Page, amount: Amount) -> Age | None:
    """As in "At 17 she won a scholarship", "at 60, he retired": what somebody did when so old."""
    start, stop = amount.start, amount.stop
    if page.lower(start - 1) not in ("at", "by") or not _is_human(amount) or amount.is_range:
        return None
    opens = start - 1 == page.starts[start] or page.lower(start - 2) in (",", "and", "but", "“", '"')
    comma = page.lower(stop) == ","
    someone = page.lower(stop + comma) in ("he", "she", "i")
    return Age(_age(amount, amount.stop)) if someone and (opens or comma) else None


def _limited(page: Page, amount: Amount) -> Age | None:
    """As in "children under 4", "those over 65", "most voters were under 30": the limit of an age."""
    start = amount.start
    if page.lower(start - 1) not in ("under", "over") or not _is_human(amount) or amount.is_range:
        return None
    ends = _is_closed(page, amount.stop) or _ends_clause(page, amount.stop)
    holder = start - 2
    while page.lower(holder) in lexicon.words("being") | lexicon.words("age_adverbs"):
        holder -= 1
    aged = page.lower(holder) in lexicon.words("age_holders")
    ends = ends or (aged and page.tag(amount.stop).startswith(("VB", "MD")))
    if not aged and holder < start - 2 and holder + 1 < start:
        subject = subject_before(page, holder + 1)
        aged = subject is not None and page.lower(subject[1] - 1) in lexicon.words("age_holders")
    return Age(_age(amount, amount.stop)) if aged and ends else None


def _grouped(page: Page, amount: Amount) -> Age | None:
    """As in "voters 18 to 24", "adults 65 and older": the ages of a group behind its noun."""
    group = page.lower(amount.start - 1)
    if group not in lexicon.words("age_holders") or not _is_human(amount):
        return None
    older = page.words(amount.stop, amount.stop + 2) in _AGE_LIMITS
    spread = amount.is_range and (_is_closed(page, amount.stop) or page.tag(amount.stop) in _VERBS)
    return Age(_age(amount, amount.stop)) if older or spread else None


def _is_closed(page: Page, stop: int) -> bool:
    """Whether the clause ends here, or goes on with "and" or "when"."""
    if stop >= page.limit(stop - 1) or page.lower(stop) in lexicon.words("after_age"):
        return True
    return page[stop].kind == "mark" and not page.hyphen(stop) and page[stop].text not in "%/$€£:("


def _is_human(amount: Amount) -> bool:
    return amount.value <= OLDEST


def _ends_clause(page: Page, stop: int) -> bool:
    if stop >= len(page) or page[stop].kind == "mark":
        return True
    return page.tag(stop) in ("IN", "RB", "CC", "NN", "PRP", "CD")


def _apposition(page: Page, amount: Amount) -> Age | None:
    """As in "Maria Lopez, 43, a teacher": a bare number between commas after a name."""
    start, stop = amount.start, amount.stop
    if (
        amount.is_range
        or page[amount.start].kind != "number"
        or not 1 <= amount.value <= OLDEST
        or amount.value != int(amount.value)
    ):
        return None
    start -= page.lower(start - 1) in lexicon.words("age_adverbs")
    if page.lower(start - 1) == "," and start - 2 >= page.starts[start]:
        name, closed = (
            start - 2,
            page.lower(stop) in (",", ".", ";", "―", "—", "–", ")", "(", "", ":", "-", "and"),
        )
        if page.lower(stop) == "," and _is_someone(page, name):
            return Age(_age(amount, stop))
    elif page.lower(start - 1) == "(" and page.lower(stop) in (")", ","):
        name, closed = start - 2, start - 2 >= 0 and page.named[start - 2] == 1
    else:
        return None
    return Age(_age(amount, stop)) if closed and _ends_name(page, name) else None


def _paired(page: Page, amount: Amount) -> Age | None:
    """As in "The brothers, 19 and 22, were jailed": ages of several between commas."""
    start, stop = amount.start, amount.stop
    first = start - 2 if page.lower(start - 1) == "and" else start
    last = first + 2
    row = page.lower(first - 1) == "," == page.lower(last + 1) and page.lower(first + 1) == "and"
    if not row or amount.is_range or stop != start + 1 or first < 2:
        return None
    numbers = [page[place].text for place in (first, last)]
    aged = all(text.isdecimal() and int(text[:4]) <= OLDEST for text in numbers)
    someone = page.lower(first - 2) in lexicon.words("kin_plural") | lexicon.words("age_holders")
    return Age(_age(amount, stop)) if aged and someone else None


def _is_someone(page: Page, index: int) -> bool:
    """As in "Her mother, 27, died": whose one noun stands before the comma, as a name would."""
    owned = page.tag(index - 1) in ("PRP$", "DT", "POS") if index > page.starts[index] else False
    return owned and page.tag(index) == "NN" and page.lower(index) not in lexicon.words("identifiers")


def _ends_name(page: Page, index: int) -> bool:
    """Whether a person's name may end here: a capitalised word that is no month, place list or number."""
    word = page[index]
    if word.kind == "mark" and word.text == "." and index:
        word = page[index - 1]
    capital = word.kind == "word" and word.text[0].isupper() and not page.dated[index]
    return capital and page.lower(index) not in lexicon.words("identifiers") and not word.text.isdecimal()
