"""Who asks and who answers in an interview whose turns are labelled Q and A."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.components.lexicons import words_by_class
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.speakers.decisions import Decision
from pipeline.record import ArticleInfo, Entity, Speaker

# The one who asks, the one who answers.
PARTIES = ("question", "answer")
_WORDS = words_by_class("speakers_words.tsv")


def asks(label: str) -> bool:
    """Whether a turn's label stands for the one who asks: "Q", "Question"."""
    return label.strip(".").lower() in _WORDS["question_label"]


def answers(label: str) -> bool:
    """Whether a turn's label stands for the one who answers: "A", "Answer"."""
    return label.strip(".").lower() in _WORDS["answer_label"]


def addressed_in_turns(
    attributions: Sequence[Attribution], decisions: Mapping[int, Decision]
) -> dict[int, Speaker]:
    """Whom "you" means in the turns of the one who asks: the one who answers, by number of attribution.

    Only in a conversation of two, of whom the first asks.
    """
    turns = [index for index, a in enumerate(attributions) if a.rule == "turn_label" and index in decisions]
    parties = {decisions[index].speaker.name: decisions[index].speaker for index in reversed(turns)}
    if len(parties) != len(PARTIES):
        return {}
    asking = decisions[turns[0]].speaker.name
    answering = next(speaker for name, speaker in parties.items() if name != asking)
    if answering.name is None:
        return {}
    return {
        index: answering
        for index, a in enumerate(attributions)
        if a.nested_in in turns
        and decisions[a.nested_in].speaker.name == asking
        and _is_you(decisions, index)
    }


def _is_you(decisions: Mapping[int, Decision], index: int) -> bool:
    surface = decisions[index].speaker.surface if index in decisions else None
    return surface is not None and surface.exact.lower() == "you"


class Interview:
    """Who asks and who answers in one article, looked for once: when its first turn is reached."""

    def __init__(self, entities: Sequence[Entity], article: ArticleInfo | None) -> None:
        self._entities, self._article = entities, article
        self._parties: tuple[Entity | None, Entity | None] | None = None

    def party(self, label: str, position: int) -> tuple[str | None, Entity | None]:
        """The name of the party that a turn's label stands for, and what the article names so."""
        name = interviewer(self._article)
        if self._parties is None:
            asking = next((entity for entity in self._entities if entity.name == name), None)
            self._parties = asking, interviewed(self._entities, position, self._article)
        asking, answering = self._parties
        if answers(label):
            return (answering.name if answering else None), answering
        return name, asking


def interviewer(article: ArticleInfo | None) -> str | None:
    """Who asks: the publication, or the article's author where the publication is not known."""
    if article is None:
        return None
    return article.publisher or next(iter(article.authors), None)


def interviewed(entities: Sequence[Entity], first_turn: int, article: ArticleInfo | None) -> Entity | None:
    """Who answers: the person named most often before the first turn, of equals the first; no author."""
    authors = article.authors if article else ()
    named = [e for e in entities if e.label == "PERSON" and e.start < first_turn and e.name not in authors]
    counted = Counter(entity.ref for entity in named)
    return max(named, key=lambda entity: counted[entity.ref], default=None)
