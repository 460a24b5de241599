"""Scores of claim files against gold, the floors they must keep, and a page to read the errors on."""

from __future__ import annotations

from pipeline.evaluation.annotations import Labels
from pipeline.evaluation.figures import Evaluation, evaluate
from pipeline.evaluation.reading import read_labels, select
from pipeline.evaluation.scores import Score

__all__ = ["Evaluation", "Labels", "Score", "evaluate", "read_labels", "select"]
