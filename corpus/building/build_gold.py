"""Gold records for ``corpus/`` from compact labels that quote the article instead of counting characters.

``python -m corpus.building.build_gold corpus`` reads ``corpus/gold/labels/NAME.toml`` and writes
``corpus/gold/NAME.jsonl`` (a claim a line) and ``corpus/gold/NAME.article.json``. ``--check`` writes
nothing and fails where the files on disk differ. The label format is told in ``corpus/README.md``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.building.places import (
    LabelError,
    Paragraph,
    Place,
    counted_phrase,
    place_of,
    read_paragraphs,
    source_place,
    span_record,
    stretch_of,
)
from corpus.building.speakers import AUTHOR, Profile, read_profile, speaker_record
from corpus.building.values import Cues, Units, cue_record, date_record, quantity_record
from pipeline.articles import discover, read_file
from pipeline.articles.article import Article
from pipeline.record import sha256_hex

Json = dict[str, Any]

KINDS = {"D": "direct", "I": "indirect", "M": "mixed", "S": "statement"}
MODALITIES = {"n": "negated", "h": "hedged", "c": "conditional", "q": "question"}
NO_CUE = "-"
OPTION = re.compile(r"(to|on|m|in|res|mt)=")
FIELD_BORDER = re.compile(r" *\| *")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the short forms of labels stand for."""

    cues: Cues
    units: Units


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its paragraphs and its labels."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    labels: Json
    tables: Tables


@dataclass(frozen=True, slots=True)
class Gold:
    """The records of one article while its label lines are read."""

    profiles: dict[str, Profile]
    tables: Tables
    claims: list[Json] = field(default_factory=list)
    quantities: list[Json] = field(default_factory=list)
    dates: list[Json] = field(default_factory=list)


def build_gold(labelled: Labelled) -> tuple[list[Json], Json]:
    """The claims and the article record of one labelled article."""
    speakers = labelled.labels["speakers"].items()
    profiles = {key: read_profile(labelled.article.text, line) for key, line in speakers}
    gold = Gold(profiles, labelled.tables)
    for paragraph, line in _label_lines(labelled):
        try:
            _add(line, paragraph, gold)
        except (LabelError, IndexError, KeyError, ValueError) as error:
            where = f"{labelled.article.source}, paragraph {paragraph.index}"
            raise LabelError(f"{where}: {line!r}: {error!r}") from error
    return _in_order(gold.claims), _article_record(labelled, gold)


def _label_lines(labelled: Labelled) -> Iterator[tuple[Paragraph, str]]:
    for key, block in labelled.labels["paragraphs"].items():
        for line in block.strip().splitlines():
            yield labelled.paragraphs[int(key)], line


def _add(line: str, paragraph: Paragraph, gold: Gold) -> None:
    """File one label line under what it labels: ``q`` quantity, ``d`` date, ``b`` both, else a claim."""
    head, *fields = FIELD_BORDER.split(line.strip())
    code, _, words = head.partition(" ")
    if code in ("q", "b"):
        gold.quantities.append(_quantity(words, fields, paragraph, gold.tables.units))
    if code in ("d", "b"):
        value = fields[0 if code == "d" else 2]
        gold.dates.append(date_record(paragraph.record(place_of(paragraph, words)), value))
    if code[0] in KINDS:
        gold.claims.append(_claim(head, fields, paragraph, gold))
    elif code not in ("q", "b", "d"):
        raise LabelError(f"unknown code {code!r}")


def _quantity(words: str, fields: list[str], paragraph: Paragraph, units: Units) -> Json:
    place = place_of(paragraph, words)
    of = counted_phrase(paragraph, fields[1] if fields[1:] else "", place)
    return quantity_record(paragraph.record(place), fields, of, units)


def _claim(code: str, fields: list[str], paragraph: Paragraph, gold: Gold) -> Json:
    kind = KINDS[code[0]]
    segments = [stretch_of(paragraph, part) for part in fields[0].split(" + ")]
    options = dict(part.split("=", 1) for part in fields[1:] if OPTION.match(part))
    voice = [part for part in fields[1:] if not OPTION.match(part)]
    cue, speaker = _voice(paragraph, segments, voice, options, gold)
    flags = options.get("m", "")
    addressee = options.get("to")
    return {
        "kind": kind,
        "mode": None if kind == "statement" else "belief" if code.endswith("b") else "speech",
        "segments": [paragraph.record(place) for place in segments],
        "cue": cue,
        "speaker": speaker,
        "addressee": paragraph.record(place_of(paragraph, addressee, segments)) if addressee else None,
        "said_on": options.get("on"),
        "modality": {name: letter in flags for letter, name in MODALITIES.items()},
        "nested": gold.claims[int(options["in"])] if "in" in options else None,
        "paragraph": paragraph.index,
        "zone": paragraph.zone,
    }


def _voice(
    paragraph: Paragraph, segments: list[Place], voice: list[str], options: dict[str, str], gold: Gold
) -> tuple[Json | None, Json]:
    """Cue and speaker of a claim from ``cue | key: source``; a statement has neither."""
    if not voice:
        return None, speaker_record(AUTHOR, None, options, has_cue=False)
    words, _, reading = voice[0].partition("=")
    key, _, source = (part.strip() for part in voice[1].partition(":"))
    cue = None if words == NO_CUE else place_of(paragraph, words, segments)
    near = segments if cue is None else [cue]
    surface = paragraph.record(source_place(paragraph, source, near, segments)) if source else None
    speaker = speaker_record(gold.profiles[key], surface, options, has_cue=cue is not None)
    return cue and cue_record(paragraph.record(cue), reading, gold.tables.cues), speaker


def _in_order(claims: list[Json]) -> list[Json]:
    """Claims by place, the outer before the inner, with ``nested`` as the index of the outer one."""
    ordered = sorted(claims, key=lambda c: (c["segments"][0]["start"], -c["segments"][-1]["end"]))
    at = {id(claim): index for index, claim in enumerate(ordered)}
    outer = [None if claim["nested"] is None else at[id(claim["nested"])] for claim in ordered]
    return [{**claim, "nested": index} for claim, index in zip(ordered, outer, strict=True)]


def _article_record(labelled: Labelled, gold: Gold) -> Json:
    return {
        "source": labelled.article.source,
        "text_sha256": sha256_hex(labelled.article.text),
        "entities": _entities(labelled),
        "quantities": sorted(gold.quantities, key=_by_place),
        "dates": sorted(gold.dates, key=_by_place),
        "zones": _zones(labelled),
    }


def _by_place(record: Json) -> tuple[int, int]:
    return record["start"], record["end"]


def _entities(labelled: Labelled) -> list[Json]:
    """Every occurrence of every listed mention outside page furniture, the longest first."""
    text = labelled.article.text
    taken: list[Place] = []
    found: list[Json] = []
    for label, name, mention in sorted(_mentions(labelled.labels), key=_longest_then_numbered):
        places = _mention_places(labelled, mention)
        free = [p for p in places if not any(start < p[1] and p[0] < end for start, end in taken)]
        if not free:
            raise LabelError(f"{labelled.article.source}: the name {mention!r} is nowhere")
        taken += free
        found += [{**span_record(text, place), "label": label, "name": name} for place in free]
    return sorted(found, key=_by_place)


def _mentions(labels: Json) -> Iterator[tuple[str, str, str]]:
    """Label, full name and mention of lines ``LABEL full name | mention | mention #2``."""
    for line in labels["entities"].strip().splitlines():
        label, _, names = line.partition(" ")
        mentions = FIELD_BORDER.split(names)
        yield from ((label, mentions[0].partition(" #")[0], mention) for mention in mentions)


def _longest_then_numbered(mention: tuple[str, str, str]) -> tuple[int, bool]:
    words, numbered, _ = mention[2].partition(" #")
    return -len(words), not numbered


def _mention_places(labelled: Labelled, mention: str) -> list[Place]:
    words, _, numbers = mention.partition(" #")
    shown = [paragraph for paragraph in labelled.paragraphs if paragraph.zone != "furniture"]
    places = [place for paragraph in shown for place in paragraph.find(words)]
    return [places[int(number) - 1] for number in numbers.split(",")] if numbers else places


def _zones(labelled: Labelled) -> list[Json]:
    """Zones as runs of paragraphs; the white space after a paragraph belongs to it."""
    borders = [0, *(p.start for p in labelled.paragraphs[1:]), len(labelled.article.text)]
    zones: list[Json] = []
    for paragraph, start, end in zip(labelled.paragraphs, borders, borders[1:], strict=False):
        if zones and zones[-1]["zone"] == paragraph.zone:
            zones[-1]["end"] = end
        else:
            zones.append({"start": start, "end": end, "zone": paragraph.zone})
    return zones


def load_labelled(corpus: Path) -> Iterator[tuple[str, Labelled]]:
    """Every labelled article of a corpus folder with the name of its gold files, in sorted order."""
    gold = corpus / "gold"
    tables = Tables(Cues.load(gold / "cues.tsv"), Units.load(gold / "units.tsv"))
    articles = {gold_name(article): article for article in read_articles(corpus / "articles")}
    for path in sorted((gold / "labels").glob("*.toml")):
        if path.stem not in articles:
            raise LabelError(f"{path}: there is no article of this name")
        article = articles[path.stem]
        labels = tomllib.loads(path.read_text(encoding="utf-8"))
        yield path.stem, Labelled(article, read_paragraphs(article.text, labels), labels, tables)


def read_articles(folder: Path) -> Iterator[Article]:
    for file in discover([str(folder)]):
        for article in read_file(file):
            if not isinstance(article, Article):
                raise LabelError(f"{article.source} cannot be read: {article.message}")
            yield article


def gold_name(article: Article) -> str:
    """The name that the gold files of an article share: its source without the suffix."""
    return article.source.partition(".")[0]


def gold_files(corpus: Path) -> Iterator[tuple[Path, str]]:
    """The gold files of a corpus and what they should hold."""
    for name, labelled in load_labelled(corpus):
        claims, article = build_gold(labelled)
        lines = [json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims]
        yield corpus / "gold" / f"{name}.jsonl", "".join(lines)
        article_json = json.dumps(article, ensure_ascii=False, indent=1) + "\n"
        yield corpus / "gold" / f"{name}.article.json", article_json


def main(arguments: list[str] | None = None) -> int:
    """Write the gold files, or compare them with ``--check``; 1 where a label or a file is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("--check", action="store_true", help="write nothing, fail where files differ")
    options = parser.parse_args(arguments)
    try:
        files = list(gold_files(options.corpus))
    except LabelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return _check(files) if options.check else _write(files)


def _check(files: Iterable[tuple[Path, str]]) -> int:
    stale = [path for path, content in files if not _is_current(path, content)]
    for path in stale:
        sys.stderr.write(f"{path} differs from its labels; run python -m corpus.building.build_gold\n")
    return 1 if stale else 0


def _is_current(path: Path, content: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == content


def _write(files: Iterable[tuple[Path, str]]) -> int:
    for path, content in files:
        path.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
