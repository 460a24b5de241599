"""Label Studio: ``tasks.json`` with predictions to correct, and the ``labeling.xml`` of the project.

The format is that of Label Studio's pages on task format and pre-annotations; offsets are code points. A
span in several pieces is one region each, joined by a relation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from pipeline.errors import ReadError
from pipeline.evaluation.standoff.marks import CHOICES, FREE_FIELDS, LABELS, LINKS, Link, Mark, Marked, Place

TASKS: Final = "tasks.json"
INTERFACE: Final = "labeling.xml"
_CONTINUES: Final = "continues"
Json = dict[str, Any]


def write(folder: Path, articles: Iterable[Marked], *, version: str = "onrecord") -> None:
    """Write the tasks to import and the labelling interface to paste into the project's settings."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / INTERFACE).write_text(interface(), encoding="utf-8")
    tasks = [task(article, version) for article in articles]
    (folder / TASKS).write_text(json.dumps(tasks, indent=1) + "\n", encoding="utf-8")


def interface() -> str:
    """The labelling interface: spans, relations, and the fields of each span."""
    relations = "".join(f'<Relation value="{name}"/>' for name in (*LINKS, _CONTINUES))
    labels = "".join(f'<Label value="{label}"/>' for label in LABELS)
    choices = "".join(
        f'<Choices name="{name}" {_condition(owners)}>'
        + "".join(f'<Choice value="{value}"/>' for value in values)
        + "</Choices>\n"
        for name, (owners, values) in CHOICES.items()
    )
    free = "".join(
        f'<TextArea name="{name}" {_condition(owners)} maxSubmissions="1" placeholder="{name}"/>\n'
        for name, owners in FREE_FIELDS.items()
    )
    text = '<Text name="text" value="$text" granularity="symbol"/>'
    return (
        f'<View>\n<Relations>{relations}</Relations>\n<Labels name="label" toName="text">{labels}</Labels>\n'
        f"{text}\n{choices}{free}</View>\n"
    )


def _condition(owners: tuple[str, ...]) -> str:
    shown = 'perRegion="true" visibleWhen="region-selected" whenTagName="label"'
    return f'toName="text" {shown} whenLabelValue={quoteattr(",".join(owners))}'


def task(article: Marked, version: str) -> Json:
    """One article with its marks as a prediction."""
    results = [result for mark in article.marks for result in _results(article.text, mark)]
    relations = [_relation(link.label, link.first, link.second) for link in article.links]
    prediction = {"model_version": version, "result": [*results, *relations]}
    return {"data": {"text": article.text, "source": article.source}, "predictions": [prediction]}


def _results(text: str, mark: Mark) -> Iterator[Json]:
    for number, (start, end) in enumerate(mark.places):
        region = {"start": start, "end": end, "text": text[start:end]}
        identifier = f"{mark.id}.{number}" if number else mark.id
        yield _result("label", identifier, "labels", {**region, "labels": [mark.label]})
        if number:
            yield _relation(_CONTINUES, mark.id, identifier)
    start, end = mark.places[0]
    for name, value in mark.fields.items():
        kind, key = ("choices", "choices") if name in CHOICES else ("textarea", "text")
        yield _result(name, mark.id, kind, {"start": start, "end": end, key: [value]})


def _result(name: str, identifier: str, kind: str, value: Json) -> Json:
    return {"id": identifier, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _relation(label: str, first: str, second: str) -> Json:
    return {"type": "relation", "from_id": first, "to_id": second, "direction": "right", "labels": [label]}


def read(path: Path) -> tuple[Marked, ...]:
    """The articles of an export, or of tasks with predictions; a person's annotation goes before those."""
    try:
        tasks = json.loads(path.read_bytes())
    except ValueError as error:
        raise ReadError("E_JSON", f"{path}: not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise ReadError("E_GOLD", f"{path}: expected a list of tasks, as Label Studio's JSON export has it")
    return tuple(_read_task(task, f"{path}: task {number}") for number, task in enumerate(tasks, 1))


def _read_task(task: Any, place: str) -> Marked:
    try:
        text, source = task["data"]["text"], task["data"].get("source") or f"task-{task.get('id', '')}"
        chosen = (task.get("annotations") or task.get("predictions") or [{}])[0]
        return _marked(str(source), text, chosen.get("result", []))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise ReadError("E_GOLD", f"{place}: not a Label Studio task: {error!r}") from error


def _marked(source: str, text: str, results: list[Json]) -> Marked:
    marks: dict[str, Mark] = {}
    for result in results:
        if result["type"] == "labels":
            value = result["value"]
            label = value["labels"][0]
            marks[result["id"]] = Mark(result["id"], label, (_place(text, value),))
    _add_fields(marks, results)
    links = [
        Link(label, result["from_id"], result["to_id"])
        for result in results
        if result["type"] == "relation"
        for label in result.get("labels") or ()
    ]
    return _join_pieces(source, text, marks, links)


def _place(text: str, value: Json) -> Place:
    """The region's place; older versions counted UTF-16 units, which its text gives away."""
    start, end = int(value["start"]), int(value["end"])
    words = value.get("text")
    if isinstance(words, str) and text[start:end] != words:
        start, end = (len(_utf16(text)[: 2 * place].decode("utf-16-le", "ignore")) for place in (start, end))
        if text[start:end] != words:
            raise ValueError(f"the text has {text[start:end]!r} where the region has {words!r}")
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} does not lie in the text")
    return start, end


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _add_fields(marks: dict[str, Mark], results: list[Json]) -> None:
    for result in results:
        key = {"choices": "choices", "textarea": "text"}.get(result["type"])
        mark = marks.get(result.get("id", ""))
        if key and mark is not None and result["value"].get(key):
            mark.fields[result["from_name"]] = str(result["value"][key][0])


def _join_pieces(source: str, text: str, marks: dict[str, Mark], links: list[Link]) -> Marked:
    """The marks, with regions that continue another one made pieces of it."""
    pieces: dict[str, list[Place]] = {}
    for link in links:
        if link.label == _CONTINUES and link.first in marks and link.second in marks:
            pieces.setdefault(link.first, []).extend(marks[link.second].places)
    swallowed = {link.second for link in links if link.label == _CONTINUES}
    kept = tuple(
        Mark(mark.id, mark.label, tuple(sorted([*mark.places, *pieces.get(mark.id, ())])), mark.fields)
        for mark in marks.values()
        if mark.id not in swallowed
    )
    known = {mark.id for mark in kept}
    between = (link for link in links if link.label != _CONTINUES and {link.first, link.second} <= known)
    return Marked(source, text, kept, tuple(between))
