"""Articles as rows of Parquet files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from pipeline.articles.article import Article, InputFile, ReadOptions
from pipeline.articles.extras import optional
from pipeline.articles.json_lines import article_or_dead_letter
from pipeline.articles.stream import open_regular
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

MEDIA_TYPE = "application/vnd.apache.parquet"

_COLUMNS = ("id", "title", "url", "publisher", "authors", "language", "date_published")
_BATCH_ROWS = 256
# Articles take hundreds of bytes each; only a damaged foot, or rows without texts, claims so many.
_MAX_ROWS_PER_BYTE = 10
# What Arrow raises on damaged files besides its own exception; UnicodeDecodeError is a ValueError.
_DAMAGE = (OSError, ValueError, OverflowError, LookupError, NotImplementedError)


class ParquetReader:
    """One article a row; ``--text-column`` names the column of the text, the rest are as in JSON."""

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet",)

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of rows, which the file's foot tells."""
        with open_regular(file.path) as raw:
            return max(1, int(_table(raw).metadata.num_rows))

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the rows; a row without text is its own dead letter."""
        with open_regular(file.path) as raw:
            table = _table(raw)
            if table.metadata.num_rows == 0:
                raise ReadError("E_EMPTY", "the table has no rows")
            wanted = [name for name in (options.text_column, *_COLUMNS) if name in table.schema_arrow.names]
            for number, row in enumerate(islice(_rows(table, wanted), start, stop), start + 1):
                yield article_or_dead_letter(row, f"{file.source}#{number}", MEDIA_TYPE, options)


def _table(raw: BinaryIO) -> Any:
    parquet = optional("pyarrow.parquet", what="Parquet files", extra="parquet")
    try:
        table = parquet.ParquetFile(raw)
    except _damage() as error:
        raise ReadError("E_PARQUET", f"the Parquet file is damaged: {error}") from error
    rows, size = table.metadata.num_rows, os.fstat(raw.fileno()).st_size
    if not 0 <= rows <= _MAX_ROWS_PER_BYTE * size:
        raise ReadError("E_PARQUET", f"the Parquet file claims {rows} rows in {size} bytes; it is damaged")
    return table


def _damage() -> tuple[type[Exception], ...]:
    return (optional("pyarrow", what="Parquet files", extra="parquet").ArrowException, *_DAMAGE)


def _rows(table: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    batches = table.iter_batches(batch_size=_BATCH_ROWS, columns=columns)
    while True:
        try:
            batch = next(batches, None)
            rows = batch.to_pylist() if batch is not None else []
        except _damage() as error:
            raise ReadError("E_PARQUET", f"the Parquet file is damaged: {error}") from error
        if batch is None:
            return
        for row in rows:
            yield {key: _plain(value) for key, value in row.items()}


def _plain(value: Any) -> Any:
    """Dates and times in their ISO form, as JSON would have them."""
    return value.isoformat() if isinstance(value, date) else value
