"""Gold records for ``corpus/`` from compact labels that quote the article instead of counting characters.

``python -m models.training.build_gold corpus`` reads ``corpus/gold/labels/NAME.toml`` and writes
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.gold_values import Cues, Units, cue_record, date_record, quantity_record
from pipeline.articles import discover, paragraphs, read_file
from pipeline.articles.article import Article
from pipeline.record import sha256_hex

Json = dict[str, Any]
Place = tuple[int, int]

KINDS = {"D": "direct", "I": "indirect", "M": "mixed", "S": "statement"}
MODALITIES = {"n": "negated", "h": "hedged", "c": "conditional", "q": "question"}
ZONES = ("title", "deck", "caption", "furniture")
PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "you", "who", "his", "her", "one of them"))
NO_SPEAKER = "-"


class LabelError(ValueError):
    """A label that does not fit its article: the article, the paragraph, the label, what is wrong."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, with the text around it for offsets."""

    index: int
    start: int
    end: int
    zone: str
    text: str

    def find(self, label: str) -> list[Place]:
        """All places where the words of a label stand, as offsets of the article."""
        return [(m.start(), m.end()) for m in _pattern(label).finditer(self.text, self.start, self.end)]

    def record(self, place: Place) -> Json:
        """The JSON form of a span."""
        return {"start": place[0], "end": place[1], "exact": self.text[slice(*place)]}


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words, any white space between them; a number is not found inside a longer one."""
    body = r"\s+".join(map(re.escape, words.split()))
    left = r"(?<!\w)(?<!\d[.,])" if words[0].isalnum() else ""
    right = r"(?!\w)(?![.,]\d)" if words[-1].isalnum() else ""
    return re.compile(left + body + right)


def place_of(paragraph: Paragraph, label: str, near: list[Place] | None = None) -> Place:
    """The one place of ``words`` or of the n-th in ``words #n``; else the one nearest to ``near``."""
    words, _, number = label.strip().partition(" #")
    found = paragraph.find(words)
    if not found:
        raise LabelError(f"{words!r} is not there")
    if number:
        return found[int(number) - 1]
    if near is not None:
        found = _nearest(found, near)
    if len(found) > 1:
        raise LabelError(f"{words!r} is there {len(found)} times; number it")
    return found[0]


def _nearest(found: list[Place], near: list[Place]) -> list[Place]:
    """The places at the least distance from ``near``, those inside it left out."""
    outside = [place for place in found if not any(a <= place[0] and place[1] <= b for a, b in near)]
    distances = [min(max(a - p[1], p[0] - b) for a, b in near) for p in outside]
    return [place for place, far in zip(outside, distances, strict=True) if far == min(distances)]


def stretch_of(paragraph: Paragraph, label: str) -> Place:
    """The place of ``words``, of ``first words ~ last words``, or of the whole paragraph for ``*``."""
    if label.strip() == "*":
        return paragraph.start, _without_stop(paragraph.text, paragraph.end)
    first, tilde, last = label.strip().partition(" ~")
    start, end = place_of(paragraph, first)
    if not tilde:
        return start, end
    if not last.strip():
        return start, _without_stop(paragraph.text, paragraph.end)
    ends = [place for place in paragraph.find(last.strip()) if place[0] >= end]
    if not ends:
        raise LabelError(f"{last.strip()!r} does not follow {first!r}")
    return start, ends[0][1]


def _without_stop(text: str, end: int) -> int:
    return end - 1 if text[end - 1] in ".:" else end


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker as the whole article knows him: one line of ``[speakers]``."""

    status: str
    entity_type: str | None
    name: str
    roles: tuple[Json, ...]
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its paragraphs, labels and the tables that labels are short for."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    labels: Json
    cues: Cues
    units: Units


def build_gold(labelled: Labelled) -> tuple[list[Json], Json]:
    """The claims and the article record of one labelled article."""
    profiles = {
        key: _profile(labelled.article.text, line) for key, line in labelled.labels["speakers"].items()
    }
    claims: list[Json] = []
    quantities: list[Json] = []
    dates: list[Json] = []
    for paragraph, line in _label_lines(labelled):
        try:
            _add(line, paragraph, labelled, profiles, claims, quantities, dates)
        except (LabelError, IndexError, KeyError, ValueError) as error:
            where = f"{labelled.article.source}, paragraph {paragraph.index}"
            raise LabelError(f"{where}: {line!r}: {error!r}") from error
    return _in_order(claims), _article_record(labelled, quantities, dates)


def _label_lines(labelled: Labelled) -> Iterator[tuple[Paragraph, str]]:
    for key, block in labelled.labels["paragraphs"].items():
        paragraph = labelled.paragraphs[int(key)]
        for line in block.strip().splitlines():
            yield paragraph, line


def _add(
    line: str,
    paragraph: Paragraph,
    labelled: Labelled,
    profiles: dict[str, Profile],
    claims: list[Json],
    quantities: list[Json],
    dates: list[Json],
) -> None:
    """File one label line under what it labels."""
    head, *fields = [field.strip() for field in line.split("|")]
    code, _, words = head.partition(" ")
    if code in ("q", "b"):
        place = place_of(paragraph, words)
        quantities.append(
            quantity_record(paragraph.record(place), fields, _of(paragraph, fields, place), labelled.units)
        )
    if code in ("d", "b"):
        dates.append(
            date_record(paragraph.record(place_of(paragraph, words)), fields[0 if code == "d" else 2])
        )
    if code[0] in KINDS:
        claims.append(_claim(head, fields, paragraph, profiles, labelled.cues, claims))
    elif code not in ("q", "b", "d"):
        raise LabelError(f"unknown code {code!r}")


def _of(paragraph: Paragraph, fields: list[str], quantity: Place) -> Json | None:
    """The counted noun phrase: the nearest after the number, else the nearest before it."""
    label = fields[1] if len(fields) > 1 else ""
    if not label:
        return None
    if " #" in label:
        return paragraph.record(place_of(paragraph, label))
    found = paragraph.find(label)
    after = [place for place in found if place[0] >= quantity[0]]
    if not found:
        raise LabelError(f"{label!r} is not there")
    return paragraph.record(after[0] if after else found[-1])


def _claim(
    code: str,
    fields: list[str],
    paragraph: Paragraph,
    profiles: dict[str, Profile],
    cues: Cues,
    before: list[Json],
) -> Json:
    kind = KINDS[code[0]]
    segments = [stretch_of(paragraph, part) for part in fields[0].split(" + ")]
    options = dict(field.split("=", 1) for field in fields[1:] if re.match(r"(to|on|m|in|res)=", field))
    named = [field for field in fields[1:] if not re.match(r"(to|on|m|in|res)=", field)]
    cue, speaker = _voice(paragraph, segments, named, profiles)
    flags = options.get("m", "")
    if "res" in options:
        speaker["resolution"] = options["res"]
    return {
        "kind": kind,
        "mode": None if kind == "statement" else "belief" if code.endswith("b") else "speech",
        "segments": [paragraph.record(place) for place in segments],
        "cue": cue and cue_record(paragraph.record(cue[0]), cue[1], cues),
        "speaker": speaker,
        "addressee": paragraph.record(place_of(paragraph, options["to"], segments))
        if "to" in options
        else None,
        "said_on": options.get("on"),
        "modality": {name: letter in flags for letter, name in MODALITIES.items()},
        "nested": before[int(options["in"])] if "in" in options else None,
        "paragraph": paragraph.index,
        "zone": paragraph.zone,
    }


def _voice(
    paragraph: Paragraph, segments: list[Place], named: list[str], profiles: dict[str, Profile]
) -> tuple[tuple[Place, str] | None, Json]:
    """Cue and speaker of a claim; a statement has neither."""
    if not named:
        return None, _speaker_record(AUTHOR, None, "none", "none")
    words, _, reading = named[0].partition("=")
    cue = None if words == NO_SPEAKER else place_of(paragraph, words, segments)
    key, _, surface = (part.strip() for part in named[1].partition(":"))
    profile = profiles[key]
    near = segments if cue is None else [cue]
    if not surface:
        return cue and (cue, reading), _speaker_record(
            profile, None, "none", "none" if cue else "continuation"
        )
    place = _source_place(paragraph, surface, near, segments)
    mention = _mention_type(surface, profile)
    record = _speaker_record(
        profile, paragraph.record(place), mention, _resolution(surface, mention, profile)
    )
    return cue and (cue, reading), record


def _source_place(paragraph: Paragraph, surface: str, near: list[Place], segments: list[Place]) -> Place:
    """The source beside the cue, never inside the content."""
    words, _, number = surface.partition(" #")
    if number:
        return place_of(paragraph, surface)
    found = [p for p in paragraph.find(words) if not any(a <= p[0] and p[1] <= b for a, b in segments)]
    nearest = [place for place in found if place in near] or _nearest(found, near) if found else []
    if len(nearest) != 1:
        raise LabelError(f"source {words!r} is there {len(nearest)} times beside the cue; number it")
    return nearest[0]


AUTHOR = Profile("author", None, "", (), None)


def _profile(text: str, line: str) -> Profile:
    status, entity_type, name, *rest = [field.strip() for field in line.split("|")]
    roles = [role.strip() for role in (rest[0] if rest else "").split(";") if role.strip()]
    return Profile(
        status,
        entity_type or None,
        name,
        tuple(_role(text, role) for role in roles),
        (rest[1] or None) if rest[1:] else None,
    )


def _role(text: str, role: str) -> Json:
    found = _pattern(role).search(text)
    if not found:
        raise LabelError(f"role {role!r} is not in the article")
    return {"start": found.start(), "end": found.end(), "exact": found.group()}


def _speaker_record(profile: Profile, surface: Json | None, mention: str, resolution: str) -> Json:
    return {
        "status": profile.status,
        "name": profile.name or None,
        "surface": surface,
        "mention_type": mention,
        "entity_type": profile.entity_type,
        "roles": list(profile.roles),
        "affiliation": profile.affiliation,
        "resolution": resolution,
    }


def _mention_type(surface: str, profile: Profile) -> str:
    words = re.findall(r"\w+", surface.partition(" #")[0])
    if surface.partition(" #")[0].casefold() in PRONOUNS:
        return "pronoun"
    if surface.isupper() and profile.status == "named":
        return "name"
    name = set(re.findall(r"\w+", profile.name))
    proper = [word for word in words if word in name and word[0].isupper()]
    return "name" if profile.status == "named" and proper else "nominal"


def _resolution(surface: str, mention: str, profile: Profile) -> str:
    """How the name was had from the surface: it stands there, or had to be looked for."""
    if mention == "name":
        return "direct"
    if profile.status == "unresolved":
        return "none"
    plain = re.sub(r"^(the|a|an|its|his|her)\s+", "", surface.partition(" #")[0].casefold())
    wanted = profile.name.casefold()
    return "direct" if profile.status != "named" and (wanted in plain or plain == wanted) else "coreference"


def _in_order(claims: list[Json]) -> list[Json]:
    """Claims by place, the outer before the inner, with ``nested`` as the index of the outer one."""
    ordered = sorted(claims, key=lambda c: (c["segments"][0]["start"], -c["segments"][-1]["end"]))
    at = {id(claim): index for index, claim in enumerate(ordered)}
    outer = [None if claim["nested"] is None else at[id(claim["nested"])] for claim in ordered]
    return [{**claim, "nested": index} for claim, index in zip(ordered, outer, strict=True)]


def _article_record(labelled: Labelled, quantities: list[Json], dates: list[Json]) -> Json:
    text = labelled.article.text
    return {
        "source": labelled.article.source,
        "text_sha256": sha256_hex(text),
        "entities": _entities(labelled),
        "quantities": sorted(quantities, key=_by_start),
        "dates": sorted(dates, key=_by_start),
        "zones": _zones(labelled),
    }


def _by_start(record: Json) -> tuple[int, int]:
    return record["start"], record["end"]


def _entities(labelled: Labelled) -> list[Json]:
    """Every occurrence of every listed mention outside page furniture, the longest first."""
    taken: list[Place] = []
    found: list[Json] = []
    for label, name, mention in sorted(
        _mentions(labelled.labels), key=_longest_then_numbered
    ):
        places = list(_entity_places(labelled, mention))
        free = [p for p in places if not any(a < p[1] and p[0] < b for a, b in taken)]
        if not free:
            raise LabelError(f"{labelled.article.source}: entity mention {mention!r} is nowhere")
        taken += free
        text = labelled.article.text
        found += [{"start": a, "end": b, "exact": text[a:b], "label": label, "name": name} for a, b in free]
    return sorted(found, key=_by_start)


def _longest_then_numbered(mention: tuple[str, str, str]) -> tuple[int, bool]:
    words, numbered, _ = mention[2].partition(" #")
    return -len(words), not numbered


def _mentions(labels: Json) -> Iterator[tuple[str, str, str]]:
    for line in labels["entities"].strip().splitlines():
        label, _, names = line.partition(" ")
        mentions = [name.strip() for name in names.split("|")]
        for mention in mentions:
            yield label, mentions[0].partition(" #")[0].lstrip("="), mention.lstrip("=")


def _entity_places(labelled: Labelled, mention: str) -> Iterable[Place]:
    words, _, numbers = mention.partition(" #")
    places = [
        p for paragraph in labelled.paragraphs if paragraph.zone != "furniture" for p in paragraph.find(words)
    ]
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
    cues, units = Cues.load(gold / "cues.tsv"), Units.load(gold / "units.tsv")
    articles = {_gold_name(article): article for article in _articles(corpus / "articles")}
    for path in sorted((gold / "labels").glob("*.toml")):
        labels = tomllib.loads(path.read_text(encoding="utf-8"))
        article = articles[path.stem]
        yield path.stem, Labelled(article, _paragraphs(article.text, labels), labels, cues, units)


def _articles(folder: Path) -> Iterator[Article]:
    for file in discover([str(folder)]):
        for article in read_file(file):
            if not isinstance(article, Article):
                raise LabelError(f"{article.source} cannot be read: {article.message}")
            yield article


def _gold_name(article: Article) -> str:
    return article.source.partition(".")[0]


def _paragraphs(text: str, labels: Json) -> tuple[Paragraph, ...]:
    zones = {index: zone for zone in ZONES for index in labels.get(zone, [])}
    spans = enumerate(paragraphs(text))
    return tuple(Paragraph(i, start, end, zones.get(i, "body"), text) for i, (start, end) in spans)


def gold_files(corpus: Path) -> Iterator[tuple[Path, str]]:
    """The gold files of a corpus and what they should hold."""
    for name, labelled in load_labelled(corpus):
        claims, article = build_gold(labelled)
        lines = [json.dumps(claim, ensure_ascii=False) for claim in claims]
        yield corpus / "gold" / f"{name}.jsonl", "".join(line + "\n" for line in lines)
        yield (
            corpus / "gold" / f"{name}.article.json",
            json.dumps(article, ensure_ascii=False, indent=1) + "\n",
        )


def main(arguments: list[str] | None = None) -> int:
    """Write the gold files, or compare them with ``--check``; 1 where something differs or fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("--check", action="store_true", help="write nothing, fail where files differ")
    options = parser.parse_args(arguments)
    stale = [path for path, content in gold_files(options.corpus) if not _is_current(path, content)]
    if options.check:
        for path in stale:
            sys.stderr.write(f"{path} differs from its labels; run build_gold\n")
        return 1 if stale else 0
    for path, content in gold_files(options.corpus):
        path.write_text(content, encoding="utf-8")
    return 0


def _is_current(path: Path, content: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == content


if __name__ == "__main__":
    sys.exit(main())
