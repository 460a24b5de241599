"""Articles and claims on a terminal: spans in colour, and which rule decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.commands.reporting import printable

Json = dict[str, Any]
Mark = tuple[int, int, str]

# So long are prefix and suffix of a record where the article goes on: their outer words may be cut.
CONTEXT_CHARACTERS: Final = 32
STYLES: Final = {
    "quote": "underline",
    "entity": "blue",
    "date": "green",
    "quantity": "yellow",
    "cue": "bold cyan",
    "source": "bold magenta",
}


def legend() -> Text:
    """What the colours mean."""
    return Text("  ").join(Text(name, style) for name, style in STYLES.items())


def marked_text(text: str, marks: Iterable[Mark], *, offset: int = 0) -> Text:
    """The text with its spans in their colours; ``offset`` is where the text begins in its article."""
    shown = Text(printable(text))
    order = list(STYLES)
    for start, end, kind in sorted(marks, key=lambda mark: order.index(mark[2])):
        shown.stylize(STYLES[kind], max(0, start - offset), max(0, end - offset))
    return shown


def article_marks(article: Json, claims: Iterable[Json]) -> Iterator[Mark]:
    """Everything found in an article."""
    yield from _marks(article["entities"], "entity")
    yield from _marks(article["quantities"], "quantity")
    yield from _marks(article["dates"], "date")
    for claim in claims:
        yield from claim_marks(claim)


def claim_marks(claim: Json) -> Iterator[Mark]:
    """Everything found in a claim and its reporting clause."""
    speaker = claim["speaker"]
    yield from _marks(claim["segments"], "quote")
    yield from _marks(claim["entities"], "entity")
    yield from _marks(claim["quantities"], "quantity")
    yield from _marks(claim["dates"], "date")
    yield from _marks([claim["cue"]], "cue")
    yield from _marks([speaker["surface"]], "source")


def _marks(spans: Iterable[Json | None], kind: str) -> Iterator[Mark]:
    for span in spans:
        if span is not None:
            yield span["start"], span["end"], kind


def article_view(article: Json, claims: list[Json], text: str | None) -> RenderableType:
    """An article with all its claims."""
    parts: list[RenderableType] = [Text(printable(_headline(article)), "bold"), legend()]
    if text is None:
        parts.append(Text("(no text: run with --include-text, or name the input with --source)", "dim"))
    else:
        parts.append(Panel(marked_text(text, article_marks(article, claims))))
    return Group(*parts, *(claim_view(claim) for claim in claims))


def claim_view(claim: Json) -> RenderableType:
    """A claim as a small table: what, who, when, how many, and which rule decided."""
    table = Table(title=claim["claim_id"], title_justify="left", show_header=False, expand=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in _rows(claim):
        table.add_row(name, value)
    return table


def _rows(claim: Json) -> Iterator[tuple[str, Text]]:
    yield "claim", claim_in_context(claim)
    for name, value in _facts(claim):
        if value:
            yield name, Text(printable(value))


def claim_in_context(claim: Json) -> Text:
    """The segments in brackets and with their colours, between the words around them, on one line."""
    marks = list(claim_marks(claim))
    segments = [marked_text(_one_line(s["exact"]), marks, offset=s["start"]) for s in claim["segments"]]
    shown = Text(" … ").join(Text("[") + segment + Text("]") for segment in segments)
    context = claim["context"]
    before, after = Text(_before(context["prefix"]), "dim"), Text(_after(context["suffix"]), "dim")
    return before + shown + after


def _before(prefix: str) -> str:
    """The whole words before a claim."""
    words = printable(prefix).split()
    if len(prefix) == CONTEXT_CHARACTERS:
        words[:1] = ["…"]
    return " ".join(words) + " " * prefix[-1:].isspace()


def _after(suffix: str) -> str:
    """The whole words behind a claim."""
    words = printable(suffix).split()
    if len(suffix) == CONTEXT_CHARACTERS:
        words[-1:] = ["…"]
    return " " * suffix[:1].isspace() + " ".join(words)


def _one_line(text: str) -> str:
    """The text without line breaks and of the same length."""
    return text.replace("\n", " ")


def _facts(claim: Json) -> Iterator[tuple[str, str]]:
    speaker, cue, decided = claim["speaker"], claim["cue"], claim["decided_by"]
    yield "kind", " ".join(filter(None, (claim["kind"], claim["mode"])))
    yield "speaker", _speaker(speaker)
    yield "roles", ", ".join(role["exact"] for role in speaker["roles"])
    yield "cue", f"{cue['exact']} ({cue['lemma']}, {cue['class']})" if cue else ""
    yield "told", claim["addressee"]["exact"] if claim["addressee"] else ""
    yield "said on", claim["said_on"] or ""
    yield "modality", _modality(claim["modality"])
    yield "quantities", "; ".join(map(quantity_line, claim["quantities"]))
    yield "dates", "; ".join(map(date_line, claim["dates"]))
    yield "nested in", claim["context"]["nested_in"] or ""
    yield "decided by", f"claim: {decided['claim']}, speaker: {decided['speaker']}"
    yield "confidence", _confidence(claim["confidence"])
    yield "warnings", " ".join(claim["warnings"])


def _speaker(speaker: Json) -> str:
    name = speaker["name"] or "–"
    surface = f", here {speaker['surface']['exact']!r}" if speaker["surface"] else ""
    return f"{name} ({speaker['status']}, by {speaker['resolution']}{surface})"


def _modality(modality: Json) -> str:
    flags = [name for name in ("negated", "hedged", "conditional", "question") if modality[name]]
    cues = [f"{cue['exact']} ({cue['type']})" for cue in modality["cues"]]
    return ", ".join(flags) + (f": {', '.join(cues)}" if cues else "")


def _confidence(confidence: Json) -> str:
    known = [f"{name} {value:.2f}" for name, value in confidence.items() if value is not None]
    return ", ".join(known)


def quantity_line(quantity: Json) -> str:
    """A quantity in words: as printed, as understood."""
    value = quantity["value"]
    low, high = quantity["low"], quantity["high"]
    number = f"{value:,}" if value is not None else f"{low if low is not None else ''}–{high or ''}"
    counted = quantity["of"]["exact"] if quantity["of"] else ""
    per = f"per {quantity['per']}" if quantity["per"] else ""
    words = (quantity["modifier"].replace("exact", ""), number, quantity["unit"], per, counted)
    return f"{quantity['exact']} = {quantity['kind']}: " + " ".join(word for word in words if word)


def date_line(date: Json) -> str:
    """A date in words: as printed, as understood."""
    mod = f" {date['mod']}" if date["mod"] else ""
    anchor = f", from {date['anchor']}" if date["anchor"] else ""
    return f"{date['exact']} = {date['value'] or 'unresolved'}{mod}{anchor}"


def _headline(article: Json) -> str:
    facts = (article["title"], article["publisher"], article["date_published"], article["source"])
    return " · ".join(fact for fact in facts if fact)


def explanation(claim: Json) -> RenderableType:
    """Why a claim is as it is: its table, the candidates for its speaker, its names, where it stands."""
    lines = [_plain(f"{name}: {value}") for name, value in _reasons(claim) if value]
    return Group(claim_view(claim), *lines)


def _plain(line: str) -> Text:
    return Text(printable(line))


def _reasons(claim: Json) -> Iterator[tuple[str, str]]:
    speaker, context, pipeline = claim["speaker"], claim["context"], claim["pipeline"]
    canonical = speaker["canonical_mention"]
    yield "candidates", ", ".join(f"{item['name']} {item['score']:.2f}" for item in speaker["candidates"])
    yield "the name comes from", f"{canonical['exact']!r} at {canonical['start']}" if canonical else ""
    yield "entity", " ".join(filter(None, (speaker["entity_type"], speaker["entity_ref"])))
    yield "names inside", ", ".join(f"{item['exact']} ({item['label']})" for item in claim["entities"])
    yield "segments", ", ".join(f"{item['start']}–{item['end']}" for item in claim["segments"])
    yield "place", f"paragraph {context['paragraph']}, {context['zone']}"
    yield "article", claim["article"]["source"]
    yield "made by", f"{pipeline['tool']} {pipeline['version']}, model {pipeline['model']['name']}"


def print_view(view: RenderableType) -> None:
    """Print to standard output; colours only where it is a terminal."""
    Console(highlight=False, emoji=False, markup=False).print(view)
