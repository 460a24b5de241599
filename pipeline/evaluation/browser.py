"""The error browser: one HTML page, gold beside prediction, every text in it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Any, Final

from pipeline.evaluation.annotations import ClaimLabel
from pipeline.evaluation.figures import Evaluation
from pipeline.evaluation.report import table_lines
from pipeline.evaluation.scoring import ArticleResult, SpanPair
from pipeline.evaluation.verdicts import ClaimPair
from pipeline.record import Span

_TEMPLATE: Final = "browser.html"
# Characters that no HTML document may hold, and those that turn the writing around.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SHOWN: Final = {
    "quantities": ("kind", "value", "low", "high", "modifier", "unit", "of"),
    "dates": ("type", "value", "mod"),
    "entities": ("label",),
}
_TITLES: Final = {"quantities": "Quantities", "dates": "Dates", "entities": "Entities"}


def error_page(evaluation: Evaluation) -> str:
    """The page; it needs nothing from the network and runs no script that reads the texts."""
    template = (files(__package__) / _TEMPLATE).read_text(encoding="utf-8")
    table = _text("\n".join(table_lines(evaluation)))
    body = "\n".join(_article(number, article) for number, article in enumerate(evaluation.articles, 1))
    return template.replace("<!--table-->", table, 1).replace("<!--articles-->", body, 1)


def _text(value: object) -> str:
    """Escaped text. The comment marks of the template cannot come out of it: < is escaped."""
    return escape(_FORBIDDEN.sub("\ufffd", str(value)), quote=True)


def _article(number: int, article: ArticleResult) -> str:
    wrong = sum(1 for pair in article.pairs if not pair.right) + len(article.missed) + len(article.spurious)
    state = "" if article.processed else " <b>not among the predictions</b>"
    summary = f"{_text(article.source)} – {len(article.pairs)} claims found, {wrong} rows with errors{state}"
    parts = [_claims(article), *(_spans(layer, pairs) for layer, pairs in article.spans.items())]
    return f'<details id="a{number}"><summary>{summary}</summary>{"".join(parts)}</details>'


def _claims(article: ArticleResult) -> str:
    rows = [(pair.gold.segments[0].start, _pair_row(pair)) for pair in article.pairs]
    rows += [(claim.segments[0].start, _lone_row("missed", claim, None)) for claim in article.missed]
    rows += [(claim.segments[0].start, _lone_row("spurious", None, claim)) for claim in article.spurious]
    if not rows:
        return ""
    body = "".join(row for _, row in sorted(rows))
    return f"<h3>Claims</h3><table><tr><th>verdict<th>gold<th>prediction</tr>{body}</table>"


def _pair_row(pair: ClaimPair) -> str:
    wrong = [name for name, right in pair.verdicts.items() if not right]
    state = "right" if pair.right and not wrong else "partly" if pair.right else "wrong"
    badges = "".join(f'<span class="bad">{_text(name)}</span> ' for name in wrong) or "all right"
    return f'<tr class="{state}"><td>{badges}<td>{_claim(pair.gold)}<td>{_claim(pair.found)}</tr>'


def _lone_row(state: str, gold: ClaimLabel | None, found: ClaimLabel | None) -> str:
    cells = "".join(f"<td>{_claim(claim) if claim else '–'}" for claim in (gold, found))
    return f'<tr class="wrong"><td><span class="bad">{state}</span>{cells}</tr>'


def _claim(claim: ClaimLabel) -> str:
    speaker = claim.speaker
    facts = {
        "kind": claim.kind,
        "mode": claim.mode,
        "speaker": speaker.name,
        "status": speaker.status,
        "source": _exact(speaker.surface),
        "cue": _exact(claim.cue),
        "roles": "; ".join(role.exact for role in speaker.roles),
        "said on": claim.said_on,
        "addressee": _exact(claim.addressee),
    }
    return f"<q>{_text(_exact(claim.segments))}</q>{_facts(facts.items())}"


def _exact(spans: Iterable[Span]) -> str:
    return " … ".join(span.exact for span in spans)


def _facts(facts: Iterable[tuple[str, object]]) -> str:
    items = "".join(
        f"<dt>{_text(name)}<dd>{_text(value)}" for name, value in facts if value not in (None, "")
    )
    return f"<dl>{items}</dl>"


def _spans(layer: str, pairs: tuple[SpanPair[Any], ...]) -> str:
    """The pairs of a layer that hold an error; the right ones are only counted."""
    wrong = [pair for pair in pairs if not pair.right]
    body = "".join(_span_row(layer, pair) for pair in wrong)
    head = f"<h3>{_TITLES[layer]}: {len(pairs) - len(wrong)} right, {len(wrong)} not</h3>"
    return f"{head}<table><tr><th>verdict<th>gold<th>prediction</tr>{body}</table>" if wrong else head


def _span_row(layer: str, pair: SpanPair[Any]) -> str:
    badges = "".join(f'<span class="bad">{_text(verdict)}</span> ' for verdict in _span_errors(pair))
    cells = "".join(f"<td>{_labelled(layer, item)}" for item in (pair.gold, pair.found))
    return f'<tr class="wrong"><td>{badges}{cells}</tr>'


def _span_errors(pair: SpanPair[Any]) -> Iterator[str]:
    if pair.found is None:
        yield "missed"
    elif pair.gold is None:
        yield "spurious"
    yield from (name for name, right in pair.verdicts.items() if not right)


def _labelled(layer: str, item: Any) -> str:
    if item is None:
        return "–"
    facts = ((name, getattr(item, name)) for name in _SHOWN[layer])
    return f"<q>{_text(item.exact)}</q>{_facts((n, v.exact if isinstance(v, Span) else v) for n, v in facts)}"
