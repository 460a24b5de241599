from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.outputs.jsonl import decode, encode, read_lines, write_records
from pipeline.record import Candidate, Change, DeadLetter

letters = st.builds(
    DeadLetter, st.text(), st.text(), st.text(), st.text(), st.one_of(st.none(), st.text()), st.booleans()
)
SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(plain)
@example(-(2**63) - 1)
def test_what_is_encoded_decodes_to_itself(value: Any) -> None:
    assert decode(encode(value)) == value


@given(st.text(alphabet=st.characters(categories=["Cs", "Lu", "Zs", "Cc"])))
def test_any_string_survives_lone_surrogates_included(text: str) -> None:
    assume(not SURROGATE_PAIR.search(text))  # in JSON those two are one character
    line = encode({"exact": text})
    assert b"\n" not in line
    assert json.loads(line) == {"exact": text}


@given(st.lists(letters, max_size=5))
def test_written_records_are_one_object_a_line(records: list[DeadLetter]) -> None:
    stream = io.BytesIO()
    written = write_records(stream, records)
    data = stream.getvalue()
    assert written == len(data)
    assert data.count(b"\n") == len(records)
    assert [decode(line)["source"] for line in data.split(b"\n")[:-1]] == [r.source for r in records]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_have_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        encode(Candidate("Ana Diaz", number))


@pytest.mark.parametrize("line", [b"NaN", b'{"a": Infinity}', b"[-Infinity]", b"{", b"", b"\xff"])
def test_lines_that_are_not_json_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(line)


def test_numbers_of_any_size_are_written() -> None:
    assert encode(10**30) == b"1" + b"0" * 30


def test_keys_keep_the_order_of_the_contract_and_their_json_names() -> None:
    assert encode(Change("rise", 3, 4)) == b'{"direction":"rise","from":3,"to":4}'


def test_text_is_written_as_utf_8_and_not_escaped() -> None:
    assert encode("“Šířka” 東") == '"“Šířka” 東"'.encode()


def test_lines_are_read_with_their_numbers_and_blank_ones_skipped(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b'1\n\n{"a": "\xe2\x80\xa8"}\n')
    assert list(read_lines(file)) == [(1, 1), (3, {"a": "\u2028"})]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"1\n{]\n")
    with pytest.raises(ReadError, match=r"x\.jsonl:2: not JSON"):
        list(read_lines(file))
