"""The recipe for Spark in docs/scale.md, where Spark is installed."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parents[2]
TEXTS = ("“We sold 40 boats,” Ana Diaz said on Monday.", "The yard lost 12 cranes, according to the council.")


def recipe() -> str:
    """The block of the page that begins with pandas."""
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```py\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(block)


@pytest.mark.model
@pytest.mark.slow
def test_the_recipe_for_spark_writes_the_claims_of_the_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark", reason="needs pyspark")
    pytest.importorskip("pandas", reason="needs pandas")
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow")
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": f"a{number}", "text": text, "date_published": "2024-10-16"}
        for number, text in enumerate(TEXTS)
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    exec(compile(recipe(), "docs/scale.md", "exec"), {})
    written = parquet.read_table("claims.parquet").to_pydict()["claim_id"]
    expected = [
        claim.claim_id for text in TEXTS for claim in pipeline.extract(text, date_published="2024-10-16")
    ]
    assert sorted(written) == sorted(expected)


def test_the_recipe_for_spark_is_python_that_maps_batches() -> None:
    names = {node.name for node in ast.parse(recipe()).body if isinstance(node, ast.FunctionDef)}
    assert names == {"claims_of"}
