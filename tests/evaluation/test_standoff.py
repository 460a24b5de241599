from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from pipeline.errors import ConfigurationError, ReadError
from pipeline.evaluation import evaluate, read_labels
from pipeline.evaluation.annotations import EntityLabelled, Labels
from pipeline.evaluation.standoff import FORMATS, write_standoff
from pipeline.evaluation.standoff.brat import configuration, standoff_lines
from pipeline.evaluation.standoff.label_studio import interface
from pipeline.evaluation.standoff.marks import LABELS, Mark, Marked, marked
from pipeline.evaluation.standoff.names import FileNames
from pipeline.record import Span, sha256_hex
from tests.evaluation.labels import COST, GOLD, TEXT

GOLD_OF_TEXT = replace(GOLD, text_sha256=sha256_hex(TEXT))
TARGETS = {"brat": "", "label-studio": "tasks.json", "docbin": "docs.spacy"}


def written(folder: Path, text: str, labels: Labels, format_name: str) -> Path:
    """The path of the labels in a format, ready to be read."""
    write_standoff(folder, [marked(text, labels)], format_name)
    return folder / TARGETS[format_name]


def names_in(text: str, *places: tuple[int, int]) -> Labels:
    entities = tuple(EntityLabelled(start, end, text[start:end], "ORG") for start, end in places)
    return Labels("a.txt", sha256_hex(text), entities=entities, layers=frozenset(("entities",)))


@pytest.mark.parametrize("format_name", FORMATS)
def test_labels_come_back_as_they_were_written(tmp_path: Path, format_name: str) -> None:
    (labels,) = read_labels(written(tmp_path, TEXT, GOLD_OF_TEXT, format_name))
    assert labels.claims == tuple(replace(claim, given=labels.claims[0].given) for claim in GOLD.claims)
    assert (labels.quantities, labels.dates, labels.entities) == (GOLD.quantities, GOLD.dates, GOLD.entities)


@pytest.mark.parametrize("format_name", FORMATS)
def test_written_labels_score_as_all_right(tmp_path: Path, format_name: str) -> None:
    found = read_labels(written(tmp_path, TEXT, GOLD_OF_TEXT, format_name))
    result = evaluate(found, [GOLD_OF_TEXT])
    assert {score.f1 for score in result.scores.values()} == {100.0, None}


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_claim_in_two_segments_stays_one_claim(tmp_path: Path, format_name: str) -> None:
    split = replace(COST, segments=(Span(21, 31, TEXT[21:31]), Span(43, 47, TEXT[43:47])))
    labels = replace(GOLD_OF_TEXT, claims=(split,))
    (read,) = read_labels(written(tmp_path, TEXT, labels, format_name))
    assert read.claims[0].segments == split.segments


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_span_over_several_lines_comes_back_whole(tmp_path: Path, format_name: str) -> None:
    text = "Harbour\r\n  Trust\nwon. \U0001f680 Acme"
    labels = names_in(text, (0, 16), (24, 28))
    (read,) = read_labels(written(tmp_path, text, labels, format_name))
    assert read.entities == labels.entities
    assert read.text_sha256 == labels.text_sha256


@pytest.mark.parametrize("format_name", FORMATS)
def test_marks_inside_a_word_keep_their_offsets(tmp_path: Path, format_name: str) -> None:
    labels = names_in("the US$40m-a-year deal", (4, 6))
    assert (
        read_labels(written(tmp_path, "the US$40m-a-year deal", labels, format_name))[0].entities
        == labels.entities
    )


@pytest.mark.parametrize("format_name", FORMATS)
def test_gold_for_names_alone_is_scored_for_names_alone(tmp_path: Path, format_name: str) -> None:
    path = written(tmp_path, TEXT, replace(GOLD_OF_TEXT, claims=(), quantities=(), dates=()), format_name)
    assert read_labels(path)[0].layers == {"entities"}


@given(
    text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), data=st.data()
)
def test_any_text_and_span_survives_brat(text: str, data: st.DataObject, tmp_path_factory: Any) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    labels = names_in(text, (start, end))
    (read,) = read_labels(written(tmp_path_factory.mktemp("brat"), text, labels, "brat"))
    assert read.text_sha256 == labels.text_sha256
    assert [entity.exact for entity in read.entities] == ([words.strip()] if words.strip() else [])


def test_brat_lines_follow_the_standoff_format() -> None:
    lines = list(standoff_lines(marked(TEXT, replace(GOLD, claims=GOLD.claims[:1], quantities=(), dates=()))))
    assert lines == [
        "T1\tContent 21 53\tthe bridge would cost $4 million",
        "T2\tCue 16 20\tsaid",
        "T3\tSource 0 15\tMayor Ada Brook",
        "T4\tRole 0 5\tMayor",
        "T5\tPERSON 6 15\tAda Brook",
        "A1\tkind T1 indirect",
        "A2\tmode T1 speech",
        "A3\tstatus T1 named",
        '#1\tAnnotatorNotes T1\t{"speaker": "Ada Brook"}',
        "R1\tcue Arg1:T1 Arg2:T2",
        "R2\tsource Arg1:T1 Arg2:T3",
        "R3\trole Arg1:T1 Arg2:T4",
    ]  # fmt: skip


def test_brat_is_told_every_label() -> None:
    assert set(LABELS) <= set(configuration().split("[relations]")[0].splitlines())


@pytest.mark.parametrize(
    "line",
    [
        "T1\tORG 0",
        "T1\tORG 5 2\tx",
        "T1\tORG 0 999\tx",
        "T1\tORG a b\tx",
        "A1\tkind T9 direct",
        "A1\tkind T1",
        "R1\tcue",
        "#1\tAnnotatorNotes T1\t{",
    ],
)
def test_a_broken_brat_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("Acme Ltd", encoding="utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tORG 0 4\tAcme\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.ann:2"):
        read_labels(tmp_path)


@pytest.mark.parametrize(
    "line", ["*\tEquiv T1 T2", "E1\tSays:T1", "N1\tReference T1 X:1\tx", "", "#1\tNote R1\tfree"]
)
def test_brat_lines_that_carry_nothing_of_ours_are_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("Acme Ltd", encoding="utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tORG 0 4\tAcme\n{line}\n", encoding="utf-8")
    assert len(read_labels(tmp_path)[0].entities) == 1


def test_a_brat_file_without_its_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.txt"):
        read_labels(tmp_path)


def test_the_labelling_interface_is_xml_with_every_label() -> None:
    labels = {element.get("value") for element in ElementTree.fromstring(interface()).iter("Label")}
    assert labels == set(LABELS)


def label_studio_task(value: dict[str, Any], text: str = "\U0001f680 Acme won") -> dict[str, Any]:
    result = {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return {"data": {"text": text}, "annotations": [{"result": [result]}]}


@pytest.mark.parametrize(("start", "end"), [(2, 6), (3, 7)])
def test_label_studio_offsets_in_code_points_or_utf16_are_understood(
    tmp_path: Path, start: int, end: int
) -> None:
    value = {"start": start, "end": end, "text": "Acme", "labels": ["ORG"]}
    (tmp_path / "export.json").write_text(json.dumps([label_studio_task(value)]), encoding="utf-8")
    (entity,) = read_labels(tmp_path / "export.json")[0].entities
    assert (entity.start, entity.exact) == (2, "Acme")


def test_a_persons_annotation_goes_before_the_prediction(tmp_path: Path) -> None:
    task = label_studio_task({"start": 2, "end": 6, "labels": ["ORG"]})
    task["predictions"] = [{"result": []}]
    (tmp_path / "export.json").write_text(json.dumps([task]), encoding="utf-8")
    assert len(read_labels(tmp_path / "export.json")[0].entities) == 1


@pytest.mark.parametrize(
    "content",
    [
        {},
        [3],
        [{"data": {}}],
        [{"data": {"text": 5}, "annotations": [{"result": [{"type": "labels", "id": "r"}]}]}],
        [label_studio_task({"start": 0, "end": 99, "labels": ["ORG"]})],
        [label_studio_task({"start": 0, "end": 4, "text": "Zzzz", "labels": ["ORG"]})],
    ],
)
def test_a_file_that_is_no_label_studio_export_is_told(tmp_path: Path, content: Any) -> None:
    (tmp_path / "export.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ReadError, match=r"export\.json"):
        read_labels(tmp_path / "export.json")


def test_a_docbin_from_elsewhere_is_gold_for_its_names(tmp_path: Path) -> None:
    doc = spacy.blank("en").make_doc("Acme won")
    doc.set_ents([doc.char_span(0, 4, label="ORG")])
    DocBin(docs=[doc]).to_disk(tmp_path / "mine.spacy")
    (labels,) = read_labels(tmp_path / "mine.spacy")
    assert (labels.layers, labels.entities) == ({"entities"}, (EntityLabelled(0, 4, "Acme", "ORG"),))


def test_a_file_that_is_no_docbin_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.spacy").write_bytes(b"nothing of the kind")
    with pytest.raises(ReadError, match=r"mine\.spacy"):
        read_labels(tmp_path / "mine.spacy")


def test_a_docbin_with_our_marks_is_a_plain_doc_too(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT, GOLD_OF_TEXT, "docbin")
    (doc,) = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    assert isinstance(doc, Doc)
    assert [ent.text for ent in doc.ents] == ["Ada Brook"]
    assert {span.label_ for span in doc.spans["onrecord"]} >= {"Content", "Cue", "Quantity"}


def test_a_value_that_is_no_number_is_told(tmp_path: Path) -> None:
    mark = Mark("m1", "Quantity", ((0, 3),), {"value": "many"})
    write_standoff(tmp_path, [Marked("a.txt", "900 cars", (mark,), ())], "brat")
    with pytest.raises(ReadError, match="value is no number: 'many'"):
        read_labels(tmp_path)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="brat, label-studio, docbin"):
        write_standoff(tmp_path, [], "conll")


@pytest.mark.parametrize(
    "source", ["../../etc/passwd", "/abs/olute", "a\x00b", "\ud800", "..", "", "x" * 999]
)
def test_file_names_stay_in_their_folder(tmp_path: Path, source: str) -> None:
    write_standoff(tmp_path / "out", [Marked(source, "x", (), ())], "brat")
    assert len(list((tmp_path / "out").glob("*.ann"))) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_articles_of_one_name_get_different_files() -> None:
    names = FileNames()
    assert [names.take("a/b.txt"), names.take("a b"), names.take("A_B")] == ["a_b", "a_b-2", "A_B-3"]
