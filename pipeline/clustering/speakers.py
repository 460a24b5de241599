"""Speakers that are one over articles.

Inside an article names are joined already. Over articles, persons of the same full name are one where
something beside the name joins them too: a role, an affiliation, words of theirs that both articles quote, a
person named in both and in few others. Without any evidence a full name joins only those who are left, where
no namesake is known. A surname alone needs more: a role of several words, an affiliation or a quotation.
Whatever is not joined stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.clustering.unions import Unions
from pipeline.clustering.utterances import Printed
from pipeline.components.lexicons import words_by_class
from pipeline.components.names.forms import fold
from pipeline.components.names.persons import PersonName, can_be_one, is_initial, person_name

Token = tuple[str, str]  # a kind of evidence and what it is

_RARE_ARTICLES: Final = 3  # a companion named in more articles than this, and than this share, is no evidence
_RARE_SHARE: Final = 0.01
_DOMINANT_ARTICLES: Final = 3
_DOMINANT_SHARE: Final = 2 / 3  # of a name's articles with evidence: then its bare mentions are that person's
_PARTNERS: Final = 8  # candidates looked at for a shorter name


@dataclass(frozen=True, slots=True)
class Appearance:
    """A named speaker in one article, with what the article tells of them.

    ``quotes`` are clusters that hold words of theirs, ``companions`` other persons of the article.
    """

    printed: Printed
    ref: str | None
    name: str
    entity_type: str | None
    roles: tuple[str, ...]
    affiliation: str | None
    claims: tuple[str, ...]
    quotes: tuple[str, ...]
    companions: frozenset[str]

    @property
    def person(self) -> PersonName | None:
        """The parts of the name, if it is a person's."""
        return person_name(self.name) if self.entity_type == "PERSON" else None


@cache
def _empty_words() -> frozenset[str]:
    return frozenset().union(*words_by_class("clustering_roles.tsv").values())


def role_words(role: str) -> tuple[str, ...]:
    """The words of a role that can tell one person from another, folded."""
    plain = "".join(char if char.isalnum() else " " for char in fold(role))
    return tuple(word for word in plain.split() if word not in _empty_words())


def evidence(item: Appearance, rare: frozenset[str]) -> frozenset[Token]:
    """What can join an appearance to another of the same name."""
    roles = [role_words(role) for role in item.roles]
    return frozenset([
        *(("role", word) for words in roles for word in words),
        *strong_evidence(item),
        *(("co_mention", name) for name in item.companions & rare if name != fold(item.name)),
    ])  # fmt: skip


def strong_evidence(item: Appearance) -> frozenset[Token]:
    """What can join an appearance to another that shares but the surname."""
    roles = [words for role in item.roles if len(words := role_words(role)) > 1]
    affiliation = [("affiliation", fold(item.affiliation))] if item.affiliation else []
    return frozenset([
        *(("role", " ".join(words)) for words in roles),
        *affiliation,
        *(("quote", cluster) for cluster in item.quotes),
    ])  # fmt: skip


def rare_companions(articles: Iterable[frozenset[str]]) -> frozenset[str]:
    """Persons named in so few articles that to be named there together says something."""
    known = list(articles)
    counts = Counter(name for names in known for name in names)
    most = max(_RARE_ARTICLES, int(len(known) * _RARE_SHARE))
    return frozenset(name for name, count in counts.items() if 1 < count <= most)


def joined(appearances: Sequence[Appearance], rare: frozenset[str]) -> list[list[Appearance]]:
    """The appearances of each speaker together, in the order given."""
    unions = Unions(len(appearances))
    tokens = [evidence(item, rare) for item in appearances]
    for block in _same_name(appearances).values():
        person = appearances[block[0]].person
        if person is None:
            unions.join_all(block)
        elif person.is_full:
            _join_namesakes(unions, block, tokens)
        else:
            _join_by_evidence(unions, block, {index: strong_evidence(appearances[index]) for index in block})
    _join_forms(unions, appearances, tokens)
    return [[appearances[index] for index in group] for group in unions.groups()]


def _same_name(appearances: Sequence[Appearance]) -> Mapping[tuple[str, ...], list[int]]:
    blocks = defaultdict(list)
    for index, item in enumerate(appearances):
        blocks[name_key(item)].append(index)
    return blocks


def name_key(item: Appearance) -> tuple[str, ...]:
    """A key that spellings of one name share; a surname alone is a key of its own."""
    person = item.person
    if person is None:
        return "other", item.entity_type or "", fold(item.name)
    return "person", person.generation or "", "".join(person.words), str(person.is_full)


def _join_by_evidence(unions: Unions, block: Sequence[int], tokens: Mapping[int, frozenset[Token]]) -> None:
    """Join persons of one name where they share anything."""
    owners: dict[Token, int] = {}
    for index in block:
        for token in tokens[index]:
            unions.join(owners.setdefault(token, index), index)


def _join_namesakes(unions: Unions, block: Sequence[int], tokens: Sequence[frozenset[Token]]) -> None:
    """Join persons of one full name by what they share; then those of whom nothing is known."""
    _join_by_evidence(unions, block, {index: tokens[index] for index in block})
    groups = Counter(unions.root(index) for index in block)
    bare = [index for index in block if groups[unions.root(index)] == 1 and not _tells(tokens[index])]
    told = {root: size for root, size in groups.items() if root not in bare}
    holder = _holder(told)
    if holder is not None or not told:
        unions.join_all([*bare, *([holder] if holder is not None else [])])


def _tells(tokens: Iterable[Token]) -> bool:
    """Whether an appearance says who the person is, so that silence is not agreement."""
    return any(kind in ("role", "affiliation") for kind, _ in tokens)


def _holder(told: Mapping[int, int]) -> int | None:
    """The person whom a bare name means: the only one of that name, or by far the most frequent."""
    if len(told) == 1:
        return next(iter(told))
    if not told:
        return None
    root, articles = max(told.items(), key=lambda item: (item[1], -item[0]))
    is_dominant = articles >= _DOMINANT_ARTICLES and articles >= _DOMINANT_SHARE * sum(told.values())
    return root if is_dominant else None


def _join_forms(
    unions: Unions, appearances: Sequence[Appearance], tokens: Sequence[frozenset[Token]]
) -> None:
    """Join a shorter form of a name to the one person of a fuller name who shares its evidence."""
    holders = _Holders(unions, appearances, tokens)
    for index, item in enumerate(appearances):
        person = item.person
        if person is not None:
            wanted = tokens[index] if person.is_full else strong_evidence(item)
            partners = holders.partners(index, person, wanted)
            if _agree(partners, appearances):
                unions.join_all([index, *partners])


class _Holders:
    """Persons by their surname and by what is known of them, a few for each."""

    def __init__(
        self, unions: Unions, appearances: Sequence[Appearance], tokens: Sequence[frozenset[Token]]
    ) -> None:
        self._unions = unions
        self._appearances = appearances
        self._shelves: dict[tuple[str, Token], dict[int, int]] = defaultdict(dict)
        for index, item in enumerate(appearances):
            if item.person is not None:
                for token in tokens[index]:
                    shelf = self._shelves[item.person.surname, token]
                    if len(shelf) < _PARTNERS:
                        shelf.setdefault(unions.root(index), index)

    def partners(self, index: int, person: PersonName, wanted: Iterable[Token]) -> list[int]:
        """An appearance of each other person who shares some of this and has a fuller form of the name."""
        own = self._unions.root(index)
        found: dict[int, int] = {}
        for token in wanted:
            for other in self._shelves.get((person.surname, token), {}).values():
                root = self._unions.root(other)
                if root != own and _may_be(person, self._appearances[other]):
                    found[root] = min(other, found.get(root, other))
        return [found[root] for root in sorted(found)]


def _may_be(person: PersonName, other: Appearance) -> bool:
    """Whether the other name is a fuller form of this one, of the same surname."""
    theirs = other.person
    if theirs is None or _fullness(theirs) <= _fullness(person) or person.generation != theirs.generation:
        return False
    return can_be_one(person, theirs) if person.is_full else True


def _fullness(name: PersonName) -> tuple[int, int]:
    """How much a name tells: its words that are no initials, then its letters."""
    return sum(not is_initial(word) for word in name.core), sum(map(len, name.core))


def _agree(partners: Sequence[int], appearances: Sequence[Appearance]) -> bool:
    """Whether all partners can be one person; two who cannot leave it open whom the name means."""
    known = [appearances[each].person for each in partners]
    full = [name for name in known if name is not None and name.is_full]
    return all(can_be_one(one, other) for number, one in enumerate(full) for other in full[:number])


def shared_evidence(group: Sequence[Appearance], rare: frozenset[str]) -> Iterator[tuple[Token, int]]:
    """What joins the appearances of a speaker, with the number of articles that tell it, most first."""
    counts = Counter(token for item in group for token in {*evidence(item, rare), ("name", fold(item.name))})
    found = [(token, count) for token, count in counts.items() if count > 1]
    yield from sorted(found, key=lambda pair: (-pair[1], pair[0]))
