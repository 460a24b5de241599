"""Windows: whole paragraphs packed, every unit once, features on every wordpiece."""

from __future__ import annotations

import string
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from pipeline.components.quotation_marks import line_paragraphs
from pipeline.components.windows import SHAPES, STATES, Window, make_windows, word_shape

CLS, SEP = 1, 2


@cache
def toy_tokenizer() -> Tokenizer:
    """The model's kind of tokeniser, with single letters and a few words as vocabulary."""
    singles = [*string.ascii_lowercase, *string.digits, *string.punctuation, "“", "”"]
    pieces = [
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *singles,
        *("##" + single for single in singles),
        "well",
        "dry",
        "the",
    ]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def windows(text: str, *, limit: int = 256) -> list[Window]:
    return make_windows(toy_tokenizer(), text, line_paragraphs(text), limit=limit)


def units(text: str, window: Window) -> list[str]:
    return [text[start:end] for start, end in zip(window.starts, window.ends, strict=True)]


def test_units_are_words_and_single_marks() -> None:
    text = "“The well’s dry,” she said: 3.5%."
    (window,) = windows(text)
    assert units(text, window) == [
        "“", "The", "well", "’", "s", "dry", ",", "”", "she", "said", ":", "3", ".", "5", "%", ".",
    ]  # fmt: skip


def test_paragraphs_share_a_window_with_a_separator_between() -> None:
    (window,) = windows("the well\nthe dry\n")
    tokenizer = toy_tokenizer()
    pieces = [tokenizer.id_to_token(int(number)) for number in window.ids]
    assert pieces == ["[CLS]", "the", "well", "[SEP]", "the", "dry", "[SEP]"]


def test_the_first_piece_of_every_unit_is_known() -> None:
    (window,) = windows("the axe well")
    pieces = [toy_tokenizer().id_to_token(int(window.ids[index])) for index in window.first_piece]
    assert pieces == ["the", "a", "well"]


def test_a_paragraph_that_would_not_fit_opens_a_new_window() -> None:
    text = "the well\nthe dry well\nthe"
    found = windows(text, limit=8)
    assert [units(text, window) for window in found] == [
        ["the", "well", "the", "dry", "well"],
        ["the"],
    ]


def test_a_paragraph_that_ends_with_a_colon_opens_the_window_of_what_it_announces() -> None:
    text = "the well\nthe:\nthe dry well the"
    found = windows(text, limit=9)
    assert [units(text, window) for window in found] == [
        ["the", "well"],
        ["the", ":", "the", "dry", "well", "the"],
    ]


def test_an_announcement_too_long_to_share_a_window_keeps_its_own() -> None:
    text = "dry\nthe well the:\nthe dry well the"
    found = windows(text, limit=9)
    assert [units(text, window) for window in found] == [
        ["dry", "the", "well", "the", ":"],
        ["the", "dry", "well", "the"],
    ]


def test_a_paragraph_is_cut_only_where_it_is_longer_than_a_window() -> None:
    text = "the well the dry the well\nthe dry"
    found = windows(text, limit=6)
    assert [units(text, window) for window in found] == [
        ["the", "well", "the", "dry"],
        ["the", "well"],
        ["the", "dry"],
    ]


def test_a_long_paragraph_is_cut_between_units() -> None:
    text = "the the cab the"
    found = windows(text, limit=6)
    assert [units(text, window) for window in found] == [["the", "the"], ["cab", "the"]]


def test_blank_text_has_no_windows() -> None:
    assert windows("") == []
    assert windows(" \n \u200b\n") == []


def test_quotation_states_stand_on_the_pieces() -> None:
    text = "dry “the well” the"
    (window,) = windows(text)
    assert [STATES[state] for state in window.states] == [
        "outside", "outside", "mark", "inside", "inside", "mark", "outside", "outside",
    ]  # fmt: skip


def test_all_pieces_of_a_unit_have_its_shape() -> None:
    (window,) = windows("Axe the")
    assert [SHAPES[shape] for shape in window.shapes] == [
        "special", "Title", "Title", "Title", "lower", "special",
    ]  # fmt: skip


def test_separators_between_paragraphs_have_no_shape() -> None:
    (window,) = windows("Axe\nTHE")
    assert [SHAPES[shape] for shape in window.shapes] == [
        "special", "Title", "Title", "Title", "special", "UPPER", "special",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("boats", "lower"), ("Diaz", "Title"), ("A", "Title"), ("NATO", "UPPER"), ("McKay", "mixed"),
        ("iPhone", "mixed"), ("40", "digit"), (",", "punctuation"), ("”", "punctuation"), ("é", "lower"),
        ("", "punctuation"), ("_", "punctuation"), ("½", "other"), ("東京", "mixed"), ("Éire", "Title"),
    ],
)  # fmt: skip
def test_the_shape_of_a_word_is_its_case_pattern(word: str, shape: str) -> None:
    assert word_shape(word) == shape


@given(st.text(max_size=12))
def test_every_word_has_a_listed_shape(word: str) -> None:
    assert word_shape(word) in SHAPES


def is_well_formed(window: Window, text: str, limit: int) -> bool:
    """Within its limit, framed by special pieces, its columns of one length, its units in order."""
    pieces = {len(window.ids), len(window.shapes), len(window.states)}
    columns = {len(window.first_piece), len(window.starts), len(window.ends)}
    places = [*window.starts.tolist(), len(text)]
    return (
        len(pieces) == len(columns) == 1
        and len(window.ids) <= limit
        and (window.ids[0], window.ids[-1]) == (CLS, SEP)
        and window.first_piece.tolist() == sorted(set(window.first_piece.tolist()))
        and places == sorted(places)
        and bool((window.starts < window.ends).all())
        and bool((window.ends <= len(text)).all())
    )


@given(st.text(max_size=200))
def test_any_unicode_gives_well_formed_windows(text: str) -> None:
    assert all(is_well_formed(window, text, 256) for window in windows(text))


WORDS = st.text(alphabet="theaxeTHE3,“” \n", max_size=200)


@given(WORDS, st.integers(8, 40))
def test_every_unit_of_every_paragraph_stands_in_exactly_one_window(text: str, limit: int) -> None:
    plain = toy_tokenizer().pre_tokenizer
    expected = [
        (start + first, start + last)
        for start, end in line_paragraphs(text)
        for _, (first, last) in plain.pre_tokenize_str(text[start:end])
        if last - first <= limit - 2
    ]
    found = [
        place
        for window in windows(text, limit=limit)
        for place in zip(window.starts.tolist(), window.ends.tolist(), strict=True)
    ]
    assert [place for place in expected if place not in found] == []
    assert len(found) == len(set(found))


@given(WORDS, st.integers(8, 40))
def test_no_window_exceeds_its_limit(text: str, limit: int) -> None:
    assert all(is_well_formed(window, text, limit) for window in windows(text, limit=limit))


@given(st.lists(st.sampled_from(["the", "well", "dry"]), min_size=1, max_size=6), st.integers(1, 8))
def test_a_paragraph_that_fits_is_never_cut(words: list[str], copies: int) -> None:
    text = "\n".join([" ".join(words)] * copies)
    for window in windows(text, limit=8):
        assert len(window.starts) % len(words) == 0


@pytest.mark.parametrize("piece", ["7", " ", "a", '"', "a ", "‘", "\u0301"])
def test_long_runs_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    make_windows(toy_tokenizer(), text, [(0, len(text))])
    assert time.process_time() - began < 10  # quadratic: minutes


@given(
    st.text("the-dry,. \u0301“é\n中", max_size=80) | st.text(max_size=80),
    st.integers(8, 40),
    st.integers(1, 20),
)
def test_what_is_tokenised_at_once_makes_no_difference(text: str, limit: int, at_once: int) -> None:
    paragraphs = [(0, len(text) // 2), (len(text) // 2, len(text))]
    whole = make_windows(toy_tokenizer(), text, paragraphs, limit=limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.components.windows.AT_ONCE", at_once)
        parted = make_windows(toy_tokenizer(), text, paragraphs, limit=limit)
    assert [repr(window) for window in whole] == [repr(window) for window in parted]
