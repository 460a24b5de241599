"""What every database does, and what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

from pipeline.errors import OnrecordError, ReadError
from pipeline.outputs.across import clusters_of, speakers_of
from pipeline.outputs.runs import FinishedRun, Json, as_record
from pipeline.outputs.tables import (
    ARTICLES,
    RUNS,
    Row,
    article_row,
    claim_rows,
    cluster_rows,
    run_row,
    speaker_rows,
)

BATCH_RECORDS: Final = 2_000  # larger batches load no faster and take more memory


class StoreError(OnrecordError):
    """A database that refuses what it is asked."""

    code = "E_STORE"
    stage = "load"


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table."""

    table: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load has done."""

    run_id: str
    articles: int
    claims: int
    replaced: int


class Store(Protocol):
    """A database that holds claims."""

    def migrate(self) -> None:
        """Bring the tables to the newest version, or make them; refuse newer ones."""

    def replace(self, batches: Iterable[Batch]) -> int:
        """Put these rows in the place of all earlier rows of their articles, all or nothing.

        Batches come in the order of foreign keys: run, articles, claims and what claims hold, clusters
        and speakers with their claims. A cluster goes with its first claim, a joined speaker with the
        first article. Gives the number of articles that were there before.
        """

    def close(self) -> None:
        """Let go of the database."""


@contextmanager
def all_or_nothing(connection: Any, begin: str) -> Iterator[None]:
    """A transaction on a DB-API connection that takes statements itself; undone where anything is raised."""
    with ExitStack() as undone:
        connection.execute(begin)
        undone.callback(connection.rollback)
        yield
        connection.execute("COMMIT")
        undone.pop_all()


def batches_of(run: FinishedRun, size: int = BATCH_RECORDS) -> Iterator[Batch]:
    """Every row of a run, in batches, in the order that foreign keys ask for."""
    run_id = run.run_id
    yield Batch(RUNS.name, [as_record(lambda manifest: run_row(manifest, run_id), run.manifest)])
    known: set[str] = set()
    for articles in _groups(run.records("articles"), size):
        rows = [as_record(lambda article: article_row(article, run_id), article) for article in articles]
        known.update(row[0] for row in rows)
        yield Batch(ARTICLES.name, rows)
    for claims in _groups(run.records("claims"), size):
        yield from _claim_batches(claims, known)
    for clusters in _groups(clusters_of(run), size):
        yield from _batches(cluster_rows, clusters)
    for speakers in _groups(speakers_of(run), size):
        yield from _batches(speaker_rows, speakers)


def _claim_batches(claims: list[Json], known: set[str]) -> Iterator[Batch]:
    batches = list(_batches(claim_rows, claims))
    for row in batches[0].rows:
        if row[1] not in known:
            raise ReadError(
                "E_RECORD", f"{row[0]}: its article {row[1]} is not in the run; see: onrecord validate DIR"
            )
    yield from batches


def _batches(
    make: Callable[[Iterable[Json]], Mapping[str, list[Row]]], records: list[Json]
) -> Iterator[Batch]:
    """The rows that these records make, in a batch for each table that gets any."""
    rows = as_record(lambda _: make(records), records[0])
    yield from (Batch(table, some) for table, some in rows.items() if some)


def _groups(records: Iterable[Json], size: int) -> Iterator[list[Json]]:
    iterator = iter(records)
    while group := list(islice(iterator, size)):
        yield group
