"""Articles as rows of CSV and TSV files, one a row, the text in a column of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pipeline.articles.article import Article, InputFile, ReadOptions, dead_letter
from pipeline.articles.encoding import decode
from pipeline.articles.json_lines import MAX_LIST_BYTES, article_from_object
from pipeline.articles.stream import read_all
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

MEDIA_TYPE = "text/csv"

_DELIMITERS = ",;\t|"


class TableReader:
    """One article a row; ``--text-column`` names the column of the text, the rest are as in JSON."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of rows below the header."""
        rows, _ = _rows(file, options)
        return max(1, sum(1 for _ in rows))

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the rows; a row without text is its own dead letter."""
        rows, warnings = _rows(file, options)
        number = start
        for row in islice(rows, start, stop):
            number += 1
            yield _row_article(row, f"{file.source}#{number}", options, warnings)
        if number == 0:
            raise ReadError("E_EMPTY", "the table has no rows")


def _row_article(
    row: dict[str, Any] | ReadError, source: str, options: ReadOptions, warnings: tuple[str, ...]
) -> Article | DeadLetter:
    try:
        if isinstance(row, ReadError):
            raise row
        return article_from_object(row, source, MEDIA_TYPE, options, warnings)
    except ReadError as error:
        return dead_letter(source, error)


def _rows(
    file: InputFile, options: ReadOptions
) -> tuple[Iterator[dict[str, Any] | ReadError], tuple[str, ...]]:
    """The rows as objects of the columns that hold something."""
    text, warnings = decode(read_all(file.path, MAX_LIST_BYTES))
    header = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=header.count)
    # The standard library has one limit for the whole process, by default too low for a long article.
    csv.field_size_limit(options.max_bytes)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    return _objects(reader), warnings


def _objects(reader: csv.DictReader[str]) -> Iterator[dict[str, Any] | ReadError]:
    try:
        for row in reader:
            yield {key: _value(key, value) for key, value in row.items() if key and value}
    except csv.Error as error:
        yield ReadError("E_CSV", f"line {reader.line_num} cannot be read as CSV: {error}")


def _value(key: str, value: str) -> str | list[str]:
    """Several authors stand in one cell, apart from one another by semicolons."""
    return value.split(";") if key == "authors" else value
