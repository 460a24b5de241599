"""Scores for canonical speakers, given that the claim was found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

Row = dict[str, Any]

_MATCH: Final = 0.8
_WORD: Final = re.compile(r"\w+")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_FUNCTION_WORDS: Final = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "s", "the", "to"))


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold attribution that has a speaker, and the prediction matched with it."""

    gold: Row
    found: Row
    strict: bool
    lenient: bool

    @property
    def named(self) -> bool:
        """Whether the true speaker is a name."""
        return bool(self.gold["status"] == "named")

    @property
    def speech(self) -> bool:
        """Whether the words were said, not thought: as the scorer's ``--speech`` tells."""
        return bool(self.gold.get("cue_class") == "speech" or self.gold["type"] in ("direct", "mixed"))


def matched(scorer: ModuleType, gold: Iterable[Row], found: dict[str, list[Row]]) -> list[Pair]:
    """Gold attributions and predictions whose contents match at Jaccard 0.8."""
    pairs: list[Pair] = []
    for article in gold:
        text, answers = article["text"], found[article["id"]]
        wanted = article["attributions"]
        contents = [scorer.words(text, a["content"]) for a in wanted]
        predicted = [scorer.words(text, a["content"]) for a in answers]
        for i, j in scorer.match(contents, predicted, _MATCH, scorer.jaccard):
            if wanted[i]["speaker"]:
                pairs.append(_pair(scorer, wanted[i], answers[j]))
    return pairs


def _pair(scorer: ModuleType, gold: Row, found: Row) -> Pair:
    name = found["speaker_canonical"]
    strict = plain(gold["speaker"]) == plain(name)
    return Pair(gold, found, strict, strict or scorer.same_name(gold["speaker"], name))


def plain(name: str | None) -> str:
    """The name as it is compared: casefolded, straight apostrophes, no leading article."""
    straight = (name or "").replace("’", "'").replace("\xa0", " ").casefold()
    return _ARTICLE.sub("", straight, count=1) if _ARTICLE.match(straight) else straight


def figures(pairs: list[Pair]) -> dict[str, float | None]:
    """The table of issue "Speakers", in percent; None where nothing was matched."""
    named = [p for p in pairs if p.named]
    pronouns = [p for p in pairs if p.gold["mention_type"] == "pronoun"]
    with_role = [p for p in pairs if p.gold["roles"]]
    open_speech = [p for p in named if p.speech]
    return {
        "named, lenient": percent(p.lenient for p in named),
        "named, strict": percent(p.strict for p in named),
        "all, lenient": percent(p.lenient for p in pairs),
        "all, strict": percent(p.strict for p in pairs),
        "pronoun, lenient": percent(p.lenient for p in pronouns),
        "pronoun, strict": percent(p.strict for p in pronouns),
        "named, macro by speaker": _macro(named),
        "status accuracy": percent(p.gold["status"] == p.found["status"] for p in pairs),
        "role recall": percent(_role_found(p) for p in with_role),
        "named speech unresolved": percent(
            p.found["status"] in ("unresolved", "missing") for p in open_speech
        ),
        "matched": float(len(pairs)),
    }


def percent(flags: Iterable[bool]) -> float | None:
    """The share of true ones in percent."""
    values = list(flags)
    return 100 * sum(values) / len(values) if values else None


def _macro(pairs: list[Pair]) -> float | None:
    by_speaker: defaultdict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        by_speaker[plain(pair.gold["speaker"])].append(pair.lenient)
    shares = [sum(flags) / len(flags) for flags in by_speaker.values()]
    return 100 * sum(shares) / len(shares) if shares else None


def _role_found(pair: Pair) -> bool:
    """Whether some predicted role shares a content word with the first gold role."""
    wanted = _content_words(pair.gold["roles"][0])
    return any(wanted & _content_words(role) for role in pair.found["roles"])


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _FUNCTION_WORDS
