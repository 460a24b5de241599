"""Quotes: contents tied to cues and sources, split and running quotations, quotes in quotes."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.components.encoder import Encoding
from pipeline.components.paragraphs import body_paragraphs
from pipeline.components.quotation_marks import find_quotations
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.finder import Links, QuoteFinder, Roles, find_attributions
from pipeline.record import ZoneSpan
from tests.components.handmade import Marked, make_doc, make_encoding, read_marks

WHO = "<source.1>Ana Diaz</> <cue.1>said</>"


class Reader:
    """A model that reads the marks of one article, whatever stretch of it is asked for."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self.asked: list[list[Offsets]] = []

    def encode(self, text: str, paragraphs: list[Offsets]) -> Encoding:
        """The encoding of some paragraphs."""
        assert text == self._marked.text
        self.asked.append(paragraphs)
        return make_encoding(self._marked, paragraphs)


def find(marked: str, *, window_each: bool = True) -> tuple[str, list[Attribution]]:
    """The text and its outer attributions."""
    found = read_marks(marked)
    doc = make_doc(found.text)
    paragraphs = body_paragraphs(doc)
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    encoding = make_encoding(found, paragraphs, window_each=window_each)
    quotations = find_quotations(found.text, paragraphs)
    return found.text, QuoteFinder(found.text, encoding, sentences, quotations, paragraphs).find()


def contents(marked: str) -> list[list[str]]:
    """The segments of every attribution."""
    text, attributions = find(marked)
    return [[text[start:end] for start, end in attribution.segments] for attribution in attributions]


def shown(text: str, place: Offsets | None) -> str | None:
    return text[place[0] : place[1]] if place else None


def test_a_content_is_tied_to_its_cue_and_source() -> None:
    text, (attribution,) = find(f"{WHO} <content.1>the well is dry</>.")
    assert [shown(text, segment) for segment in attribution.segments] == ["the well is dry"]
    assert (shown(text, attribution.cue), shown(text, attribution.source)) == ("said", "Ana Diaz")
    assert attribution.rule == "quote_roles"
    assert (attribution.continues, attribution.nested_in) == (None, None)


def test_each_content_goes_to_its_own_cue() -> None:
    text, (first, second) = find(
        f"{WHO} <content.1>the well is dry</>, but <source.2>Tom Roe</> <cue.2>denied</> <content.2>it</>."
    )
    assert (shown(text, first.source), shown(text, second.source)) == ("Ana Diaz", "Tom Roe")
    assert (shown(text, first.cue), shown(text, second.cue)) == ("said", "denied")


def test_attributions_stand_in_the_order_of_their_contents() -> None:
    _, found = find(
        f"<content.2>“No,”</> <cue.2>replied</> <source.2>Tom Roe</>. {WHO} <content.1>the well is dry</>."
    )
    assert [attribution.start for attribution in found] == sorted(attribution.start for attribution in found)


def test_a_cue_may_stand_without_a_source() -> None:
    _, (attribution,) = find("<cue.1>Reportedly</> <content.1>the well is dry</>.")
    assert attribution.source is None
    assert attribution.cue is not None


def test_a_cue_without_content_says_nothing() -> None:
    assert contents(f"{WHO} so and left.") == []


def test_an_indirect_content_without_a_cue_is_no_claim() -> None:
    assert contents("<content.7>the well is dry</> and nobody came.") == []


@pytest.mark.parametrize(
    ("marked", "segments"),
    [
        (
            f"<content.1>“We lost it,”</> {WHO}, <content.1>“and we wept.”</>",
            ["“We lost it,”", "“and we wept.”"],
        ),
        (f"<content.1>We lost it</>, {WHO}, <content.1>and wept</>.", ["We lost it", "and wept"]),
        (f"{WHO} <content.1>they</> <content.1>“lost it”</>.", ["they “lost it”"]),
    ],
)
def test_a_split_quote_is_one_claim(marked: str, segments: list[str]) -> None:
    assert contents(marked) == [segments]


@pytest.mark.parametrize("window_each", [True, False])
@pytest.mark.parametrize("content", ["<content.1>“The well is dry today.”</>", "<content.1>“No.”</>"])
def test_a_quotation_in_the_paragraph_after_the_colon_is_the_cues(content: str, window_each: bool) -> None:
    text, (attribution,) = find(f"{WHO}:\n\n{content}", window_each=window_each)
    assert (shown(text, attribution.cue), shown(text, attribution.source)) == ("said", "Ana Diaz")


def test_a_paragraph_after_the_colon_needs_no_marks() -> None:
    text, (attribution,) = find(f"{WHO}:\n\n<content.1>The well is dry</>.", window_each=False)
    assert [shown(text, segment) for segment in attribution.segments] == ["The well is dry"]


def test_only_the_next_paragraph_is_announced() -> None:
    marked = f"{WHO}:\n\nA list of names.\n\n<content.1>The well is dry</>."
    assert find(marked, window_each=False)[1] == []


def test_a_quotation_tied_out_of_reach_goes_to_the_cue_of_its_own_sentence() -> None:
    text, found = find(
        f"{WHO} <content.1>it is dry</>.\n\n<content.1>“But we dig on today,”</> <cue.2>added</> "
        "<source.2>Tom Roe</>.",
        window_each=False,
    )
    assert [shown(text, a.cue) for a in found] == ["said", "added"]


def test_a_short_quoted_sentence_tied_to_the_clause_before_it_runs_on() -> None:
    assert contents(f"<content.1>“Did the old well dry out?”</> {WHO}. <content.1>“Never.”</>") == [
        ["“Did the old well dry out?”"],
        ["“Never.”"],
    ]


def test_beside_a_sentence_quoted_in_full_an_unquoted_phrase_is_not_said() -> None:
    marked = f"<content.1>“The well is dry today,”</> {WHO} of <content.1>the works</>."
    assert contents(marked) == [["“The well is dry today,”"]]


@pytest.mark.parametrize(
    ("marked", "segments"),
    [
        (f"{WHO} that <content.1>the well is dry</>.", ["the well is dry"]),
        (f"{WHO} <content.1>that the well is dry</>.", ["the well is dry"]),
        (f"<content.1>“The well is dry</>,” {WHO}.", ["“The well is dry,”"]),
        (f"“<content.1>The well is dry</>,” {WHO}.", ["“The well is dry,”"]),
        (f"{WHO} <content.1>“the well is dry.”</>", ["“the well is dry.”"]),
        (f"{WHO} <content.1>the well is dry.</>", ["the well is dry"]),
    ],
)
def test_contents_have_the_extents_of_the_record(marked: str, segments: list[str]) -> None:
    assert contents(marked) == [segments]


@pytest.mark.parametrize(
    "content", ["“And then we wept all night.”", "<content.1>“And then we wept all night.”</>"]
)
def test_a_quoted_sentence_behind_the_clause_is_a_claim_that_runs_on(content: str) -> None:
    text, (head, tail) = find(f"<content.1>“We lost it,”</> {WHO}. {content}")
    assert [shown(text, segment) for segment in tail.segments] == ["“And then we wept all night.”"]
    assert (tail.cue, tail.source, tail.continues) == (None, None, 0)
    assert tail.rule.startswith("continuation")
    assert head.continues is None


def test_speech_that_reopens_in_the_next_paragraphs_runs_on() -> None:
    text, (_, *tails) = find(
        f"{WHO}: <content.1>“We lost it all.</>\n“Then the rain came back again.\n“Nobody was glad of that.”"
    )
    assert [shown(text, tail.segments[0]) for tail in tails] == [
        "“Then the rain came back again.",
        "“Nobody was glad of that.”",
    ]
    assert [tail.continues for tail in tails] == [0, 0]


@pytest.mark.parametrize(
    "rest",
    [
        " The inn is called “The Old Mill of the Moor”.",
        " “Maybe.”",
        "\n“Then the rain came back again.”",
        " A farmer came in and saw it. Nobody spoke. “Then the rain came back again.”",
        "\nIt rained.\n“Then the rain came back again.”",
    ],
    ids=[
        "a name in marks",
        "a single word",
        "a closed paragraph",
        "sentences between",
        "a paragraph between",
    ],
)
def test_other_quotations_do_not_run_on(rest: str) -> None:
    assert contents(f"<content.1>“We lost it,”</> {WHO}.{rest}") == [["“We lost it,”"]]


def test_a_quoted_sentence_after_indirect_speech_is_nobodys() -> None:
    assert contents(f"{WHO} <content.1>the well is dry</>. “We all want the rain back.”") == [
        ["the well is dry"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The “volunteers” came to the “Old Mill” at night.",
        "She read “The Long Way Down to the Sea” twice.",
        "Ana “the Fox” Diaz won again.",
        "",
        "\n \n",
    ],
)
def test_marks_alone_make_no_claim(text: str) -> None:
    assert contents(text) == []


def test_the_score_is_a_probability() -> None:
    _, found = find(f"<content.1>“We lost it,”</> {WHO}. “And then we wept all night.”")
    assert all(0 <= attribution.score <= 1 for attribution in found)


def test_decoded_roles_stand_by_kind() -> None:
    found = read_marks(f"{WHO} <content.1>the well is dry</>.")
    roles = Roles.decode(make_encoding(found))
    places = [
        [(span.start, span.end) for span in spans] for spans in (roles.sources, roles.cues, roles.contents)
    ]
    assert places == [found.all("source"), found.all("cue"), found.all("content")]


def test_link_probabilities_add_up_with_none_last() -> None:
    found = read_marks(f"{WHO} <content.1>the well is dry</>.")
    encoding = make_encoding(found)
    roles = Roles.decode(encoding)
    near, scores = Links(encoding, 0, roles.cues).probabilities(roles.contents[0])
    assert near == roles.cues
    assert scores.shape == (2,)
    assert float(scores.sum()) == pytest.approx(1)
    assert scores[0] > 0.9


def test_without_heads_the_link_goes_to_none() -> None:
    encoding = make_encoding(read_marks("<content.1>the well is dry</>."))
    (content,) = Roles.decode(encoding).contents
    assert Links(encoding, 0, []).head_of(content) == (None, 1.0)


def test_a_head_is_looked_for_in_the_same_window_only() -> None:
    found = read_marks(f"{WHO} so.\n<content.1>the well is dry</>.")
    encoding = make_encoding(found, window_each=True)
    roles = Roles.decode(encoding)
    assert Links(encoding, 0, roles.cues).head_of(roles.contents[0])[0] is None


def test_windows_may_be_asked_in_any_order() -> None:
    line = f"{WHO} <content.1>the well is dry</>."
    encoding = make_encoding(read_marks(f"{line}\n{line}"), window_each=True)
    roles = Roles.decode(encoding)
    links = Links(encoding, 0, roles.cues)
    there_and_back = [links.head_of(content)[0] for content in (*roles.contents, *roles.contents[::-1])]
    assert there_and_back == [*roles.cues, *roles.cues[::-1]]


def test_a_nested_attribution_knows_the_one_it_stands_in() -> None:
    outer = read_marks(f"{WHO} that <content.1>Tom Roe told them the well was dry</>.")
    inner = read_marks(
        "Ana Diaz said that <source.2>Tom Roe</> <cue.2>told</> them <content.2>the well was dry</>."
    )
    doc = make_doc(outer.text, tags="said/VBD told/VBD was/VBD")
    doc._.encoding = make_encoding(outer)
    reader = Reader(inner)
    first, second = find_attributions(doc, reader)  # type: ignore[arg-type]
    assert (first.nested_in, second.nested_in) == (None, 0)
    assert shown(doc.text, second.source) == "Tom Roe"
    assert second.rule.startswith("nested")
    start, end = first.segments[0]
    assert reader.asked == [[(start, end + len("."))]]


def test_page_furniture_says_nothing() -> None:
    found = read_marks(f"The well.\n{WHO} <content.1>“sign in to read on”</>.")
    border = found.text.index("\n")
    zones = [ZoneSpan(0, border, "body"), ZoneSpan(border + 1, len(found.text), "furniture")]
    doc = make_doc(found.text, zones=zones)
    doc._.encoding = make_encoding(found, body_paragraphs(doc))
    assert find_attributions(doc, Reader(found)) == []  # type: ignore[arg-type]


def random_finder(text: str, seed: int) -> QuoteFinder:
    """A finder whose model guesses."""
    doc = make_doc(text)
    paragraphs = body_paragraphs(doc)
    base = make_encoding(read_marks(text), paragraphs, window_each=seed % 2 == 0)
    rng = np.random.default_rng(seed)
    units, windows = len(base.starts), len(base.roots)
    guesses = (rng.normal(0, 2, size).astype(np.float32) for size in ((units, 7), (units, 36), (windows, 36)))
    roles, links, roots = guesses
    encoding = replace(base, roles=roles, links=links, roots=roots)
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    return QuoteFinder(text, encoding, sentences, find_quotations(text, paragraphs), paragraphs)


TEXTS = st.text(alphabet="ab “”‘’\"'.,;—-\n9É", max_size=80)


@settings(max_examples=80)
@given(TEXTS, st.integers(0, 9))
def test_whatever_the_model_says_contents_are_ordered_stretches_with_words(text: str, seed: int) -> None:
    found = random_finder(text, seed).find()
    assert [a.start for a in found] == sorted(a.start for a in found)
    for attribution in found:
        edges = [edge for segment in attribution.segments for edge in segment]
        assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= len(text)
        assert all(any(char.isalnum() for char in text[start:end]) for start, end in attribution.segments)


@settings(max_examples=80)
@given(TEXTS, st.integers(0, 9))
def test_whatever_the_model_says_a_claim_has_a_cue_or_runs_on_after_one(text: str, seed: int) -> None:
    found = random_finder(text, seed).find()
    for attribution in found:
        assert (attribution.cue is None) == (attribution.continues is not None)
        if attribution.continues is not None:
            assert found[attribution.continues].cue is not None
    assert len({attribution.segments for attribution in found}) == len(found)


def test_a_long_article_takes_time_in_proportion() -> None:
    paragraph = "“We lost the well,” she said. “And then we wept all night.” The rain “came” late.\n"
    finder = random_finder(paragraph * 400, 2)
    began = time.process_time()
    assert finder.find()
    assert time.process_time() - began < 20
