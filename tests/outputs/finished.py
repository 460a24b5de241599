"""Finished runs for tests and measurements, without a model: written records, and runs made larger."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.outputs.jsonl import decode, encode
from pipeline.record import (
    SCHEMA_VERSION,
    ArticleInfo,
    ArticleRecord,
    Change,
    Claim,
    Confidence,
    Context,
    Counts,
    Cue,
    DecidedBy,
    Entity,
    Modality,
    ModelInfo,
    PipelineInfo,
    Quantity,
    Span,
    Speaker,
    Timex,
    article_id,
    claim_id,
    claim_key,
    sha256_hex,
)

TEXT = "Tariffs rose 4 percent to $12 on May 3, 2024."
MADE_BY = PipelineInfo("onrecord", "0", ModelInfo("fake", "0"), "f" * 16)


def claim(source: str, content: str = TEXT, **changes: Any) -> Claim:
    """A claim of an article that holds nothing but this claim."""
    info = article_info(content)
    segment = Span(0, len(content), content)
    made = Claim(
        SCHEMA_VERSION,
        claim_id(info.text_sha256, [segment]),
        claim_key(content),
        "direct",
        "speech",
        content,
        (segment,),
        Cue(0, 4, "said", "say", "neutral"),
        speaker("Ada Moreno"),
        None,
        "2024-05-02",
        Modality(False, True, False, False, ()),
        (Entity(0, 5, "Lagos", "e1", "GPE", "Lagos", "NG"),),
        (percent(), money()),
        (day_of_may(3), day_of_may(1)),
        Context(0, "body", "before ", " after", None),
        Confidence(0.75, None),
        DecidedBy("quotation_marks", "name_in_source"),
        ("W_ONE", "W_TWO"),
        replace(info, source=source),
        MADE_BY,
    )
    return replace(made, **changes)


def speaker(name: str | None) -> Speaker:
    """A named speaker with two roles."""
    roles = (Span(0, 8, "minister"), Span(9, 15, "mother"))
    surface = None if name is None else Span(0, len(name), name)
    return Speaker(
        "named" if name else "missing",
        name,
        surface,
        "name",
        None,
        "PERSON",
        "e1",
        roles,
        "Lagos",
        "direct",
        (),
    )


def percent() -> Quantity:
    """4 percent."""
    change = Change("rise", 8, None)
    return Quantity(
        13,
        22,
        "4 percent",
        "percent",
        4,
        4,
        4,
        "exact",
        "percent",
        None,
        "%",
        "UCUM",
        0.04,
        "1",
        None,
        change,
    )


def money(value: float | None = 12.5) -> Quantity:
    """Some US dollars a barrel."""
    return Quantity(
        26, 29, "$12", "money", value, value, value, "exact", "US dollar", "barrel", "USD", "ISO4217",
        None, None, Span(26, 29, "$12"), None,
    )  # fmt: skip


def day_of_may(day: int) -> Timex:
    """A day in May 2024."""
    date = f"2024-05-{day:02}"
    return Timex(33, 44, "May 3, 2024", "DATE", date, None, date, date, "day", False, None)


def article_info(content: str) -> ArticleInfo:
    """What a claim says of the article that holds this text."""
    sha = sha256_hex(content)
    return ArticleInfo(
        article_id(sha), "a.txt", sha, "text/plain", None, "Daily Post", "Tariffs",
        ("A. Author", "B. Author"), "en", "2024-05-03T06:00:00Z", "sidecar",
    )  # fmt: skip


def article(claims: Iterable[Claim]) -> ArticleRecord:
    """The article of some claims."""
    some = tuple(claims)
    info = some[0].article
    return ArticleRecord(
        info.article_id, info.source, info.text_sha256, info.media_type, info.url, info.publisher, info.title,
        info.authors, info.language, info.date_published, info.date_published_source, None, (), (), (), (),
        tuple(item.claim_id for item in some),
        Counts(9, 1, len(some), len(some), 0, 0, 0, 1, 2, 2), (), MADE_BY,
    )  # fmt: skip


def claims_of(number: int) -> list[Claim]:
    """The claims of so many articles, one each."""
    return [claim(f"a{index}.txt", f"{TEXT} It is number {index}.") for index in range(number)]


def write_run(folder: Path, claims: Iterable[Claim], articles: Iterable[ArticleRecord] | None = None) -> Path:
    """A finished run of these claims, each the only one of its article unless articles are given."""
    some = list(claims)
    described = [article([item]) for item in some] if articles is None else list(articles)
    return write_lines(folder, [encode(item) for item in described], [encode(item) for item in some])


def write_lines(folder: Path, articles: Iterable[bytes], claims: Iterable[bytes]) -> Path:
    """A finished run of these lines."""
    folder.mkdir(parents=True, exist_ok=True)
    outputs = [_write(folder / "claims.jsonl", claims), _write(folder / "articles.jsonl", articles)]
    manifest = {
        "schema_version": SCHEMA_VERSION, "state": "complete", "started": "2024-05-03T00:00:00+00:00",
        "finished": "2024-05-03T00:01:00+00:00", "seconds": 60.0,
        "pipeline": {"tool": "onrecord", "version": "0", "model": {"name": "fake", "version": "0"},
                     "fingerprint": "f" * 16},
        "fingerprint": "f" * 64, "outputs": outputs,
        "counts": {"articles": outputs[1]["lines"], "claims": outputs[0]["lines"], "dead_letters": 0},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _write(file: Path, lines: Iterable[bytes]) -> dict[str, Any]:
    count, size, digest = 0, 0, hashlib.sha256()
    with file.open("wb") as stream:
        for line in lines:
            stream.write(line + b"\n")
            digest.update(line + b"\n")
            count, size = count + 1, size + len(line) + 1
    return {"name": file.name, "lines": count, "bytes": size, "sha256": digest.hexdigest()}


def multiplied(lines: Iterable[bytes], times: int) -> Iterator[bytes]:
    """The records of a run again and again, each time with ids of their own."""
    original = list(lines)
    for turn in range(times):
        mark = f"{turn:08x}"
        for line in original:
            yield _renamed(line, mark)


def _renamed(line: bytes, mark: str) -> bytes:
    record = decode(line)
    text = line.decode()
    for name in _ids(record):
        text = text.replace(name, name[:4] + sha256_hex(name + mark)[:32])
    return text.encode()


def _ids(record: dict[str, Any]) -> set[str]:
    own = {record["article_id"], *record["claim_ids"]} if "claim_ids" in record else set()
    if "claim_id" in record:
        own = {record["claim_id"], record["article"]["article_id"], record["context"]["nested_in"]}
    return {name for name in own if name}


def multiply(source: Path, folder: Path, claims: int) -> Path:
    """A run of about so many claims, made of another run's; claims that stand there twice are left out."""
    lines = {decode(line)["claim_id"]: line for line in _lines(source / "claims.jsonl")}
    articles = list(_lines(source / "articles.jsonl"))
    times = max(1, round(claims / len(lines)))
    return write_lines(folder, multiplied(articles, times), multiplied(lines.values(), times))


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        yield from (line.rstrip(b"\n") for line in stream)


if __name__ == "__main__":
    multiply(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
