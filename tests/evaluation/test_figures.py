from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import ConfigurationError
from pipeline.evaluation import Evaluation, evaluate
from pipeline.evaluation.annotations import Labels
from pipeline.evaluation.figures import ABSENT
from tests.evaluation.labels import CARS, COST, GOLD, OPENING, TOLL, claim, entity, labels, named, span


def scored(**layers: object) -> Evaluation:
    """Predictions with other layers than gold, scored."""
    return evaluate([replace(GOLD, **layers)], [GOLD])


def test_gold_scored_against_itself_is_all_right() -> None:
    result = evaluate([GOLD], [GOLD])
    assert {name: score.f1 for name, score in result.scores.items() if score.f1 not in (100.0, None)} == {}
    assert result.scores["headline"].gold == 4


def test_the_headline_needs_content_kind_and_speaker() -> None:
    wrong = (replace(COST, kind="mixed"), replace(OPENING, speaker=named("Ben Cole")), CARS)
    assert scored(claims=wrong).scores["headline"].recall == 25.0


def test_the_headline_without_statements_leaves_statements_out() -> None:
    assert scored(claims=(CARS,)).scores["headline.attributed"].recall == 0.0


def test_spurious_claims_cost_precision_of_their_own_kind() -> None:
    score = scored(claims=(*GOLD.claims, claim("direct", "Critics fear"))).scores
    assert score["claims.j80.direct"].precision == 50.0
    assert score["claims.j80.indirect"].precision == 100.0


def test_a_longer_content_is_right_at_j80_and_wrong_exactly() -> None:
    longer = replace(COST, segments=(span("said the bridge would cost $4 million"),))
    scores = scored(claims=(longer, OPENING, CARS, TOLL)).scores
    assert (scores["claims.j80.all"].right, scores["claims.exact.all"].right) == (4, 3)


def test_a_claim_found_under_another_kind_counts_for_its_gold_kind() -> None:
    scores = scored(claims=(replace(COST, kind="mixed"),)).scores
    assert (scores["claims.j80.indirect"].right, scores["claims.j80.mixed"].predicted) == (1, 0)


def test_who_said_what_wants_overlapping_sources() -> None:
    elsewhere = replace(COST, speaker=named("Ada Brook", "Critics"))
    assert scored(claims=(elsewhere, OPENING, CARS, TOLL)).scores["claims.who said what"].right == 2


def test_statements_do_not_flatter_the_speaker_figures() -> None:
    assert evaluate([GOLD], [GOLD]).scores["matched.speaker"].gold == 3


def test_missed_and_spurious_spans_cost_recall_and_precision() -> None:
    score = scored(quantities=GOLD.quantities[:1]).scores["quantities.value"]
    assert (score.precision, score.recall) == (100.0, 50.0)


def test_a_date_that_overlaps_is_relaxed_right_and_strictly_wrong() -> None:
    shorter = replace(GOLD.dates[1], start=GOLD.dates[1].start + 2, exact="day")
    scores = scored(dates=(GOLD.dates[0], shorter)).scores
    assert (scores["dates.relaxed"].right, scores["dates.strict"].right) == (2, 1)


def test_a_wrong_type_is_missed_in_one_and_spurious_in_the_other() -> None:
    scores = scored(entities=(entity("Ada Brook", "ORG"),)).scores
    assert (scores["entities.PERSON"].recall, scores["entities.ORG"].precision) == (0.0, 0.0)


def test_what_stands_in_page_furniture_counts_neither_way() -> None:
    furniture = ((GOLD.claims[-1].segments[0].start, 1000),)
    gold = replace(GOLD, furniture=furniture, claims=GOLD.claims[:-1])
    score = evaluate([GOLD], [gold]).scores["claims.j80.all"]
    assert (score.predicted, score.gold) == (3, 3)


def test_an_article_without_prediction_is_missed_as_a_whole() -> None:
    other = replace(GOLD, source="other.txt", text_sha256="b" * 64)
    result = evaluate([GOLD], [GOLD, other])
    assert result.missing == ("other.txt",)
    assert result.scores["headline"].recall == 50.0


def test_articles_without_gold_are_counted_and_left_out() -> None:
    other = replace(GOLD, source="other.txt", text_sha256="b" * 64)
    result = evaluate([GOLD, other], [GOLD])
    assert (result.unlabelled, result.scores["claims.j80.all"].predicted) == (1, 4)


def test_a_text_changed_since_it_was_labelled_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"bridge\.txt: its text has hash bbbb"):
        evaluate([replace(GOLD, text_sha256="b" * 64)], [GOLD])


def test_an_article_is_found_by_its_text_under_another_name() -> None:
    assert evaluate([replace(GOLD, source="moved.txt")], [GOLD]).missing == ()


def test_an_article_without_a_hash_is_found_by_its_source() -> None:
    assert evaluate([GOLD], [replace(GOLD, text_sha256=None)]).missing == ()


def test_a_layer_that_the_predictions_lack_is_not_scored() -> None:
    only_claims = labels(claims=GOLD.claims)
    assert not any(name.startswith("dates") for name in evaluate([only_claims], [GOLD]).scores)


def test_a_layer_that_gold_lacks_is_not_scored() -> None:
    only_dates = labels(dates=GOLD.dates)
    assert all(name.startswith("dates") for name in evaluate([GOLD], [only_dates]).scores)


def test_predictions_that_are_empty_score_nought() -> None:
    empty: list[Labels] = []
    assert evaluate(empty, [GOLD]).scores["headline"].recall == 0.0


def test_the_confusion_of_kinds_tells_missed_and_spurious_claims() -> None:
    found = (replace(COST, kind="mixed"), CARS, TOLL, claim("direct", "Critics fear"))
    table = scored(claims=found).confusions["kind"]
    assert table["indirect", "mixed"] == 1
    assert table["direct", ABSENT] == 1
    assert table[ABSENT, "direct"] == 1


def test_the_confusion_of_statuses_tells_what_was_taken_for_what() -> None:
    anonymous = replace(TOLL, speaker=named("critics", "Critics", status="anonymous"))
    table = scored(claims=(COST, OPENING, CARS, anonymous)).confusions["status"]
    assert table["collective", "anonymous"] == 1
