"""An engine without a model: sentences in quotation marks are claims, some words are poison."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from pipeline.articles import Article
from pipeline.batch.engine import EngineSpec
from pipeline.batch.options import EngineOptions
from pipeline.errors import ModelError
from pipeline.record import (
    SCHEMA_VERSION,
    ArticleInfo,
    ArticleRecord,
    Claim,
    Confidence,
    Context,
    Counts,
    DecidedBy,
    Modality,
    ModelInfo,
    PipelineInfo,
    Span,
    Speaker,
    article_id,
    claim_id,
    claim_key,
    sha256_hex,
)

QUOTE = re.compile('["“]([^"“”]*)["”]')
NOBODY = Speaker("missing", None, None, "none", None, None, None, (), None, "none", ())


class FakeEngine:
    """What a run needs of the stages, and ways to misbehave on demand."""

    def __init__(self, options: EngineOptions) -> None:
        name = f"fake:{options.ner}:{options.statements}"
        fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.info = PipelineInfo("onrecord", "0", ModelInfo("fake", "0"), fingerprint)

    def process(self, article: Article, *, include_text: bool) -> tuple[ArticleRecord, tuple[Claim, ...]]:
        misbehave(article.text)
        sha = sha256_hex(article.text)
        info = _info(article, sha)
        claims = tuple(self._claim(article.text, match, info) for match in QUOTE.finditer(article.text))
        return self._record(article, info, claims, include_text), claims

    def timings(self) -> Mapping[str, float]:
        return {}

    def _claim(self, text: str, match: re.Match[str], info: ArticleInfo) -> Claim:
        segment = Span(match.start(1), match.end(1), match[1])
        return Claim(
            SCHEMA_VERSION, claim_id(info.text_sha256, [segment]), claim_key(match[1]), "direct", "speech",
            match[1], (segment,), None, NOBODY, None, None, Modality(False, False, False, False, ()), (), (),
            (), Context(0, "body", text[max(0, match.start() - 32) : match.start(1)], "", None),
            Confidence(None, None), DecidedBy("fake", "fake"), (), info, self.info,
        )  # fmt: skip

    def _record(
        self, article: Article, info: ArticleInfo, claims: tuple[Claim, ...], include_text: bool
    ) -> ArticleRecord:
        words = len(article.text.split())
        return ArticleRecord(
            info.article_id, info.source, info.text_sha256, info.media_type, info.url, info.publisher,
            info.title, info.authors, info.language, info.date_published, info.date_published_source,
            article.text if include_text else None, article.zones, (), (), (),
            tuple(claim.claim_id for claim in claims),
            Counts(words, 1, len(claims), len(claims), 0, 0, 0, 0, 0, 0), article.warnings, self.info,
        )  # fmt: skip


def _info(article: Article, sha: str) -> ArticleInfo:
    return ArticleInfo(
        article_id(sha), article.source, sha, article.media_type, article.url, article.publisher,
        article.title, article.authors, article.language, article.date_published,
        article.date_published_source,
    )  # fmt: skip


def misbehave(text: str) -> None:
    """Do what a text asks for."""
    if hang := re.search(r"POISON:hang(?:=(\S+))?", text):
        if hang[1]:
            Path(hang[1]).touch()
        time.sleep(3600)
    if "POISON:segfault" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "POISON:value" in text:
        raise ValueError("a stage did not like this")
    if "POISON:memory" in text:
        bytearray(1 << 40)
    if "POISON:exit" in text:
        os._exit(7)
    if "POISON:recursion" in text:
        misbehave(text)
    if once := re.search(r"POISON:once=(\S+)", text):
        fail_once(Path(once[1]))
    if "POISON:slow" in text:
        time.sleep(0.05)
    if until := re.search(r"POISON:until=(\S+)", text):
        while not Path(until[1]).exists():
            time.sleep(0.02)


def fail_once(marker: Path) -> None:
    """Fail unless this has happened before, be it in another process."""
    if not marker.exists():
        marker.touch()
        raise ValueError("better luck next time")


def load(options: EngineOptions) -> FakeEngine:
    """Load the fake."""
    if options.ner == "dies":
        os._exit(3)
    if options.ner == "missing":
        raise ModelError("no pipeline called missing; install it")
    return FakeEngine(options)


SPEC = EngineSpec(load, preload=("spacy",))
