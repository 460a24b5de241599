"""Runs for the report, made by hand: articles with a text, and claims that lie in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pipeline.articles import paragraphs
from pipeline.outputs.report import ShownText
from pipeline.record import (
    ArticleRecord,
    Claim,
    Context,
    Cue,
    DeadLetter,
    Entity,
    Modality,
    Quantity,
    Span,
    Speaker,
    Timex,
    ZoneSpan,
    claim_id,
    sha256_hex,
    to_json,
)
from tests.outputs import finished

TITLE = "Ferry fares to rise"
TEXT = (
    f"{TITLE}\n\n"
    "“Fares rise 4 percent on 3 May 2024,” said harbour master Ida Falk 🛥 on Monday. "
    "Falk said the council had told her that “the old pier is closed” until June.\n\n"
    "The pier cost $2.5 million."
)
LETTER = DeadLetter("broken.json", "read", "E_JSON", "not JSON: line 1", None, False)


def spot(text: str, exact: str, after: int = 0) -> Span:
    """The first place of some words at or after a position."""
    start = text.index(exact, after)
    return Span(start, start + len(exact), exact)


def named(name: str, surface: Span | None = None, *roles: Span) -> Speaker:
    """A speaker with this name."""
    return replace(finished.speaker(name), surface=surface, roles=roles, affiliation=None)


NOBODY = Speaker("author", None, None, "none", None, None, None, (), None, "none", ())


def percent(span: Span, value: float) -> Quantity:
    """A percentage."""
    return replace(
        finished.percent(), start=span.start, end=span.end, exact=span.exact, value=value, change=None
    )


def money(span: Span, value: float) -> Quantity:
    """A sum of US dollars."""
    return replace(finished.money(value), start=span.start, end=span.end, exact=span.exact, per=None, of=None)


def day(span: Span, value: str) -> Timex:
    """A date of one day."""
    return Timex(span.start, span.end, span.exact, "DATE", value, None, value, value, "day", False, None)


def claim(text: str, /, *segments: Span, source: str = "a.txt", **changes: object) -> Claim:
    """A claim of this text with nothing in it but what is given."""
    info = replace(finished.article_info(text), source=source)
    bare = finished.claim(source, text)
    nothing = {"entities": (), "quantities": (), "dates": (), "cue": None, "said_on": None, "warnings": ()}
    made = replace(
        bare,
        claim_id=claim_id(info.text_sha256, segments),
        text=" ".join(segment.exact.strip("“”") for segment in segments),
        segments=segments,
        article=info,
        modality=Modality(False, False, False, False, ()),
        **nothing,
    )
    return replace(made, **changes)


def article(text: str, claims: list[Claim], /, **changes: object) -> ArticleRecord:
    """The record of the article that holds this text."""
    made = finished.article(claims) if claims else finished.article([claim(text, Span(0, 1, text[:1]))])
    spans = {
        layer: tuple(span for item in claims for span in getattr(item, layer))
        for layer in ("entities", "quantities", "dates")
    }
    kept = {"text": text, "claim_ids": tuple(item.claim_id for item in claims), "warnings": (), **spans}
    return replace(made, **{**kept, **changes})


def ferry_claims() -> list[Claim]:
    """A direct quotation, indirect speech that holds another's words, and a statement."""
    fares = spot(TEXT, "“Fares rise 4 percent on 3 May 2024,”")
    said = spot(TEXT, "said")
    ida = named("Ida Falk", spot(TEXT, "harbour master Ida Falk"), spot(TEXT, "harbour master"))
    cue = Cue(said.start, said.end, "said", "say", "neutral")
    found = {
        "quantities": (percent(spot(TEXT, "4 percent"), 4),),
        "dates": (day(spot(TEXT, "3 May 2024"), "2024-05-03"),),
    }
    direct = claim(TEXT, fares, kind="direct", speaker=ida, cue=cue, said_on="2024-04-29", **found)
    told = spot(TEXT, "the council had told her that “the old pier is closed” until June")
    pier = spot(TEXT, "“the old pier is closed”")
    outer = claim(TEXT, told, kind="mixed", speaker=named("Ida Falk", spot(TEXT, "Falk", told.start - 12)))
    council = replace(named("the council", spot(TEXT, "the council")), status="collective")
    inside = Context(1, "body", "", "", outer.claim_id)
    inner = claim(TEXT, pier, kind="direct", speaker=council, context=inside)
    cost = spot(TEXT, "The pier cost $2.5 million")
    sums = (money(spot(TEXT, "$2.5 million"), 2_500_000),)
    names = (Entity(cost.start + 4, cost.start + 8, "pier", "e1", "FAC", "Old Pier", None),)
    statement = claim(TEXT, cost, kind="statement", speaker=NOBODY, quantities=sums, entities=names)
    return [direct, outer, inner, statement]


def ferry_article(claims: list[Claim]) -> ArticleRecord:
    """The article about the ferry, with a title and an address."""
    zones = (ZoneSpan(0, len(TITLE) + 2, "title"), ZoneSpan(len(TITLE) + 2, len(TEXT), "body"))
    return article(TEXT, claims, zones=zones, url="https://news.example/ferry", title=TITLE)


def ferry_run(folder: Path) -> Path:
    """A run of one article, with one dead letter."""
    claims = ferry_claims()
    run = finished.write_run(folder, claims, [ferry_article(claims)])
    write_letters(run, [LETTER])
    return run


def write_letters(run: Path, letters: list[DeadLetter]) -> None:
    """Put dead letters into a run's folder."""
    lines = "".join(json.dumps(to_json(letter)) + "\n" for letter in letters)
    (run / "errors.jsonl").write_text(lines, encoding="utf-8")


def simple_run(folder: Path, texts: list[str], **changes: object) -> Path:
    """A run of articles that are one claim from end to end."""
    pairs = []
    for number, text in enumerate(texts):
        made = claim(text, Span(0, len(text), text), source=f"a{number}.txt", text=text, **changes)
        pairs.append((made, article(text, [made])))
    return finished.write_run(folder, [made for made, _ in pairs], [record for _, record in pairs])


def own_text(record: dict[str, object]) -> ShownText | None:
    """The text that an article's record carries."""
    text = record.get("text")
    return ShownText(text, tuple(paragraphs(text))) if isinstance(text, str) else None


def page_of(text: str) -> str:
    """The page of the article that holds this text."""
    return f"articles/art_{sha256_hex(text)[:32]}.html"
