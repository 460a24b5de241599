"""How exactly a number is meant: "about", "more than", "up to", "or so"."""

from __future__ import annotations

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.lexemes import Page
from pipeline.record import QuantityModifier

_LONGEST = 5


def modifier_before(page: Page, stop: int) -> tuple[QuantityModifier, int] | None:
    """The modifier that ends right before this lexeme and the index where it starts.

    "surpassing the $3 million" tells the very amount that was surpassed, "over a 10-year period" the time.
    """
    found = _phrase_before(page, stop)
    if found is None and stop > 1 and page.lower(stop - 1) in ("a", "an", "the"):
        beyond = _phrase_before(page, stop - 1)
        topped = (
            beyond is not None
            and page.lower(stop - 1) == "the"
            and page.lower(beyond[1]) in lexicon.words("surpassing")
        )
        spans = beyond is not None and page.words(beyond[1], stop - 1) in (("over",), ("under",), ("past",))
        return None if topped or spans else beyond
    return found


def _phrase_before(page: Page, stop: int) -> tuple[QuantityModifier, int] | None:
    table = lexicon.modifiers("before")
    first = page.starts[stop] if stop < len(page) else 0
    for length in range(min(_LONGEST, stop - first), 0, -1):
        begin = stop - length
        words = tuple(page.lower(i) for i in range(begin, stop))
        if words in table and not _is_literal(page, begin, words):
            return table[words], begin
    return None


def _is_literal(page: Page, begin: int, words: tuple[str, ...]) -> bool:
    """Whether the words mean a topic or a place here ("talking about 10 people")."""
    before = page.lower(begin - 1)
    if words[0] in ("<", ">") and page.lower(begin - 1) in ("<", ">", "="):
        return True
    if len(words) == 1 and words[0] == "about":
        return before in lexicon.words("talk_verbs") and before != "thought"
    if words == ("over",):
        return before in lexicon.words("disputes") or before in lexicon.words("verbs_with_over")
    if words == ("under",):
        return before in lexicon.words("verbs_with_under")
    if words[0] == "past" and len(words) == 1:
        return before in ("the", "this", "these", "last", "over", "in")
    return words[0] == "minimum" and before in ("the", "a")


def modifier_after(page: Page, stop: int) -> tuple[QuantityModifier, int] | None:
    """The modifier that starts at this lexeme and the index after it."""
    table = lexicon.modifiers("after")
    limit = page.limit(stop - 1)
    if page.hyphen(stop) and page.lower(stop + 1) in ("plus", "odd") and page.glued(stop):
        return ("at_least" if page.lower(stop + 1) == "plus" else "approximately"), stop + 2
    if page.lower(stop) == "+" and not page.glued(stop):
        return None
    for length in range(min(3, limit - stop), 0, -1):
        words = tuple(page.lower(i) for i in range(stop, stop + length))
        if words in table and not (words[-1] == "more" and _counts_more(page, stop + length)):
            return table[words], stop + length
    return None


def _counts_more(page: Page, place: int) -> bool:
    """As in "40 km/h and more rain": more of something else."""
    return place < page.limit(place - 1) and page.tag(place) in ("NN", "NNS", "JJ")
