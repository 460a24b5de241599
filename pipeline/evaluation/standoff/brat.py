"""brat standoff: ``NAME.txt`` with ``NAME.ann``, and the ``annotation.conf`` that tells brat the labels.

The format is that of brat's page "standoff format". Its lines cannot hold line breaks, so a span is cut at
each and put together again when it is read. Fields with a closed list of values are attributes, the others
stand in a note, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.errors import ReadError
from pipeline.evaluation.standoff.marks import CHOICES, LABELS, LINKS, Link, Mark, Marked, Place
from pipeline.evaluation.standoff.names import FileNames

CONFIGURATION: Final = "annotation.conf"
_LINE_BREAK: Final = re.compile(r"[\r\n]")
_LINE: Final = re.compile(r"[^\r\n]+")
_TEXT_ENCODING: Final = "utf-8"


def write(folder: Path, articles: Iterable[Marked]) -> None:
    """Write a collection that brat can open and a person correct."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIGURATION).write_text(configuration(), encoding="utf-8")
    names = FileNames()
    for article in articles:
        name = names.take(article.source)
        (folder / f"{name}.txt").write_bytes(article.text.encode(_TEXT_ENCODING, "surrogatepass"))
        lines = "".join(f"{line}\n" for line in standoff_lines(article))
        (folder / f"{name}.ann").write_bytes(lines.encode(_TEXT_ENCODING, "surrogatepass"))


def configuration() -> str:
    """The labels, links and attributes, as brat wants them declared."""
    relations = [f"{name}\tArg1:{first}, Arg2:{second}" for name, (first, second) in LINKS.items()]
    overlaps = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    attributes = [
        f"{name}\tArg:{'|'.join(labels)}, Value:{'|'.join(values)}"
        for name, (labels, values) in CHOICES.items()
    ]
    parts = (
        "[entities]",
        *LABELS,
        "[relations]",
        *relations,
        overlaps,
        "[events]",
        "[attributes]",
        *attributes,
    )
    return "\n".join(parts) + "\n"


def standoff_lines(article: Marked) -> Iterator[str]:
    """The lines of an ``.ann`` file: spans, then attributes and notes, then links."""
    numbers: dict[str, str] = {}
    attributes: list[str] = []
    notes: list[str] = []
    for mark in article.marks:
        pieces = list(_pieces(article.text, mark.places))
        if not pieces:
            continue
        identifier = numbers[mark.id] = f"T{len(numbers) + 1}"
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(article.text[start:end] for start, end in pieces)
        yield f"{identifier}\t{mark.label} {places}\t{words}"
        choices = {name: value for name, value in mark.fields.items() if name in CHOICES}
        free = {name: value for name, value in mark.fields.items() if name not in CHOICES}
        attributes += [f"{name} {identifier} {value}" for name, value in choices.items()]
        if free:
            notes.append(f"AnnotatorNotes {identifier}\t{json.dumps(free, ensure_ascii=False)}")
    yield from (f"A{number}\t{line}" for number, line in enumerate(attributes, 1))
    yield from (f"#{number}\t{line}" for number, line in enumerate(notes, 1))
    kept = [link for link in article.links if link.first in numbers and link.second in numbers]
    for number, link in enumerate(kept, 1):
        yield f"R{number}\t{link.label} Arg1:{numbers[link.first]} Arg2:{numbers[link.second]}"


def _pieces(text: str, places: Iterable[Place]) -> Iterator[Place]:
    """The places, cut at line breaks, without the white space at the cuts."""
    for start, end in places:
        for line in _LINE.finditer(text, start, end):
            words = line.group()
            left, right = len(words) - len(words.lstrip()), len(words.rstrip())
            if left < right:
                yield line.start() + left, line.start() + right


def read(folder: Path) -> tuple[Marked, ...]:
    """The articles of a collection, in the order of their names; sources are paths below the folder."""
    return tuple(_read_article(file, folder) for file in sorted(folder.rglob("*.ann")))


def _read_article(file: Path, folder: Path) -> Marked:
    text_file = file.with_suffix(".txt")
    if not text_file.exists():
        raise ReadError("E_GOLD", f"{file}: there is no {text_file.name} beside it")
    text = text_file.read_bytes().decode(_TEXT_ENCODING, "surrogatepass")
    draft = _Draft(text)
    lines = file.read_bytes().decode(_TEXT_ENCODING, "surrogatepass").split("\n")
    for number, line in enumerate(lines, 1):
        try:
            draft.add(line.rstrip("\r"))
        except (ValueError, KeyError, IndexError) as error:
            raise ReadError("E_GOLD", f"{file}:{number}: not brat standoff: {line!r}") from error
    source = text_file.relative_to(folder).as_posix()
    return Marked(source, text, tuple(draft.marks.values()), tuple(draft.links()))


class _Draft:
    """An article while its lines are read; attributes and links may come before what they name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: dict[str, Mark] = {}
        self.raw_links: list[Link] = []

    def add(self, line: str) -> None:
        """Take in one line; kinds of lines that carry nothing of ours are passed over."""
        identifier, _, rest = line.partition("\t")
        kind = identifier[:1]
        if kind == "T":
            self._add_span(identifier, rest)
        elif kind in ("A", "M"):
            name, target, *value = rest.split(" ", 2)
            self.marks[target].fields[name] = value[0]
        elif kind == "#":
            self._add_note(rest)
        elif kind == "R":
            name, first, second = rest.split()
            self.raw_links.append(Link(name, first.partition(":")[2], second.partition(":")[2]))

    def _add_span(self, identifier: str, rest: str) -> None:
        head, _, _ = rest.partition("\t")
        label, _, offsets = head.partition(" ")
        places = [tuple(map(int, piece.split(" "))) for piece in offsets.split(";")]
        if not all(len(place) == 2 and 0 <= place[0] < place[1] <= len(self.text) for place in places):
            raise ValueError(offsets)
        self.marks[identifier] = Mark(identifier, label, self._joined([(a, b) for a, b in places]))

    def _joined(self, places: list[Place]) -> tuple[Place, ...]:
        """The places, with those that only a line break parts made one again."""
        joined = places[:1]
        for start, end in places[1:]:
            gap = self.text[joined[-1][1] : start]
            if not gap.strip() and _LINE_BREAK.search(gap):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return tuple(joined)

    def _add_note(self, rest: str) -> None:
        head, _, note = rest.partition("\t")
        kind, _, target = head.partition(" ")
        if kind == "AnnotatorNotes" and target in self.marks and note.startswith("{"):
            fields = json.loads(note)
            self.marks[target].fields.update({str(k): str(v) for k, v in fields.items() if v is not None})

    def links(self) -> Iterator[Link]:
        """The links between marks; links of other kinds of things are passed over."""
        for link in self.raw_links:
            if link.first in self.marks and link.second in self.marks:
                yield link
