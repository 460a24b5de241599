"""Sifting: which of a tagger's attributions report something, and where their cues end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.quotes.sifting import sifted
from pipeline.record import Timex
from tests.components.handmade import attributions_of, read_marks

IDA = "<source.1>Ida Falk</>"
DRY = "<content.1>the well is dry</>"


def timex(text: str, exact: str) -> Timex:
    """A date that stands in the text."""
    start = text.index(exact)
    end = start + len(exact)
    return Timex(start, end, exact, "DATE", "2024-W41", None, None, None, "week", True, None)


def kept(marked: str, *dates: str) -> tuple[str, list[Attribution]]:
    """The text, and what is left of its marked attributions."""
    found = read_marks(marked)
    timexes = [timex(found.text, exact) for exact in dates]
    return found.text, sifted(found.text, attributions_of(found), find_quotations(found.text), timexes)


def reports(marked: str) -> bool:
    """Whether the one marked attribution is kept."""
    return bool(kept(marked)[1])


@pytest.mark.parametrize(
    "marked",
    [
        f"{IDA} <cue.1>said</> {DRY}.",
        f"{IDA} <cue.1>may fear</> {DRY}.",
        f"{IDA} <cue.1>called</> the well “<content.1>dry as a bone</>”.",
        f"<cue.1>According to</> {IDA}, {DRY}.",
        f"It is <cue.1>said</> {DRY}.",
        f"It <cue.1>was expected</> that {DRY}.",
        f"<content.1>“The well is dry”</> <cue.1>:</> {IDA}",
    ],
)
def test_what_somebody_says_is_kept(marked: str) -> None:
    assert reports(marked)


@pytest.mark.parametrize(("cue", "kept_"), [("hopes", False), ("said", True)])
def test_a_belief_needs_a_surer_tagger_than_speech(cue: str, kept_: bool) -> None:
    found = read_marks(f"{IDA} <cue.1>{cue}</> {DRY}.")
    unsure = [replace(attribution, score=0.6) for attribution in attributions_of(found)]
    assert bool(sifted(found.text, unsure, [], [])) is kept_


@pytest.mark.parametrize("verb", ["dubbed", "nicknamed", "renamed", "entitled", "is codenamed"])
def test_giving_a_name_reports_nothing(verb: str) -> None:
    assert not reports(f"{IDA} <cue.1>{verb}</> the well <content.1>“the old bucket”</>.")


@pytest.mark.parametrize("verb", ["called", "labelled", "termed"])
@pytest.mark.parametrize(
    ("content", "said"),
    [("the crew “Night Heron”", False), ("the crew “a gang of herons”", True), ("the crew lazy", True)],
)
def test_verbs_of_calling_report_unless_a_name_stands_behind_them(
    verb: str, content: str, said: bool
) -> None:
    assert reports(f"{IDA} <cue.1>{verb}</> <content.1>{content}</>.") is said


@pytest.mark.parametrize("verb", ["declined", "has declined"])
def test_silence_reports_nothing(verb: str) -> None:
    assert not reports(f"{IDA} <cue.1>{verb}</> <content.1>to speak of the well</>.")


@pytest.mark.parametrize("cue", ["did not say", "won’t say", "never explained", "has not replied to"])
def test_what_somebody_did_not_say_is_no_claim(cue: str) -> None:
    assert not reports(f"{IDA} <cue.1>{cue}</> <content.1>whether the well is dry</>.")


def test_a_quotation_that_somebody_did_not_mean_is_still_his() -> None:
    assert reports(f"{IDA} <cue.1>did not say</> <content.1>“the well is dry”</>.")


@pytest.mark.parametrize("content", ["it", "that", "him", "so", "the other", "which"])
def test_a_pronoun_alone_is_no_content(content: str) -> None:
    assert not reports(f"{IDA} <cue.1>denied</> <content.1>{content}</>.")


@pytest.mark.parametrize("verb", ["upheld", "rejected", "accepted", "opposed", "voted for"])
def test_a_thing_that_somebody_acts_on_or_is_against_is_no_claim(verb: str) -> None:
    assert not reports(f"{IDA} <cue.1>{verb}</> <content.1>a plan that would close the well</>.")


@pytest.mark.parametrize(
    "marked",
    [
        f"{IDA} <cue.1>accepted</> <content.1>there were too few wells</>.",
        f"{IDA} <cue.1>accepted</> that <content.1>wells run dry</>.",
        f"{IDA} <cue.1>rejected</> <content.1>the plan as “a hole in the ground”</>.",
    ],
    ids=["a clause", "behind that", "quoted words"],
)
def test_a_clause_or_quotation_behind_such_a_verb_is_one(marked: str) -> None:
    assert reports(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "The wells <cue.1>are expected</> <content.1>to run dry in May</>.",
        "They met without <cue.1>agreeing</> on <content.1>what wells should cost</>.",
        "<cue.1>Asked</> <content.1>about the dry wells</>, Ida Falk laughed.",
    ],
    ids=["a plan", "a deed", "a topic"],
)
def test_a_plan_or_deed_told_by_nobody_is_the_articles_own(marked: str) -> None:
    assert not reports(marked)


@pytest.mark.parametrize("wish", ["not to be named", "not to be identified", "not to be quoted", "anonymity"])
def test_a_wish_for_anonymity_is_no_claim(wish: str) -> None:
    assert not reports(f"{IDA} <cue.1>asked</> <content.1>{wish} in this paper</>.")


@pytest.mark.parametrize("cue", ["may be seeking", "would claim", "to advise", "appears", "seems", "looked"])
def test_an_attitude_without_a_holder_is_nobodys(cue: str) -> None:
    assert not reports(f"It <cue.1>{cue}</> <content.1>that the well is dry</>.")


def test_one_word_without_a_source_is_too_little() -> None:
    assert not reports("It was <cue.1>said</> <content.1>so</>.")


def test_a_verb_that_does_not_report_needs_a_source() -> None:
    assert not reports(f"It <cue.1>danced</> {DRY}.")
    assert reports(f"{IDA} <cue.1>danced</> {DRY}.")


def test_a_quotation_without_a_cue_is_left_to_who_tagged_it() -> None:
    assert reports("<content.1>“The well is dry.”</>")


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        (f"{IDA} <cue.1>warned last</> week that {DRY}.", "warned"),
        (f"{IDA} <cue.1>warned, last</> week, that {DRY}.", "warned,"),
        (f"{IDA} <cue.1>warned last week</> that {DRY}.", "warned"),
        (f"{IDA} <cue.1>warned</> last week that {DRY}.", "warned"),
        (f"{IDA} <cue.1>warned</> that last week {DRY}.", "warned"),
        (f"Of last week {IDA} <cue.1>has warned</> that {DRY}.", "has warned"),
    ],
)
def test_a_cue_ends_where_a_date_begins(marked: str, left: str) -> None:
    text, (found,) = kept(marked, "last week")
    assert found.cue is not None
    assert text[slice(*found.cue)] == left


@pytest.mark.parametrize("date", ["Monday", "May"])
def test_a_date_beside_or_all_over_a_cue_leaves_it_as_it_is(date: str) -> None:
    text, (found,) = kept(f"On Monday {IDA} <cue.1>May</> {DRY}.", date)
    assert found.cue is not None
    assert text[slice(*found.cue)] == "May"


def test_a_quotation_behind_a_denial_continues_it() -> None:
    _, found = kept(f"{IDA} <cue.1>denied</> <content.1>it was dry: “It never was.”</>")
    assert [(a.cue is None, a.continues) for a in found] == [(False, None), (True, 0)]


def test_a_source_ends_where_a_date_begins() -> None:
    text, (found,) = kept(f"<source.1>Ida Falk last week</> <cue.1>said</> {DRY}.", "last week")
    assert found.source is not None
    assert text[slice(*found.source)] == "Ida Falk"


def test_what_runs_on_follows_its_head_to_the_new_place() -> None:
    text = "Ida dubbed it “Bo”. Ida said “no”. “Yes.” “So.”"
    named = Attribution(((14, 18),), (4, 10), (0, 3), "quote_roles", 0.9)
    head = Attribution(((29, 33),), (24, 28), (20, 23), "quote_roles", 0.9)
    runs_on = [
        Attribution((place,), None, None, "continuation", 0.9, continues=1) for place in ((35, 41), (42, 47))
    ]
    found = sifted(text, [named, head, *runs_on], find_quotations(text), [])
    assert [a.continues for a in found] == [None, 0, 0]


def test_what_runs_on_after_something_sifted_out_goes_with_it() -> None:
    text = "Ida dubbed it “Bo”. “Yes.”"
    named = Attribution(((14, 18),), (4, 10), (0, 3), "quote_roles", 0.9)
    runs_on = Attribution(((20, 26),), None, None, "continuation", 0.9, continues=0)
    assert sifted(text, [named, runs_on], find_quotations(text), []) == []


WORDS = st.sampled_from(
    ["said", "called", "dubbed", "declined", "may", "appears", "to", "expected", "according", ":"]
) | st.sampled_from(["Ida", "the", "well", "“Bo”", "last", "week", "anonymity"])


@st.composite
def tagged(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    """A text and attributions that a tagger might see in it, some running on."""
    words = draw(st.lists(WORDS, min_size=3, max_size=30))
    text = " ".join(words)
    starts = [0, *(place + 1 for place, char in enumerate(text) if char == " ")]
    found: list[Attribution] = []
    for index in range(0, len(words) - 2, 3):
        source, cue, content = ((starts[n], starts[n] + len(words[n])) for n in range(index, index + 3))
        runs_on = found and draw(st.booleans())
        head = draw(st.integers(0, len(found) - 1)) if runs_on else None
        has_source = draw(st.booleans())
        found.append(
            Attribution(
                (content,),
                None if runs_on else cue,
                source if has_source else None,
                "quote_roles",
                0.5,
                continues=head,
            )
        )
    return text, found


@given(tagged())
def test_what_is_left_stands_in_the_old_order_and_runs_on_after_earlier_ones(
    case: tuple[str, list[Attribution]],
) -> None:
    text, attributions = case
    found = sifted(text, attributions, find_quotations(text), [])
    places = [a.segments for a in attributions]
    assert [a.segments for a in found] == [place for place in places if place in {a.segments for a in found}]
    assert all(a.continues is None or a.continues < place for place, a in enumerate(found))


@given(tagged())
def test_sifting_twice_is_sifting_once(case: tuple[str, list[Attribution]]) -> None:
    text, attributions = case
    once = sifted(text, attributions, find_quotations(text), [])
    assert sifted(text, once, find_quotations(text), []) == once


def test_what_was_published_by_somebody_was_not_said() -> None:
    assert not reports("<content.1>The map of wells</> <cue.1>was published by</> <source.1>Ida Falk</>.")


def test_a_law_that_was_approved_was_not_said() -> None:
    assert not reports(f"{IDA} <cue.1>approved</> <content.1>a law on wells</>.")


def test_a_fronted_participle_tells_of_the_subject_and_not_of_who_believes() -> None:
    assert not reports("<cue.1>Believed</> <content.1>to hold 50 wells</>, the town came.")


@pytest.mark.parametrize(
    ("content", "is_told"), [("a well", False), ("to dig a well", True)], ids=["thing", "deed"]
)
def test_planning_a_thing_is_told_of_nobody(content: str, is_told: bool) -> None:
    assert reports(f"{IDA} <cue.1>planning</> <content.1>{content}</>.") is is_told


def test_what_is_expected_to_come_is_told_by_nobody() -> None:
    assert not reports("<content.1>No rain</> <cue.1>is expected</> before July.")
