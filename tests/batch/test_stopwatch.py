from __future__ import annotations

import time

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.batch.stopwatch import Stopwatch


@Language.component("onrecord_test_sleeper")
def sleeper(doc: Doc) -> Doc:
    time.sleep(0.02)
    return doc


def test_seconds_are_told_for_each_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("onrecord_test_sleeper")
    watch = Stopwatch(nlp)
    for _ in range(3):
        nlp("One sentence.")
    assert list(watch.seconds()) == ["sentencizer", "onrecord_test_sleeper"]
    assert 0.06 <= watch.seconds()["onrecord_test_sleeper"] < 2.0


def test_nothing_is_told_before_the_first_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert Stopwatch(nlp).seconds() == {"sentencizer": 0.0}
