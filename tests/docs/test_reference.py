"""The reference pages are complete and say what the code says."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from pipeline.commands import VERBS, app
from pipeline.contract.schema import FILES, meanings, schema
from pipeline.record import SpeakerStatus
from tests.docs.pages import ROOT
from tests.docs.reference import CLI_PAGE, RECORD_PAGE, cli_page, parameters, record_page

_CODE = re.compile(r"[EW]_[A-Z0-9_]+")
_ROW = re.compile(r"^\| ((?:`\w+` ?)+)\|", re.MULTILINE)
_HELP_ROW = re.compile(r"^[│ *]*(--[a-z][a-z-]*)", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def sources() -> Iterator[Path]:
    return (ROOT / "pipeline").rglob("*.py")


def strings(path: Path) -> Iterator[str]:
    """The string constants of a module that are no docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def first_cells(page: str) -> set[str]:
    """The names in code type in the first column of a page's tables."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return set(chain.from_iterable(re.findall(r"`(\w+)`", cell) for cell in _ROW.findall(text)))


def test_the_tables_of_the_record_are_those_of_the_schema() -> None:
    text = RECORD_PAGE.read_text(encoding="utf-8")
    assert record_page(text) == text, "python -m tests.docs.refresh"


def test_the_command_line_page_is_that_of_the_commands() -> None:
    assert CLI_PAGE.read_text(encoding="utf-8") == cli_page(), "python -m tests.docs.refresh"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_the_help_of_a_verb_and_its_table_have_the_same_options(verb: Callable[..., Any]) -> None:
    result = CliRunner().invoke(app, [verb.__name__, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    named = {name for item in parameters(verb) if item.is_option for name in item.names}
    assert named <= set(_OPTION.findall(result.output))
    assert set(_HELP_ROW.findall(result.output)) <= {*named, "--help"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_every_argument_and_option_has_a_help(verb: Callable[..., Any]) -> None:
    assert all(item.info.help for item in parameters(verb))


@pytest.mark.parametrize("stage", entry_points(group="spacy_factories"), ids=lambda stage: stage.name)
def test_every_setting_of_a_stage_is_in_the_guide(stage: EntryPoint) -> None:
    guide = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8")
    stage.load()  # which makes it known to spaCy
    settings = Language.get_factory_meta(stage.name).default_config
    assert [name for name in settings if f"| `{name}` | `{stage.name}` |" not in guide] == []


def test_no_field_has_a_meaning_that_is_not_in_the_record() -> None:
    parts = [part for file in FILES for part in (schema(file), *schema(file)["$defs"].values())]
    described = {item["description"] for part in parts for item in part["properties"].values()}
    assert set(meanings().values()) == described


def test_every_code_is_explained_and_none_is_invented() -> None:
    used = {text for path in sources() for text in strings(path) if _CODE.fullmatch(text)}
    assert first_cells("errors.md") == used


def rule_names() -> set[str]:
    """The names that the components can write into ``decided_by``."""
    return set(chain.from_iterable(map(_rules_in, (ROOT / "pipeline" / "components").rglob("*.py"))))


_RULE_TAKERS = ("Attribution", "Decision", "_labelled", "unnamed", "from_ranked")


def _rules_in(path: Path) -> Iterator[str]:
    """The strings that a module hands over as rules: as a keyword, or to what makes a decision."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        yield from _texts(item.value for item in node.keywords if item.arg == "rule")
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in _RULE_TAKERS:
            yield from _texts(node.args)


def _texts(expressions: Iterator[ast.expr] | list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            yield expression.value
        elif isinstance(expression, ast.IfExp):
            yield from _texts([expression.body, expression.orelse])


# Names that are put together: the ending is a gender or a status, the head says that it is nested.
_ENDINGS = ("male", "female", "neuter", "any", "author", "generic", "addressee")
_PRONOUNS = {f"pronoun_{ending}" for ending in _ENDINGS}
_NOMINALS = {f"nominal_{status}" for status in get_args(SpeakerStatus)}
_NESTED = {"nested_quote_roles"}


def test_every_rule_of_the_code_is_in_the_catalogue() -> None:
    statuses = set(get_args(SpeakerStatus))  # handed over beside the rule
    assert rule_names() - statuses - first_cells("rules.md") == set()


def test_the_catalogue_invents_no_rule() -> None:
    assert first_cells("rules.md") - rule_names() - _PRONOUNS - _NOMINALS - _NESTED == set()
