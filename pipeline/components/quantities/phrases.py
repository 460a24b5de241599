"""Noun phrases without a parser: where one starts and ends around a place, and which word heads it."""

from __future__ import annotations

from pipeline.components.quantities import lexicon, tags
from pipeline.components.quantities.lexemes import Page

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "AFX", "FW")) | _NOUNS
_SKIPPED = frozenset(
    "the a an this that these those its their his her our my your more other another such additional all both some any "
    "each every further extra fewer less of the said so-called same what".split()
) - {"of"}
_STOPS = frozenset("who whom whose which that when where while as than and or but nor to per including such".split())
_JOINTS = frozenset(("and", "or", "&"))
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_PLURAL_MODIFIERS = frozenset(
    "arms sports goods news sales women men people systems communications affairs operations securities savings earnings "
    "customs services human narcotics drugs parks futures rights veterans works forces elections".split()
)
MAX_PHRASE = 12


def is_possessive(page: Page, index: int) -> bool:
    """Whether the word ends in a possessive mark."""
    return page.lower(index).endswith(_POSSESSIVES) or (
        page.lower(index) in ("'", "’") and page.glued(index) and page.lower(index - 1).endswith("s") and index + 1 < len(page)
        and not page.glued(index + 1)
    )  # fmt: skip


def phrase_after(page: Page, start: int) -> tuple[int, int] | None:
    """The noun phrase that starts at or right after this lexeme, determiners and possessors left out."""
    limit = min(page.limit(start - 1 if start else 0), start + 3 * MAX_PHRASE)
    begin = _skip_determiners(page, start, limit)
    stop = _phrase_stop(page, begin, limit)
    while stop is not None:
        owner = _possessor(page, begin, stop)
        if owner is None:
            break
        begin = _skip_determiners(page, owner + 1, limit)
        stop = _phrase_stop(page, begin, limit)
    if stop is None or stop <= begin:
        return None
    return begin, _joined_stop(page, begin, stop, limit)


def _skip_determiners(page: Page, start: int, limit: int) -> int:
    index = start
    while index < limit and (page.lower(index) in _SKIPPED or page[index].text in "“\"‘'"):
        index += 1
    return index


def _possessor(page: Page, begin: int, stop: int) -> int | None:
    """The last possessive word inside or right after the phrase."""
    found = [i for i in range(begin, min(stop + 1, page.limit(begin))) if is_possessive(page, i)]
    return found[-1] if found and found[-1] + 1 < page.limit(begin) else None


def _phrase_stop(page: Page, begin: int, limit: int) -> int | None:
    """The index after the head: the last noun of a run of adjectives, participles and nouns."""
    index, head = begin, None
    while index < min(limit, begin + MAX_PHRASE):
        if page.hyphen(index) and page.glued(index) and page.glued(index + 1):
            index += 1
            continue
        if page[index].kind == "mark":
            if page[index].text in "“\"‘'" and head is None:
                index += 1
                continue
            if is_possessive(page, index):
                index += 1
                continue
            if page[index].text == "," and head is None and index > begin and _is_adjective(page, index + 1):
                index += 1
                continue
            break
        if not _continues(page, begin, index, head):
            break
        if _can_head(page, index):
            head = index
        index += 1
    return None if head is None else head + 1


def _is_adjective(page: Page, index: int) -> bool:
    return index < len(page) and page[index].kind == "word" and page.tag(index).startswith("JJ")


def _can_head(page: Page, index: int) -> bool:
    if page.tag(index) in _NOUNS or page[index].kind == "number":
        return page[index].kind != "number"
    return page.tag(index) in ("VBG", "JJ", "VB", "VBP") and "NN" in tags.possible(page[index].text) or (
        page.tag(index) == "VBZ" and "NNS" in tags.possible(page[index].text)
    )


def _continues(page: Page, begin: int, index: int, head: int | None) -> bool:
    """Whether the word still belongs to the phrase that began at ``begin`` and has ``head`` so far."""
    word, tag = page.lower(index), page.tag(index)
    if word in _STOPS or (word in lexicon.words("frequency_words")):
        return False
    if head is None:
        return _opens(page, begin, index, tag)
    previous = page.tag(head)
    if head == index - 1 and previous == "NNS" and page.lower(head) not in _PLURAL_MODIFIERS:
        return tag in ("NNS", "NN") and "VB" not in " ".join(tags.possible(page[index].text)) and tag == "NNS"
    if tag in _NOUNS:
        return not (previous in ("NN", "NNS") and tag in ("NNP", "NNPS") and page[head].text.islower())
    if tag in ("VBG", "VBN", "JJ") and index + 1 < page.limit(index) and page.hyphen(index + 1) and page.glued(index + 1):
        return True
    if tag == "JJ":
        return index + 1 < page.limit(index) and page.tag(index + 1) in ("NN", "NNS", "JJ") and previous in ("NNP", "NN", "NNPS") and page[index].text.islower() and head == index - 1 and previous != "NN"
    return tag == "CD" and False


def _opens(page: Page, begin: int, index: int, tag: str) -> bool:
    if tag in _INSIDE:
        if tag in ("VBN", "VBG", "VBD") or (tag == "CD" and index == begin):
            return _leads_to_noun(page, index)
        return True
    if tag in ("RB", "RBR", "RBS", "VBD"):
        return _leads_to_noun(page, index) and page.lower(index) not in ("not", "now", "then", "also", "just", "only", "ago", "later", "earlier")
    if tag in ("VB", "VBP", "VBZ"):
        other = tags.possible(page[index].text)
        return "NN" in other or "NNS" in other or "JJ" in other
    if tag in ("CC",):
        return index > begin and page.tag(index - 1).startswith(("JJ", "VBN")) and _is_adjective(page, index + 1)
    if tag == "IN" and page[index].text[0].isupper() and index > begin:
        return False
    return False


def _leads_to_noun(page: Page, index: int) -> bool:
    """Whether a participle or adverb modifies a noun close by: "seized brokerages", not "killed in"."""
    following = index + 1
    while page.hyphen(following) and page.glued(following):
        following += 1
    if following >= page.limit(index) or page[following].kind != "word":
        return False
    tag = page.tag(following)
    return tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBG")


def _joined_stop(page: Page, begin: int, stop: int, limit: int) -> int:
    """The end of joined heads: "troops, tanks, and aircraft", "generals and admirals"."""
    end = stop
    while end < limit:
        joint = end
        comma = page.lower(joint) == ","
        joint += comma
        conjunct = page.lower(joint) in _JOINTS
        joint += conjunct
        if joint == end or joint >= limit or page.lower(joint) in _SKIPPED or page[joint].kind == "number":
            return _trim(stop, end)
        if page.lower(joint) in lexicon.number_words():
            return _trim(stop, end)
        if not _same_kind(page, stop - 1, joint):
            return _trim(stop, end)
        after = _phrase_stop(page, joint, limit)
        if after is None or page.tag(after - 1) != page.tag(stop - 1) or after - joint > 3 or is_possessive(page, after - 1):
            return _trim(stop, end)
        if conjunct:
            return after
        end = after
    return stop


def _trim(stop: int, end: int) -> int:
    """A list that never reached its "and" is no list."""
    return stop if end != stop else end


def _same_kind(page: Page, head: int, joint: int) -> bool:
    """Only common nouns in the plural are joined; singular ones and names start a new part."""
    if page.tag(head) != "NNS" or page[joint].kind != "word":
        return False
    return page.tag(joint) in ("NNS", "JJ", "NN", "VBN", "VBG") and page[joint].text.islower()


def phrase_before(page: Page, stop: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before this lexeme, determiners left out."""
    index = stop - 1
    first = page.starts[stop - 1] if 0 < stop <= len(page) else 0
    if index < first or not _can_head(page, index):
        return None
    begin = index
    while begin - 1 >= first and _extends_left(page, begin - 1):
        begin -= 1
    while begin < index and (page.lower(begin) in _SKIPPED or page.hyphen(begin) or page.tag(begin) == "CD"):
        begin += 1
    return begin, stop


def _extends_left(page: Page, index: int) -> bool:
    if page.hyphen(index):
        return page.glued(index) and page.glued(index + 1)
    if page[index].kind == "mark" or is_possessive(page, index) or page.lower(index) in _SKIPPED | _STOPS:
        return False
    tag = page.tag(index)
    if tag in ("VBG", "VBN"):
        return page.hyphen(index + 1) or page.hyphen(index - 1)
    return tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS")


def subject_before(page: Page, verb: int) -> tuple[int, int] | None:
    """The subject of a verb: the nearest noun phrase before it that no preposition governs."""
    first = page.starts[verb]
    index, found = verb - 1, None
    while index >= first and verb - index < 30:
        if page[index].kind == "mark" and page[index].text in ";:—–“”" and found is not None:
            break
        phrase = phrase_before(page, index + 1) if page[index].kind == "word" else None
        if phrase is None:
            if found is not None and _bounds_clause(page, index):
                break
            index -= 1
            continue
        found = phrase
        governed = _governor(page, phrase[0], first)
        if governed is None:
            break
        index = governed - 1
    return found


def _governor(page: Page, begin: int, first: int) -> int | None:
    """The preposition before a phrase, or the possessor's phrase before it is left alone."""
    index = begin - 1
    while index >= first and (page.lower(index) in _SKIPPED or page.tag(index) in ("CD", "PRP$", "DT") or is_possessive(page, index) or page.tag(index) in ("NNP", "POS")):
        index -= 1
    if index >= first and page.tag(index) == "IN" and page.lower(index) not in ("that", "as", "while", "because", "if", "although", "though"):
        return index
    return None


def _bounds_clause(page: Page, index: int) -> bool:
    return page.lower(index) in ("that", "and", "but", ",", "as", "while", "because", "which", "who")
