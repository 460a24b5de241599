"""Records of a finished run, found by id or source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.outputs.jsonl import decode
from pipeline.outputs.runs import record_files

Json = dict[str, Any]


def find_claim(folder: Path, claim_id: str) -> Json:
    """The claim with this id."""
    for claim in _mentioning(folder, "claims", claim_id):
        if claim["claim_id"] == claim_id:
            return claim
    raise ConfigurationError(f"no claim {claim_id} in {folder}; ids begin with clm_")


def find_article(folder: Path, wanted: str) -> Json:
    """The article with this id or source."""
    for article in _mentioning(folder, "articles", wanted):
        if wanted in (article["article_id"], article["source"]):
            return article
    raise ConfigurationError(f"{wanted} is no file, and no article of {folder} has that id or source")


def claims_of(folder: Path, article: Json) -> list[Json]:
    """The claims of an article in the order of the text."""
    if not article["claim_ids"]:
        return []
    wanted = article["article_id"]
    found = _mentioning(folder, "claims", wanted)
    return [claim for claim in found if claim["article"]["article_id"] == wanted]


def text_of(article: Json, source: Path | None) -> str | None:
    """The text of an article: its own, or that of the file below ``source`` if its hash fits."""
    from pipeline.contract.validation import source_text

    own = article.get("text")
    return own if isinstance(own, str) else source_text(article, source)


def _mentioning(folder: Path, kind: str, needle: str) -> Iterator[Json]:
    """The records whose line holds the words; decoding only those makes a long file quick to search."""
    import orjson

    quoted = orjson.dumps(needle)
    for file in record_files(folder, kind):
        with file.open("rb") as stream:
            for line in stream:
                if quoted in line:
                    yield decode(line)
