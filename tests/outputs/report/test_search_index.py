from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outputs.report import search_index
from pipeline.outputs.report.entries import ArticleEntry, ClaimEntry, Voice
from pipeline.outputs.report.search_index import gaps, search_files, terms_of

VOICE = Voice("Ida Falk", "named", ("harbour master",), "Port of Skagen")


def entry(text: str, day: str | None = "2024-05-01", kind: str = "direct", *traits: str) -> ClaimEntry:
    article = ArticleEntry("articles/a.html", "Fares", "The Quay", day, 9, 1)
    return ClaimEntry("clm_1", "articles/a.html", kind, text, VOICE, None, article, (), frozenset(traits))


def files_of(*claims: ClaimEntry) -> dict[str, Any]:
    return dict(search_files(claims))


def postings(files: dict[str, Any]) -> dict[str, list[int]]:
    shards = [value for name, value in files.items() if name.startswith("terms-")]
    return {term: list(accumulate(steps)) for shard in shards for term, steps in shard.items()}


def test_words_are_looked_up_without_case_and_accents() -> None:
    assert terms_of("Stefánsdóttir’s US$2.5 ﬁsh") == {"stefansdottir", "s", "us", "2", "5", "fish"}


def test_claims_are_numbered_newest_first_and_those_without_a_day_last() -> None:
    files = files_of(entry("old", "2020-01-01"), entry("none", None), entry("new", "2024-01-01"))
    assert postings(files) | {} == {**postings(files), "new": [0], "old": [1], "none": [2]}
    assert files["directory"]["days"] == [("2024-01-01", 0), ("2020-01-01", 1), ("", 2)]


def test_speakers_are_found_by_name_role_and_body_and_not_among_the_words() -> None:
    found = postings(files_of(entry("Fares rise")))
    assert {"@ida", "@falk", "@harbour", "@master", "@skagen"} <= found.keys()
    assert "ida" not in found


def test_the_directory_names_the_first_term_of_each_file_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "POSTINGS_A_FILE", 6)
    files = files_of(entry("zebra apple mango kiwi plum"), entry("apple fig"))
    first = files["directory"]["terms"]
    assert first == sorted(first) and len(first) > 2
    assert first == [next(iter(files[f"terms-{number}"])) for number in range(len(first))]


def test_a_word_that_most_claims_hold_is_counted_and_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "COMMON", 2)
    files = files_of(*(entry(f"the pier {number}") for number in range(4)))
    assert files["terms-0"]["the"] == 4
    assert files["terms-0"]["@ida"] == [0, 1, 1, 1]


def test_kinds_and_traits_have_their_bits() -> None:
    files = files_of(entry("a", "2024-01-02", "statement", "money", "number"), entry("b", "2024-01-01"))
    assert files["traits"] == f"{3 + 4 + 16:02x}00"


def test_claims_lie_in_files_of_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "CLAIMS_A_FILE", 2)
    files = files_of(*(entry(str(number)) for number in range(5)))
    assert [len(files[f"claims-{number}"]["claims"]) for number in range(3)] == [2, 2, 1]


@given(st.sets(st.integers(0, 10_000)))
def test_gaps_give_the_numbers_back(numbers: set[int]) -> None:
    assert list(accumulate(gaps(sorted(numbers)))) == sorted(numbers)


@given(st.text())
def test_no_text_breaks_the_words(text: str) -> None:
    assert all(term == term.lower() and term.isalnum() for term in terms_of(text))


def test_a_run_without_claims_has_an_index() -> None:
    assert files_of() == {
        "directory": {"claims": 0, "size": search_index.CLAIMS_A_FILE, "terms": [], "days": []},
        "traits": "",
    }
