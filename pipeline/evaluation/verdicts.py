"""What of a prediction is right, judged against the gold item it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.evaluation.annotations import (
    NOBODY,
    ClaimLabel,
    DateLabelled,
    EntityLabelled,
    QuantityLabelled,
    SpeakerLabel,
)
from pipeline.evaluation.matching import words_of
from pipeline.evaluation.names import same_name, similar_name
from pipeline.record import Span

_RELATIVE_TOLERANCE: Final = 1e-5
_WORD: Final = re.compile(r"\w+")
_FUNCTION_WORDS: Final = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "s", "the", "to"))

Verdicts = dict[str, bool]


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """A gold claim and the predicted claim with nearly the same content, with the verdicts on it."""

    gold: ClaimLabel
    found: ClaimLabel
    verdicts: Verdicts

    @property
    def right(self) -> bool:
        """Content, kind and speaker together: what the headline counts."""
        return all(self.verdicts.get(name, True) for name in ("kind", "speaker"))


def judge_claim(gold: ClaimLabel, found: ClaimLabel) -> ClaimPair:
    """The pair with a verdict for each field that gold gives."""
    verdicts: Verdicts = {"exact": words_of(gold.segments) == words_of(found.segments)}
    verdicts["kind"] = gold.kind == found.kind
    if "cue" in gold.given:
        verdicts |= _span_verdicts("cue", gold.cue, found.cue)
    if "speaker" in gold.given:
        verdicts |= _speaker_verdicts(gold.speaker, found.speaker)
    for name in ("mode", "modality"):
        if name in gold.given:
            verdicts[name] = getattr(gold, name) == getattr(found, name)
    # Most claims have neither: counting what is rightly absent would hide what is missed.
    if "said_on" in gold.given and (gold.said_on or found.said_on):
        verdicts["said_on"] = gold.said_on == found.said_on
    if "addressee" in gold.given and (gold.addressee or found.addressee):
        verdicts["addressee"] = _overlap_or_absent(gold.addressee, found.addressee)
    return ClaimPair(gold, found, verdicts)


def _span_verdicts(name: str, gold: tuple[Span, ...], found: tuple[Span, ...]) -> Verdicts:
    return {
        f"{name} overlap": _overlap_or_absent(gold, found),
        f"{name} exact": words_of(gold) == words_of(found),
    }


def _overlap_or_absent(gold: tuple[Span, ...], found: tuple[Span, ...]) -> bool:
    return bool(words_of(gold) & words_of(found)) if gold and found else not gold and not found


def _speaker_verdicts(gold: SpeakerLabel, found: SpeakerLabel) -> Verdicts:
    verdicts = _span_verdicts("source", gold.surface, found.surface)
    verdicts["speaker"] = same_speaker(gold, found)
    verdicts["speaker lenient"] = similar_name(gold.name, found.name) or verdicts["speaker"]
    verdicts["status"] = gold.status == found.status
    if gold.roles:
        verdicts["role"] = any(_share_word(gold.roles[0].exact, role.exact) for role in found.roles)
    return verdicts


def same_speaker(gold: SpeakerLabel, found: SpeakerLabel) -> bool:
    """Whether it is the same speaker.

    Names must be equal. The noun phrase of a source without a name has no one right extent: there all words
    of the shorter must stand in the longer. The article's own voice, and nobody, have no name to compare.
    """
    if gold.status == "author":
        return found.status == "author"
    if gold.status in NOBODY:
        return found.status in NOBODY
    if gold.status == "named":
        return same_name(gold.name, found.name)
    return similar_name(gold.name, found.name)


def _share_word(first: str, second: str) -> bool:
    return bool(_content_words(first) & _content_words(second))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _FUNCTION_WORDS


def judge_quantity(gold: QuantityLabelled, found: QuantityLabelled) -> Verdicts:
    """Verdicts on a quantity; each but the span needs the value too, as in NewsQuant."""
    value = _same_amount(gold, found)
    return {
        "strict": (gold.start, gold.end) == (found.start, found.end),
        "value": value,
        "value+unit": value and gold.unit.casefold() == found.unit.casefold(),
        "value+modifier": value and gold.modifier == found.modifier,
        "value+kind": value and gold.kind == found.kind,
        "value+of partial": value and _same_noun(gold.of, found.of, exact=False),
        "value+of complete": value and _same_noun(gold.of, found.of, exact=True),
    }


def _same_amount(gold: QuantityLabelled, found: QuantityLabelled) -> bool:
    """Equal values; where gold has none, equal ends of the range."""
    if gold.value is not None:
        return _close(gold.value, found.value)
    return found.value is None and _close(gold.low, found.low) and _close(gold.high, found.high)


def _close(gold: float | None, found: float | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= _RELATIVE_TOLERANCE * abs(gold)


def _same_noun(gold: Span | None, found: Span | None, *, exact: bool) -> bool:
    if gold is None or found is None:
        return gold is found
    wanted, got = words_of([gold]), words_of([found])
    return wanted == got if exact else bool(wanted & got)


def judge_date(gold: DateLabelled, found: DateLabelled) -> Verdicts:
    """Verdicts on a time expression (TempEval-3 Task A, and TIMEX3 ``mod``)."""
    strict, value = (gold.start, gold.end) == (found.start, found.end), gold.value == found.value
    return {
        "strict": strict,
        "type": gold.type == found.type,
        "value": value,
        "strict+value": strict and value,
        "value+mod": value and gold.mod == found.mod,
    }


def judge_entity(gold: EntityLabelled, found: EntityLabelled) -> Verdicts:
    """Verdicts on a name: its extent, and extent and type together."""
    strict = (gold.start, gold.end) == (found.start, found.end)
    return {
        "span": strict,
        "strict": strict and gold.label == found.label,
        "strict, GPE = LOC": strict and _merged(gold.label) == _merged(found.label),
    }


def _merged(label: str) -> str:
    return "GPE" if label == "LOC" else label
