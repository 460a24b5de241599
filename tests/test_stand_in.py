"""Names from another spaCy pipeline (``--ner``): its recogniser is a stage, its names are the records'."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.training import Example

import pipeline
from pipeline.articles import article_from_text
from pipeline.errors import ConfigurationError

pytestmark = pytest.mark.model

TEXT = "Quay Holm told reporters that the ferry was late."
NAME = (0, 9, "ORG")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline on the disk that has learned one sentence by heart, and a name that no other would take."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    example = Example.from_dict(nlp.make_doc(TEXT), {"entities": [NAME]})
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    folder = tmp_path_factory.mktemp("other") / "pipeline"
    nlp.to_disk(folder)
    return folder


def test_the_names_are_those_of_the_other_pipeline(installed: Path) -> None:
    nlp = pipeline.load(ner=str(installed))
    record, claims = pipeline.process(nlp, article_from_text(TEXT))
    assert [(name.start, name.end, name.label) for name in record.entities] == [NAME]
    assert [(claim.speaker.name, claim.speaker.entity_type) for claim in claims] == [("Quay Holm", "ORG")]


def test_every_other_pipeline_has_a_fingerprint_of_its_own(installed: Path, tmp_path: Path) -> None:
    renamed = spacy.load(installed)
    renamed.meta["name"] = "renamed"
    renamed.to_disk(tmp_path / "renamed")
    loaded = [pipeline.load(ner=ner) for ner in (None, str(installed), str(tmp_path / "renamed"))]
    assert len({pipeline.pipeline_info(nlp).fingerprint for nlp in loaded}) == len(loaded)


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigurationError, match="finds no names"):
        pipeline.load(ner=str(tmp_path / "blank"))
