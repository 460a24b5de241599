"""Plain text files, with what a sidecar ``NAME.meta.json`` beside them says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.articles.article import Article, InputFile, Metadata, ReadOptions
from pipeline.articles.build import build_article
from pipeline.articles.encoding import decode
from pipeline.articles.fields import metadata_of
from pipeline.articles.json_text import parse_json
from pipeline.articles.stream import GZIP_SUFFIX, STDIN, read_all
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

SIDECAR_SUFFIX = ".meta.json"
_MAX_SIDECAR_BYTES = 1_000_000


class TextReader:
    """One article in one text file; the text is the decoded file, nothing changed."""

    name = "text"
    holds_one = True
    suffixes: tuple[str, ...] = (".txt", ".text")

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """Always one."""
        return 1

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The one article of the file."""
        text, warnings = decode(read_all(file.path, options.max_bytes))
        yield build_article(
            text,
            sidecar(file),
            source=file.source,
            media_type="text/plain",
            options=options,
            warnings=warnings,
        )


def sidecar(file: InputFile) -> Metadata:
    """The metadata beside a text; empty where there is no sidecar."""
    if file.path == STDIN:
        return Metadata()
    path = sidecar_path(file.path)
    if not Path(path).exists():
        return Metadata()
    text, _ = decode(read_all(path, _MAX_SIDECAR_BYTES))
    fields = parse_json(text)
    if not isinstance(fields, dict):
        raise ReadError("E_JSON_SHAPE", f"the sidecar {Path(path).name} must be one JSON object")
    return metadata_of(fields, "sidecar")


def sidecar_path(path: str) -> str:
    """Where the sidecar of a file is looked for: ``a/b.txt.gz`` has ``a/b.meta.json``."""
    stem = path.removesuffix(GZIP_SUFFIX)
    return stem.rpartition(".")[0] + SIDECAR_SUFFIX
