"""Articles of our own keep their headline: the share of claims right in content, kind and speaker."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.extraction import load
from tests.components.headline.marked import FOLDER, headline, judged, read_marked

# The first fifteen articles were tuned on; the second (79 %), third (80 %), fourth (85 %) and fifth (84 %)
# were scored unseen, then tuned on too. Floors leave room for another model.
FLOORS = {"first": 0.85, "second": 0.80, "third": 0.82, "fourth": 0.82, "fifth": 0.80}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.model
@pytest.mark.parametrize(("folder", "floor"), FLOORS.items())
def test_articles_of_our_own_keep_their_headline(nlp: Language, folder: str, floor: float) -> None:
    assert headline(judged(FOLDER / folder, nlp)) >= floor


@pytest.mark.parametrize("folder", FLOORS)
def test_every_mark_finds_its_words(folder: str) -> None:
    read = [read_marked(path) for path in sorted((FOLDER / folder).glob("*.txt"))]
    assert len(read) == (8 if folder == "fifth" else 15)
    for text, gold in read:
        assert all(
            text[span.start : span.end] == span.exact for claim in gold.claims for span in claim.segments
        )
        assert all(claim.speaker.name for claim in gold.claims if claim.speaker.status == "named")
