"""Do files keep the contract? Schema, spans against text, references, unique keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from pipeline.contract.quick_checks import fits
from pipeline.contract.schema import schema
from pipeline.errors import ConfigurationError, ReadError
from pipeline.outputs.jsonl import decode
from pipeline.record import Span as RecordSpan
from pipeline.record import claim_id, sha256_hex

_NAME: Final = re.compile(r"(claims|articles|errors)(-\d{5}-of-\d{5})?\.jsonl")
_KEYS: Final = {"claims": ("claim_id",), "articles": ("article_id",), "errors": ("source", "stage")}
_MESSAGE_LENGTH: Final = 200


@dataclass(slots=True)
class Coverage:
    """How many articles a validation has seen, and how many of them without a text to hold spans against."""

    articles: int = 0
    without_text: int = 0


@dataclass(slots=True)
class _Articles:
    """What the article lines of a run say, for checking its claims."""

    texts: dict[str, str] = field(default_factory=dict)
    refs: dict[str, frozenset[str]] = field(default_factory=dict)
    claims: dict[str, frozenset[str]] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)


def validate_path(
    path: Path, *, source: Path | None = None, coverage: Coverage | None = None
) -> Iterator[str]:
    """One message, ``FILE:LINE: what is wrong``, for each breach in a file or in a run's folder.

    ``source`` is the folder of the input; its ``.txt`` files serve where articles carry no text.
    ``coverage`` is told what was looked at.
    """
    for given in filter(None, (path, source)):
        if not given.exists():
            raise ConfigurationError(f"{given}: no such file or folder")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    named = [(match[1], file) for file in files if (match := _NAME.fullmatch(file.name))]
    if not named:
        raise ConfigurationError(
            f"{path}: nothing to check; a run's files are called claims.jsonl, articles.jsonl, errors.jsonl"
        )
    return _validate_files(sorted(named), source, _Articles(coverage=coverage or Coverage()))


def _validate_files(named: list[tuple[str, Path]], source: Path | None, articles: _Articles) -> Iterator[str]:
    seen: dict[str, set[tuple[Any, ...]]] = {kind: set() for kind in _KEYS}
    for kind, file in named:  # articles come before claims, so that claims can be held against them
        for number, value in _lines(file):
            place = f"{file}:{number}"
            if isinstance(value, ReadError):
                yield str(value)
                continue
            problems = list(_schema_problems(kind, value))
            if not problems:
                problems = list(_content_problems(kind, value, articles, seen[kind], source))
            yield from (f"{place}: {problem}" for problem in problems)
    if any(kind == "claims" for kind, _ in named) and articles.claims:
        yield from _missing_claims(articles, seen["claims"])


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield number, decode(line)
            except ValueError as error:
                yield number, ReadError("E_JSON", f"{file}:{number}: not JSON: {error}")


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def _schema_problems(kind: str, value: Any) -> Iterator[str]:
    if fits(kind)(value):
        return
    for error in sorted(_validator(kind).iter_errors(value), key=lambda error: error.json_path):
        message = error.message
        short = message if len(message) <= _MESSAGE_LENGTH else message[:_MESSAGE_LENGTH] + "…"
        yield f"{error.json_path}: {short}"


def _content_problems(
    kind: str, value: dict[str, Any], articles: _Articles, seen: set[tuple[Any, ...]], source: Path | None
) -> Iterator[str]:
    key = tuple(value[name] for name in _KEYS[kind])
    if key in seen:
        yield f"{' and '.join(_KEYS[kind])} {', '.join(key)} stand in an earlier line too"
    seen.add(key)
    if kind == "articles":
        yield from _article_problems(value, articles, source)
    if kind == "claims":
        yield from _claim_problems(value, articles, source)


def _article_problems(value: dict[str, Any], articles: _Articles, source: Path | None) -> Iterator[str]:
    identifier = value["article_id"]
    if not value["text_sha256"].startswith(identifier.removeprefix("art_")):
        yield "article_id does not come from text_sha256"
    if len(set(value["claim_ids"])) < len(value["claim_ids"]):
        yield "claim_ids holds an id twice"
    articles.refs[identifier] = frozenset(entity["ref"] for entity in value["entities"])
    articles.claims[identifier] = frozenset(value["claim_ids"])
    text = value["text"] if value["text"] is not None else source_text(value, source)
    articles.coverage.articles += 1
    if text is None:
        articles.coverage.without_text += 1
        return
    articles.texts[identifier] = text
    if sha256_hex(text) != value["text_sha256"]:
        yield "text_sha256 is not the hash of the text"
    yield from _span_problems(value, text)


def _claim_problems(value: dict[str, Any], articles: _Articles, source: Path | None) -> Iterator[str]:
    article = value["article"]
    identifier = article["article_id"]
    segments = [RecordSpan(**segment) for segment in value["segments"]]
    if claim_id(article["text_sha256"], segments) != value["claim_id"]:
        yield "claim_id does not come from text_sha256 and segments"
    text = articles.texts.get(identifier)
    if text is None and identifier not in articles.claims:
        text = source_text(article, source)
    if text is not None:
        yield from _span_problems(value, text)
    if identifier in articles.claims:
        yield from _reference_problems(value, articles)
    elif articles.claims:
        yield f"article {identifier} is not among the articles"


def _reference_problems(value: dict[str, Any], articles: _Articles) -> Iterator[str]:
    identifier = value["article"]["article_id"]
    claims, refs = articles.claims[identifier], articles.refs[identifier]
    outer = value["context"]["nested_in"]
    if value["claim_id"] not in claims:
        yield f"claim_id is not among the claim_ids of article {identifier}"
    if outer is not None and outer not in claims:
        yield f"nested_in {outer} is no claim of the same article"
    wanted = {entity["ref"] for entity in value["entities"]} | {value["speaker"]["entity_ref"]} - {None}
    for ref in sorted(wanted - refs - {None}):
        yield f"entity reference {ref} is no entity of the article"


def _missing_claims(articles: _Articles, seen: set[tuple[Any, ...]]) -> Iterator[str]:
    for identifier, claims in articles.claims.items():
        for claim in sorted(claims):
            if (claim,) not in seen:
                yield f"article {identifier} lists {claim}, which is not among the claims"


def source_text(article: dict[str, Any], source: Path | None) -> str | None:
    """The text of a ``.txt`` article whose hash still fits."""
    if source is None or article["media_type"] != "text/plain":
        return None
    path = source / article["source"] if source.is_dir() else source
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return text if sha256_hex(text) == article["text_sha256"] else None


def _span_problems(value: Any, text: str, place: str = "$") -> Iterator[str]:
    """Every object with ``start`` and ``end`` must lie in the text and, with ``exact``, slice back."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _span_problems(item, text, f"{place}[{number}]")
    if not isinstance(value, dict):
        return
    if "start" in value and "end" in value:
        yield from _one_span_problems(value, text, place)
    for key, item in value.items():
        if isinstance(item, dict | list):
            yield from _span_problems(item, text, f"{place}.{key}")


def _one_span_problems(value: dict[str, Any], text: str, place: str) -> Iterator[str]:
    start, end = value["start"], value["end"]
    if not start <= end <= len(text):
        yield f"{place}: {start}-{end} does not lie in a text of {len(text)} characters"
    elif "exact" in value and text[start:end] != value["exact"]:
        yield f"{place}: the text has {text[start:end]!r} where exact is {value['exact']!r}"
