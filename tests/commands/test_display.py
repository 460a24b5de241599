"""Claims on a terminal: what of the text is theirs, and what only stands around them."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.commands.display import CONTEXT_CHARACTERS, claim_in_context

TEXT = "None knew. “We sail at ten,” the mate said. “Bring a coat.” All of us were home at six o’clock."
FIRST, SECOND = "“We sail at ten,”", "“Bring a coat.”"


def span(exact: str) -> dict[str, Any]:
    """A span of the text."""
    start = TEXT.index(exact)
    return {"start": start, "end": start + len(exact), "exact": exact}


def shown(*contents: str) -> str:
    """What a terminal without colours shows of a claim with these segments."""
    segments = [span(content) for content in contents]
    start, end = segments[0]["start"], segments[-1]["end"]
    context = {
        "prefix": TEXT[max(0, start - CONTEXT_CHARACTERS) : start],
        "suffix": TEXT[end : end + CONTEXT_CHARACTERS],
    }
    found: dict[str, list[Any]] = {"entities": [], "quantities": [], "dates": []}
    claim = {"segments": segments, "context": context, "cue": None, "speaker": {"surface": None}, **found}
    return claim_in_context(claim).plain


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ((FIRST,), "None knew. [“We sail at ten,”] the mate said. “Bring a …"),
        ((FIRST, SECOND), "None knew. [“We sail at ten,”] … [“Bring a coat.”] All of us were home at six …"),
        ((SECOND,), "… sail at ten,” the mate said. [“Bring a coat.”] All of us were home at six …"),
        ((TEXT,), f"[{TEXT}]"),
    ],
)  # fmt: skip
def test_a_claim_stands_in_brackets_between_the_whole_words_around_it(
    contents: tuple[str, ...], expected: str
) -> None:
    assert shown(*contents) == expected
