"""Speakers: every source of an article turned into the speaker of a record."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.components.quotes.attribution import Attribution
from pipeline.components.speakers import SpeakerResolver, statement_speaker
from tests.components.handmade import attributions_of, make_doc, marked_doc
from tests.components.speakers.sources import SAID, TAGS, decide, speaker


def test_a_full_name_beside_the_cue_is_the_speaker() -> None:
    found = speaker(f"Then <source.1><PERSON.a>Ana Diaz</></> {SAID}.")
    assert (found.status, found.name, found.mention_type) == ("named", "Ana Diaz", "name")
    assert (found.entity_ref, found.entity_type, found.resolution) == ("a", "PERSON", "direct")


def test_a_surname_is_given_the_fullest_name_of_the_article() -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</> came. Then <source.1><PERSON.a>Diaz</></> {SAID}.")
    assert found.name == "Ana Diaz"
    assert found.surface is not None and found.surface.exact == "Diaz"
    assert found.canonical_mention is not None and found.canonical_mention.start == 0


def test_a_title_is_a_role_and_no_part_of_the_name() -> None:
    found = speaker(f"Then <source.1>Mayor <PERSON.a>Ana Diaz</></> {SAID}.")
    assert found.name == "Ana Diaz"
    assert [role.exact for role in found.roles] == ["Mayor"]


def test_the_body_of_a_role_is_the_affiliation() -> None:
    found = speaker(f"Then <source.1><ORG.l>Lumen</> spokeswoman <PERSON.a>Ana Diaz</></> {SAID}.")
    assert [role.exact for role in found.roles] == ["Lumen spokeswoman"]
    assert found.affiliation == "Lumen"


def test_a_role_told_elsewhere_in_the_article_is_known_here() -> None:
    found = speaker(
        f"<PERSON.a>Ana Diaz</>, the mayor of <GPE.p>Porto</>, came. <source.1><PERSON.a>Diaz</></> {SAID}."
    )
    assert [role.exact for role in found.roles] == ["mayor of Porto"]


def test_two_who_speak_together_are_named_together() -> None:
    (decision,) = decide(f"<source.1><PERSON.a>Ana Diaz</> and <PERSON.t>Tom Roe</></> {SAID}.")
    assert decision.speaker.name == "Ana Diaz; Tom Roe"
    assert decision.rule == "joint_names"


@pytest.mark.parametrize(("pronoun", "name"), [("She", "Ana Diaz"), ("He", "Tom Roe")])
def test_a_pronoun_takes_the_person_of_its_gender(pronoun: str, name: str) -> None:
    found = speaker(f"<PERSON.a>Ana Diaz</> met <PERSON.t>Tom Roe</>. <source.1>{pronoun}</> {SAID}.")
    assert (found.status, found.name) == ("named", name)
    assert (found.mention_type, found.resolution) == ("pronoun", "coreference")
    assert found.surface is not None and found.surface.exact == pronoun


def test_a_title_tells_the_gender_where_the_name_does_not() -> None:
    found = speaker(f"Mr. <PERSON.k>Kim</> met Ms. <PERSON.l>Lee</>. <source.1>She</> {SAID}.")
    assert found.entity_ref == "l"


def test_it_is_a_body_never_a_person() -> None:
    found = speaker(f"<ORG.l>Lumen</> hired <PERSON.a>Ana Diaz</>. <source.1>It</> {SAID}.")
    assert found.name == "Lumen"


def test_the_company_is_the_body_that_was_named() -> None:
    found = speaker(f"<ORG.l>Lumen</> makes lamps. <source.1>The company</> {SAID}.")
    assert (found.name, found.mention_type, found.resolution) == ("Lumen", "nominal", "coreference")


def test_the_holder_of_an_office_is_found_by_it() -> None:
    marked = (
        f"<PERSON.a>Ana Diaz</>, the mayor, met <PERSON.e>Eva Roe</>. Then <source.1>the mayor</> {SAID}."
    )
    assert speaker(marked).name == "Ana Diaz"


def test_a_relative_pronoun_stands_for_the_name_before_it() -> None:
    found = speaker(f"They met <PERSON.a>Ana Diaz</>, <source.1>who</> {SAID}.")
    assert (found.name, found.resolution) == ("Ana Diaz", "coreference")


@pytest.mark.parametrize(
    "marked",
    [
        f"<source.1>He</> {SAID}.",
        f"<PERSON.a>Ana Diaz</> met <PERSON.e>Eva Roe</>. <source.1>He</> {SAID}.",
        f"<ORG.l>Lumen</> closed. <source.1>She</> {SAID}.",
        f"<PERSON.a>Ana Diaz</> came. <source.1>It</> {SAID}.",
    ],
    ids=["no names", "other gender", "no person", "no body"],
)
def test_a_pronoun_that_fits_nobody_stays_unresolved_and_nameless(marked: str) -> None:
    found = speaker(marked)
    assert (found.status, found.name, found.resolution) == ("unresolved", None, "none")
    assert (found.entity_ref, found.candidates) == (None, ())
    assert found.surface is not None


@pytest.mark.parametrize(
    ("source", "status", "name"),
    [
        ("a spokeswoman for <ORG.l>Lumen</>", "described", "spokeswoman for Lumen"),
        ("sources close to the talks", "anonymous", "sources close to the talks"),
        ("officials", "collective", "officials"),
        ("<NORP.r>Republicans</>", "collective", "Republicans"),
        ("the report", "document", "report"),
        ("you", "generic", "you"),
        ("no one", "generic", "no one"),
    ],
)
def test_an_unnamed_source_keeps_its_words_and_says_what_it_is(source: str, status: str, name: str) -> None:
    found = speaker(f"Then <source.1>{source}</> {SAID}.")
    assert (found.status, found.name, found.resolution) == (status, name, "direct")
    assert (found.canonical_mention, found.entity_ref) == (None, None)


def test_an_unnamed_speaker_for_a_body_is_affiliated_to_it() -> None:
    assert speaker(f"Then <source.1>a spokeswoman for <ORG.l>Lumen</></> {SAID}.").affiliation == "Lumen"


def test_a_cue_without_source_has_a_missing_speaker() -> None:
    found = speaker("<cue.1>Reportedly</> <content.1>the well is dry</>.")
    assert (found.status, found.name, found.surface, found.mention_type) == ("missing", None, None, "none")


def test_a_named_government_counts_as_named() -> None:
    found = speaker(f"Then <source.1>the <GPE.p>Porto</> government</> {SAID}.")
    assert (found.status, found.name, found.entity_type) == ("named", "Porto government", "ORG")


def test_the_first_person_is_the_author() -> None:
    assert speaker(f"Then <source.1>we</> {SAID}.").status == "author"


def test_a_continuation_takes_the_speaker_of_its_head() -> None:
    doc, found = marked_doc(f"<source.1><PERSON.a>Ana Diaz</></> {SAID}. <content.2>“So is the river.”</>")
    head, tail = attributions_of(found)
    tail = Attribution(tail.segments, None, None, "continuation_marks", 1.0, continues=0)
    first, second = (decision.speaker for decision in SpeakerResolver(doc).resolve_all([head, tail]))
    assert (second.name, second.entity_ref, second.status) == (first.name, first.entity_ref, "named")
    assert (second.resolution, second.surface, second.mention_type) == ("continuation", None, "none")


def test_a_continuation_that_stands_first_still_finds_its_head() -> None:
    doc, found = marked_doc(f"<content.2>“So is the river.”</> <source.1><PERSON.a>Ana Diaz</></> {SAID}.")
    tail, head = attributions_of(found)
    tail = Attribution(tail.segments, None, None, "continuation_linked", 1.0, continues=1)
    decisions = SpeakerResolver(doc).resolve_all([tail, head])
    assert [decision.speaker.name for decision in decisions] == ["Ana Diaz", "Ana Diaz"]


def test_who_spoke_before_is_preferred_by_a_pronoun() -> None:
    marked = (
        f"<PERSON.a>Ana Diaz</> met <PERSON.e>Eva Roe</>. <source.1><PERSON.e>Roe</></> {SAID}.\n"
        "<source.2>She</> <cue.2>added</> <content.2>the river is low</>."
    )
    assert speaker(marked).name == "Eva Roe"


def test_candidates_are_at_most_three_with_the_chosen_first() -> None:
    names = " ".join(f"<PERSON.p{n}>{name}</>," for n, name in enumerate(["Kim", "Lee", "Cho", "Han", "Seo"]))
    found = speaker(f"{names} all came. <source.1>She</> {SAID}.")
    assert len(found.candidates) == 3
    assert found.candidates[0].name == found.name
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)


def test_two_equal_candidates_are_told_as_a_tie() -> None:
    marked = "Late in the long and rainy night of the harvest came <PERSON.k>Kim</> and <PERSON.l>Lee</>. "
    (decision,) = decide(f"{marked} And <source.1>she</> {SAID}.")
    assert decision.warnings == ("W_SPEAKER_TIE",)
    assert {candidate.name for candidate in decision.speaker.candidates} == {"Kim", "Lee"}


def test_a_clear_choice_is_no_tie() -> None:
    assert decide(f"<PERSON.a>Ana Diaz</> came. <source.1>She</> {SAID}.")[0].warnings == ()


def test_decisions_stand_in_the_order_of_the_attributions() -> None:
    doc, found = marked_doc(
        "<source.1><PERSON.a>Ana Diaz</></> <cue.1>said</> <content.1>yes</>; "
        "<source.2><PERSON.t>Tom Roe</></> <cue.2>said</> <content.2>no</>."
    )
    attributions = attributions_of(found)
    forward = SpeakerResolver(doc).resolve_all(attributions)
    backward = SpeakerResolver(doc).resolve_all(attributions[::-1])
    assert [d.speaker.name for d in forward] == ["Ana Diaz", "Tom Roe"]
    assert [d.speaker.name for d in backward] == ["Tom Roe", "Ana Diaz"]


def test_an_article_without_attributions_has_no_decisions() -> None:
    assert SpeakerResolver(make_doc("The well is dry.")).resolve_all([]) == []


def test_a_statement_is_the_authors() -> None:
    found = statement_speaker()
    assert (found.status, found.name, found.surface) == ("author", None, None)


PARTY = "<NORP.d>Democratic</>"


@pytest.mark.parametrize(
    ("article", "name"),
    [
        ("<PERSON.a>Ana Diaz</>, the mayor, met <PERSON.t>Tom Roe</>. <source.1>The mayor</>", "Ana Diaz"),
        ("Judge <PERSON.a>Ana Diaz</> met <PERSON.t>Tom Roe</>. <source.1>The magistrate</>", "Ana Diaz"),
        (
            f"Republican <PERSON.t>Tom Roe</> met {PARTY} nominee <PERSON.a>Ana Diaz</>. "
            f"<source.1>The Republican nominee</>",
            "Tom Roe",
        ),
        ("<ORG.c>Harbour Council</> met <ORG.l>Lumen</>. <source.1>The council</>", "Harbour Council"),
        ("<GPE.p>Porto</> grew. <source.1>The city</>", "Porto"),
        ("<PERSON.a>Ana Diaz</> paid. The <PERSON.a>Diaz</> campaign met. <source.1>It</>", "Diaz campaign"),
        ("Then <source.1>the city of <GPE.p>Porto</></>", "Porto"),
    ],
)
def test_a_noun_phrase_stands_for_what_the_article_has_called_so(article: str, name: str) -> None:
    tags = f"{TAGS} Judge/NNP Republican/NNP Democratic/JJ nominee/NN grew/VBD paid/VBD"
    doc, found = marked_doc(f"{article} {SAID}.", tags=tags)
    assert SpeakerResolver(doc).resolve_all(attributions_of(found))[-1].speaker.name == name


def test_a_judge_who_is_named_soon_after_is_that_judge() -> None:
    (decision,) = decide(f"<source.1>A judge</> {SAID}. Then Judge <PERSON.a>Ana Diaz</> left.")
    assert (decision.rule, decision.speaker.name) == ("named_later", "Ana Diaz")


def test_each_of_two_persons_is_both() -> None:
    (decision,) = decide(f"<PERSON.a>Ana Diaz</> met <PERSON.t>Tom Roe</>, <source.1>each</> {SAID}.")
    assert (decision.rule, decision.speaker.name) == ("pair", "Ana Diaz; Tom Roe")


def test_a_role_noun_keeps_its_bearer_in_focus_for_the_next_pronoun() -> None:
    marked = (
        "Mayor <PERSON.a>Ana Diaz</> built a hall. Rain fell on the hall. Boats left. Trains left. "
        f"<PERSON.e>Eva Roe</> sang. The mayor left. <source.1>She</> {SAID}."
    )
    doc, found = marked_doc(marked, tags=f"{TAGS} left/VBD sang/VBD Mayor/NNP")
    assert SpeakerResolver(doc).resolve_all(attributions_of(found))[0].speaker.name == "Ana Diaz"


def test_a_role_told_after_the_source_is_known_of_the_speaker_too() -> None:
    found = speaker(
        f"<source.1><PERSON.a>Diaz</></> {SAID}. <PERSON.a>Ana Diaz</> was the mayor of <GPE.p>Porto</>."
    )
    assert [role.exact for role in found.roles] == ["mayor of Porto"]


def test_what_speakers_call_each_other_is_no_role() -> None:
    found = speaker(f"<source.1><PERSON.a>Diaz</></> {SAID}. “<PERSON.a>Ana Diaz</> was a nurse,” he said.")
    assert found.roles == ()


WORDS = st.lists(
    st.sampled_from(
        ["he", "who", "The mayor", "Ana Diaz", "Lumen", "of", "and", ",", "’s", "(", "\n", "“", "7", "A.D.:"]
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(WORDS, st.data())
def test_any_source_gets_a_speaker_whose_spans_slice_back(words: list[str], data: st.DataObject) -> None:
    text = " ".join([*words, "said it is dry"])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doc = make_doc(text)
    attribution = Attribution(((len(text) - 6, len(text)),), None, (start, end), "quote_roles", 0.5)
    (decision,) = SpeakerResolver(doc).resolve_all([attribution])
    found = decision.speaker
    spans = [span for span in (found.surface, found.canonical_mention, *found.roles) if span is not None]
    assert all(text[span.start : span.end] == span.exact for span in spans)
    assert (found.name is None) == (found.status in ("unresolved", "missing"))


def test_an_article_of_a_thousand_mayors_takes_linear_time() -> None:
    marked = " ".join(
        f"<PERSON.p{n}>Ana Diaz{n}</>, the mayor of <GPE.p>Porto</>, came. <source.{n}>The mayor</> "
        f"<cue.{n}>said</> <content.{n}>no</>."
        for n in range(1000)
    )
    doc, found = marked_doc(marked, tags=TAGS)
    attributions = attributions_of(found)
    began = time.process_time()
    SpeakerResolver(doc).resolve_all(attributions)
    assert time.process_time() - began < 10
