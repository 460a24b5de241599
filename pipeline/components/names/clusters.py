"""The names of an article, one id per real thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.components.names.countries import (
    Reading,
    demonym_reading,
    is_shared,
    place_key,
    place_reading,
    reading_among,
    usual_spelling,
)
from pipeline.components.names.forms import (
    MAX_NAME,
    NameMention,
    fold,
    is_shouted,
    single_spaced,
    trim_span,
)
from pipeline.components.names.lexicon import rows
from pipeline.components.names.organizations import (
    Shortens,
    abbreviates,
    body_name,
    body_shortens,
    cluster_bodies,
    model_shortens,
    never_shortens,
    site_shortens,
)
from pipeline.components.names.person_clusters import PersonMention, cluster_persons
from pipeline.components.names.persons import is_initial, person_name, without_distinctions
from pipeline.components.names.titles import Gender, split_titles, title_gender
from pipeline.record import Entity, EntityLabel, Span

_PLACES: frozenset[EntityLabel] = frozenset({"GPE", "LOC", "FAC"})
_ATLAS: frozenset[EntityLabel] = _PLACES | {"NORP"}
_GROUPS: tuple[tuple[str, frozenset[EntityLabel], Shortens], ...] = (
    ("body", frozenset({"ORG"}), body_shortens),
    ("place", frozenset({"LOC", "FAC"}), site_shortens),
    ("event", frozenset({"EVENT", "LAW"}), body_shortens),
    ("product", frozenset({"PRODUCT"}), model_shortens),
    ("work", frozenset({"WORK_OF_ART"}), never_shortens),
)
_AFTER_COUNTRY = frozenset(
    ",.;:)(\n—–-"
)  # what may follow "Lyon, France" where the country is no new list item

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Name:
    """A mention without its trimmings: its name, its label, the titles before it."""

    start: int
    end: int
    name: str
    label: EntityLabel
    titles: tuple[Span, ...] = ()


def cluster_names(text: str, mentions: Sequence[NameMention]) -> tuple[Entity, ...]:
    """One entity per mention, in the order given; names of one thing share ``ref`` and ``name``."""
    names = [_read(text, mention) for mention in mentions]
    names = _with_steady_labels(_with_short_bodies(_with_shouted_persons(names)))
    readings = _readings(text, names)
    keys = _keys(text, names, readings)
    refs = {key: f"e{number}" for number, key in enumerate(dict.fromkeys(keys), start=1)}
    fullest = _fullest_names(names, keys)
    countries = _countries(names, keys, readings)
    return tuple(
        Entity(
            mention.start, mention.end, mention.exact, refs[key], name.label, fullest[key], countries.get(key)
        )
        for mention, name, key in zip(mentions, names, keys, strict=True)
    )


def person_genders(text: str, entities: Iterable[Entity]) -> dict[str, Gender]:
    """Gender by ``ref`` for the persons whose titles or given name tell it; titles outweigh names."""
    titled: dict[str, Gender] = {}
    named: dict[str, Gender] = {}
    for entity in entities:
        if entity.label == "PERSON":
            read = _read(text, NameMention(entity.start, entity.end, entity.exact, "PERSON"))
            gender = _gender_of_titles(read.titles)
            if gender:
                titled.setdefault(entity.ref, gender)
            if (told := person_name(entity.name[:MAX_NAME]).told_gender) is not None:
                named[entity.ref] = told
    return named | titled


def _read(text: str, mention: NameMention) -> _Name:
    start, end = trim_span(text, mention.start, mention.end)
    titles: tuple[Span, ...] = ()
    if mention.label == "PERSON":
        start, end, titles = split_titles(text, start, end)
        end = start + len(without_distinctions(text[start:end]))
    elif text[end - 1 : end] == ")" and text.find(" (", start, end) > start:
        end = text.find(" (", start, end)  # "European Union (EU)" tagged as one name
    return _Name(start, end, single_spaced(text[start:end]), mention.label, titles)


class _LazyPlaceKeys:
    """The article's names as place keys, made only for the few articles with a shared name."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self._names = names
        self._keys: frozenset[str] | None = None

    def get(self) -> frozenset[str]:
        """All names of the article as place keys."""
        if self._keys is None:
            self._keys = frozenset(place_key(name.name[:MAX_NAME]) for name in self._names)
        return self._keys


def _with_shouted_persons(names: list[_Name]) -> list[_Name]:
    """The names, "ROE" before a turn of a transcript a person where the article has a "Roe" who is one."""
    shouted = [name for name in names if name.label == "ORG" and is_shouted(name.name)]
    if not shouted:
        return names
    printed = {name.name for name in names}
    parts = _parts_of_persons(names)
    persons = {
        name.name for name in shouted if fold(name.name) in parts and name.name.capitalize() in printed
    }
    return [replace(name, label="PERSON") if name.name in persons else name for name in names]


def _with_short_bodies(names: list[_Name]) -> list[_Name]:
    """The names, "Lumen" an organisation where the article has a "Lumen Systems" and no person called so."""
    first_words = {name.name.partition(" ")[0] for name in names if name.label == "ORG" and " " in name.name}
    bare = {name.name for name in names if name.label == "PERSON" and name.name in first_words}
    if not bare:
        return names
    titled = {name.name for name in names if name.titles}
    parts = _parts_of_persons(names)
    bodies = {name for name in bare - titled if fold(name) not in parts}
    return [replace(name, label="ORG") if name.name in bodies else name for name in names]


def _with_steady_labels(names: list[_Name]) -> list[_Name]:
    """The names, a string's odd labels set to its usual one where nothing speaks for the change."""
    labels: dict[str, Counter[EntityLabel]] = {}
    for name in names:
        labels.setdefault(name.name, Counter())[name.label] += 1
    wavering = {name: counter for name, counter in labels.items() if len(counter) > 1}
    if not wavering:
        return names
    parts = _parts_of_persons(names)
    usual = {name: _usual_label(name, counter) for name, counter in wavering.items()}
    return [
        replace(name, label=label)
        if (label := usual.get(name.name)) and not _has_cause(name, parts)
        else name
        for name in names
    ]


def _parts_of_persons(names: Iterable[_Name]) -> frozenset[str]:
    full = (
        person_name(name.name[:MAX_NAME]) for name in names if name.label == "PERSON" and " " in name.name
    )
    return frozenset(word for name in full for word in (name.core[0], name.surname))


def _has_cause(name: _Name, parts_of_persons: frozenset[str]) -> bool:
    """Whether a person's label stands by itself: a title, or a fuller name elsewhere."""
    return name.label == "PERSON" and (bool(name.titles) or fold(name.name) in parts_of_persons)


def _usual_label(name: str, counter: Counter[EntityLabel]) -> EntityLabel | None:
    """The label of most mentions, or None where two are as frequent."""
    if "NORP" in counter and demonym_reading(name) and not place_reading(name):
        return "NORP"
    (label, count), (_, runner_up) = counter.most_common(2)
    return label if count > runner_up else None


def _readings(text: str, names: Sequence[_Name]) -> list[Reading | None]:
    """What the atlas says of each GPE, LOC, FAC and NORP, with the article's help where it needs it."""
    towns = _towns_before_commas(text, names)
    others = _LazyPlaceKeys(names)
    return [
        towns.get(place_key(name.name[:MAX_NAME])) or _reading(name, others) if name.label in _ATLAS else None
        for name in names
    ]


def _reading(name: _Name, article_names: _LazyPlaceKeys) -> Reading | None:
    if name.label == "NORP":
        reading = demonym_reading(name.name) or place_reading(name.name)
    else:
        reading = place_reading(name.name) or _reading_of_last_part(name)
    if reading is None and is_shared(name.name):
        return reading_among(name.name, article_names.get())
    return reading


def _reading_of_last_part(name: _Name) -> Reading | None:
    """ "Lyon, France" tagged as one name lies in France."""
    place, comma, whole = name.name[:MAX_NAME].rpartition(", ")
    reading = place_reading(whole) if comma else None
    return Reading(f"{reading.country}/{place_key(place)}", reading.country) if reading else None


def _towns_before_commas(text: str, names: Sequence[_Name]) -> dict[str, Reading]:
    """Towns named like "Lyon, France," or "Athens, Ohio," anywhere, by place key.

    A state or province behind the comma outweighs the atlas, which knows the greater namesake.
    """
    towns: dict[str, Reading] = {}
    for town, whole in pairwise(names):
        if {town.label, whole.label} != {"GPE"} or text[town.end : whole.start] != ", ":
            continue
        following = text[whole.end : whole.end + 2].lstrip(" ")[:1]
        reading = place_reading(whole.name) if not following or following in _AFTER_COUNTRY else None
        known = place_reading(town.name)
        if reading is None or (known and ("/" not in reading.key or known.country == reading.country)):
            continue
        key = place_key(town.name[:MAX_NAME])
        towns.setdefault(key, Reading(f"{reading.country}/{key}", reading.country))
    return towns


def _keys(text: str, names: Sequence[_Name], readings: Sequence[Reading | None]) -> list[Key]:
    """One key per real thing, for every name."""
    keys: list[Key] = [("", "")] * len(names)
    persons = [i for i, name in enumerate(names) if name.label == "PERSON"]
    for i, number in zip(persons, cluster_persons([_person_mention(names[i]) for i in persons]), strict=True):
        keys[i] = ("person", str(number))
    for group, labels, shortens in _GROUPS:
        members = [i for i, name in enumerate(names) if name.label in labels and readings[i] is None]
        for i, key in zip(members, _body_keys(text, names, members, shortens), strict=True):
            keys[i] = (group, key)
    return [
        key if key[0] else _plain_key(name, reading)
        for key, name, reading in zip(keys, names, readings, strict=True)
    ]


def _person_mention(name: _Name) -> PersonMention:
    offices = frozenset(fold(title.exact) for title in name.titles if title_gender(title.exact) is None)
    return PersonMention(person_name(name.name[:MAX_NAME]), _gender_of_titles(name.titles), offices)


def _gender_of_titles(titles: Iterable[Span]) -> Gender | None:
    return next((gender for title in titles if (gender := title_gender(title.exact))), None)


def _body_keys(text: str, names: Sequence[_Name], members: Sequence[int], shortens: Shortens) -> list[str]:
    bodies = [body_name(names[i].name[:MAX_NAME]) for i in members]
    return cluster_bodies(bodies, _parenthesised_pairs(text, [names[i] for i in members]), shortens=shortens)


def _parenthesised_pairs(text: str, names: Sequence[_Name]) -> list[tuple[int, int]]:
    """Neighbours printed as "Long Name (LN)" or "LN (Long Name)", as positions of long and short."""
    pairs = []
    for position in range(len(names) - 1):
        one, other = names[position], names[position + 1]
        if (
            text[one.end : other.start] in (" (", " (the ", ' ("', " (“")
            and text[other.end : other.end + 1] in '),;"”'
        ):
            if abbreviates(other.name[:MAX_NAME], one.name[:MAX_NAME]):
                pairs.append((position, position + 1))
            elif abbreviates(one.name[:MAX_NAME], other.name[:MAX_NAME]):
                pairs.append((position + 1, position))
    return pairs


def _plain_key(name: _Name, reading: Reading | None) -> Key:
    if reading is not None:
        return ("people" if name.label == "NORP" else "place", reading.key)
    if name.label == "NORP":
        return ("people", _people_key(name.name))
    key = place_key(name.name)
    return ("place", usual_spelling(key))


def _people_key(name: str) -> str:
    key = place_key(name)
    groups = _groups()
    return groups.get(key) or groups.get(key.removesuffix("s")) or key.removesuffix("s")


@cache
def _groups() -> dict[str, str]:
    """Form → the one that stands for all, of peoples, faiths and parties."""
    lines = [[place_key(form) for form in line.split("|")] for (line,) in rows("groups", 1)]
    return {form: forms[0] for forms in lines for form in forms}


def _fullest_names(names: Sequence[_Name], keys: Sequence[Key]) -> dict[Key, str]:
    frequency = Counter((key, name.name, name.label) for key, name in zip(keys, names, strict=True))
    best: dict[Key, tuple[tuple[int, ...], str]] = {}
    for (key, name, label), count in frequency.items():
        rank = _fullness(name, label, count)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, name)
    return {key: name for key, (_, name) in best.items()}


def _fullness(name: str, label: EntityLabel, count: int) -> tuple[int, ...]:
    """How full a form of a name is; for peoples ("Dutch", "Dutchmen") the usual form is the name."""
    if label == "NORP":
        return (count, len(name))
    if label == "PERSON":
        person = person_name(name[:MAX_NAME])
        spelt_out = sum(len(word) for word in person.words if not is_initial(word))
        initials = sum(map(is_initial, person.words))
        return (spelt_out, initials, len(person.nicknames), not is_shouted(name))
    return (not is_shouted(name), name.count(" "), len(name))


def _countries(
    names: Sequence[_Name], keys: Sequence[Key], readings: Sequence[Reading | None]
) -> dict[Key, str]:
    countries: dict[Key, str] = {}
    for name, key, reading in zip(names, keys, readings, strict=True):
        if reading is not None and name.label in ("GPE", "NORP"):
            countries.setdefault(key, reading.country)
    return countries
