from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.checkpoint import Workspace, load_plan, save_plan
from pipeline.batch.plan import MAX_SHARD_ARTICLES, Plan, PlannedFile, Shard, make_plan

sizes = st.lists(st.integers(1, 30), max_size=12)


def files_of(counts: list[int], *, digest: str = "d") -> list[PlannedFile]:
    return [PlannedFile(f"/in/{n}", f"f{n:03d}", 9, digest, count) for n, count in enumerate(counts)]


def places(shards: tuple[Shard, ...]) -> Counter[object]:
    return Counter(place for shard in shards for place in shard.places())


@given(sizes, st.one_of(st.none(), st.integers(1, 50)))
def test_a_first_plan_covers_every_article_once(counts: list[int], shard_size: int | None) -> None:
    files = files_of(counts)
    plan = make_plan(files, shard_size=shard_size)
    expected = Counter((file.key, index) for file in files for index in range(file.articles))
    assert places(plan.shards) == expected


@given(sizes, st.integers(1, 20))
def test_no_shard_is_larger_than_asked(counts: list[int], shard_size: int) -> None:
    plan = make_plan(files_of(counts), shard_size=shard_size)
    assert all(0 < shard.articles <= shard_size for shard in plan.shards)


def test_without_a_size_shards_stay_small_enough_to_lose() -> None:
    plan = make_plan(files_of([100_000]))
    assert max(shard.articles for shard in plan.shards) == MAX_SHARD_ARTICLES


def test_without_a_size_the_last_shards_are_the_smallest() -> None:
    sizes = [shard.articles for shard in make_plan(files_of([1000])).shards]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-8:] == [1] * 8


def test_a_large_file_is_split_over_shards() -> None:
    plan = make_plan(files_of([25]), shard_size=10)
    assert [(s.slices[0].start, s.slices[0].stop) for s in plan.shards] == [(0, 10), (10, 20), (20, 25)]


def test_finished_shards_stay_when_a_file_is_added_in_front() -> None:
    first = make_plan(files_of([1, 1, 1])[1:], shard_size=1)
    second = make_plan(files_of([1, 1, 1]), done=first.shards, shard_size=1)
    assert second.shards[:2] == first.shards
    assert list(places(second.shards[2:])) == [(("f000", "d"), 0)]


def test_a_changed_file_is_planned_again_and_its_neighbours_are_not() -> None:
    old = files_of([1, 1])
    first = make_plan(old, shard_size=2)
    changed = [old[0], PlannedFile("/in/1", "f001", 9, "other", 1)]
    second = make_plan(changed, done=first.shards, shard_size=2)
    assert list(places(second.shards[1:])) == [(("f001", "other"), 0)]


def test_a_shard_none_of_whose_files_is_left_is_dropped() -> None:
    first = make_plan(files_of([1, 1]), shard_size=1)
    second = make_plan(files_of([1]), done=first.shards)
    assert [shard.number for shard in second.shards] == [0]


def test_an_unfinished_shard_with_a_lost_file_is_planned_anew() -> None:
    files = files_of([1, 1])
    first = make_plan(files, shard_size=2)
    second = make_plan(files[:1], pending=first.shards)
    assert list(places(second.shards)) == [(("f000", "d"), 0)]


def test_articles_to_redo_get_a_shard_with_a_higher_number() -> None:
    files = files_of([3])
    first = make_plan(files)
    redo = frozenset({(files[0].key, 1)})
    second = make_plan(files, done=first.shards, redo=redo)
    assert second.shards[-1].number > first.shards[-1].number
    assert list(places(second.shards[-1:])) == [(files[0].key, 1)]


def test_a_moved_folder_keeps_its_shards_and_gets_its_new_paths() -> None:
    files = files_of([1])
    first = make_plan(files)
    moved = [PlannedFile("/elsewhere/0", "f000", 9, "d", 1)]
    second = make_plan(moved, pending=first.shards)
    assert second.shards[0].slices[0].path == "/elsewhere/0"
    assert second.shards[0].number == 0


@given(sizes)
def test_a_stored_plan_reads_back_equal(counts: list[int]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        workspace.create()
        plan = make_plan(files_of(counts), shard_size=3)
        save_plan(workspace, plan)
        assert load_plan(workspace) == Plan(plan.files, plan.shards)
