"""From claim records to the forms that the development scorers read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any, Final

from models.training.examples import Example
from pipeline.record import Claim, Quantity, Span, Timex

Row = dict[str, Any]

_COMPLEMENTISER: Final = re.compile(r"\bthat\s{1,3}\Z", re.IGNORECASE)
_COMPLEMENTISER_REACH: Final = 8
_MODIFIER_SIGNS: Final = {
    "exact": "=", "range": "=", "approximately": "~",
    "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<",
}  # fmt: skip


def attributions(
    claims: Iterable[Claim], text: str, *, nested: bool, folded: bool, complementiser: bool
) -> list[Row]:
    """The attributions of an article as ``score_quotes.py`` reads them.

    PolNeAR has no nesting, folds a quotation that runs on into the one before it, and counts a
    leading "that" to the content; ``world_dev`` does neither of the last two.
    """
    kept = [c for c in claims if c.kind != "statement" and (nested or c.context.nested_in is None)]
    rows: list[Row] = []
    for claim in sorted(kept, key=lambda c: (c.segments[0].start, c.segments[-1].end)):
        outer = _continued(rows, claim) if folded else None
        if outer is None:
            rows.append(_attribution(claim, text, complementiser))
        else:
            _fold(outer, claim)
    return rows


def _attribution(claim: Claim, text: str, complementiser: bool) -> Row:
    content = _pairs(claim.segments)
    cue, source = _pairs(claim.cue), _pairs(claim.speaker.surface)
    if complementiser:
        content[0][0] = _with_complementiser(text, content[0][0], cue + source)
    return {
        "content": content,
        "cue": cue,
        "source": source,
        "type": claim.kind,
        "participle": claim.cue is not None and claim.cue.exact.split()[0].endswith("ing"),
        "mode": claim.mode,
        "speaker_canonical": claim.speaker.name,
        "status": claim.speaker.status,
        "roles": [role.exact for role in claim.speaker.roles],
    }


def _pairs(spans: Span | Sequence[Span] | None) -> list[list[int]]:
    if spans is None:
        return []
    return [[s.start, s.end] for s in ([spans] if isinstance(spans, Span) else spans)]


def _with_complementiser(text: str, start: int, taken: list[list[int]]) -> int:
    """Where the content starts if a "that" stands before it and is no part of cue or source."""
    base = max(0, start - _COMPLEMENTISER_REACH)
    match = _COMPLEMENTISER.search(text[base:start])
    if match is None:
        return start
    found = base + match.start()
    return start if any(begin < found + 4 and found < end for begin, end in taken) else found


def _continued(rows: list[Row], claim: Claim) -> Row | None:
    """The attribution that a continuation runs on from: the last of its speaker, else the last of all.

    In "“A,” she said, stressing B. “C.”" it is the quotation, not what the participle brings in.
    """
    if claim.speaker.resolution != "continuation" or claim.cue is not None or not rows:
        return None
    same = [row for row in rows if row["speaker_canonical"] == claim.speaker.name]
    if len(same) > 1 and same[-1]["participle"] and same[-2]["type"] == claim.kind:
        return same[-2]
    return (same or rows)[-1]


def _fold(row: Row, claim: Claim) -> None:
    row["content"] += _pairs(claim.segments)
    if row["type"] != claim.kind:
        row["type"] = "mixed"


def own_row(number: int, example: Example, marks: ModuleType) -> Row:
    """A text of our own with marked attributions as ``score_quotes.py`` reads PolNeAR's."""
    rows = []
    for attribution in example.attributions or ():
        spans = {role: [list(s) for s in getattr(attribution, role)] for role in ("content", "cue", "source")}
        rows.append({**spans, "type": marks.content_type(example.text, attribution.content)[0]})
    return {"id": f"own-{number}", "text": example.text, "attributions": rows}


def timexes(dates: Iterable[Timex]) -> list[Row]:
    """Time expressions as ``timex_eval.py`` reads them."""
    return [{"start": d.start, "end": d.end, "type": d.type, "value": d.value} for d in dates]


def quantities(found: Iterable[Quantity]) -> list[Row]:
    """Quantities as ``quant_eval.py`` reads them."""
    return [
        _quantity(q.start, q.end, q.value, q.low, q.high, q.unit, q.modifier, q.of.exact if q.of else None)
        for q in found
    ]


def gold_quantities(row: Row) -> Row:
    """A line of ``quantities/news`` as ``quant_eval.py`` reads it."""
    return {"id": row["id"], "quantities": [_gold_quantity(q) for q in row["quantities"]]}


def _gold_quantity(q: Row) -> Row:
    noun = q["of"]["text"] if q["of"] else None
    return _quantity(q["start"], q["end"], q["value"], q["low"], q["high"], q["unit"], q["modifier"], noun)


def _quantity(
    start: int,
    end: int,
    value: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    modifier: str,
    noun: str | None,
) -> Row:
    """The scorer looks for ``low`` first, so that a row has a value or a range, never both."""
    sign = _MODIFIER_SIGNS[modifier]
    row: Row = {"start": start, "end": end, "unit": unit, "modifier": sign, "noun": noun}
    if value is None and low is not None and high is not None:
        return {**row, "low": low, "high": high}
    return {**row, "value": value}
