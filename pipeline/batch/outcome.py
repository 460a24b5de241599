"""What became of one article: how long its lines are, and what a summary counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.record import ArticleRecord, Claim, DeadLetter

KINDS = ("direct", "indirect", "mixed", "statement")


@dataclass(frozen=True, slots=True)
class Lengths:
    """Bytes of an article's lines in the three files."""

    claims: int = 0
    articles: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One article of a shard. All empty for a place that the file turned out not to have."""

    lengths: Lengths = Lengths()
    article_id: str | None = None
    source: str = ""
    words: int = 0
    kinds: tuple[int, ...] = (0, 0, 0, 0)
    warnings: tuple[str, ...] = ()
    error: str | None = None
    speakers: tuple[tuple[str, int], ...] = ()


def outcome_of(article: ArticleRecord, claims: Sequence[Claim], lengths: Lengths) -> Outcome:
    """The outcome of an article that became records."""
    kinds: Counter[str] = Counter(claim.kind for claim in claims)
    asking = asks_in_turns(claims)
    named = [claim.speaker.name for claim in claims if claim.speaker.status == "named"]
    speakers = Counter(name for name in named if name != asking)
    return Outcome(
        lengths=lengths,
        article_id=article.article_id,
        source=article.source,
        words=article.counts.words,
        kinds=tuple(kinds[kind] for kind in KINDS),
        warnings=article.warnings,
        speakers=tuple((name, count) for name, count in speakers.items() if name),
    )


def asks_in_turns(claims: Sequence[Claim]) -> str | None:
    """Who puts the questions in an interview: the first of its turns is a question of theirs.

    Those who ask are nobody whom an article quotes.
    """
    turns = [claim for claim in claims if claim.decided_by.claim == "turn_label"]
    asked = [claim.speaker.name for claim in turns if claim.modality.question]
    return turns[0].speaker.name if turns and turns[0].speaker.name in asked else None


def outcome_of_error(letter: DeadLetter, length: int) -> Outcome:
    """The outcome of an article that became a dead letter."""
    return Outcome(lengths=Lengths(errors=length), source=letter.source, error=letter.code)


def outcome_to_json(outcome: Outcome) -> list[Any]:
    """The outcome as a short list, the form it has in completion records."""
    lengths = outcome.lengths
    return [
        [lengths.claims, lengths.articles, lengths.errors],
        outcome.article_id, outcome.source, outcome.words, outcome.kinds, outcome.warnings, outcome.error,
        outcome.speakers,
    ]  # fmt: skip


def outcome_from_json(stored: list[Any]) -> Outcome:
    """The outcome that ``outcome_to_json`` made a list of."""
    lengths, article_id, source, words, kinds, warnings, error, speakers = stored
    return Outcome(
        lengths=Lengths(*lengths),
        article_id=article_id,
        source=source,
        words=words,
        kinds=tuple(kinds),
        warnings=tuple(warnings),
        error=error,
        speakers=tuple((name, count) for name, count in speakers),
    )


@dataclass(slots=True)
class Tally:
    """Running totals of a run."""

    articles: int = 0
    words: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)

    @property
    def claims(self) -> int:
        """Claims of all kinds."""
        return self.kinds.total()

    @property
    def dead_letters(self) -> int:
        """Articles set aside because of an error; a repeated text is a warning and not one of them."""
        return sum(count for code, count in self.errors.items() if code.startswith("E_"))

    def add(self, outcome: Outcome) -> None:
        """Count one article."""
        if outcome.error:
            self.errors[outcome.error] += 1
        if outcome.article_id is None:
            return
        self.articles += 1
        self.words += outcome.words
        self.kinds.update(dict(zip(KINDS, outcome.kinds, strict=True)))
        self.warnings.update(outcome.warnings)

    def add_speakers(self, outcome: Outcome) -> None:
        """Count the speakers of an article too; names are many, so only the final tally has them."""
        self.speakers.update(dict(outcome.speakers))
