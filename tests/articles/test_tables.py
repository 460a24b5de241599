"""Articles as rows of tables."""

from __future__ import annotations

import pytest

from pipeline.articles import Article, InputFile, ReadOptions, count_articles

ROWS = (
    "id,title,text,authors,date_published,unused\r\n"
    'a1,Lamp,"The lamp, it seems,\nwas ""sold"".",Ann Lee;Bo Dahl,2020-01-14,x\r\n'
    ",,Nobody wept.,,,\r\n"
    "a3,No text,,,,\r\n"
)


def codes(found) -> list[str]:
    return [item.source if isinstance(item, Article) else item.code for item in found]


def test_rows_are_articles_and_empty_cells_absent(read_bytes):
    found = read_bytes(ROWS.encode(), "t.csv")
    assert codes(found) == ["a1", "t.csv#2", "E_JSON_SHAPE"]
    first = found[0]
    assert first.text == 'The lamp, it seems,\nwas "sold".'
    assert (first.authors, first.date_published, first.media_type) == (
        ("Ann Lee", "Bo Dahl"),
        "2020-01-14",
        "text/csv",
    )


@pytest.mark.parametrize(("delimiter", "name"), [("\t", "t.tsv"), (";", "t.csv"), ("|", "t.csv")])
def test_other_delimiters_are_told_by_the_header(read_bytes, delimiter, name):
    data = f"id{delimiter}text\nx{delimiter}One, two and three.\n"
    assert codes(read_bytes(data.encode(), name)) == ["x"]


def test_text_column_is_chosen(read_bytes):
    (article,) = read_bytes(b"text,content\nno,Yes.\n", "t.csv", text_column="content")
    assert article.text == "Yes."


@pytest.mark.parametrize("data", [b"id,text\n", b"id,text"])
def test_a_header_alone_is_empty(read_bytes, data):
    assert codes(read_bytes(data, "t.csv")) == ["E_EMPTY"]


def test_a_table_that_breaks_off_keeps_the_rows_before(read_bytes, tmp_path):
    data = b"id,text\na,One.\nb,Two.\nc," + b"x" * 3_000
    assert codes(read_bytes(data, "t.csv", max_bytes=1_000)) == ["a", "b", "E_CSV"]
    file = InputFile(str(tmp_path / "t.csv"), "t.csv", 1)
    assert count_articles(file, ReadOptions(max_bytes=1_000)) == 3


def test_an_encoding_that_was_guessed_is_reported(read_bytes):
    (article,) = read_bytes("id,text\na,José wept and the town wept with him.\n".encode("latin-1"), "t.csv")
    assert article.text.startswith("José")
    assert "W_ENCODING_GUESSED" in article.warnings
