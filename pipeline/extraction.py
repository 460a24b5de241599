"""An article's walk through the rooms: text in, records out."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.metadata import version
from typing import Any

import orjson
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.articles import Article, article_from_text, paragraphs
from pipeline.errors import ConfigurationError
from pipeline.record import (
    ArticleInfo,
    ArticleRecord,
    Claim,
    Counts,
    ModelInfo,
    PipelineInfo,
    article_id,
    sha256_hex,
)
from pipeline.tokens import text_of, tokenized

TOOL = "onrecord"
# spaCy finds their factories through the package's entry points.
STAGES = (
    "onrecord_encoder",
    "onrecord_sentences",
    "onrecord_entities",
    "onrecord_dates",
    "onrecord_quantities",
    "onrecord_quotes",
    "onrecord_speakers",
    "onrecord_claims",
)
# Libraries whose versions can change a record.
_LIBRARIES = ("spacy", "onnxruntime", "tokenizers", "numpy", "dateparser", "quantulum3")
# Where a Language keeps what the pipeline is whose names stand in for ours.
_STAND_IN = "onrecord_stand_in"
# spaCy's own limit guards parsers that we do not use; readers bound an article's size.
_MAX_LENGTH = 1_000_000_000


def load(
    *, model: str | None = None, ner: str | None = None, statements: bool = True, date_order: str = "MDY",
    threads: int = 1,
) -> Language:  # fmt: skip
    """A spaCy pipeline with all stages, ready for ``process`` and ``extract``.

    ``model`` is a model folder in place of the shipped one; ``ner`` an installed spaCy pipeline whose names
    replace ours; ``statements`` turns the article's own assertions on; ``date_order`` reads 10/11/2024 as MDY
    or DMY; ``threads`` is what one forward pass may use. Raises ``ConfigurationError`` or ``ModelError``.
    """
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_LENGTH
    settings: dict[str, dict[str, Any]] = {
        "onrecord_encoder": {"model": model, "threads": threads},
        "onrecord_dates": {"date_order": date_order},
        "onrecord_claims": {"statements": statements},
    }
    for stage in STAGES:
        if stage == "onrecord_entities" and ner:
            _add_stand_in(nlp, ner)
        else:
            nlp.add_pipe(stage, config=settings.get(stage, {}))
    claims_stage = nlp.get_pipe("onrecord_claims")
    claims_stage.pipeline = pipeline_info(nlp)  # type: ignore[attr-defined]
    return nlp


def _add_stand_in(nlp: Language, ner: str) -> None:
    try:
        other = spacy.load(ner)
    except OSError as error:
        raise ConfigurationError(
            f"no spaCy pipeline {ner!r} is installed: install it or leave --ner out"
        ) from error
    if "ner" not in other.pipe_names:
        raise ConfigurationError(f"the spaCy pipeline {ner!r} finds no names: it has no component 'ner'")
    for name in other.pipe_names:
        if name in ("tok2vec", "transformer", "ner"):
            nlp.add_pipe(name, source=other)
    nlp.meta[_STAND_IN] = other.meta
    nlp.add_pipe("onrecord_entities_from_ents")


def pipeline_info(nlp: Language) -> PipelineInfo:
    """Tool, model and fingerprint of a pipeline; equal fingerprints mean equal output on equal input."""
    meta = nlp.get_pipe("onrecord_encoder").model.meta  # type: ignore[attr-defined]
    ours = [name for name in nlp.pipe_names if name.startswith("onrecord_")]
    stages: dict[str, Any] = {name: nlp.get_pipe_config(name) for name in ours}
    # Where the weights lie and how many threads run changes no record.
    stages["onrecord_encoder"] = {"weights": meta.weights_sha256}
    facts: dict[str, Any] = {
        "stages": stages,
        "pipes": nlp.pipe_names,
        "tool": tool_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
    if _STAND_IN in nlp.meta:  # pipes of one name may come from pipelines that find other names
        facts[_STAND_IN] = nlp.meta[_STAND_IN]
    fingerprint = sha256_hex(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode())[:16]
    return PipelineInfo(TOOL, tool_version(), ModelInfo(meta.name, meta.version), fingerprint)


@cache
def tool_version() -> str:
    """The installed version of this package."""
    return version(TOOL)


def make_doc(nlp: Language, article: Article) -> Doc:
    """The article as a Doc that knows its paragraphs, zones and date, before any stage."""
    doc = tokenized(nlp, article.text)
    doc._.article = article_info(article)
    doc._.date_published = article.date_published
    doc._.paragraphs = tuple(paragraphs(article.text))
    doc._.zones = article.zones
    return doc


def article_info(article: Article) -> ArticleInfo:
    """What the records say of an article."""
    digest = sha256_hex(article.text)
    return ArticleInfo(
        article_id=article_id(digest),
        source=article.source,
        text_sha256=digest,
        media_type=article.media_type,
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        authors=article.authors,
        language=article.language,
        date_published=article.date_published,
        date_published_source=article.date_published_source,
    )


def process(
    nlp: Language, article: Article, *, include_text: bool = False
) -> tuple[ArticleRecord, tuple[Claim, ...]]:
    """The records of one article; strings that only it needed are forgotten afterwards."""
    with nlp.memory_zone():
        return records_of(nlp, article, include_text=include_text)


def records_of(
    nlp: Language, article: Article, *, include_text: bool = False
) -> tuple[ArticleRecord, tuple[Claim, ...]]:
    """The records of one article, for callers who see to it themselves that strings are forgotten."""
    doc = nlp(make_doc(nlp, article))
    return article_record(doc, article, pipeline_info_of(nlp), include_text=include_text), doc._.claims


def pipeline_info_of(nlp: Language) -> PipelineInfo:
    """The pipeline's description, made once when it was loaded."""
    info: PipelineInfo = nlp.get_pipe("onrecord_claims").pipeline  # type: ignore[attr-defined]
    return info


def extract(
    text: str, *, nlp: Language | None = None, date_published: str | None = None, **metadata: Any
) -> tuple[Claim, ...]:
    """The claims of a text. ``metadata`` (title, url, publisher, authors …) goes into the records.

    Without ``nlp`` the shipped pipeline is loaded once and kept.
    """
    article = article_from_text(text, date_published=date_published, **metadata)
    return process(nlp or _shipped(), article)[1]


@cache
def _shipped() -> Language:
    return load()


def article_record(doc: Doc, article: Article, info: PipelineInfo, *, include_text: bool) -> ArticleRecord:
    """The line of ``articles.jsonl`` for a Doc that went through all stages."""
    known = doc._.article
    found: tuple[Claim, ...] = doc._.claims
    return ArticleRecord(
        **{name: getattr(known, name) for name in ArticleInfo.__slots__},
        text=article.text if include_text else None,
        zones=article.zones,
        entities=tuple(doc._.entities),
        quantities=tuple(doc._.quantities),
        dates=tuple(doc._.timexes),
        claim_ids=tuple(claim.claim_id for claim in found),
        counts=_counts(doc, found),
        warnings=article.warnings,
        pipeline=info,
    )


def _counts(doc: Doc, found: tuple[Claim, ...]) -> Counts:
    kinds = Counter(claim.kind for claim in found)
    return Counts(
        words=len(text_of(doc).split()),
        paragraphs=len(doc._.paragraphs),
        claims=len(found),
        direct=kinds["direct"],
        indirect=kinds["indirect"],
        mixed=kinds["mixed"],
        statement=kinds["statement"],
        entities=len(doc._.entities),
        quantities=len(doc._.quantities),
        dates=len(doc._.timexes),
    )
