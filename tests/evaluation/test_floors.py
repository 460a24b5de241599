from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.evaluation.floors import floors_text, moved, read_floors, shortfalls
from pipeline.evaluation.scores import Score

SCORES = {"headline": Score(2, 3, 3), "dates.value": Score(9, 10, 10), "empty": Score(0, 0, 0)}


def test_a_figure_at_its_floor_is_kept() -> None:
    assert shortfalls(SCORES, {"dates.value": 90.0}) == ()


def test_a_figure_under_its_floor_is_told_with_both_numbers() -> None:
    (low,) = shortfalls(SCORES, {"dates.value": 90.1})
    assert (low.name, low.floor, low.value) == ("dates.value", 90.1, 90.0)


@pytest.mark.parametrize("name", ["nonsense", "empty"])
def test_a_floor_whose_figure_was_not_measured_is_not_met(name: str) -> None:
    assert shortfalls(SCORES, {name: 0.0})[0].value is None


def test_raising_pins_what_was_reached_rounded_down() -> None:
    assert moved(SCORES, {"headline": 50.0}, up=True, down=False) == {"headline": 66.6}


def test_raising_never_lowers() -> None:
    assert moved(SCORES, {"headline": 70.0}, up=True, down=False) == {"headline": 70.0}


def test_lowering_never_raises() -> None:
    floors = {"headline": 70.0, "dates.value": 50.0}
    assert moved(SCORES, floors, up=False, down=True) == {"headline": 66.6, "dates.value": 50.0}


def test_new_floors_pin_the_usual_figures_that_were_measured() -> None:
    assert moved(SCORES, {}, up=True, down=False) == {"headline": 66.6, "dates.value": 90.0}


def test_floors_come_back_as_written(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text(floors_text({"headline": 66.6}), encoding="utf-8")
    assert read_floors(tmp_path / "floors.json") == {"headline": 66.6}


@pytest.mark.parametrize("content", ["", "[]", '{"headline": "high"}', '{"headline": true}', "{"])
def test_a_floors_file_of_the_wrong_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"floors\.json"):
        read_floors(path)


def test_a_floors_file_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigurationError, match="--raise-floors"):
        read_floors(Path("no/such/floors.json"))
