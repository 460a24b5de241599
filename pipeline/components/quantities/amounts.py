"""A number with its unit or currency: what a quantity says before it is joined to others and qualified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.lexemes import Page
from pipeline.components.quantities.lexicon import Currency, Unit
from pipeline.components.quantities.measures import unit_after
from pipeline.components.quantities.money import CurrencyMatch, Purse
from pipeline.components.quantities.numerals import Numeral, read_numeral
from pipeline.record import QuantityKind

_MILLIONS_CODES = frozenset(("MUSD", "MEUR", "MGBP", "MAUD"))
_MILLION = Decimal(1_000_000)
_HALF = Decimal("0.5")
# No earthquake reaches ten.
_TOP_MAGNITUDE = 10


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit over lexemes ``start`` to before ``stop``.

    ``top`` is the upper end of a range or of a vague plural. ``attached``: a hyphen binds it to what
    follows or to its unit ("20-minute"). ``number_stop`` is where the number itself ends;
    ``minor``: so many of the printed unit make the main one (cents of a dollar).
    """

    start: int
    stop: int
    value: Decimal
    kind: QuantityKind = "count"
    top: Decimal | None = None
    vague: bool = False
    unit: Unit | None = None
    currency: Currency | None = None
    attached: bool = False
    scaled: bool = False
    form: str = "digits"
    number_stop: int = 0
    minor: int = 1

    @property
    def is_range(self) -> bool:
        """Whether both ends are printed."""
        return self.top is not None and not self.vague


def read_single(page: Page, purse: Purse, index: int) -> Amount | None:
    """One number with its own unit."""
    if page.lower(index) == "half" and page.words(index - 2, index) == ("and", "a"):
        return _one_and_a_half(page, index)
    prefix = purse.before(index)
    numeral = read_numeral(page, index, money=prefix is not None)
    if numeral is None:
        return None
    amount = _plain(page, numeral)
    if prefix is not None:
        return _with_prefix(page, purse, amount, prefix)
    return (
        _with_suffix(page, purse, amount)
        or _with_unit(page, amount)
        or _of_magnitude(page, amount)
        or _times(page, amount)
    )


def _one_and_a_half(page: Page, index: int) -> Amount | None:
    """As in "a mile and a half", "an hour and a half"; after a number "half" is read with it."""
    unit = lexicon.units().words.get(page.lower(index - 3))
    start, stop = index - 4, index + 1
    if unit is None or page.lower(start) not in ("a", "an"):
        return None
    return Amount(start, stop, 1 + _HALF, unit.kind, unit=unit, form="words", number_stop=stop)


def _plain(page: Page, numeral: Numeral) -> Amount:
    return Amount(
        numeral.start,
        numeral.stop,
        numeral.value,
        "fraction" if numeral.form == "fraction" else "count",
        numeral.high,
        numeral.form == "vague",
        scaled=numeral.scaled,
        form=numeral.form,
        number_stop=numeral.stop,
        attached=page.hyphen(numeral.stop) and page.glued(numeral.stop) and page.glued(numeral.stop + 1),
    )


def _with_prefix(page: Page, purse: Purse, amount: Amount, prefix: CurrencyMatch) -> Amount:
    """As in "US$5 million", "US$10 million dollars"."""
    start = min(prefix.start, amount.start)
    if page.text[page[prefix.start].start : page[prefix.stop - 1].end] in _MILLIONS_CODES:
        amount = replace(amount, value=amount.value * _MILLION)
    amount = replace(amount, start=start, kind="money", currency=prefix.currency)
    follows = amount.stop + 1 < len(page) and page[amount.stop + 1].kind == "number"
    again = None if follows else purse.after(amount.stop, scaled=True)
    names = again is not None and (
        again.currency.code == prefix.currency.code or page.lower(again.start).startswith("dollar")
    )
    if again is not None and names and again.currency.scale == 1:
        return replace(amount, stop=again.stop)
    return amount


def _with_suffix(page: Page, purse: Purse, amount: Amount) -> Amount | None:
    """As in "5 million dollars", "millions of shekels", "75 USD million", "billion-dollar"."""
    place = amount.stop + 1 if amount.vague and page.lower(amount.stop) == "of" else amount.stop
    suffix = purse.after(place, scaled=amount.scaled)
    if suffix is None:
        return None
    value, top, stop = amount.value / suffix.currency.scale, amount.top, suffix.stop
    magnitude = lexicon.number_words().get(page.lower(stop))
    if magnitude is not None and magnitude.kind == "magnitude" and not amount.scaled:
        value, stop = value * magnitude.value, stop + 1
    elif page[suffix.start].text in _MILLIONS_CODES:
        value *= _MILLION
    return replace(
        amount,
        stop=stop,
        value=value,
        top=None if top is None else top / suffix.currency.scale,
        kind="money",
        currency=replace(suffix.currency, scale=1),
        minor=suffix.currency.scale,
        attached=suffix.hyphenated,
    )


def _with_unit(page: Page, amount: Amount) -> Amount | None:
    """As in "40 km", "20-minute", "10 more years", "hundreds of years", "2.5 percentage points"."""
    place = amount.stop
    if page.lower(place) in lexicon.words("before_time_unit") or (amount.vague and page.lower(place) == "of"):
        place += 1
    match = unit_after(page, place)
    if match is None or (place != amount.stop and match.unit.kind != "duration" and not amount.vague):
        return None
    if _is_no_unit(page, amount, match.stop, match.unit):
        return None
    amount = with_sign(page, amount, match.unit)
    stop = match.stop
    if amount.top is None and page.words(stop, stop + 3) == ("and", "a", "half") and not match.hyphenated:
        amount, stop = replace(amount, value=amount.value + _HALF), stop + 3
    return replace(amount, stop=stop, unit=match.unit, kind=match.unit.kind, attached=match.hyphenated)


def with_sign(page: Page, amount: Amount, unit: Unit) -> Amount:
    """The amount with its sign told in words, or by a dash: "minus 0.4 percent", "- 5 °C", "plus one degree".

    "plus or minus 3 points" has none.
    """
    sign, warmth = page.lower(amount.start - 1), unit.si == "K" or unit.name == "degree"
    negative = sign == "minus" and (warmth or unit.kind == "percent")
    spaced = sign == "-" and unit.si == "K" and not page.glued(amount.start - 1)
    if (negative and page.lower(amount.start - 2) != "or") or spaced:
        return replace(amount, start=amount.start - 1, value=-abs(amount.value))
    if sign == "plus" and warmth:
        return replace(amount, start=amount.start - 1)
    return amount


def _of_magnitude(page: Page, amount: Amount) -> Amount | None:
    """As in "magnitude 7.8", "magnitude-5.5", "a 6.1 quake": no unit, or one before the number."""
    before = amount.start - 1
    before -= page.lower(before) in lexicon.words("quake_joints") or page.lower(before) == "-"
    before -= page.lower(before) == ","
    told = page.lower(before) == "magnitude"
    if "." in page[amount.start].text:
        shaken = {page.lower(before), page.lower(amount.stop)} & lexicon.words("quakes")
        scaled = "richter" in page.words(amount.stop, amount.stop + 3)
        told = told or bool(shaken) or scaled
    if not told or amount.value >= _TOP_MAGNITUDE or amount.scaled:
        return None
    return replace(amount, unit=lexicon.units().words["magnitude"], kind="measure")


def _is_no_unit(page: Page, amount: Amount, stop: int, unit: Unit) -> bool:
    """Words that are units only in some company: "two seconds", "three quarters", "four points"."""
    word = page.lower(stop - 1)
    alone = word in ("second", "quarter") and unit.name == word
    if alone and not (amount.attached or amount.value == 1):
        return True
    return unit.name == "point" and not _tells_movement(page, amount, stop)


def _tells_movement(page: Page, amount: Amount, stop: int) -> bool:
    """Whether points measure an index or a share here; those of a game are counted."""
    if amount.value != int(amount.value) or amount.form == "fraction":
        return True
    if page.hyphen(amount.stop):
        return page.lower(stop) in lexicon.words("point_nouns")
    before, after = page.words(max(amount.start - 4, 0), amount.start), page.lower(stop)
    moves = {*lexicon.changes("verb"), *lexicon.changes("verb_by"), *lexicon.changes("before")}
    return after in {*lexicon.changes("after"), *lexicon.changes("before")} or bool(
        moves.intersection(before)
    )


def _times(page: Page, amount: Amount) -> Amount:
    """As in "10 times", "3x", "20-fold": a multiple; any other number stays as it is."""
    stop = amount.stop
    hyphen = page.hyphen(stop) and page.glued(stop)
    word = page.lower(stop + 1) if hyphen else page.lower(stop)
    if word in ("times", "fold") or (
        word in ("x", "×") and page.glued(stop) and page[amount.start].kind == "number"
    ):
        if word in ("x", "×") and stop + 1 < len(page) and page[stop + 1].kind == "number":
            return amount
        return replace(amount, stop=stop + 1 + hyphen, kind="multiple", attached=False)
    return amount
