"""Articles as JSON: one object or a list in a ``.json`` file, one object a line in ``.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import orjson

from pipeline.articles import positions
from pipeline.articles.article import Article, InputFile, ReadOptions, dead_letter
from pipeline.articles.build import build_article
from pipeline.articles.encoding import decode, scrub
from pipeline.articles.fields import identifier, metadata_of, required_string
from pipeline.articles.json_text import parse_json
from pipeline.articles.stream import iter_lines, open_lines, read_all, too_large
from pipeline.articles.wire.item import article_of
from pipeline.articles.wire.ninjs import is_ninjs, read_ninjs
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

JSON = "application/json"
JSON_LINES = "application/x-ndjson"
# A list must fit into memory at once, unlike lines; larger archives belong into .jsonl.
MAX_LIST_BYTES = 500_000_000


class JsonReader:
    """One article or a list of articles in one JSON file."""

    name = "json"
    suffixes: tuple[str, ...] = (".json",)

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The length of the list; one for an object and for what cannot be read."""
        try:
            value = _load(file)
        except ReadError:
            return 1
        return len(value) if isinstance(value, list) and value else 1

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the list; an item of the wrong shape is its own dead letter."""
        value = _load(file)
        if not isinstance(value, list):
            yield article_from_object(value, file.source, JSON, options)
            return
        if not value:
            raise ReadError("E_EMPTY", "the list has no articles")
        for number, item in enumerate(value[start:stop], start + 1):
            yield article_or_dead_letter(item, f"{file.source}#{number}", JSON, options)


class JsonLinesReader:
    """One article a line; a bad line is a dead letter and the rest goes on."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of lines that are not blank; damage further on counts as one more."""
        number = 0
        try:
            with open_lines(file.path) as stream:
                for _ in iter_lines(stream, options.max_bytes):
                    number += 1
        except ReadError:
            return number + 1
        return max(1, number)

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the lines ``start`` to ``stop``, blank lines not counted."""
        number = start
        with open_lines(file.path) as stream:
            skipped = positions.jump(stream, start)
            for line in islice(iter_lines(stream, options.max_bytes), start - skipped, _less(stop, skipped)):
                number += 1
                yield _line_article(line, f"{file.source}#{number}", options)
            positions.remember(stream, number)
        if number == 0:
            raise ReadError("E_EMPTY", "the file has no lines")


def _less(stop: int | None, skipped: int) -> int | None:
    return None if stop is None else stop - skipped


def article_from_object(
    value: Any, source: str, media_type: str, options: ReadOptions, warnings: tuple[str, ...] = ()
) -> Article:
    """The article that one JSON object describes, in our own form or as ninjs."""
    if not isinstance(value, dict):
        raise ReadError("E_JSON_SHAPE", f"an article must be a JSON object, this is {type(value).__name__}")
    if is_ninjs(value):
        return article_of(read_ninjs(value), source, options)
    raw = required_string(value, options.text_column)
    if len(raw) > options.max_bytes:
        raise too_large(options.max_bytes)
    text, more = scrub(raw)
    return build_article(
        text,
        metadata_of(value, "meta"),
        source=identifier(value) or source,
        media_type=media_type,
        options=options,
        warnings=warnings + more,
        file_name=source.partition("#")[0],
    )


def _line_article(line: bytes | ReadError, source: str, options: ReadOptions) -> Article | DeadLetter:
    if isinstance(line, ReadError):
        return dead_letter(source, line)
    try:
        value, warnings = _parse_line(line)
    except ReadError as error:
        return dead_letter(source, error)
    article = article_or_dead_letter(value, source, JSON_LINES, options)
    return replace(article, warnings=warnings + article.warnings) if isinstance(article, Article) else article


def _parse_line(line: bytes) -> tuple[Any, tuple[str, ...]]:
    """The value of a line; valid UTF-8, nearly every line, is parsed without decoding it first."""
    try:
        return orjson.loads(line), ()
    except orjson.JSONDecodeError:
        text, warnings = decode(line)
        return parse_json(text), warnings


def article_or_dead_letter(
    value: Any, source: str, media_type: str, options: ReadOptions
) -> Article | DeadLetter:
    """The article that an object describes, or why it describes none."""
    try:
        return article_from_object(value, source, media_type, options)
    except ReadError as error:
        return dead_letter(source, error)


def _load(file: InputFile) -> Any:
    text, _ = decode(read_all(file.path, MAX_LIST_BYTES))
    return parse_json(text)
