"""Claims as linked data: JSON-LD 1.1 with the terms of schema.org and of W3C Web Annotation.

A claim is a schema.org ``Claim`` (one in quotation marks a ``Quotation`` as well), and an annotation says
where it stands: a ``TextPositionSelector`` in code points and a ``TextQuoteSelector`` for each segment
(https://www.w3.org/TR/annotation-model/#selectors). What those vocabularies lack has terms of our own.
The context is part of the file: no reader needs a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pipeline.outputs.jsonl import decode
from pipeline.outputs.tables import day, number

Json = dict[str, Any]

_ID: Final = "urn:onrecord:"
_TYPES: Final = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place",
}  # fmt: skip
_IN_QUOTATION_MARKS: Final = ("direct", "mixed")
_FLAGS: Final = ("negated", "hedged", "conditional", "question")


@cache
def context() -> Json:
    """The terms of the file and what they stand for."""
    terms: Json = decode(files(__package__).joinpath("jsonld_context.json").read_bytes())
    return terms


def article_node(article: Json) -> Json:
    """The article of a line of articles.jsonl, as a schema.org ``NewsArticle``."""
    return _known({
        "id": _ID + article["article_id"],
        "type": "NewsArticle",
        "headline": article["title"],
        "url": article["url"],
        "identifier": article["source"],
        "publisher": _named("Organization", article["publisher"]),
        "author": [_named("Person", name) for name in article["authors"]],
        "datePublished": article["date_published"],
        "inLanguage": article["language"],
        "encodingFormat": article["media_type"],
        "textSha256": article["text_sha256"],
    })  # fmt: skip


def claim_nodes(claim: Json, *, full: bool) -> Iterator[Json]:
    """A claim and the annotation that places it; ``full`` adds what the claim mentions."""
    yield _known(_claim(claim) | (_contents(claim) if full else {}))
    yield {
        "id": f"{_ID}{claim['claim_id']}:place",
        "type": "Annotation",
        "motivation": "oa:identifying",
        "body": _ID + claim["claim_id"],
        "target": list(_targets(claim)),
    }


def _claim(claim: Json) -> Json:
    article = _ID + claim["article"]["article_id"]
    nested_in = claim["context"]["nested_in"]
    return {
        "id": _ID + claim["claim_id"],
        "type": ["Claim", "Quotation"] if claim["kind"] in _IN_QUOTATION_MARKS else "Claim",
        "text": claim["text"],
        "appearance": article,
        "isPartOf": _ID + nested_in if nested_in else None,
        "author": _speakers(claim),
        "dateCreated": claim["said_on"],
        "claimKey": claim["claim_key"],
        "kind": claim["kind"],
        "mode": claim["mode"],
        "cue": claim["cue"] and claim["cue"]["exact"],
        "speakerStatus": claim["speaker"]["status"],
        **{flag: claim["modality"][flag] for flag in _FLAGS},
        "confidenceClaim": claim["confidence"]["claim"],
        "confidenceSpeaker": claim["confidence"]["speaker"],
        "warning": claim["warnings"],
    }


def _speakers(claim: Json) -> list[Json]:
    """The speaker, if there is a name or a description; a node of its own where the article names it."""
    speaker = claim["speaker"]
    if speaker["name"] is None:
        return []
    return [_known({
        "id": _entity_id(claim, speaker["entity_ref"]),
        "type": _TYPES.get(speaker["entity_type"], "Thing"),
        "name": speaker["name"],
        "jobTitle": [role["exact"] for role in speaker["roles"]],
        "affiliation": _named("Organization", speaker["affiliation"]),
    })]  # fmt: skip


def _entity_id(claim: Json, ref: str | None) -> str | None:
    return f"{_ID}{claim['article']['article_id']}:{ref}" if ref else None


def _targets(claim: Json) -> Iterator[Json]:
    """The segments; the words before and after are known for the outer ends."""
    place, segments = claim["context"], claim["segments"]
    for index, segment in enumerate(segments):
        quote = {
            "type": "TextQuoteSelector",
            "exact": segment["exact"],
            "prefix": place["prefix"] if index == 0 else None,
            "suffix": place["suffix"] if index == len(segments) - 1 else None,
        }
        position = {"type": "TextPositionSelector", "start": segment["start"], "end": segment["end"]}
        yield {"source": _ID + claim["article"]["article_id"], "selector": [position, _known(quote)]}


def _contents(claim: Json) -> Json:
    mentions = [*_entities(claim), *(_quantity(item) for item in claim["quantities"])]
    return {"mentions": mentions, "temporalCoverage": list(_intervals(claim["dates"]))}


def _entities(claim: Json) -> Iterator[Json]:
    seen = set()
    for entity in claim["entities"]:
        if entity["ref"] not in seen:
            seen.add(entity["ref"])
            kind = _TYPES.get(entity["label"], "Thing")
            yield {"id": _entity_id(claim, entity["ref"]), "type": kind, "name": entity["name"]}


def _quantity(item: Json) -> Json:
    """A quantity; the currency of money stands where schema.org looks for it."""
    money = item["unit_system"] == "ISO4217"
    return _known({
        "type": "MonetaryAmount" if money else "QuantitativeValue",
        "name": item["exact"],
        "quantityKind": item["kind"],
        "value": number(item["value"]),
        "minValue": number(item["low"]),
        "maxValue": number(item["high"]),
        "modifier": item["modifier"],
        "currency" if money else "unitCode": item["unit_code"],
        "unitText": item["unit"],
        "per": item["per"],
        "counted": item["of"] and item["of"]["exact"],
    })  # fmt: skip


def _intervals(dates: Iterable[Json]) -> Iterator[str]:
    """Intervals as ISO 8601 has them, open where one end is not known."""
    for item in dates:
        begin, end = day(item["begin"]), day(item["end_date"])
        if begin or end:
            yield f"{begin or '..'}/{end or '..'}"


def _named(kind: str, name: str | None) -> Json | None:
    return {"type": kind, "name": name} if name else None


def _known(node: Json) -> Json:
    """The node without what is not known: linked data leave out rather than say null."""
    return {key: value for key, value in node.items() if value is not None and value != []}
