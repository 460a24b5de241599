from __future__ import annotations

from pathlib import Path

from pipeline.articles import article_from_text
from pipeline.evaluation.bench import Timing, main, read_articles, timed, together

ARTICLE = article_from_text("The harbour board spent $4 million on 12 May 2031. " * 4)


def test_words_a_second_and_the_time_of_an_article_are_told() -> None:
    assert Timing("pipeline", 1000, 2.0, 4.0).line().split()[1:] == ["500", "250", "1000.00"]


def test_every_article_is_worked_on_once_after_warming_up() -> None:
    seen: list[str] = []
    timing = timed("work", [ARTICLE, ARTICLE], lambda article: seen.append(article.source))
    assert (len(seen), timing.words) == (3, 2 * len(ARTICLE.text.split()))


def test_steps_after_each_other_take_the_sum_of_their_times() -> None:
    steps = [Timing("a", 100, 1.0, 2.0), Timing("b", 100, 3.0, 4.0)]
    assert together("both", steps) == Timing("both", 100, 4.0, 6.0)


def test_files_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A new bridge opens.", encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    assert len(read_articles([str(tmp_path)])) == 1


def test_nothing_to_measure_is_a_failure(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 1
