"""Articles whose claims stand marked under their paragraphs, read into what evaluation compares.

A mark is a line ``> KIND | content | STATUS: speaker``. The content is written as in ``corpus/gold/labels``
("first words ~ last words + another segment", ``*`` for the paragraph); a speaker without status is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from corpus.building.build_gold import FIELD_BORDER, KINDS
from corpus.building.places import Paragraph, stretch_of
from pipeline.evaluation.annotations import ClaimLabel, Labels, SpeakerLabel
from pipeline.evaluation.scoring import ArticleResult, judge_articles
from pipeline.extraction import extract
from pipeline.record import Claim, Span, span_of

FOLDER = Path(__file__).parent
_MARK = "> "
_GIVEN = frozenset(("speaker",))


def read_marked(path: Path) -> tuple[str, Labels]:
    """The text of an article, and the claims marked in it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(_MARK)) + "\n"
    return text, Labels(path.stem, None, tuple(_claims(lines, text)), layers=frozenset(("claims",)))


def _claims(lines: list[str], text: str) -> Iterator[ClaimLabel]:
    start = end = 0
    is_marked = False
    for line in lines:
        if line.startswith(_MARK):
            is_marked = True
            yield _claim(line.removeprefix(_MARK), Paragraph(0, start, end, "body", text))
            continue
        if is_marked or not line:
            start, is_marked = end + 1 if end else 0, False
        end = _end_of(text, line, start if end < start else end)


def _end_of(text: str, line: str, after: int) -> int:
    return text.index(line, after) + len(line) if line else after


def _claim(mark: str, paragraph: Paragraph) -> ClaimLabel:
    code, content, *voice = FIELD_BORDER.split(mark)
    segments = tuple(span_of(paragraph.text, *stretch_of(paragraph, part)) for part in content.split(" + "))
    speaker = _speaker(voice[0]) if voice else SpeakerLabel("author")
    return ClaimLabel(KINDS[code], segments, speaker=speaker, given=_GIVEN)


def _speaker(words: str) -> SpeakerLabel:
    status, colon, name = words.partition(":")
    return SpeakerLabel(status, name.strip() or None) if colon else SpeakerLabel("named", words.strip())


def judged(folder: Path, nlp: Language) -> tuple[ArticleResult, ...]:
    """How every article of a folder comes out, in order of their names."""
    read = [read_marked(path) for path in sorted(folder.glob("*.txt"))]
    return judge_articles(
        (gold, Labels(gold.source, None, tuple(map(_label_of, extract(text, nlp=nlp)))))
        for text, gold in read
    )


def _label_of(claim: Claim) -> ClaimLabel:
    speaker = claim.speaker
    surface: tuple[Span, ...] = (speaker.surface,) if speaker.surface else ()
    label = SpeakerLabel(speaker.status, speaker.name, surface)
    return ClaimLabel(claim.kind, claim.segments, speaker=label, given=_GIVEN)


def headline(results: tuple[ArticleResult, ...]) -> float:
    """The share of gold claims that are right in content, kind and speaker."""
    right = sum(pair.right for result in results for pair in result.pairs)
    return right / sum(len(result.pairs) + len(result.missed) for result in results)
