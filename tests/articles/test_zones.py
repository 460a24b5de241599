"""Title, deck, captions, furniture and body."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.captions import is_credit
from pipeline.articles.zones import Known, find_zones, title_in

BODY = (
    "The town of Harwick voted on Tuesday to sell its only traffic light, which has shown amber since 2003. "
    "The buyer, a museum in Leeds, will pay 1,200 pounds and collect it in March."
)
MORE = (
    "“It never did anyone any harm,” said the mayor, Joan Pike, who cast the deciding vote after long talks."
)


def zones(*lines: str, known: Known | None = None) -> list[str]:
    """The zone of each of the given paragraphs."""
    text = "\n\n".join(lines)
    found = find_zones(text, known=known)
    places = [text.index(line, sum(len(before) + 2 for before in lines[:n])) for n, line in enumerate(lines)]
    return [next(zone.zone for zone in found if zone.start <= place < zone.end) for place in places]


def test_an_article_as_newspapers_print_it():
    assert zones(
        "Town sells its only traffic light",
        "Museum pays £1,200 for a lamp stuck on amber",
        "By Joan Marlowe and Peter Finch, Staff Writers",
        "Jan. 14, 2020",
        "The light, left, and the mayor, right, on Jan. 12, 2020. Ada Lowe/Yorkshire Pictures via AP",
        BODY,
        MORE,
        BODY,
        "Read more: Ten lamps to see before you die",
        "Additional reporting by Tom Reed",
        "The Harwick Post",
        "© 2020 Harwick Post Company. All rights reserved.",
        "Sign in or create a free account",
        "or",
        "By continuing you agree to our terms",
    ) == ["title", "deck", "furniture", "furniture", "caption", *["body"] * 3, *["furniture"] * 7]


def test_known_title_is_found_whatever_its_punctuation():
    assert zones("Light sold, at last.", BODY, MORE, known=Known(title="LIGHT SOLD – AT LAST"))[0] == "title"


def test_known_title_is_found_over_two_lines():
    title = "Light sold at last; Museum pays the town 1,200 pounds"
    assert zones(
        "Light sold at last;", "Museum pays the town 1,200 pounds.", BODY, known=Known(title=title)
    ) == [
        "title",
        "title",
        "body",
    ]


def test_known_title_is_found_below_a_release_line():
    assert zones(
        "FOR IMMEDIATE RELEASE", "Light sold at last", BODY, known=Known(title="Light sold at last")
    ) == [
        "furniture",
        "title",
        "body",
    ]


def test_known_title_that_the_text_does_not_repeat_makes_no_title():
    assert zones(BODY, MORE, known=Known(title="Light sold at last")) == ["body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "The light was sold.",
        "“No,” said the mayor. “It is ours!”",
        "HARWICK, England — The light was sold to a museum",
        "Jan. 14, 2020",
        "Light",
        "She said:",
    ],
)
def test_a_first_line_that_is_no_headline_is_no_title(line):
    assert zones(line, BODY, MORE)[0] != "title"


def test_one_paragraph_is_body_even_without_a_stop():
    assert zones("Town sells its only traffic light") == ["body"]


@pytest.mark.parametrize(
    "lead",
    [
        "HARWICK — The town sold its light on Tuesday after a vote that took two hours and a year to plan.",
        "She said:",
        "A man, a lamp, a vote: this is how the town of Harwick lost, on a wet evening and after only "
        "two short hours of debate, the only thing that had ever made anyone stop in it.",
    ],
)
def test_a_lead_is_no_deck(lead):
    assert zones("Town sells its only traffic light", lead, MORE, BODY)[1] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ada Lowe",
        "Photo by Ada Lowe/Yorkshire Pictures",
        "Ada Lowe/Reuters",
        "Ada Lowe via Getty Images",
        "Yorkshire News Agency/North Service via AP",
        "(AP Photo/Ada Lowe)",
        "REUTERS/Ada Lowe",
        "Getty Images",
        "© AFP",
        "Image courtesy of the Lamp Museum",
        "Credit: Ada Lowe for The Harwick Post",
    ],
)
def test_credit_lines_are_captions(line):
    assert zones(BODY, line, BODY, MORE)[1] == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "He told Reuters.",
        "The agency Reuters reported the sale via its London office on Friday.",
        "Reuters was first to report the sale and/or the vote.",
        "The picture: a lamp, a mayor, a cheque.",
        "Mr. Lowe/Ms. Finch",
        "“It is ours,” the mayor told AFP.",
        "The mayor told AP. She spoke by telephone.",
    ],
)
def test_sentences_that_name_an_agency_are_body(line):
    assert zones(BODY, line, BODY, MORE)[1] == "body"


def test_caption_without_credit_beside_a_credit_line():
    caption = "Joan Pike, left, looks on as workers take the lamp down in Harwick on Wednesday."
    assert zones(BODY, caption, "Ada Lowe/Reuters", BODY) == ["body", "caption", "caption", "body"]


def test_body_beside_a_credit_line_stays_body():
    assert zones(BODY, MORE, "Ada Lowe/Reuters", BODY) == ["body", "body", "caption", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below",
        "Share this article",
        "Read more »",
        "Read more: Lamps of the north",
        "RELATED: Lamps of the north",
        "Sign up for our newsletter and never miss a lamp.",
        "Subscribe to the Post for £1 a week",
        "Follow us on Facebook",
        "* * *",
        "___",
        "&pgtype=article",
        "https://harwick.example/lamps",
        "Editor’s note: An earlier version of this story gave a wrong price.",
        "This story has been updated with a comment from the museum.",
        "CORRECTION: The light cost 1,200 pounds, not 12,000.",
    ],
)
def test_furniture_anywhere(line):
    assert zones(BODY, MORE, line, BODY, MORE, BODY, MORE, BODY, MORE, BODY, MORE, BODY)[2] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ann Lee; editing by Bo Dahl)",
        "Ann Lee and Bo Dahl contributed to this report.",
        "Ann Lee is a columnist. Follow her on Twitter: @annlee",
        "© 2020 Harwick Post",
        "Copyright 2020 The Harwick Post. All rights reserved.",
        "(C) Harwick Post 2020",
        "By Ann Lee",
    ],
)
def test_furniture_at_the_end(line):
    assert zones(BODY, MORE, BODY, line)[3] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law does not cover lamps, the mayor said.",
        "(c) the light must be shown on Sundays.",
        "By Friday the lamp was gone.",
        "“Sign in, please,” the clerk told her.",
        "Share prices fell 3 percent.",
        "More than 40 people came to watch.",
        "Comments from the crowd were unkind.",
        "Subscribers to the old theory disagree.",
        "What the vote means",
        "100%",
    ],
)
def test_body_is_not_lost_to_furniture(line):
    assert zones(BODY, MORE, line, BODY)[2] == "body"


def test_lines_after_a_legal_notice_are_furniture_only_if_all_are_short():
    notice = "© 2020 Harwick Post. All rights reserved."
    assert zones(BODY, MORE, notice, MORE) == ["body", "body", "furniture", "body"]


def test_line_that_returns_between_items_is_furniture_but_a_cue_is_not():
    assert zones(BODY, "Lamp Watch", MORE, "Lamp Watch", BODY, "Lamp Watch", MORE)[1] == "furniture"
    assert zones(BODY, "He said:", MORE, "He said:", BODY, "He said:", MORE)[1] == "body"


def test_publisher_and_authors_are_known_from_the_metadata():
    known = Known(publisher="Harwick Post", authors=("Ann Lee",))
    assert zones("Town sells its light", "Ann Lee | Harwick", BODY, MORE, "HARWICK POST", known=known) == [
        "title",
        "furniture",
        "body",
        "body",
        "furniture",
    ]


def test_zones_that_markup_tells_are_kept():
    text = f"Lamp\n\n{BODY}\n\n{MORE}"
    assert [zone.zone for zone in find_zones(text, given=("title", "caption", None))] == [
        "title",
        "caption",
        "body",
    ]


def test_title_in_gives_the_words_in_one_line():
    text = f"Town sells\n\nits light\n\n{BODY}"
    assert title_in(text, find_zones(text, given=("title", "title"))) == "Town sells its light"
    assert title_in(BODY, find_zones(BODY)) is None


@pytest.mark.parametrize("line", ["", ".", "()", "/", " via ", "©"])
def test_scraps_are_no_credits(line):
    assert not is_credit(line, alone=True)


PARTS = st.sampled_from(
    [
        BODY,
        MORE,
        "By Ann Lee",
        "Photo: Ann Lee",
        "© 2020 Post",
        "Sign in",
        "\n",
        "\n\n",
        " ",
        "Title of it",
        "“",
        "\u2028",
    ]
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=20)), max_size=20).map("".join))
def test_zones_cover_any_text_without_gaps(text):
    found = find_zones(text)
    if not text.strip():
        assert found == ()
        return
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(before.end == after.start for before, after in itertools.pairwise(found))
    assert all(before.zone != after.zone for before, after in itertools.pairwise(found))
