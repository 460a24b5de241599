"""The whole walk, with the shipped weights: what any decent model must make of a plain article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import pipeline
from pipeline.articles import article_from_text
from pipeline.contract.quick_checks import fits
from pipeline.errors import ConfigurationError, ModelError, ReadError
from pipeline.extraction import STAGES
from pipeline.record import Claim, to_json

pytestmark = pytest.mark.model

PUBLISHED = "2024-10-16"
ARTICLE = """The harbour town of Brackwater lost its only ferry on Saturday, when a storm tore it away.

“We heard a crack like thunder,” said Marta Quill, the mayor of Brackwater. “By the time we reached the \
quay, the ferry was gone.”

Quill told reporters on Sunday that the town had lost 40 percent of its income.

“We will rebuild,” she said, “but it will not be easy for anyone here.”

Owen Hartley, a spokesman for Tidewater Lines, denied that the company had ignored warnings of the storm.

“Every rope was checked in March,” Hartley said. He added that 12 engineers would inspect the harbour.

According to the National Weather Office, winds reached 130 kilometers an hour.

The ferry had carried 300 passengers a day since 1998.
"""
OTHER = "“Our bees are gone,” said Ines Falk on Tuesday. The mayor of Porto, Rui Melo, denied it.\n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The shipped pipeline."""
    return pipeline.load()


@pytest.fixture(scope="module")
def claims(nlp: Language) -> tuple[Claim, ...]:
    """The claims of the sample article."""
    return pipeline.extract(ARTICLE, nlp=nlp, date_published=PUBLISHED)


def about(claims: Sequence[Claim], words: str) -> Claim:
    """The one attributed claim whose content holds the words."""
    (found,) = (claim for claim in claims if words in claim.text and claim.kind != "statement")
    return found


@pytest.mark.parametrize(
    ("words", "kind", "speaker"),
    [
        ("a crack like thunder", "direct", "Marta Quill"),
        ("the ferry was gone", "direct", "Marta Quill"),
        ("40 percent", "indirect", "Marta Quill"),
        ("We will rebuild", "direct", "Marta Quill"),
        ("ignored warnings", "indirect", "Owen Hartley"),
        ("Every rope", "direct", "Owen Hartley"),
        ("12 engineers", "indirect", "Owen Hartley"),
        ("winds reached", "indirect", "National Weather Office"),
    ],
)
def test_who_said_what_is_found(claims: tuple[Claim, ...], words: str, kind: str, speaker: str) -> None:
    claim = about(claims, words)
    assert (claim.kind, claim.speaker.status, claim.speaker.name) == (kind, "named", speaker)


def test_a_split_quote_is_one_claim_of_two_segments(claims: tuple[Claim, ...]) -> None:
    claim = about(claims, "We will rebuild")
    assert [segment.exact for segment in claim.segments] == [
        "“We will rebuild,”",
        "“but it will not be easy for anyone here.”",
    ]


def test_a_quote_that_runs_on_needs_no_cue(claims: tuple[Claim, ...]) -> None:
    claim = about(claims, "the ferry was gone")
    assert (claim.cue, claim.speaker.resolution) == (None, "continuation")


@pytest.mark.parametrize("words", ["We will rebuild", "12 engineers"])
def test_a_pronoun_beside_the_cue_is_resolved(claims: tuple[Claim, ...], words: str) -> None:
    speaker = about(claims, words).speaker
    assert (speaker.mention_type, speaker.resolution) == ("pronoun", "coreference")


def test_the_reporting_clause_is_read(claims: tuple[Claim, ...]) -> None:
    claim = about(claims, "40 percent")
    assert claim.cue is not None and claim.cue.lemma == "tell"
    assert claim.addressee is not None and claim.addressee.exact == "reporters"
    assert claim.said_on == "2024-10-13"


def test_a_role_beside_the_name_is_known(claims: tuple[Claim, ...]) -> None:
    roles = [role.exact for role in about(claims, "ignored warnings").speaker.roles]
    assert any("spokesman" in role for role in roles)


def test_numbers_in_a_claim_are_its_quantities(claims: tuple[Claim, ...]) -> None:
    values = [quantity.value for quantity in about(claims, "40 percent").quantities]
    assert values == [40]


def test_what_the_article_says_itself_is_a_statement(claims: tuple[Claim, ...]) -> None:
    statements = [claim for claim in claims if claim.kind == "statement"]
    assert any("300 passengers" in claim.text for claim in statements)
    assert all(claim.speaker.status == "author" for claim in statements)


def test_claims_stand_in_the_order_of_the_text_each_once(claims: tuple[Claim, ...]) -> None:
    starts = [claim.segments[0].start for claim in claims]
    assert starts == sorted(starts)
    assert len({claim.claim_id for claim in claims}) == len(claims)


def written(nlp: Language, text: str) -> bytes:
    """The files' lines of an article."""
    article = article_from_text(text, date_published=PUBLISHED)
    record, found = pipeline.process(nlp, article, include_text=True)
    return orjson.dumps([to_json(record), [to_json(claim) for claim in found]])


def test_the_same_article_gives_the_same_bytes_whatever_came_before(nlp: Language) -> None:
    first = written(nlp, ARTICLE)
    written(nlp, OTHER)
    written(nlp, OTHER * 20)
    assert written(nlp, ARTICLE) == first


def test_a_pipeline_loaded_anew_gives_the_same_bytes(nlp: Language) -> None:
    assert written(pipeline.load(), ARTICLE) == written(nlp, ARTICLE)


def test_one_thread_and_two_give_the_same_bytes(nlp: Language) -> None:
    assert written(pipeline.load(threads=2), ARTICLE) == written(nlp, ARTICLE)


def test_the_article_record_counts_and_lists_its_claims(nlp: Language) -> None:
    article = article_from_text(ARTICLE, date_published=PUBLISHED)
    record, found = pipeline.process(nlp, article)
    assert record.claim_ids == tuple(claim.claim_id for claim in found)
    counts = record.counts
    assert counts.claims == len(found) == counts.direct + counts.indirect + counts.mixed + counts.statement
    assert counts.entities == len(record.entities) > 0
    assert (record.text, record.article_id) == (None, found[0].article.article_id)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \u00a0"])
def test_a_text_without_words_is_told_as_empty(nlp: Language, text: str) -> None:
    with pytest.raises(ReadError) as error:
        pipeline.extract(text, nlp=nlp)
    assert error.value.code == "E_EMPTY"


@pytest.mark.parametrize(
    "text", [".", "“", "””", "—", "a", "7", "\u200b\u200b", "\u0301", "😀", "“”", "\ufffd"]
)
def test_next_to_nothing_gives_no_attribution(nlp: Language, text: str) -> None:
    found = pipeline.extract(text, nlp=nlp, date_published=PUBLISHED)
    assert [claim for claim in found if claim.kind != "statement"] == []


PHRASES = ["“We lost it,”", "she said", "Ana Diaz", "told reporters", "40 percent", "Monday", "\n\n"]
PIECES = st.lists(
    st.one_of(
        st.sampled_from(PHRASES),
        st.text(alphabet="“”‘’\"'«»aÉ9.,—\u00a0\u200b😀", max_size=6),
        st.text(max_size=4),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=40)
@given(PIECES, st.sampled_from([None, PUBLISHED]))
def test_any_text_gives_valid_records_whose_spans_slice_back(
    nlp: Language, pieces: list[str], published: str | None
) -> None:
    try:
        article = article_from_text(" ".join(pieces), date_published=published)
    except ReadError:
        return
    record, found = pipeline.process(nlp, article)
    rows = [json.loads(json.dumps(to_json(row))) for row in found]
    assert all(fits("claims")(row) for row in rows)
    line = json.loads(json.dumps(to_json(record)))
    assert fits("articles")(line)
    assert [span for span in spans_of([line, *rows]) if not slices_back(article.text, span)] == []


def spans_of(value: object) -> list[dict[str, object]]:
    """Every span anywhere in a record."""
    if isinstance(value, list):
        return [span for item in value for span in spans_of(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "exact" in value else []
    return [*own, *(span for item in value.values() for span in spans_of(item))]


def slices_back(text: str, span: dict[str, object]) -> bool:
    start, end = span["start"], span["end"]
    return (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end
        and text[start:end] == span["exact"]
    )


def test_statements_can_be_turned_off() -> None:
    found = pipeline.extract(ARTICLE, nlp=pipeline.load(statements=False), date_published=PUBLISHED)
    assert found
    assert all(claim.kind != "statement" for claim in found)


def test_the_shipped_pipeline_is_used_where_none_is_given(claims: tuple[Claim, ...]) -> None:
    assert pipeline.extract(ARTICLE, date_published=PUBLISHED) == claims


def test_metadata_goes_into_the_records(nlp: Language) -> None:
    found = pipeline.extract(
        ARTICLE, nlp=nlp, title="Ferry lost", url="https://example.org/f", authors=("Bo Ek",)
    )
    assert found[0].article.title == "Ferry lost"
    assert (found[0].article.url, found[0].article.authors) == ("https://example.org/f", ("Bo Ek",))


def test_the_stages_work_in_a_spacy_pipeline_of_ones_own(claims: tuple[Claim, ...]) -> None:
    own = spacy.blank("en")
    for stage in STAGES:
        own.add_pipe(stage)
    doc = own(ARTICLE)
    speakers = {claim.speaker.name for claim in doc._.claims}
    assert {"Marta Quill", "Owen Hartley"} <= speakers


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_blank_doc_goes_through_all_stages(nlp: Language, text: str) -> None:
    assert nlp(text)._.claims == ()


def test_the_fingerprint_tells_what_can_change_a_record(nlp: Language) -> None:
    usual = pipeline.pipeline_info(nlp)
    assert pipeline.pipeline_info(pipeline.load(threads=2)).fingerprint == usual.fingerprint
    assert pipeline.pipeline_info(pipeline.load(date_order="DMY")).fingerprint != usual.fingerprint
    assert pipeline.pipeline_info(pipeline.load(statements=False)).fingerprint != usual.fingerprint


def test_a_missing_model_is_told_when_loading(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model"):
        pipeline.load(model=str(tmp_path))


def test_a_missing_stand_in_for_names_is_told_when_loading() -> None:
    with pytest.raises(ConfigurationError, match="no_such_pipeline"):
        pipeline.load(ner="no_such_pipeline")
