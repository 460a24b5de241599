"""What the reporting words say: their head's lemma, the attitude they carry, speech or belief.

A cue is read by word lists and a rule lemmatiser. Classes follow the reporting-verb taxonomies of
Caldas-Coulthard, "On reporting reporting" (1994), and Thompson and Ye, "Evaluation in the reporting
verbs used in academic papers" (1991), folded into the record's seven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.components.lexicons import rows
from pipeline.record import CueClass, Mode

PartOfSpeech = Literal["verb", "noun", "adjective", "adverb", "phrase"]

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|'[^\W\d_]+")
_CLITIC = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m))$")
_CLASSES: Mapping[str, CueClass] = {name: name for name in get_args(CueClass)}
_MODES: Mapping[str, Mode] = {name: name for name in get_args(Mode)}
_POS: Mapping[str, PartOfSpeech] = {name: name for name in get_args(PartOfSpeech)}
_VOWELS = frozenset("aeiou")

# A cue is a few words; of a longer span, which is a tagging error, the first words are read.
_MAX_WORDS = 40
_MAX_CHARS = 400
# Function words that may stand inside a listed phrase ("made it very clear").
_MAX_GAP = 3
# How far the infinitive may stand from "tried", the noun from "expressed".
_REACH = 8

_AFTER_DETERMINER: tuple[PartOfSpeech, ...] = ("noun", "adjective", "verb")
_AFTER_COPULA: tuple[PartOfSpeech, ...] = ("adjective", "verb", "noun")
_ELSEWHERE: tuple[PartOfSpeech, ...] = ("verb", "noun", "adjective")


@dataclass(frozen=True, slots=True)
class CueReading:
    """What a cue says: ``lemma`` of its head, the attitude it carries, and speech or belief."""

    lemma: str
    cue_class: CueClass
    mode: Mode


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the lexicon."""

    pattern: tuple[str, ...]
    pos: PartOfSpeech
    reading: CueReading


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the cue with the lemmas it may have, likeliest first."""

    form: str
    lemmas: tuple[str, ...]

    @property
    def lemma(self) -> str:
        return self.lemmas[0]

    def is_form_of(self, lemma: str) -> bool:
        """Whether the word may be a form of ``lemma``."""
        return lemma == self.form or lemma in self.lemmas

    def is_verb_in(self, word_class: str) -> bool:
        """Whether its lemma is in a class of verbs."""
        return self.lemma in _function_words(word_class)

    def is_in(self, word_class: str) -> bool:
        """Whether it is itself in a class of words that have no inflections."""
        return self.form in _function_words(word_class)


def describe_cue(text: str, spans: Sequence[tuple[int, int]]) -> CueReading:
    """Lemma, class and mode of the cue that stands in ``spans`` of ``text``.

    The lemma is that of the head word ("has previously denied" is *deny*, "called for" is *call*);
    "according to" stays whole. A cue without letters (a colon, a dash) is a neutral cue of speech.
    """
    printed = " ".join(text[start : min(end, start + _MAX_CHARS)] for start, end in spans[:_MAX_WORDS])
    return _read(printed[:_MAX_CHARS])


# News says "said": a few thousand readings hold nearly every cue of a run.
@lru_cache(maxsize=4096)
def _read(printed: str) -> CueReading:
    words = _words(printed)
    if not words:
        return CueReading("".join(printed.split()), "neutral", "speech")
    head = _head_index(words)
    reading = _phrase_reading(words, head) or _head_reading(words, head)
    return _with_hearsay(reading, words, head)


def lemmatise(form: str) -> str:
    """The likeliest base form of an English word, in the lexicon or not."""
    return _lemmas(form.casefold().replace("’", "'"))[0]


@cache
def reporting_lemmas(pos: PartOfSpeech) -> frozenset[str]:
    """The lexicon's single words of one part of speech."""
    return frozenset(lemma for lemma, known in _single_words() if known == pos)


def _words(printed: str) -> list[_Word]:
    plain = printed.casefold().replace("’", "'").replace("‘", "'")
    forms = [part for match in _WORD.finditer(plain) for part in _without_clitic(match.group())]
    return [_Word(form, _lemmas(form)) for form in forms[:_MAX_WORDS]]


def _without_clitic(form: str) -> list[str]:
    clitic = _CLITIC.search(form)
    if clitic is None or clitic.start() == 0:
        return [form]
    return [form[: clitic.start()], clitic.group()]


# Lexicon


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            tuple(entry.split(" ")),
            _POS[pos],
            CueReading(lemma[0] if lemma else entry, _CLASSES[cue_class], _MODES[mode]),
        )
        for entry, pos, cue_class, mode, *lemma in rows("cues_reporting.tsv", 4, 5)
    )


@cache
def _single_words() -> Mapping[tuple[str, PartOfSpeech], CueReading]:
    entries = [entry for entry in _entries() if entry.pos != "phrase"]
    return MappingProxyType({(entry.pattern[0], entry.pos): entry.reading for entry in entries})


@cache
def _phrases() -> Mapping[str, tuple[_Entry, ...]]:
    """Phrases by their first lemma, longest first."""
    table: dict[str, list[_Entry]] = {}
    for entry in sorted(_entries(), key=lambda entry: (-len(entry.pattern), entry.pattern)):
        if entry.pos == "phrase":
            table.setdefault(entry.pattern[0], []).append(entry)
    return MappingProxyType({first: tuple(found) for first, found in table.items()})


@cache
def _function_words(word_class: str) -> frozenset[str]:
    return {row[0]: frozenset(row[1].split(" ")) for row in rows("cues_function_words.tsv", 2)}[word_class]


@cache
def _irregular() -> Mapping[str, str]:
    table = rows("cues_irregular.tsv", 2)
    return MappingProxyType({form: lemma for lemma, forms in table for form in forms.split(" ")})


@cache
def _known_lemmas() -> frozenset[str]:
    listed = frozenset(lemma for lemma, _ in _single_words())
    return listed | frozenset(_irregular().values()) | _function_words("base")


# Lemmas


def _lemmas(form: str) -> tuple[str, ...]:
    """Base forms that ``form`` may have: known ones in order of likelihood, else the rules' first guess."""
    irregular = _irregular().get(form)
    if irregular is not None:
        also = (form,) if form in _known_lemmas() and form != irregular else ()
        return (irregular, *also)
    candidates = tuple(dict.fromkeys(_base_forms(form)))
    known = tuple(lemma for lemma in candidates if lemma in _known_lemmas())
    if known:
        return known
    compounds = (lemma for lemma in candidates if any(part in _known_lemmas() for part in _last_parts(lemma)))
    return (next(compounds, candidates[0]),)


def _last_parts(lemma: str) -> Iterator[str]:
    """What stands behind a hyphen or prefix: "live-**tweet**", "re**assert**"."""
    if "-" in lemma:
        yield lemma[lemma.rfind("-") + 1 :]
    for prefix in sorted(_function_words("prefix")):
        if lemma.startswith(prefix) and len(lemma) - len(prefix) > 3:
            yield lemma[len(prefix) :]


def _base_forms(form: str) -> Iterator[str]:
    """Base forms by rule, likeliest first, the form itself last."""
    if form.endswith("s") and len(form) > 3 and not form.endswith(("ss", "us", "is")):
        yield from _without_s(form)
    elif form.endswith("ied") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith("ed") and len(form) > 3:
        yield from _bases_of_stem(form[:-2])
    elif form.endswith("ing") and len(form) > 4:
        yield from _bases_of_stem(form[:-3])
    yield form


def _without_s(form: str) -> Iterator[str]:
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        yield form[:-2]
    yield form[:-1]


def _bases_of_stem(stem: str) -> Iterator[str]:
    """Bases of a stem before -ed or -ing: with its consonant undoubled, with an e, or as it stands."""
    if not _VOWELS.union("y").intersection(stem):
        return
    if _is_doubled(stem):
        yield from (stem, stem[:-1]) if stem[-1] in "lsfz" else (stem[:-1], stem)
    elif _has_lost_e(stem):
        yield from (stem + "e", stem)
    else:
        yield from (stem, stem + "e")


def _is_doubled(stem: str) -> bool:
    return len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS


_BEFORE_LOST_E = (
    "at",
    "iz",
    "yz",
    "uc",
    "rc",
    "nc",
    "dg",
    "rg",
    "ag",
    "v",
    "u",
    "rs",
    "ns",
    "ps",
    "ir",
    "ur",
)


def _has_lost_e(stem: str) -> bool:
    """Whether a stem outside the lexicon wants a silent e ("savag-", "rescu-", "handl-", "hop-")."""
    if stem.endswith(_BEFORE_LOST_E) or (stem[-1] == "l" and stem[-2:-1] not in _VOWELS.union("lrw", ("",))):
        return True
    one_syllable = sum(char in _VOWELS for char in stem) == 1
    return one_syllable and len(stem) > 2 and stem[-1] not in _VOWELS.union("wxy") and stem[-2] in _VOWELS


# Phrases


def _phrase_reading(words: Sequence[_Word], head: int) -> CueReading | None:
    """The reading of the longest listed phrase at the head, or at the function words before it."""
    for index, word in enumerate(words[: head + 1]):
        if index == head or not word.is_verb_in("catenative"):
            entry = _longest_phrase(words, index)
            if entry is not None:
                return entry.reading
    return None


def _longest_phrase(words: Sequence[_Word], index: int) -> _Entry | None:
    for lemma in (words[index].form, *words[index].lemmas):
        for entry in _phrases().get(lemma, ()):
            if _matches(entry.pattern, words, index):
                return entry
    return None


def _matches(pattern: Sequence[str], words: Sequence[_Word], index: int) -> bool:
    """Whether the pattern's lemmas follow from ``index``, with at most a few function words between."""
    place = index
    for lemma in pattern[1:]:
        limit = min(place + 1 + _MAX_GAP, len(words) - 1)
        place += 1
        while place < limit and not words[place].is_form_of(lemma) and _may_be_skipped(words[place]):
            place += 1
        if place >= len(words) or not words[place].is_form_of(lemma):
            return False
    return True


def _may_be_skipped(word: _Word) -> bool:
    return _is_adverb(word) or word.is_in("determiner") or word.is_in("pronoun")


def _is_adverb(word: _Word) -> bool:
    if word.is_in("adverb") or word.lemma == "not":
        return True
    is_listed = word.form in reporting_lemmas("verb") or word.form in reporting_lemmas("adjective")
    return word.form.endswith("ly") and len(word.form) > 4 and not is_listed


# Heads


def _head_index(words: Sequence[_Word]) -> int:
    """Where the head of the cue stands: the first word that is neither function word nor catenative."""
    content = [index for index, word in enumerate(words) if not _is_function_word(word)]
    heads = [index for index in content if not _hands_on(words, index)] or content
    if not heads:
        return _emptiest_head(words)
    return next((index for index in heads if _is_known_or_verbal(words, index)), heads[0])


def _is_function_word(word: _Word) -> bool:
    if word.is_verb_in("auxiliary") or _is_adverb(word):
        return True
    return any(word.is_in(name) for name in ("pronoun", "preposition", "determiner"))


def _emptiest_head(words: Sequence[_Word]) -> int:
    """The head of a cue of function words alone: a listed adverb, an auxiliary, or the first word."""
    adverbs = [index for index, word in enumerate(words) if (word.form, "adverb") in _single_words()]
    auxiliaries = [index for index, word in enumerate(words) if word.is_verb_in("auxiliary")]
    return (adverbs or auxiliaries or [0])[-1]


def _hands_on(words: Sequence[_Word], index: int) -> bool:
    """Whether the verb at ``index`` is catenative here: "went on **to say**", "kept **saying**"."""
    if not words[index].is_verb_in("catenative"):
        return False
    after = words[index + 1 : index + 1 + _REACH]
    for place, word in enumerate(after):
        if word.form == "to" and any(not _is_function_word(word) for word in after[place + 1 : place + 3]):
            return True
        if word.form.endswith("ing") and place == 0 and _lookup(word, ("verb",)):
            return True
    return False


def _is_known_or_verbal(words: Sequence[_Word], index: int) -> bool:
    word = words[index]
    if (
        _lookup(word, _pos_order(words, index)) is not None
        or word.is_verb_in("light")
        or word.is_verb_in("light_speech")
    ):
        return True
    return word.form != word.lemma and not _follows_determiner(words, index)


def _follows_determiner(words: Sequence[_Word], index: int) -> bool:
    if index == 0 or words[index - 1].form == "to":
        return False
    return words[index - 1].is_in("determiner") or words[index - 1].is_in("preposition")


def _follows_copula(words: Sequence[_Word], index: int) -> bool:
    before = [word for word in words[:index] if not _is_adverb(word)]
    return bool(before) and before[-1].is_verb_in("copula")


def _pos_order(words: Sequence[_Word], index: int) -> tuple[PartOfSpeech, ...]:
    if _follows_determiner(words, index):
        return _AFTER_DETERMINER
    return _AFTER_COPULA if _follows_copula(words, index) else _ELSEWHERE


def _lookup(word: _Word, order: Sequence[PartOfSpeech]) -> CueReading | None:
    for pos in order:
        for lemma in (word.form, *word.lemmas) if pos == "adjective" else word.lemmas:
            reading = _single_words().get((lemma, pos))
            if reading is not None:
                return reading
    return None


def _head_reading(words: Sequence[_Word], head: int) -> CueReading:
    word = words[head]
    order = _pos_order(words, head)
    reading = _lookup(word, order) or _lookup(word, ("adverb",)) or _from_parts(word)
    if word.is_verb_in("light") or word.is_verb_in("light_speech"):
        return _light_reading(words, head, reading)
    if reading is not None:
        return reading
    return _unknown_reading(words, head)


def _from_parts(word: _Word) -> CueReading | None:
    """The reading of the word behind a prefix or hyphen: "reassert", "live-tweeted"."""
    for part in _last_parts(word.lemma):
        reading = _single_words().get((part, "verb"))
        if reading is not None:
            return replace(reading, lemma=word.lemma)
    return None


def _light_reading(words: Sequence[_Word], head: int, own: CueReading | None) -> CueReading:
    """The verb's lemma with the attitude of the noun it carries: "expressed **concern** over"."""
    verb = own or CueReading(words[head].lemma, "neutral", "speech")
    for word in words[head + 1 : head + 1 + _REACH]:
        noun = None if _is_function_word(word) else _lookup(word, ("noun",))
        if noun is not None:
            mode: Mode = "speech" if words[head].is_verb_in("light_speech") else noun.mode
            return CueReading(verb.lemma, noun.cue_class, mode)
    return verb


def _unknown_reading(words: Sequence[_Word], head: int) -> CueReading:
    """Class and mode of the next known word; else neutral, and belief only for attitude adjectives."""
    lemma = words[head].lemma
    for index in range(head + 1, len(words)):
        reading = None if _is_function_word(words[index]) else _lookup(words[index], _pos_order(words, index))
        if reading is not None:
            return replace(reading, lemma=lemma)
    if len(words) == 1 and words[head].is_in("reporting_preposition"):
        return CueReading(lemma, "according_to", "speech")
    attitude = _follows_copula(words, head) and lemma.endswith(
        tuple(sorted(_function_words("attitude_ending")))
    )
    return CueReading(lemma, "neutral", "belief" if attitude else "speech")


def _with_hearsay(reading: CueReading, words: Sequence[_Word], head: int) -> CueReading:
    """A neutral cue turned distancing by "reportedly" or by a passive without agent ("is said to")."""
    if reading.cue_class != "neutral" or not (_has_distancing_adverb(words) or _is_hearsay(words, head)):
        return reading
    return replace(reading, cue_class="distancing")


def _has_distancing_adverb(words: Sequence[_Word]) -> bool:
    adverbs = (_single_words().get((word.form, "adverb")) for word in words)
    return any(adverb is not None and adverb.cue_class == "distancing" for adverb in adverbs)


def _is_hearsay(words: Sequence[_Word], head: int) -> bool:
    verb = words[head]
    if not verb.is_verb_in("hearsay") or verb.form == verb.lemma or verb.form.endswith(("ing", "s")):
        return False
    before = [word for word in words[:head] if not _is_adverb(word)]
    passive = bool(before) and before[-1].lemma == "be" and not before[-1].form.startswith("'")
    return passive and all(word.form != "by" for word in words[head + 1 :])
