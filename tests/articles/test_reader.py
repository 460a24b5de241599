"""The seam for readers of one's own."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pipeline.articles import InputFile, Metadata, build_article, read_file, reader
from pipeline.articles.reader import suffix_of


class FortuneReader:
    """A reader as a user would write it."""

    name = "fortune"
    suffixes = (".fortune",)

    def count(self, file, options):
        return 2

    def read(self, file, options, start, stop):
        for number, text in enumerate(Path(file.path).read_text().split("%")[start:stop], start):
            yield build_article(
                text,
                Metadata(),
                source=f"{file.source}#{number}",
                media_type="text/x-fortune",
                options=options,
            )


@pytest.fixture
def with_fortunes(monkeypatch):
    point = EntryPoint("fortune", f"{__name__}:FortuneReader", reader.ENTRY_POINT_GROUP)
    monkeypatch.setattr(reader, "entry_points", lambda group: [point])
    for cached in (reader.readers, reader.readers_by_suffix):
        cached.cache_clear()
    yield
    for cached in (reader.readers, reader.readers_by_suffix):
        cached.cache_clear()


def test_a_reader_of_ones_own_is_ten_lines_and_an_entry_point(with_fortunes, tmp_path):
    path = tmp_path / "wise.fortune"
    path.write_text("A lamp is a small sun.%A sun is a large lamp.")
    articles = list(read_file(InputFile(str(path), path.name, 1)))
    assert [article.text for article in articles] == ["A lamp is a small sun.", "A sun is a large lamp."]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("a/b.c/D.TXT", ".txt"),
        ("a.jsonl.gz", ".jsonl"),
        ("a.JSON.GZ", ".json"),
        ("Makefile", ""),
        ("a.b/Makefile", ""),
        (".txt", ""),
        ("a.", "."),
    ],
)
def test_suffixes(name, suffix):
    assert suffix_of(name) == suffix
