"""The report of a clustered run at size: seconds, its heaviest page, and the time to the first search result.

``python -m tests.outputs.report.measure RUN [ARTICLES]`` makes a run of so many articles (5,000) out of
another, written with --include-text: copies with ids, days and, all but the first few, speakers of their
own. The search is measured in Chromium, where that is installed, over all claims of the report.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from pipeline.articles import paragraphs
from pipeline.clustering import cluster
from pipeline.outputs.jsonl import decode, encode
from pipeline.outputs.report import ShownText, write_report
from tests.outputs.finished import multiplied, write_lines
from tests.outputs.report.browser import chromium, program, until

Json = dict[str, Any]

FIRST_DAY = date(2022, 1, 1)
DAYS = 900
SAME_SPEAKERS = 10
QUERIES = ("the", "million", "govern", "2019", "war", "percent year", "zzz", "harbour water", "he", "co")


def main(run: Path, articles: int) -> None:
    """Make the run and its report, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        made, report = large_run(run, Path(name) / "run", articles), Path(name) / "report"
        clock = time.perf_counter()
        cluster(made)
        print(f"clustered in {time.perf_counter() - clock:.0f} s", flush=True)
        clock, processor = time.perf_counter(), time.process_time()
        counts = write_report(made, report, own_text)
        seconds, own = time.perf_counter() - clock, time.process_time() - processor
        print(f"{counts.articles:,} articles, {counts.claims:,} claims, {counts.speakers:,} speakers")
        print(f"written in {seconds:.0f} s, own processor {own:.0f} s", flush=True)
        weigh(report)
        if program():
            measure_search(report)


def large_run(run: Path, folder: Path, articles: int) -> Path:
    """A run of copies of another's articles, until there are so many."""
    lines = {kind: (run / f"{kind}.jsonl").read_bytes().splitlines() for kind in ("articles", "claims")}
    times = -(-articles // len(lines["articles"]))
    return write_lines(folder, copied(lines["articles"], times), copied(lines["claims"], times))


def copied(lines: list[bytes], times: int) -> Iterator[bytes]:
    """The records again and again, each time of another day, and after a while of other people."""
    for place, line in enumerate(multiplied(lines, times)):
        record, turn = decode(line), place // len(lines)
        article = record.get("article", record)
        article["date_published"] = (FIRST_DAY + timedelta(turn % DAYS)).isoformat()
        name = record.get("speaker", {}).get("name")
        if name and turn >= SAME_SPEAKERS:
            record["speaker"]["name"] = f"{name} {turn}"
        yield encode(record)


def own_text(article: Json) -> ShownText:
    """The text that the record carries."""
    return ShownText(article["text"], tuple(paragraphs(article["text"])))


def weigh(report: Path) -> None:
    """Print the heaviest files and the weight of all."""
    sizes = sorted(
        ((file.stat().st_size, file) for file in report.rglob("*") if file.is_file()), reverse=True
    )
    print(f"{len(sizes):,} files, {sum(size for size, _ in sizes) / 1e6:,.0f} MB")
    for suffix in (".html", ".js"):
        size, file = next(item for item in sizes if item[1].suffix == suffix)
        print(f"heaviest {suffix}: {size / 1e3:,.0f} kB, {file.relative_to(report)}", flush=True)


def measure_search(report: Path) -> None:
    """Print the milliseconds from the last key to the first result, each word in a page just opened."""
    with chromium() as browser:
        cold = [first_result(browser, report, query) for query in QUERIES]
    for query, milliseconds in zip(QUERIES, cold, strict=True):
        print(f"{query!r}: {milliseconds:.0f} ms")
    print(f"median {median(cold):.0f} ms, worst {max(cold):.0f} ms")


def first_result(browser: Any, report: Path, query: str) -> float:
    """From Enter to the first result, or to the word that there is none; nothing of the query is loaded."""
    page = browser.new_page()
    page.goto(f"{(report / 'search.html').as_uri()}")
    until(page, "document.querySelector('#results li') !== null")
    page.evaluate(_CLOCK)
    page.evaluate("query => window.askAt(query)", query)
    until(page, "window.answeredAt !== undefined")
    milliseconds = page.evaluate("window.answeredAt - window.askedAt")
    page.close()
    return float(milliseconds)


# Asked: the form is sent. Answered: the list or the status has changed and has been painted.
_CLOCK = """() => {
  window.askAt = (query) => {
    const [list, status] = ['results', 'status'].map((id) => document.getElementById(id));
    status.textContent = '';
    const done = () => {
      const none = status.textContent.startsWith('0 ');
      const some = status.textContent && list.children.length > 0;
      if ((none || some) && window.answeredAt === undefined) {
        requestAnimationFrame(() => setTimeout(() => { window.answeredAt ??= performance.now(); }));
      }
    };
    new MutationObserver(done).observe(document.body, { childList: true, subtree: true });
    document.getElementById('q').value = query;
    window.askedAt = performance.now();
    document.getElementById('query').requestSubmit();
  };
}"""


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5_000)
