"""Articles as JSON."""

from __future__ import annotations

import gzip
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles import Article, InputFile, ReadOptions, count_articles, positions, read_file
from pipeline.articles.json_text import parse_json
from pipeline.errors import ReadError

LINES = b'{"id": "a", "text": "One."}\n\n{"id": 7, "text": "Two."}\n{"text": "Three."}\n'


def codes(found) -> list[str]:
    return [item.source if isinstance(item, Article) else item.code for item in found]


def test_one_object_is_one_article(read_bytes):
    (article,) = read_bytes(
        b'{"id": "x1", "text": "The lamp.", "title": "Lamp", "url": "u", "authors": "Ann Lee",'
        b' "publisher": "p", "date_published": "2020-01-14T08:00:00+01:00", "unknown": {"a": 1}}',
        "a.json",
    )
    assert (article.source, article.text, article.title, article.authors) == (
        "x1",
        "The lamp.",
        "Lamp",
        ("Ann Lee",),
    )
    assert (article.date_published, article.date_published_source) == ("2020-01-14T08:00:00+01:00", "meta")


def test_sources_are_ids_or_places(read_bytes):
    assert codes(read_bytes(LINES, "a.jsonl")) == ["a", "7", "a.jsonl#3"]
    assert codes(read_bytes(b'[{"text": "One."}, {"id": "b", "text": "Two."}]', "a.json")) == [
        "a.json#1",
        "b",
    ]
    assert codes(read_bytes(b'{"text": "One."}', "a.json")) == ["a.json"]


def test_a_bad_line_is_a_dead_letter_and_the_rest_goes_on(read_bytes):
    found = read_bytes(
        b'{"text": "One."}\n{"text": \n[]\n{"text": 3}\n{}\n{"text": " "}\n{"text": "Two."}', "a.jsonl"
    )
    assert codes(found) == [
        "a.jsonl#1",
        "E_JSON",
        "E_JSON_SHAPE",
        "E_JSON_SHAPE",
        "E_JSON_SHAPE",
        "E_EMPTY",
        "a.jsonl#7",
    ]
    assert [item.source for item in found] == [f"a.jsonl#{n}" for n in range(1, 8)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY"),
        (b"[]", "E_EMPTY"),
        (b"{", "E_JSON"),
        (b"3", "E_JSON_SHAPE"),
        (b'"text"', "E_JSON_SHAPE"),
        (b"null", "E_JSON_SHAPE"),
        (b"{}", "E_JSON_SHAPE"),
        (b"[" * 100_000, "E_JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "E_JSON"),
    ],
)
def test_json_of_the_wrong_shape_is_a_dead_letter(read_bytes, data, code):
    (letter,) = read_bytes(data, "a.json")
    assert letter.code == code


def test_the_message_names_the_key_and_what_it_must_be(read_bytes):
    (letter,) = read_bytes(b'{"text": "One.", "authors": 3}', "a.json")
    assert letter.message == "'authors' is a number, it must be a list of strings"


def test_blank_file_of_lines_is_empty(read_bytes):
    assert codes(read_bytes(b"\n \n", "a.jsonl")) == ["E_EMPTY"]


def test_lines_end_at_newlines_alone(read_bytes):
    line = json.dumps({"text": "One\u2028two\u0085three."}, ensure_ascii=False)
    (article,) = read_bytes(line.encode(), "a.jsonl")
    assert article.text == "One\u2028two\u0085three."


def test_lone_surrogates_keep_their_place(read_bytes):
    (article,) = read_bytes(rb'{"text": "A lamp \ud83d.", "title": "\udc00", "id": "\ud800"}', "a.jsonl")
    assert article.text == "A lamp \ufffd."
    assert "W_LONE_SURROGATE" in article.warnings
    assert (article.title, article.source) == ("\ufffd", "\ufffd")


def test_nul_in_a_string_is_kept_with_a_warning(read_bytes):
    (article,) = read_bytes(rb'{"text": "A lamp' + b" that glows" * 20 + rb'\u0000."}', "a.jsonl")
    assert article.text.endswith("\x00.")
    assert "W_CONTROL_CHARACTERS" in article.warnings


@pytest.mark.parametrize("name", ["utf-16", "utf-8-sig", "utf-32"])
def test_marked_encodings_of_lines(read_bytes, name):
    assert codes(read_bytes(LINES.decode().encode(name), "a.jsonl")) == ["a", "7", "a.jsonl#3"]


def test_line_in_another_encoding_is_guessed_and_reported(read_bytes):
    found = read_bytes(
        '{"text": "Jos\xe9 wept and the whole town wept with him."}\n'.encode("latin-1") + LINES, "a.jsonl"
    )
    assert found[0].text.startswith("José")
    assert "W_ENCODING_GUESSED" in found[0].warnings
    assert len(found) == 4


def test_a_line_over_the_limit_is_skipped_and_the_rest_goes_on(read_bytes):
    long = b'{"text": "' + b"x" * 500 + b'"}\n'
    assert codes(read_bytes(long + LINES + long, "a.jsonl", max_bytes=100)) == [
        "E_TOO_LARGE",
        "a",
        "7",
        "a.jsonl#4",
        "E_TOO_LARGE",
    ]


def test_a_line_of_ten_megabytes_is_read(read_bytes):
    (article,) = read_bytes(b'{"text": "' + b"word " * 2_000_000 + b'"}', "a.jsonl")
    assert len(article.text) == 10_000_000


def test_text_under_another_key(read_bytes):
    (article,) = read_bytes(b'{"content": "One."}', "a.json", text_column="content")
    assert article.text == "One."


def test_date_is_found_in_the_name_of_the_file_even_if_the_article_has_an_id(read_bytes):
    (article,) = read_bytes(b'{"id": "x", "text": "One."}', "2020-01-14.json")
    assert (article.date_published, article.date_published_source) == ("2020-01-14", "filename")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "Story {n}."}}\n' + "\n" * (n % 3) for n in range(50)))
    return InputFile(str(path), "many.jsonl", path.stat().st_size)


def test_counting_leaves_out_blank_lines(many, tmp_path):
    assert count_articles(many) == 50
    (tmp_path / "list.json").write_text('[{"text": "One."}, 3]')
    assert count_articles(InputFile(str(tmp_path / "list.json"), "list.json", 1)) == 2


@given(st.lists(st.integers(0, 50), max_size=6))
def test_any_order_of_shards_gives_the_articles_of_a_straight_run(many, cuts):
    borders = sorted({0, 50, *cuts})
    shards = list(itertools.pairwise(borders))
    for start, stop in reversed(shards):
        assert codes(read_file(many, start=start, stop=stop)) == [str(n) for n in range(start, stop)]
    joined = [source for start, stop in shards for source in codes(read_file(many, start=start, stop=stop))]
    assert joined == codes(read_file(many))


def test_damage_in_the_middle_is_one_more_article_of_the_last_shard(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress(b"".join(b'{"id": "%d", "text": "Story."}\n' % n for n in range(20_000)))
    path.write_bytes(packed[: len(packed) // 2])
    file = InputFile(str(path), path.name, 1)
    count = count_articles(file)
    assert 100 < count < 20_000
    assert codes(read_file(file, start=count - 3, stop=count)) == [str(count - 3), str(count - 2), "E_GZIP"]
    assert codes(read_file(file, start=0, stop=1)) == ["0"]


def test_shards_of_a_list(tmp_path):
    (tmp_path / "list.json").write_text('[{"text": "One."}, {"text": "Two."}, {"text": "Three."}]')
    file = InputFile(str(tmp_path / "list.json"), "list.json", 1)
    assert codes(read_file(file, start=1, stop=3)) == ["list.json#2", "list.json#3"]


def test_a_changed_file_is_not_read_from_remembered_places(tmp_path):
    path = tmp_path / "a.jsonl"
    file = InputFile(str(path), "a.jsonl", 1)
    path.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n')
    list(read_file(file, start=0, stop=1))
    path.write_text('{"id": "other", "text": "One and more."}\n{"id": "c", "text": "Two."}\n')
    assert codes(read_file(file, start=1)) == ["c"]


def test_remembered_places_stay_few(tmp_path):
    for n in range(positions._MAX_FILES + 5):
        path = tmp_path / f"{n}.jsonl"
        path.write_bytes(LINES)
        list(read_file(InputFile(str(path), path.name, 1), stop=1))
    assert len(positions._known) <= positions._MAX_FILES


@given(st.binary(max_size=200))
def test_any_bytes_of_json_are_read_or_refused_with_a_code(data):
    try:
        parse_json(data)
    except ReadError as error:
        assert error.code == "E_JSON"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=8,
    )
)
def test_any_json_value_is_an_article_or_a_dead_letter(value):
    from pipeline.articles.json_lines import JSON, article_or_dead_letter

    found = article_or_dead_letter({"text": value}, "s", JSON, ReadOptions())
    assert isinstance(found, Article) or found.code in ("E_JSON_SHAPE", "E_EMPTY", "E_BINARY")
