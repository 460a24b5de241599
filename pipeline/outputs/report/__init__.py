"""A static report of a run: pages that open from disk, without a network and without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from pipeline.outputs.across import speakers_of
from pipeline.outputs.jsonl import read_lines
from pipeline.outputs.report.article_pages import ArticlePage, ShownText, claim_pages, pages_of_article
from pipeline.outputs.report.entries import KINDS, ArticleEntry, article_entry, kind_name
from pipeline.outputs.report.gathering import Gathered, articles_with_claims
from pipeline.outputs.report.overview import Letter, letter_of, letters_of, overview
from pipeline.outputs.report.paging import leaves
from pipeline.outputs.report.people import People
from pipeline.outputs.report.search_index import search_files
from pipeline.outputs.report.site import Site, replaced_folder
from pipeline.outputs.report.speaker_pages import (
    SPEAKERS_A_PAGE,
    SpeakerEntry,
    most_quoted,
    pages_of_speaker,
    speaker_entry,
)
from pipeline.outputs.report.timeline import months, period_bars, periods
from pipeline.outputs.report.wording import span_words
from pipeline.outputs.runs import FinishedRun, as_record, finished_run, storable

__all__ = ["ReportCounts", "ShownText", "TextOf", "write_report"]

Json = dict[str, Any]
# The text of an article and its paragraphs, or None where it cannot be had.
TextOf = Callable[[Json], ShownText | None]

_ARTICLES_A_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """What a report holds."""

    articles: int
    claims: int
    speakers: int
    without_text: int


def write_report(folder: Path, out: Path, text_of: TextOf) -> ReportCounts:
    """Write the report of a finished run into ``out``, whole or not at all."""
    run = finished_run(folder)
    with replaced_folder(out) as draft:
        site = Site(draft)
        gathered = Gathered(_people(run))
        for article, claims in articles_with_claims(run):
            _write_article(site, gathered, article, claims, text_of)
        speakers = _write_speakers(site, gathered)
        _write_lists(site, gathered, speakers)
        _write_timeline(site, gathered)
        _write_search(site, gathered)
        figures = overview(gathered, speakers, letters_of(_dead_letters(run)))
        site.page("index.html", "overview.html", overview=figures)
    return ReportCounts(len(gathered.articles), len(gathered.claims), figures.named, gathered.without_text)


def _people(run: FinishedRun) -> People:
    people = People()
    for speaker in speakers_of(run):
        as_record(people.add, speaker)
    return people


def _write_article(
    site: Site, gathered: Gathered, article: Json, claims: list[Json], text_of: TextOf
) -> None:
    shown = text_of(article)
    gathered.without_text += shown is None
    entry, pages = as_record(partial(_pages, gathered.people, claims, shown), article)
    for page in pages:
        site.page(page.path, "article.html", page=page)
    as_record(partial(gathered.add, entry, claims), claim_pages(pages))


def _pages(
    people: People, claims: list[Json], shown: ShownText | None, article: Json
) -> tuple[ArticleEntry, list[ArticlePage]]:
    entry = article_entry(article)
    return entry, pages_of_article(article, entry, claims, shown, people)


def _write_speakers(site: Site, gathered: Gathered) -> list[SpeakerEntry]:
    """The pages of all speakers; gives their entries, most quoted first."""
    entries = []
    for page, claims in gathered.voices.items():
        entry = speaker_entry(page, claims)
        entries.append(entry)
        for part in pages_of_speaker(entry, claims, gathered.people):
            site.page(part.leaf.path, "speaker.html", page=part)
    return most_quoted(entries)


def _write_lists(site: Site, gathered: Gathered, speakers: list[SpeakerEntry]) -> None:
    newest = sorted(gathered.articles, key=lambda entry: entry.day or "", reverse=True)
    for leaf in leaves("articles.html", newest, _ARTICLES_A_PAGE):
        site.page(leaf.path, "articles.html", leaf=leaf, total=len(newest))
    for speaker_leaf in leaves("speakers.html", speakers, SPEAKERS_A_PAGE):
        values = {"leaf": speaker_leaf, "total": len(speakers), "joined": gathered.people.are_joined}
        site.page(speaker_leaf.path, "speakers.html", **values)


def _write_timeline(site: Site, gathered: Gathered) -> None:
    found = periods(gathered.dates)
    total = len(gathered.dates)
    site.page("timeline.html", "timeline.html", bars=period_bars(found), total=total)
    for before, period, after in zip([None, *found], found, [*found[1:], None], strict=False):
        for leaf in period.leaves():
            near = {"before": before, "period": period, "after": after}
            values = {**near, "leaf": leaf, "months": months(leaf), "span_words": span_words}
            site.page(leaf.path, "period.html", **values)


def _write_search(site: Site, gathered: Gathered) -> None:
    for name, value in search_files(gathered.claims):
        site.data(name, value)
    site.page("search.html", "search.html", kinds=[(kind, kind_name(kind)) for kind in KINDS])


def _dead_letters(run: FinishedRun) -> Iterator[Letter]:
    file = run.folder / "errors.jsonl"
    if file.is_file():
        for _, line in read_lines(file):
            yield as_record(letter_of, storable(line))
