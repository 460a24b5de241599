"""The reading of cues: lemma, class and mode."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.cues import CueReading, PartOfSpeech, describe_cue, lemmatise, reporting_lemmas
from pipeline.record import CueClass, Mode


def read(cue: str) -> CueReading:
    return describe_cue(cue, [(0, len(cue))])


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("denied", "deny"),
        ("denies", "deny"),
        ("replied", "reply"),
        ("worries", "worry"),
        ("planned", "plan"),
        ("quipped", "quip"),
        ("admitting", "admit"),
        ("called", "call"),
        ("stressed", "stress"),
        ("added", "add"),
        ("argued", "argue"),
        ("announcing", "announce"),
        ("savaged", "savage"),
        ("noted", "note"),
        ("hoping", "hope"),
        ("said", "say"),
        ("told", "tell"),
        ("wrote", "write"),
        ("written", "write"),
        ("sought", "seek"),
        ("swore", "swear"),
        ("misunderstood", "misunderstand"),
        ("speeches", "speech"),
        ("allegations", "allegation"),
        ("analyses", "analysis"),
        ("crises", "crisis"),
        ("focuses", "focus"),
        ("promises", "promise"),
        ("wishes", "wish"),
        ("echoes", "echo"),
        ("panicked", "panic"),
        ("news", "news"),
        ("says", "say"),
        ("bus", "bus"),
        ("Said", "say"),
    ],
)
def test_inflected_forms_are_brought_to_their_lemma(form: str, lemma: str) -> None:
    assert lemmatise(form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("flummoxed", "flummox"),
        ("zigzagging", "zigzag"),
        ("waddled", "waddle"),
        ("hornswoggling", "hornswoggle"),
        ("vivisected", "vivisect"),
        ("galvanized", "galvanize"),
        ("bivouacs", "bivouac"),
        ("parried", "parry"),
        ("moped", "mope"),
        ("brr", "brr"),
    ],
)
def test_words_outside_every_list_are_lemmatised_by_rule(form: str, lemma: str) -> None:
    assert lemmatise(form) == lemma


@pytest.mark.parametrize(
    ("cue", "lemma"),
    [
        ("has previously denied", "deny"),
        ("also said", "say"),
        ("said in a written statement", "say"),
        ("called for", "call"),
        ("according to", "according to"),
        ("According to", "according to"),
        ("as per", "as per"),
        ("its desire to", "desire"),
        ("accusations of", "accusation"),
        ("expressed deep concern over", "express"),
        ("went on to say", "say"),
        ("continued to insist", "insist"),
        ("seemed to confirm", "confirm"),
        ("could hardly resist mentioning", "mention"),
        ("made it abundantly clear", "make"),
        ("were delighted that", "delighted"),
        ("isn’t saying", "say"),
        ("'d like", "like"),
        ("wouldn’t like", "like"),
        ("would back", "back"),
        ("reportedly", "reportedly"),
        ("reportedly told", "tell"),
        ("live-blogged", "live-blog"),
        ("overpromised", "overpromise"),
        ("has", "have"),
        ("'s", "be"),
        (":", ":"),
        (" — ", "—"),
    ],
)
def test_the_lemma_is_that_of_the_head(cue: str, lemma: str) -> None:
    assert read(cue).lemma == lemma


@pytest.mark.parametrize(
    ("cue", "cue_class"),
    [
        ("said", "neutral"),
        ("wrote", "neutral"),
        ("insisted", "assertive"),
        ("urged", "assertive"),
        ("called on", "assertive"),
        ("has flatly denied", "assertive"),
        ("claims", "distancing"),
        ("hinted at", "distancing"),
        ("was said to have", "distancing"),
        ("it is widely believed", "distancing"),
        ("reportedly told", "distancing"),
        ("is saying", "neutral"),
        ("was reported by", "neutral"),
        ("lamented", "emotive"),
        ("lashed out at", "emotive"),
        ("expressed concern over", "emotive"),
        ("voiced doubts about", "distancing"),
        ("vowed", "commissive"),
        ("plans to", "commissive"),
        ("asked", "question"),
        ("asked for", "assertive"),
        ("wanted to know", "question"),
        ("raised questions about", "question"),
        ("in the words of", "according_to"),
        ("according to", "according_to"),
        ("per", "according_to"),
        ("thought", "neutral"),
        ("reasserted", "assertive"),
        ("flummoxed", "neutral"),
    ],
)
def test_the_class_is_the_attitude_that_the_words_carry(cue: str, cue_class: CueClass) -> None:
    assert read(cue).cue_class == cue_class


@pytest.mark.parametrize(
    "cue",
    [
        "said",
        "denied",
        "praised",
        "promised to",
        "agreed",
        "documents show",
        "found",
        "expressed hope that",
        "shared their fears about",
        "refused to comment",
        "was accused of",
        "made clear",
        "a statement by",
        "allegations of",
        "according to",
        "flummoxed",
        ":",
    ],
)
def test_saying_writing_showing_and_promising_are_speech(cue: str) -> None:
    assert read(cue).mode == "speech"


@pytest.mark.parametrize(
    "cue",
    [
        "think",
        "want",
        "fear",
        "expects",
        "believed",
        "hope",
        "opposed",
        "plans",
        "does not know",
        "its desire to",
        "were hopeful about",
        "is concerned about",
        "had been shocked",
        "registered an interest in",
        "have doubts about",
        "worries of",
        "were expected",
        "is looking for",
        "would like",
    ],
)
def test_thinking_wanting_and_fearing_are_belief(cue: str) -> None:
    assert read(cue).mode == "belief"


def test_an_unknown_adjective_after_a_copula_is_an_attitude() -> None:
    assert read("was woebegoneful about") == CueReading("woebegoneful", "neutral", "belief")


def test_a_split_cue_is_read_as_one() -> None:
    text = "The guild issued a notice on Friday deploring the sale."
    assert describe_cue(text, [(10, 25), (36, 45)]) == CueReading("issue", "neutral", "speech")


def test_a_cue_is_read_from_its_span_alone() -> None:
    text = "Nobody believed what she had claimed."
    assert describe_cue(text, [(29, 36)]).lemma == "claim"


def test_no_span_gives_an_empty_neutral_reading() -> None:
    assert describe_cue("anything", []) == CueReading("", "neutral", "speech")


def test_typographic_and_straight_apostrophes_read_alike() -> None:
    assert read("hasn’t denied") == read("hasn't denied")


def test_the_lexicon_holds_more_than_900_reporting_words() -> None:
    assert sum(len(reporting_lemmas(pos)) for pos in ("verb", "noun", "adjective", "adverb")) > 900


@pytest.mark.parametrize(
    ("pos", "frame"), [("verb", "{}"), ("noun", "its {}"), ("adjective", "were {}"), ("adverb", "{}")]
)
def test_every_listed_word_is_found_under_its_own_lemma(pos: PartOfSpeech, frame: str) -> None:
    words = sorted(reporting_lemmas(pos))
    assert [word for word in words if read(frame.format(word)).lemma not in {word, lemmatise(word)}] == []


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 250), st.integers(0, 250)), max_size=4))
def test_any_text_and_spans_give_a_reading_of_the_contract(text: str, spans: list[tuple[int, int]]) -> None:
    reading = describe_cue(text, spans)
    assert reading.cue_class in get_args(CueClass)
    assert reading.mode in get_args(Mode)


@pytest.mark.parametrize("piece", ["9", " ", "”", "a", "n't ", "'", "-", "to ", "made ", "é", "seem to "])
def test_a_megabyte_of_anything_is_read_in_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    describe_cue(text, [(0, len(text))])
    assert time.process_time() - started < 1.0
