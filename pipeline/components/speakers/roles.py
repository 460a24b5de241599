"""Roles: what the article says a person is, beside the person's name, and of which body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.components.attribution import Offsets
from pipeline.components.lexicons import words_by_class
from pipeline.components.speakers.phrases import SourcePhrase, names_in, noun_classes
from pipeline.record import Entity, span_of
from pipeline.record import Span as RecordSpan

_MODIFIER_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "POS", "HYPH", "AFX", "VBN"))
_WORDS = words_by_class("speakers_words.tsv")
_ABBREVIATED = dict(pair.split(":") for pair in sorted(_WORDS["abbreviated"]))
_LONGEST_ROLE = 12
_AFTER_NAME = re.compile(r"\s*(?:,|\(|[—–-]\s)\s*")
_DANGLING = re.compile(r"(?:\s+(?:of|for|at|from|in|to|with|on|and|the|an?))+\s*$")
_LEADING = re.compile(r"[\s,]*(?:(?:the|an?|his|her|their|its)\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;)]|\s(?:who|which|that)\s")
_APPOSITION = re.compile(r"(?:,|\s[—–-])\s+(?:(?:the|an?|who is (?:the|an?)?|former|now)\s+)?", re.IGNORECASE)
_APPOSITION_END = re.compile(
    r"[,;.()—–:\n“”\"]|\s(?:who|whom|which|that|and|said|says|told|has|was|is|in an?)\s"
)
_PARTY_CODE = re.compile(r"[DRI]-[A-Z][\w. ]*")
_PARTY = re.compile(r"(?:,\s+|\s\()([DRI]-[A-Z][\w. ]*?)(?=[,)]|\s[a-z])")


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase and the bodies named in it."""

    span: RecordSpan
    noun: str
    bodies: tuple[Entity, ...]


def person_roles(doc: Doc, entities: Sequence[Entity]) -> dict[str, list[Role]]:
    """The roles of every person, by ``ref``, in text order, each phrase once."""
    text = doc.text  # spaCy joins it anew each time it is asked
    found: dict[str, list[Role]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for person in entities:
        if person.label != "PERSON":
            continue
        for start, end in _role_places(doc, text, person):
            role = _role(text, start, end, entities)
            if role is not None and (person.ref, role.span.exact.lower()) not in seen:
                seen.add((person.ref, role.span.exact.lower()))
                found[person.ref].append(role)
    return found


def _role_places(doc: Doc, text: str, person: Entity) -> list[tuple[int, int]]:
    places = (_before(doc, person), _after(text, person), _party(text, person))
    return [place for place in places if place is not None]


def _before(doc: Doc, person: Entity) -> tuple[int, int] | None:
    """ "Kremlin spokesman" before the name; a comma may stand between ("the prime minister, X")."""
    span = doc.char_span(person.start, person.end, alignment_mode="expand")
    if span is None or span.start == 0:
        return None
    last = span.start - 1
    if doc[last].text == "," and last > 0:
        last -= 1
        if not _is_role_noun(doc[last].lower_):
            return None
    first = last + 1
    while first > 0 and last - first < _LONGEST_ROLE and _modifies(doc, first - 1, last):
        first -= 1
    while first <= last and doc[first].tag_ in ("POS", "HYPH", "IN", "CC"):
        first += 1
    return (doc[first].idx, doc[last].idx + len(doc[last])) if first <= last else None


def _modifies(doc: Doc, index: int, last: int) -> bool:
    token = doc[index]
    if token.is_space or token.lower_.rstrip(".") in _WORDS["short_title"]:
        return False
    if token.tag_ in _MODIFIER_TAGS or (index == last and _is_role_noun(token.lower_)):
        return True
    follows_noun = index > 0 and doc[index - 1].tag_.startswith("NN") and index < last
    return token.lower_ in ("of", "for", "&") and follows_noun


def _after(text: str, person: Entity) -> tuple[int, int] | None:
    """ "…, a doctor from Y," behind the name, up to the next comma, stop or clause."""
    opening = _APPOSITION.match(text, person.end)
    if opening is None:
        return None
    closing = _APPOSITION_END.search(text, opening.end(), opening.end() + 120)
    end = closing.start() if closing else min(len(text), opening.end() + 120)
    return (opening.end(), end) if end > opening.end() else None


def _party(text: str, person: Entity) -> tuple[int, int] | None:
    match = _PARTY.match(text, person.end)
    return match.span(1) if match else None


def _role(text: str, start: int, end: int, entities: Sequence[Entity]) -> Role | None:
    end = start + len(_DANGLING.sub("", text[start:end]))
    words = re.findall(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*", text[start:end])
    if len(words) > 2 * _LONGEST_ROLE:
        return None
    noun = next((word.lower() for word in reversed(_head_part(words)) if _is_role_noun(word.lower())), None)
    if noun is None and not _PARTY_CODE.fullmatch(text[start:end]):
        return None
    bodies = tuple(e for e in names_in(entities, start, end) if e.label != "PERSON")
    return Role(span_of(text, start, end), _spelled_out(noun or ""), bodies)


def _spelled_out(noun: str) -> str:
    short = noun.rstrip(".")
    return _ABBREVIATED.get(short, short)


def _head_part(words: list[str]) -> list[str]:
    """The words before the first preposition: "director" in "director of the agency's office"."""
    for index, word in enumerate(words):
        if index and word.lower() in ("of", "for", "at", "from", "in", "to", "with", "on"):
            return words[:index]
    return words


def _is_role_noun(word: str) -> bool:
    return word in noun_classes()["person"] or word.rstrip(".") in _WORDS["title_noun"]


def roles_in_source(text: str, source: Offsets, head: Entity, entities: Sequence[Entity]) -> list[Role]:
    """The roles that a source phrase itself gives beside its name: "a lawyer for the firm, Jane Roe"."""
    before = _stripped(text, source[0], head.start)
    after = _AFTER_NAME.match(text, head.end, source[1])
    places = [before]
    if after is not None:
        places.append(_stripped(text, after.end(), _clause_start(text, after.end(), source[1])))
    found = (_role(text, start, end, entities) for start, end in places if start < end)
    return [role for role in found if role is not None]


def nominal_role(text: str, phrase: SourcePhrase) -> Role:
    """The role that a resolved "the Republican nominee" gives its bearer."""
    start, end = _stripped(text, phrase.start, _clause_start(text, phrase.start, phrase.end))
    bodies = tuple(e for e in phrase.inside if start <= e.start and e.end <= end)
    return Role(span_of(text, start, end), phrase.noun or "", bodies)


def _clause_start(text: str, start: int, end: int) -> int:
    clause = _CLAUSE.search(text, start, end)
    return clause.start() if clause else end


def _stripped(text: str, start: int, end: int) -> Offsets:
    """Without article, commas and blanks at the ends."""
    article = _LEADING.match(text, start, end)
    start = article.end() if article else start
    while end > start and text[end - 1] in " \u00a0,(—–-":
        end -= 1
    return start, end


def affiliation_of(roles: Sequence[Role], entities: Sequence[Entity]) -> str | None:
    """The body or country that the roles name first, as the article calls it; a state for its adjective."""
    body = next((body for role in roles for body in role.bodies), None)
    if body is None or body.label != "NORP":
        return body.name if body else None
    states = (e.name for e in entities if e.label == "GPE" and e.country and e.country == body.country)
    return next(states, body.exact)
