"""Quotes in quotes: which contents are read again, and what counts as somebody else's words."""

from __future__ import annotations

import pytest

from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.nested import nested_attributions
from tests.components.handmade import attributions_of, make_doc, read_marks

TAGS = (
    "said/VBD says/VBZ told/VBD believes/VBZ denied/VBD think/VBP know/VBP wins/VBZ was/VBD were/VBD is/VBZ "
    "really/RB never/RB statement/NN"
)


def nested(marked: str) -> tuple[str, list[Attribution], list[Offsets]]:
    """The text, its nested attributions, and the stretches that were read again.

    Number 1 marks the outer attribution, higher numbers what a second reading finds inside it.
    """
    found = read_marks(marked)
    outer, *inner = attributions_of(found)
    doc = make_doc(found.text, tags=TAGS)
    asked: list[Offsets] = []

    def read(segment: Offsets) -> list[Attribution]:
        asked.append(segment)
        return inner

    return found.text, list(nested_attributions(doc, [outer], read)), asked


INNER = "<source.2>Tom Roe</> <cue.2>told</> the hall <content.2>the well was dry</>"


def test_what_a_speaker_reports_of_another_is_nested_in_his_words() -> None:
    text, (found,), _ = nested(f"Diaz <cue.1>said</> that <content.1>{INNER}</>.")
    assert text[found.start : found.end] == "the well was dry"
    assert found.nested_in == 0
    assert found.continues is None
    assert found.rule == "nested_quote_roles"


@pytest.mark.parametrize("source", ["he", "She", "they", "I", "we", "it", "who"])
def test_a_speaker_who_reports_himself_makes_one_claim(source: str) -> None:
    inner = f"<source.2>{source}</> <cue.2>believes</> <content.2>the well is dry</>"
    assert nested(f"Diaz <cue.1>says</> <content.1>{inner} now</>.")[1] == []


@pytest.mark.parametrize("source", ["he", "She", "they", "it"])
def test_a_pronoun_in_quoted_words_is_another_voice(source: str) -> None:
    inner = f"<source.2>{source}</> <cue.2>believes</> <content.2>the well is dry</>"
    assert len(nested(f"Diaz <cue.1>says</> <content.1>“{inner} now”</>.")[1]) == 1


@pytest.mark.parametrize("source", ["I", "we"])
def test_whoever_is_quoted_reports_himself_in_the_first_person(source: str) -> None:
    inner = f"<source.2>{source}</> <cue.2>told</> them <content.2>the well is dry</>"
    assert nested(f"Diaz <cue.1>says</> <content.1>“{inner} now”</>.")[1] == []


def test_a_passive_tells_of_a_teller_without_a_name() -> None:
    inner = "we <cue.2>were told</> that <content.2>the well is dry</>"
    (found,) = nested(f"Diaz <cue.1>says</> <content.1>{inner}</>.")[1]
    assert found.source is None


@pytest.mark.parametrize(
    ("inner", "kind"),
    [("the well was dry", "indirect"), ("‘the well was dry’", "direct"), ("the well was ‘dry’", "mixed")],
)
def test_the_kind_of_nested_words_goes_by_their_own_marks(inner: str, kind: str) -> None:
    words = f"<source.2>Tom Roe</> <cue.2>told</> the hall <content.2>{inner}</>"
    (found,) = nested(f"Diaz <cue.1>said</> <content.1>“{words}”</>.")[1]
    assert found.kind == kind


def test_nested_words_end_before_the_next_that_of_the_outer_speaker() -> None:
    inner = "<source.2>Tom Roe</> <cue.2>told</> them <content.2>a lie and that it was dry</>"
    text, (found,), _ = nested(f"Diaz <cue.1>said</> <content.1>{inner}, he told them</>.")
    assert text[found.start : found.end] == "a lie"


def test_what_is_nested_is_read_again_once_more() -> None:
    found = read_marks(
        "Diaz <cue.1>said</> <content.1><source.2>Roe</> <cue.2>told</> them <content.2><source.3>Bo</> "
        "<cue.3>said</> that <content.3>the well of Brack was dry</></></>."
    )
    outer, middle, innermost = attributions_of(found)
    doc = make_doc(found.text, tags=TAGS)
    read = {outer.start: [middle], middle.start: [innermost]}
    result = list(nested_attributions(doc, [outer], lambda stretch: read.get(stretch[0], [])))
    assert [a.nested_in for a in result] == [0, 1]


def test_an_inner_cue_without_source_is_no_other_voice() -> None:
    marked = (
        "Diaz <cue.1>said</> <content.1>it was <cue.2>denied</> that <content.2>the well was dry</> now</>."
    )
    assert nested(marked)[1] == []


def test_what_lies_outside_the_content_is_not_nested_in_it() -> None:
    marked = f"Diaz <cue.1>said</> <content.1>Tom Roe told the hall of it</>. {INNER}."
    assert nested(marked)[1] == []


def test_the_content_itself_is_not_nested_in_itself() -> None:
    marked = (
        "Diaz <cue.1>said</> <content.1><content.2>the <source.2>nurse</> <cue.2>told</> them of it</></>."
    )
    assert nested(marked)[1] == []


@pytest.mark.parametrize(
    "content",
    ["the well is dry and old now", "a statement on the old well of Porto", "he told her"],
    ids=["no reporting verb", "a noun", "too short"],
)
def test_a_content_without_room_for_another_voice_is_not_read_again(content: str) -> None:
    assert nested(f"Diaz <cue.1>said</> <content.1>{content}</>.")[2] == []


@pytest.mark.parametrize(
    "content",
    [
        "“we think the well is dry,”",
        "“I really think so and we told them,”",
        "he never told them of it",
    ],
)
def test_a_content_in_which_the_speaker_alone_reports_is_not_read_again(content: str) -> None:
    assert nested(f"Diaz <cue.1>says</> <content.1>{content}</>.")[2] == []


@pytest.mark.parametrize(
    "content",
    ["“we were told the well is dry,”", "“I know that Roe told them of it,”", "“he told them of it,”"],
    ids=["a passive", "a second voice", "somebody else in quoted words"],
)
def test_a_content_with_another_voice_beside_the_speakers_is_read_again(content: str) -> None:
    assert len(nested(f"Diaz <cue.1>says</> <content.1>{content}</>.")[2]) == 1


def test_a_content_of_a_thousand_words_is_not_read_again() -> None:
    long = "Tom Roe told them of it " * 1000
    assert nested(f"Diaz <cue.1>said</> <content.1>{long}</>.")[2] == []


def test_every_segment_that_may_nest_is_read_alone() -> None:
    marked = "<content.1>“Tom Roe told us it was dry,”</> <cue.1>said</> Diaz, <content.1>“and it is.”</>"
    text, _, asked = nested(marked)
    assert [text[start:end] for start, end in asked] == ["Tom Roe told us it was dry,"]


def test_nested_attributions_name_the_outer_one_by_its_index() -> None:
    found = read_marks(
        f"Nobody <cue.7>says</> <content.7>so</>. Diaz <cue.1>said</> that <content.1>{INNER}</>."
    )
    first, second, inner = attributions_of(found)
    doc = make_doc(found.text, tags=TAGS)
    (only,) = nested_attributions(doc, [first, second], lambda _: [inner])
    assert only.nested_in == 1
