"""Parquet files and web archives."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime

import pytest

from pipeline.articles import Article, InputFile, count_articles, read_file

PARAGRAPH = (
    "<p>The bridge over the Lune was closed on Friday because a swan had built a nest on it, police said.</p>"
)


def codes(found) -> list[str]:
    return [item.source if isinstance(item, Article) else item.code for item in found]


@pytest.fixture
def parquet(tmp_path):
    """Write columns to a Parquet file."""
    arrow = pytest.importorskip("pyarrow")
    writer = pytest.importorskip("pyarrow.parquet")

    def write(columns: dict[str, list]) -> InputFile:
        path = tmp_path / "t.parquet"
        writer.write_table(arrow.table(columns), path, row_group_size=2)
        return InputFile(str(path), path.name, path.stat().st_size)

    return write


def test_rows_of_parquet_are_articles(parquet):
    file = parquet(
        {
            "id": ["a", None, "c"],
            "text": ["One.", "Two.", None],
            "authors": [["Ann Lee"], [], None],
            "date_published": [date(2020, 1, 14), None, None],
            "vector": [[0.1], [0.2], [0.3]],
        }
    )
    assert count_articles(file) == 3
    found = list(read_file(file))
    assert codes(found) == ["a", "t.parquet#2", "E_JSON_SHAPE"]
    assert (found[0].date_published, found[0].authors) == ("2020-01-14", ("Ann Lee",))
    assert codes(read_file(file, start=1, stop=2)) == ["t.parquet#2"]


def test_times_in_parquet_keep_their_zone(parquet):
    (article,) = read_file(
        parquet({"text": ["One."], "date_published": [datetime(2020, 1, 14, 8, tzinfo=UTC)]})
    )
    assert article.date_published == "2020-01-14T08:00:00+00:00"


def test_bad_parquet_is_a_dead_letter(parquet, read_bytes):
    assert codes(read_file(parquet({"text": []}))) == ["E_EMPTY"]
    assert codes(read_file(parquet({"body": ["One."]}))) == ["E_JSON_SHAPE"]
    assert codes(read_bytes(b"PAR1 not really PAR1", "bad.parquet")) == ["E_PARQUET"]


@pytest.fixture
def warc(tmp_path):
    """Write responses (address, content type, status, body) to a web archive."""
    warcwriter = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders

    def write(*responses: tuple[str, str, str, bytes], name: str = "t.warc.gz") -> InputFile:
        path = tmp_path / name
        with path.open("wb") as out:
            writer = warcwriter.WARCWriter(out, gzip=name.endswith(".gz"))
            for address, kind, status, body in responses:
                head = headers(status, [("Content-Type", kind)], protocol="HTTP/1.1")
                record = writer.create_warc_record(
                    address, "response", payload=io.BytesIO(body), http_headers=head
                )
                writer.write_record(record)
        return InputFile(str(path), name, path.stat().st_size)

    return write


HEAD = "<head><title>Swan closes bridge</title></head>"
PAGE = f"<html>{HEAD}<body><article>{PARAGRAPH * 4}</article></body></html>".encode()


@pytest.mark.parametrize("name", ["t.warc", "t.warc.gz"])
def test_pages_of_an_archive_are_articles(warc, name):
    pytest.importorskip("trafilatura")
    file = warc(
        ("https://post.example/2021/03/05/swan", "text/html; charset=utf-8", "200 OK", PAGE),
        ("https://post.example/logo.png", "image/png", "200 OK", b"\x89PNG"),
        ("https://post.example/gone", "text/html", "404 Not Found", PAGE),
        ("https://post.example/empty", "text/html", "200 OK", b"<html></html>"),
        name=name,
    )
    assert count_articles(file) == 2
    found = list(read_file(file))
    assert codes(found) == ["https://post.example/2021/03/05/swan", "E_NO_ARTICLE"]
    assert (found[0].date_published, found[0].date_published_source) == ("2021-03-05", "url")
    assert found[1].source == "https://post.example/empty"


def test_bad_archives_are_dead_letters(warc, read_bytes):
    assert codes(read_file(warc(("https://x.example/a.png", "image/png", "200 OK", b"x")))) == [
        "E_NO_ARTICLE"
    ]
    assert codes(read_bytes(b"no archive at all", "bad.warc")) == ["E_WARC"]


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("a.parquet", "pyarrow.parquet", "parquet"), ("a.warc", "warcio.archiveiterator", "warc")],
)
def test_missing_extras_say_what_to_install(read_bytes, monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    (letter,) = read_bytes(b"x", name)
    assert letter.code == "E_EXTRA_MISSING"
    assert f"pip install 'onrecord[{extra}]'" in letter.message
