"""What stands beside a cue: the source phrase read as name, nominal or pronoun, with its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.components.lexicons import words_by_class
from pipeline.components.names import Gender, Pronoun, pronoun
from pipeline.components.quotes.attribution import Offsets
from pipeline.record import Entity, MentionType, SpeakerStatus

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_ARTICLE = re.compile(
    r"(?:the|an?|this|that|these|those|my|our|your|his|her|its|their|one(?!\s+of\b))\s+", re.IGNORECASE
)
_WORDS = words_by_class("speakers_words.tsv")
_PREPOSITIONS, _BREAKS = _WORDS["preposition"], _WORDS["clause"]
_AFTER_HEAD, _NAMED_BODIES = _WORDS["after_head"], _WORDS["named_body"]
_PERSON_ENDINGS = tuple(sorted(_WORDS["person_ending"]))
_SHORTEST_DERIVED = 8
_ABBREVIATED = dict(pair.split(":") for pair in sorted(_WORDS["abbreviated"]))
_ANONYMITY = re.compile(
    r"\b(?:anonym|(?:not|declined|refused) to be (?:named|identified|quoted)|not authori[sz]ed|close to|"
    r"familiar with|with knowledge of|unnamed|undisclosed)",
    re.IGNORECASE,
)
_CLAUSE_BEHIND = re.compile(r",? (?:who|speaking|on condition)\b[^.!?;“”\"«»]*")
_CLAUSE_REACH = 120
_SUBJECTS = _WORDS["subject_pronoun"]
_NO_MODIFIERS = _PREPOSITIONS | {"the", "a", "an", "and", "same", "former"}
_LONGEST_MISSED_NAME = 3
_PHRASE_END = re.compile(r"[,;(]|\s(?:who|whom|which|that|whose|where)\s")
_NUMBERED = re.compile(r"\d|percent|per cent")
_POSSESSIVE_END = re.compile(r"['’]s?$")
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)")
# Plurals of those who do something: importers, inspectors, botanists.
_AGENTS = ("ers", "ors", "ists", "ants", "ians")
_PARTITIVE = re.compile(
    r"(?:[a-z]+ of (?:them|those|the two|the three)|(?:some |many |several )?others"
    r"|some|many|most|several|few)(?:,\s|(?=,?$)|$)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"[ \u00a0]+([^\W\d_][\w'’-]*)")
_HYPHENED = re.compile(r"[-‑–][^\W\d_]")
_TITLES_BEFORE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Maj|Sir|Lady|Lord|Dame|President|Judge|Justice)"
    r"\.?[ \u00a0]+)+$"
)


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A source as printed. ``heads`` are the names that it is about, more than one for joint speakers;
    ``noun`` is the lower-case head noun of a nominal; ``label`` its noun phrase without article."""

    start: int
    end: int
    exact: str
    mention_type: MentionType
    heads: tuple[Entity, ...]
    noun: str | None
    label: str
    pronoun: Pronoun | None
    inside: tuple[Entity, ...]


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Head nouns of sources by class: person, collective, document, organisation, anonymous, generic."""
    return words_by_class("speakers_nouns.tsv")


def read_source(text: str, source: Offsets, entities: Sequence[Entity]) -> SourcePhrase:
    """The source phrase at ``text[start:end]``; ``entities`` are the article's names in order."""
    start, end = source
    inside = names_in(entities, start, end)
    words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text, start, end)]
    standing_for = _pronoun(words)
    heads = _named_heads(text, source, inside)
    if standing_for is not None and not _names_the_one(text, standing_for, source, heads):
        return _phrase(text, source, "pronoun", inside, standing_for=standing_for)
    if heads:
        return _phrase(text, source, "name", inside, heads=heads)
    return _phrase(text, source, "nominal", inside, noun=_head_noun(text, words, inside))


def names_in(entities: Sequence[Entity], start: int, end: int) -> tuple[Entity, ...]:
    """The names inside ``text[start:end]``, of names in order."""
    first, last = (bisect_left(entities, border, key=lambda entity: entity.start) for border in (start, end))
    return tuple(entity for entity in entities[first:last] if entity.end <= end)


def _phrase(
    text: str, source: Offsets, mention_type: MentionType, inside: tuple[Entity, ...], *,
    heads: tuple[Entity, ...] = (), noun: str | None = None, standing_for: Pronoun | None = None,
) -> SourcePhrase:  # fmt: skip
    start, end = source
    label = noun_phrase(text, start, end, frozenset(entity.start for entity in inside))
    return SourcePhrase(start, end, text[start:end], mention_type, heads, noun, label, standing_for, inside)


def _pronoun(words: Sequence[tuple[int, int, str]]) -> Pronoun | None:
    """A pronoun that heads the phrase: alone, or before "of", "who" and the like; not "his lawyer"."""
    if not words:
        return None
    known = pronoun(words[0][2])
    if known is None:
        last = pronoun(words[-1][2])
        return last if last is not None and last.kind == "relative" and len(words) <= 4 else None
    heads = len(words) == 1 or words[1][2] in _PREPOSITIONS | _BREAKS | _AFTER_HEAD
    return known if heads else None


def _names_the_one(text: str, standing_for: Pronoun, source: Offsets, heads: Sequence[Entity]) -> bool:
    """ "one of her tutors, Ana Diaz": the apposition names the one that is meant."""
    if standing_for.kind != "indefinite" or not heads or heads[0].label != "PERSON":
        return False
    return _TITLES_BEFORE.sub("", text[source[0] : heads[0].start]).rstrip().endswith(",")


def _named_heads(text: str, source: Offsets, inside: Sequence[Entity]) -> tuple[Entity, ...]:
    heads: list[Entity] = []
    for entity in inside:
        if not _heads_its_phrase(text, source, entity):
            continue
        if not heads or _joins(text[heads[-1].end : entity.start]):
            heads.append(entity)
        elif entity.label == "PERSON" and all(head.label != "PERSON" for head in heads):
            heads = [entity]  # "the agency's chief, Jane Roe": the person speaks
    return tuple(heads)


def _heads_its_phrase(text: str, source: Offsets, entity: Entity) -> bool:
    """Neither the object of a preposition, nor a possessor, nor the modifier of a noun."""
    if _in_prepositional_phrase(text, source[0], entity) or entity.exact.lower() in _common_bodies():
        return False
    if is_office(entity):
        return False
    after = text[entity.end : source[1]]
    if _POSSESSIVE.match(after):
        return after.strip() in ("'s", "’s", "'", "’")  # the source of a noun cue: "Roe's plan"
    if _HYPHENED.match(after):
        return False  # "the Porto-based firm"
    following = _FOLLOWING.match(after)
    if following is None:
        return entity.label != "NORP" or entity.exact.endswith("s") or not after.strip()
    word = following.group(1).lower()
    return word in _PREPOSITIONS | _BREAKS | _AFTER_HEAD


def is_office(entity: Entity) -> bool:
    """Whether a name is a mere office that a tagger took for one: "the Taoiseach"."""
    return entity.exact == entity.name and entity.exact.lower() in _WORDS["office_title"]


def _common_bodies() -> frozenset[str]:
    """Words that taggers take for names though they are common nouns: TV, police, government."""
    return noun_classes()["organisation"]


def _in_prepositional_phrase(text: str, start: int, entity: Entity) -> bool:
    """ "a study by Roe", "a spokesman for defendant Roe"; but not "Secretary of State Roe"."""
    leading = _TITLES_BEFORE.sub("", text[start : entity.start])
    part = leading.rsplit(",", 1)[-1] if "(" not in leading else leading.rsplit("(", 1)[-1] + " in"
    words = [word.lower() for word in _WORD.findall(part)]
    places = [index for index, word in enumerate(words) if word in _PREPOSITIONS]
    if not places:
        return entity.label != "PERSON" and _is_of_a_person(leading)
    if places[-1] == len(words) - 1 or entity.label != "PERSON":
        return True
    head = words[places[0] - 1] if places[0] else ""
    return head not in noun_classes()["person"] or words[-1] in noun_classes()["person"]


def _is_of_a_person(leading: str) -> bool:
    """Whether a comma behind "a spokeswoman for the publisher" leads to the publisher's name."""
    phrase, comma, _ = leading.partition(",")
    words = [word.lower() for word in _WORD.findall(phrase)]
    place = next((index for index, word in enumerate(words) if word in _PREPOSITIONS), 0)
    return bool(comma and place) and words[place - 1] in noun_classes()["person"]


def _joins(gap: str) -> bool:
    """Two names with "and" between them, titles and roles aside, are joint speakers."""
    words = [word.lower() for word in _WORD.findall(gap)]
    return bool(words) and ("and" in words or "&" in gap) and not any(word in _PREPOSITIONS for word in words)


def _head_noun(text: str, words: Sequence[tuple[int, int, str]], inside: Sequence[Entity]) -> str | None:
    """The last word before the first preposition, comma, or relative clause that no name contains.

    "a number of experts" is about experts, "state and local leaders" about leaders, "a petition filed by"
    about the petition.
    """
    head = None
    for start, end, word in words:
        named = any(entity.start < start < entity.end for entity in inside)
        if head is not None and not named:
            if word == "of" and head in _WORDS["quantifier_noun"]:
                continue
            if word == "and" and head not in _all_nouns():
                continue
            if word in _PREPOSITIONS | _BREAKS | _SUBJECTS or text[start - 1 : start] in "(,":
                break
        bare = _POSSESSIVE_END.sub("", word)
        if head is None or not _is_participle_after(head, bare):
            head = bare
        if text[end : end + 1] in (",", "(", ";", ":"):
            break
    return head


@cache
def _all_nouns() -> frozenset[str]:
    return frozenset().union(*noun_classes().values())


def _is_participle_after(head: str, word: str) -> bool:
    known = head in _all_nouns() or any(form in _all_nouns() for form in _singulars(head))
    return known and word.endswith(("ed", "ing")) and word not in _all_nouns()


def noun_phrase(text: str, start: int, end: int, name_starts: frozenset[int] = frozenset()) -> str:
    """A source's noun phrase for the record: no article, possessive, relative clause or apposition.

    A capital that only the beginning of a sentence gave is taken back.
    """
    phrase = _PHRASE_END.split(text[start:end], maxsplit=1)[0]
    article = _ARTICLE.match(phrase)
    begin = article.end() if article and article.end() < len(phrase) else 0
    bare = " ".join(phrase[begin:].split())
    bare = _without_dangling(bare)
    opens = begin == 0 and _opens_sentence(text, start)
    if not opens or start in name_starts or bare[1:2].isupper() or bare.split(" ")[0] == "I":
        return bare
    return bare[:1].lower() + bare[1:]


def _without_dangling(phrase: str) -> str:
    """The phrase without a preposition or bare participle that a cut left at its end."""
    words = phrase.split(" ")
    while len(words) > 1 and (words[-1].lower() in _PREPOSITIONS or words[-1] in _WORDS["dangling"]):
        words.pop()
    return " ".join(words)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \u00a0\"“‘'(")
    return not before or before[-1] in ".!?…:\n”’—–"


def told_anonymous(text: str, end: int) -> bool:
    """Whether a clause right behind a source keeps it unnamed: "an aide, who asked not to be named"."""
    clause = _CLAUSE_BEHIND.match(text, end, end + _CLAUSE_REACH)
    return clause is not None and _ANONYMITY.search(clause.group()) is not None


def nominal_status(phrase: SourcePhrase) -> SpeakerStatus:
    """What kind of unnamed source a nominal or indefinite pronoun is."""
    if _ANONYMITY.search(phrase.exact):
        return "anonymous"
    noun = phrase.noun or ""
    if phrase.label.lower() == noun and noun in _WORDS["anybody"]:
        return "generic"
    classes = noun_classes()
    listed: tuple[tuple[str, SpeakerStatus], ...] = (
        ("anonymous", "anonymous"), ("document", "document"), ("collective", "collective"),
        ("person", "described"), ("organisation", "described"), ("generic", "generic"),
    )  # fmt: skip
    for kind, status in listed:
        if noun in classes[kind]:
            return status
    first = phrase.exact.split(" ", 1)[0].lower()
    if first in _WORDS["plural_quantifier"] or (_NUMBERED.search(phrase.exact) and not phrase.inside):
        return "collective"
    singular = noun.endswith(("ss", "us", "is")) or not noun.endswith("s")
    return "described" if singular else "collective"


def is_many(phrase: SourcePhrase) -> bool:
    """Whether a noun phrase names several people or bodies: "residents", "the two unions", "Russians"."""
    if phrase.mention_type == "name":
        return len(phrase.heads) > 1 or (
            phrase.heads[0].label == "NORP" and phrase.heads[0].exact.endswith("s")
        )
    noun = phrase.noun or ""
    if phrase.mention_type != "nominal" or nominal_status(phrase) not in ("collective", "anonymous"):
        return False
    classes = noun_classes()
    kinds = classes["person"] | classes["organisation"] | classes["collective"] | classes["anonymous"]
    is_known = noun in classes["collective"] or any(form in kinds for form in _singulars(noun))
    return is_known or noun.endswith(_AGENTS)


def partitive(text: str, phrase: SourcePhrase) -> Offsets | None:
    """Where the apposition of "one of them, a teacher" stands, empty without one; None for another phrase."""
    part = _PARTITIVE.match(text, phrase.start, phrase.end)
    if part is None:
        return None
    end = phrase.end - (text[phrase.end - 1] == ",")
    return (part.end(), end) if part.end() < end else (end, end)


def is_person_noun(noun: str | None) -> bool:
    """Whether a head noun names one human being."""
    return noun in noun_classes()["person"]


def is_role_noun(word: str) -> bool:
    """Whether a word, in whatever number, tells what somebody is: "mayor", "Sens.", "virologist"."""
    return role_noun(word) is not None


@lru_cache(maxsize=4096)
def role_noun(word: str) -> str | None:
    """The lower-case singular of a word for what somebody is, titles spelt out, or None."""
    lower = word.lower()
    for form in (lower, lower.rstrip("."), *_singulars(lower.rstrip("."))):
        known = form in noun_classes()["person"] or form in _WORDS["title_noun"]
        if known or (len(form) > _SHORTEST_DERIVED and form.endswith(_PERSON_ENDINGS)):
            return _ABBREVIATED.get(form, form)
    return None


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("men"):
        return (word[:-3] + "man",)
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else ()


def noun_gender(noun: str) -> Gender | None:
    """The gender that a word for a person tells: "businesswoman", "king"."""
    if noun in _WORDS["female_noun"] or noun.endswith("woman"):
        return "female"
    return "male" if noun in _WORDS["male_noun"] or noun.endswith("man") else None


@cache
def _kin() -> dict[str, tuple[str, ...]]:
    groups = [group.split("|") for group in sorted(_WORDS["synonyms"])]
    kin: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for noun in group:
            kin[noun] = (*kin.get(noun, ()), *(other for other in group if other != noun))
    return kin


def synonyms(noun: str) -> tuple[str, ...]:
    """Other words for the same office or trade: "justice" for "judge"."""
    return _kin().get(noun, ())


def modifiers(phrase: str, noun: str) -> frozenset[str]:
    """The words of a role phrase beside its noun that tell one holder from another."""
    words = (_POSSESSIVE_END.sub("", word).strip(",.") for word in phrase.lower().split())
    return frozenset(word for word in words if word and word != noun and word not in _NO_MODIFIERS)


@cache
def _party_of() -> dict[str, str]:
    groups = [group.split("|") for group in sorted(_WORDS["party"])]
    return {word: group[0] for group in groups for word in group}


def parties(phrase: str) -> frozenset[str]:
    """The parties that a phrase names, each by one word."""
    known = _party_of()
    return frozenset(known[word] for word in phrase.lower().replace("-", " ").split() if word in known)


def party_word(phrase: str) -> str | None:
    """The capitalised word with which a phrase names a party, or None."""
    return next((word for word in phrase.split() if word[0].isupper() and word.lower() in _party_of()), None)


def is_body_noun(noun: str | None) -> bool:
    """Whether a head noun names an organisation or state."""
    return noun in noun_classes()["organisation"]


def looks_like_name(text: str, phrase: SourcePhrase) -> bool:
    """Capitals where no sentence begins, and no word for a kind of source: a name that the tagger missed."""
    words = phrase.exact.split()
    if len(words) > 2 and words[0] == "The" and all(word[0].isupper() for word in words):
        return not is_person_noun(phrase.noun) and len(words) <= _LONGEST_MISSED_NAME
    if not 1 <= len(words) <= _LONGEST_MISSED_NAME or not all(word[0].isupper() for word in words):
        return False
    if phrase.exact.isupper():
        return len(phrase.exact) > 1
    kinds = (nouns for kind, nouns in noun_classes().items() if kind not in ("organisation", "company"))
    return not _opens_sentence(text, phrase.start) and not any(phrase.noun in nouns for nouns in kinds)


def named_body(phrase: SourcePhrase) -> Entity | None:
    """The name in "the Trump campaign", "Ukraine's government": such a body counts as named."""
    if phrase.noun not in _NAMED_BODIES or not phrase.inside:
        return None
    return phrase.inside[0]
