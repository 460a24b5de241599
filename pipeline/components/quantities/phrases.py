"""Noun phrases without a parser: where one starts and ends around a place, and which word heads it."""

from __future__ import annotations

from pipeline.components.quantities import lexicon, tags
from pipeline.components.quantities.lexemes import Page

Place = tuple[int, int]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
MAX_PHRASE = 12
_ADJECTIVES = frozenset(("JJ", "JJR", "JJS", "AFX", "FW"))
_PARTICIPLES = frozenset(("VBN", "VBG", "VBD"))
_QUOTES = frozenset("“\"‘'”’")
_POSSESSIVES = ("'s", "’s")
_MISTAGGED = frozenset(("VB", "VBP", "JJ"))
_MAX_SUBJECT = 30
_MAX_BRACKET = 8


def is_possessive(page: Page, index: int) -> bool:
    """Whether the word ends in a possessive mark ("Kenya's", the mark of "workers' ")."""
    lower = page.lower(index)
    if lower in _POSSESSIVES:
        return page.glued(index) and page.tag(index - 1) not in ("PRP", "WP", "EX", "WRB", "DT", "RB")
    if lower not in ("'", "’") or not page.glued(index) or page.glued(index + 1):
        return False
    follows = index + 1 < page.limit(index) and page.tag(index + 1) in NOUNS | _ADJECTIVES
    return page.lower(index - 1).endswith("s") and follows


def past_brackets(page: Page, stop: int) -> int:
    """The place after a bracket that only repeats the amount: "£420m ($500m) deal", or this one inside it."""
    if page.lower(stop) in (")", "]") and stop + 1 < page.limit(stop):
        return stop + 1
    if page.lower(stop) not in ("(", "["):
        return stop
    for index in range(stop + 1, min(stop + _MAX_BRACKET, page.limit(stop))):
        if page.lower(index) in (")", "]"):
            return index + 1
    return stop


def phrase_after(page: Page, start: int, *, masses: bool = False) -> Place | None:
    """The noun phrase at or right after this lexeme, without determiners, numbers and possessors.

    ``masses``: singular nouns may be joined too ("tonnes of steel and concrete").
    """
    limit = min(page.limit(start - 1 if start else 0), start + 3 * MAX_PHRASE)
    begin = _skip_determiners(page, start, limit)
    stop = _phrase_stop(page, begin, limit)
    while stop is not None and (owner := _possessor(page, begin, stop)) is not None:
        begin = _skip_determiners(page, owner + 1, limit)
        stop = _phrase_stop(page, begin, limit)
    if stop is None or stop <= begin:
        return None
    return begin, _joined_stop(page, begin, stop, limit, masses=masses)


def _skip_determiners(page: Page, start: int, limit: int) -> int:
    index = start
    while index < limit and (
        page.lower(index) in lexicon.words("determiners")
        or page[index].text in _QUOTES
        or (page.tag(index) == "CD" and not page.hyphen(index + 1))
    ):
        index += 1
    return index


def _possessor(page: Page, begin: int, stop: int) -> int | None:
    """The last possessive word inside or right after the phrase."""
    for index in range(min(stop, page.limit(begin) - 2), begin - 1, -1):
        if is_possessive(page, index):
            return index
    return None


def _phrase_stop(page: Page, begin: int, limit: int) -> int | None:
    """The index after the head: the last noun of a run of adjectives, participles and nouns."""
    index, head = begin, None
    while index < min(limit, begin + MAX_PHRASE):
        if page[index].kind == "mark":
            if not _passes(page, begin, index, head):
                break
        elif page[index].kind == "number":
            if not _is_designation(page, index, head):
                break
            head = index
        elif not _continues(page, begin, index, head):
            break
        elif can_head(page, index) or (head == index - 2 and page.hyphen(index - 1)):
            head = index
        index += 1
    if head is None and begin < limit and page[begin].kind == "word" and page.tag(begin) == "VBG":
        return begin + 1
    return None if head is None else head + 1


def _is_designation(page: Page, index: int, head: int | None) -> bool:
    """Whether the digits belong to the name they touch: "CO2", "PM10", "KN-23", "Hamilton-4"."""
    hyphenated = page.hyphen(index - 1)
    word = index - 2 if hyphenated else index - 1
    if head != word or not page.glued(index):
        return False
    return page[word].text.isupper() or (hyphenated and page[word].text[:1].isupper())


def _passes(page: Page, begin: int, index: int, head: int | None) -> bool:
    """Whether a mark may stand inside the phrase."""
    if page.hyphen(index):
        return page.glued(index) and page.glued(index + 1)
    if is_possessive(page, index):
        return True
    if page[index].text in _QUOTES:
        return head is None
    return page[index].text == "," and index > begin and head is None and _is_adjective(page, index + 1)


def _is_adjective(page: Page, index: int) -> bool:
    return index < len(page) and page[index].kind == "word" and page.tag(index) in _ADJECTIVES


def can_head(page: Page, index: int) -> bool:
    """Whether the word may be the head of a noun phrase."""
    if page[index].kind != "word":
        return False
    tag = page.tag(index)
    if tag in NOUNS or _is_nominal(page, index):
        return True
    if tag in _MISTAGGED and _noun_by_place(page, index):
        return True
    if tag == "JJ" and page[index].text[:1].isupper() and _leads_to_name(page, index + 1):
        return False  # "North" of "50 North Korean missiles"
    possible = tags.possible(page[index].text)
    return tag in ("VBG", "JJ", "VB", "VBP", "VBZ", "VBN") and ("NN" in possible or "NNS" in possible)


def _leads_to_name(page: Page, index: int) -> bool:
    return index < len(page) and page.tag(index) in NOUNS | {"JJ"}


def _is_nominal(page: Page, index: int) -> bool:
    """As in "the Soviet dead", "5,000 wounded": an adjective for people, with no noun behind it."""
    if page.lower(index) not in lexicon.words("nominal_adjectives"):
        return False
    after = index + 1
    return after >= page.limit(index) or page[after].kind == "mark" or page.tag(after) in ("IN", "CC", "VBD")


def _noun_by_place(page: Page, index: int) -> bool:
    """Whether a word that is usually a verb or adjective stands where a noun must: "the harvest rotted"."""
    if index == page.starts[index] or index + 1 >= page.limit(index):
        return False
    before, after = page.tag(index - 1), page.tag(index + 1)
    determined = before in ("DT", "PRP$", "POS") or (
        before in ("JJ", "VBN", "VBD") and page.tag(index) in ("VB", "VBP")
    )
    ends = after in ("VBD", "VBZ", "MD", "IN", "VBN") or page[index + 1].kind == "mark"
    return determined and ends


def _continues(page: Page, begin: int, index: int, head: int | None) -> bool:
    """Whether the word still belongs to the phrase that began at ``begin`` and has ``head`` so far."""
    word, tag = page.lower(index), page.tag(index)
    if word in lexicon.words("phrase_stops"):
        return False
    if word in lexicon.words("frequency_words") and (head is not None or not _leads_to_noun(page, index)):
        return False
    if head is None:
        return _opens(page, begin, index, tag)
    if page.hyphen(index - 1) and page.glued(index):
        return True
    if _is_nominal(page, index):
        return page.tag(head) in ("NNP", "NNPS")
    if head == index - 1 and _closes(page, head):
        return tag in ("NNS", "NNPS") and "VBZ" not in tags.possible(page[index].text)
    if tag in ("NNP", "NNPS"):
        common = page.tag(head) in ("NN", "NNS") and page[head].text.islower()
        return not common or tag == "NNPS" or (page.hyphen(head - 1) and page.glued(head))
    if tag in ("NN", "NNS"):
        return True
    return tag in _ADJECTIVES | _PARTICIPLES and _modifies_next(page, index, head)


def _closes(page: Page, head: int) -> bool:
    """A plural noun ends its phrase, unless it is one that modifies others or stands before a hyphen."""
    compound = page.hyphen(head - 1) and page.glued(head)
    return (
        page.tag(head) == "NNS" and page.lower(head) not in lexicon.words("plural_modifiers") and not compound
    )


def _modifies_next(page: Page, index: int, head: int) -> bool:
    """An adjective after a name or noun: "Syrian Kurdish fighters", "South Korean K-9 howitzers"."""
    if page.hyphen(index + 1) and page.glued(index + 1):
        return True
    after = index + 1
    named = page.tag(head) in ("NNP", "NNPS") and page.tag(index) in _ADJECTIVES
    nouns = ("NN", "NNS", "JJ", "NNP") if named else ("NN", "NNS", "JJ")
    follows = after < page.limit(index) and page[after].kind == "word" and page.tag(after) in nouns
    compound = page.hyphen(head - 1) and page.glued(head)
    return follows and (named or compound or "JJ" in tags.possible(page[head].text))


def _opens(page: Page, begin: int, index: int, tag: str) -> bool:
    """Whether the word may stand before the first noun of a phrase."""
    if tag in NOUNS | _ADJECTIVES:
        return True
    if tag in _PARTICIPLES or tag == "CD":
        return _leads_to_noun(page, index)
    if tag in ("RB", "RBR", "RBS"):
        return _leads_to_noun(page, index) and page.lower(index) not in lexicon.words("not_noun_adverbs")
    if tag in ("VB", "VBP", "VBZ"):
        return bool({"NN", "NNS", "JJ"} & set(tags.possible(page[index].text))) or _noun_by_place(page, index)
    return (
        tag == "CC"
        and index > begin
        and page.tag(index - 1) in _ADJECTIVES | {"VBN"}
        and _is_adjective(page, index + 1)
    )


def _leads_to_noun(page: Page, index: int) -> bool:
    """Whether a participle or adverb modifies a noun close by: "seized brokerages", not "killed in"."""
    following = index + 1
    while page.hyphen(following) and page.glued(following):
        following += 1
    if following >= page.limit(index) or page[following].kind != "word":
        return False
    return page.tag(following) in NOUNS | _ADJECTIVES | {"VBN", "VBG"} or can_head(page, following)


def _joined_stop(page: Page, begin: int, stop: int, limit: int, *, masses: bool) -> int:
    """The end of joined heads: "troops, tanks, and aircraft", "generals and admirals"."""
    end = stop
    while end < limit:
        joint = end + (page.lower(end) == ",")
        conjunct = page.lower(joint) in lexicon.words("joints")
        joint += conjunct
        if joint == end or joint >= limit or not _may_join(page, stop - 1, joint, masses=masses):
            return stop
        after = _phrase_stop(page, joint, limit)
        if after is None or after - joint > 3 or is_possessive(page, after - 1):
            return stop
        if conjunct:
            return after if _is_like(page, stop - 1, after, listed=end != stop or masses) else stop
        end = after
    return stop


def _may_join(page: Page, head: int, joint: int, *, masses: bool) -> bool:
    """Only common nouns are joined, without a determiner or number between."""
    if page[joint].kind != "word" or not page[joint].text.islower() or page.tag(joint) == "CD":
        return False
    heads = ("NNS", "NN") if masses else ("NNS",)
    return page.tag(head) in heads and page.tag(joint) in ("NNS", "JJ", "NN", "VBN")


def _is_like(page: Page, head: int, after: int, *, listed: bool) -> bool:
    """Whether the last head matches the first; in a list a collective singular may stand last."""
    tag = page.tag(after - 1)
    verb_follows = after < page.limit(head) and page.tag(after) in ("DT", "PRP$", "PRP", "TO")
    return (tag == page.tag(head) or (listed and tag in ("NN", "NNS"))) and not verb_follows


def phrase_before(page: Page, stop: int, *, certain: bool = False) -> Place | None:
    """The noun phrase that ends right before this lexeme, determiners left out.

    ``certain``: the place demands a noun ("a fine of"), so an adjective or verb will do.
    """
    index = stop - 1
    if index < 0 or page[index].kind != "word":
        return None
    first = page.starts[index]
    if not (
        can_head(page, index) or (certain and page.tag(index) in _ADJECTIVES | _PARTICIPLES | {"VB", "VBP"})
    ):
        return None
    begin = index
    while begin - 1 >= first and _extends_left(page, begin - 1, first):
        begin -= 1
    while begin < index and (
        page.hyphen(begin) or page.tag(begin) == "CD" or page.lower(begin) in lexicon.words("determiners")
    ):
        begin += 1
    return begin, stop


def _extends_left(page: Page, index: int, first: int) -> bool:
    """Whether the phrase on the right takes in this word."""
    if page.hyphen(index):
        return page.glued(index) and page.glued(index + 1)
    if page[index].kind == "mark" or is_possessive(page, index):
        return False
    word, tag = page.lower(index), page.tag(index)
    if page.hyphen(index + 1) and page.glued(index + 1) and page.glued(index + 2):
        return True
    if page.hyphen(index - 1) and page.glued(index) and page.glued(index - 1):
        return True
    if word in lexicon.words("name_particles") and page[index + 1].text[0].isupper():
        return index > first and page[index - 1].text[0].isupper()
    if word in lexicon.words("determiners") or word in lexicon.words("phrase_stops"):
        return False
    if tag in ("VBG", "VBN", "VBD"):
        return index - 1 >= first and page.tag(index - 1) in ("IN", "DT", "JJ", "PRP$", "CC")
    if word.endswith("ing"):
        return index - 1 < first or page.tag(index - 1) in ("DT", "JJ", "PRP$", "IN", "NN")
    return tag in NOUNS | _ADJECTIVES


def subject_before(page: Page, verb: int) -> Place | None:
    """The subject of a verb: the nearest noun phrase before it that no preposition governs."""
    first = page.starts[verb]
    index, found = verb - 1, None
    while index >= first and verb - index < _MAX_SUBJECT:
        phrase = phrase_before(page, index + 1) if page[index].kind == "word" else None
        if phrase is None:
            if found is None and page.tag(index) in ("WP", "WDT"):
                return phrase_before(page, index - (page.lower(index - 1) == ","))
            if found is None and page.tag(index) in ("PRP", "EX"):
                return None
            if found is not None and (
                page[index].text in ";:—–“" or page.tag(index) in ("VBD", "VBZ", "VBP", "MD")
            ):
                return found
            index -= 1
            continue
        found = phrase
        governor = _governor(page, phrase[0], first)
        if governor is None:
            return found
        index = governor - 1
    return found


def _governor(page: Page, begin: int, first: int) -> int | None:
    """The preposition that governs a phrase, its determiners, owners and joined adjectives passed over."""
    index, owned = begin - 1, False
    while index >= first and (
        page.lower(index) in lexicon.words("determiners")
        or page.tag(index) in ("CD", "PRP$", "DT", "POS", "JJ")
        or is_possessive(page, index)
        or (page.tag(index) == "CC" and page.tag(index - 1) in _ADJECTIVES | NOUNS)
        or (
            page.tag(index) in NOUNS
            and index + 1 < len(page)
            and (page.tag(index + 1) == "CC" or is_possessive(page, index + 1))
        )
        or (owned and page.tag(index) in NOUNS)
    ):
        owned = owned or is_possessive(page, index)
        index -= 1
    if (
        index >= first
        and page.tag(index) in ("IN", "TO")
        and page.lower(index) not in lexicon.words("subordinators")
    ):
        return index
    return None


def names_in_sentence(page: Page, index: int) -> list[Place]:
    """The runs of capitalised words in the sentence, titles and sentence openers left out."""
    runs: list[Place] = []
    at, limit = page.starts[index], page.limit(index)
    while at < limit:
        if not is_name_word(page, at, opening=at == page.starts[index]):
            at += 1
            continue
        begin = at
        while at < limit and (
            is_name_word(page, at, opening=False)
            or (page.hyphen(at) and page.glued(at) and page.glued(at + 1))
        ):
            at += 1
        runs.append((begin, at))
    return runs


def is_name_word(page: Page, index: int, *, opening: bool) -> bool:
    """Whether the word may be part of a person's name."""
    lexeme = page[index]
    if (
        lexeme.kind != "word"
        or not lexeme.text[0].isupper()
        or page.timed[index]
        or is_possessive(page, index)
    ):
        return False
    if lexeme.lower in lexicon.words("titles"):
        return False
    return page.tag(index) in ("NNP", "NNPS") and not (opening and lexeme.lower in lexicon.usual_tags())
