"""HTML fragments and their paragraphs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.blocks import blocks_of_html, joined
from pipeline.articles.paragraphs import paragraphs


def lines(markup: str) -> list[str]:
    return [block.text for block in blocks_of_html(markup)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<p>Two.", ["One.", "Two."]),
        ("<P CLASS='a > b'>One <b>bold</b>\n word.</P>", ["One bold word."]),
        ("One<br>two<br/><br/>three", ["One two", "three"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>", ["One Two", "Three"]),
        ("<p>a &lt; b &amp; caf&eacute; &#8220;x&#8221;</p>", ["a < b & café “x”"]),
        ("<script>if (a < b) { '<p>no</p>' }</script><p>One.</p>", ["One."]),
        ("<style>p {}</style><p>One.</p>", ["One."]),
        ("<!-- <p>no</p> --><p>One.</p><!DOCTYPE x><?php no ?>", ["One."]),
        ("<p>One <![CDATA[a < b]]></p>", ["One a < b"]),
        ("<p>One < two > one</p>", ["One < two > one"]),
        ("<p>One</b></i></p></div><p>Two", ["One", "Two"]),
        ("<!-- unclosed <p>no</p>", []),
        ("&#99999999999999999999;&#xFFFFFFFFF;", ["\ufffd\ufffd"]),
        ("", []),
    ],
)
def test_fragments_become_paragraphs(markup, expected):
    assert lines(markup) == expected


def test_captions_are_told_by_their_tag():
    assert [
        (block.text, block.zone) for block in blocks_of_html("<figcaption>A lamp.</figcaption><p>One.</p>")
    ] == [
        ("A lamp.", "caption"),
        ("One.", None),
    ]


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<", ">", "word", "\n", "<br>", "<!--", "-->", "&", "“", "<li>", "a. "]
        )
    )
)
def test_each_block_is_one_paragraph_of_the_text(parts):
    blocks = blocks_of_html("".join(parts))
    text, zones = joined(blocks)
    assert [text[start:end] for start, end in paragraphs(text)] == [block.text for block in blocks]
    assert len(zones) == len(blocks)


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        "<!--",
        "<!",
        "<?",
        "<![CDATA[",
        "</",
        '<a b="',
        "<a b='",
        "&",
        "&#1",
        "<div>",
        "</p>",
        "<br>",
    ],
)
def test_hostile_markup_takes_linear_time(unit):
    began = time.process_time()
    blocks_of_html(unit * (100_000 // len(unit)))
    assert time.process_time() - began < 5
