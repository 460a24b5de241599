"""The shape of the code: short functions and modules, documented and typed, imports that go down."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION, LONGEST_MODULE = 60, 500
# Who may import whom: the modules of a room, a folder or module of the package, import from these rooms
# alone, besides their own. Lower floors come first.
FLOORS: dict[str, set[str]] = {
    "errors": set(),
    "record": set(),
    "tokens": set(),
    "extras": {"errors"},
    "storage": {"errors", "extras"},
    "components": {"errors", "record", "tokens"},
    "articles": {"components", "errors", "extras", "record", "storage"},
    "outputs": {"components", "errors", "extras", "record"},
    "contract": {"errors", "outputs", "record"},
    "clustering": {"components", "errors", "extras", "outputs", "record"},
    "extraction": {"articles", "errors", "record", "tokens"},
    "evaluation": {"articles", "errors", "extraction", "outputs", "record"},
    "batch": {"articles", "errors", "extraction", "extras", "outputs", "record", "storage"},
    "commands": {
        "articles", "batch", "clustering", "contract", "errors", "evaluation", "outputs", "record", "storage",
    },
    "cli": {"commands"},
}  # fmt: skip
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    """The modules in some folders of the repository, in order of their names."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.stmt) -> str:
    """Where something stands, as editors take it."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def public(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    """The functions, classes and methods that a module offers to others."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def is_typed(function: Function) -> bool:
    """Whether result and arguments have types, but for the instance or class that a method is called on."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    untyped = [argument for argument in named if argument.annotation is None]
    return function.returns is not None and all(argument.arg in ("self", "cls") for argument in untyped)


def dotted(path: Path) -> str:
    """The name that a module is imported by."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """The names that a module imports, wherever in it: of ``from a import b`` both a and a.b."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield node.module


def needs(path: Path, known: set[str]) -> set[str]:
    """The modules of ours that a module imports, the nearest package only where it takes a name of it."""
    names = list(imported(path))
    submodules = {name for name in names if name in known}
    holders = {name.rpartition(".")[0] for name in submodules}
    taken = {name.rpartition(".")[0] for name in names if name not in known}
    return {name for name in submodules if name not in holders or name in taken} - {dotted(path)}


@pytest.mark.parametrize("folder", ["pipeline", "models", "tests", "corpus"])
def test_no_function_is_long(folder: str) -> None:
    functions = [
        (place(path, node), (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in modules(folder)
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
    ]
    assert [(where, lines) for where, lines in functions if lines > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("folder", ["pipeline", "models", "tests", "corpus"])
def test_no_module_is_long(folder: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(folder)}
    assert [str(path) for path, lines in lengths.items() if lines > LONGEST_MODULE] == []


@pytest.mark.parametrize("folder", ["pipeline", "models"])
def test_whatever_is_public_tells_what_its_caller_gets(folder: str) -> None:
    offered = [(path, node) for path in modules(folder) for node in public(tree(path).body)]
    assert [place(path, node) for path, node in offered if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("folder", ["pipeline", "models"])
def test_whatever_is_public_has_types(folder: str) -> None:
    offered = [(path, node) for path in modules(folder) for node in public(tree(path).body)]
    untyped = [(path, node) for path, node in offered if isinstance(node, Function) and not is_typed(node)]
    assert [place(path, node) for path, node in untyped] == []


def test_imports_make_no_circle() -> None:
    paths = {dotted(path): path for path in modules("pipeline")}
    graph = {name: needs(path, {*paths}) for name, path in paths.items()}
    assert circle(graph) == []


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The names along a circle of a graph, the first one again at the end; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) in (["b", "c", "b"], ["c", "b", "c"])


def rooms() -> set[str]:
    """The folders and modules that the package is made of."""
    package = ROOT / "pipeline"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    return folders | {path.stem for path in package.glob("*.py")} - {"__init__"}


def test_every_room_has_its_floor() -> None:
    assert {*FLOORS} == rooms()


def test_nobody_may_import_from_a_higher_floor() -> None:
    order = [*FLOORS]
    assert [
        (room, low)
        for room, below in FLOORS.items()
        for low in below
        if order.index(low) >= order.index(room)
    ] == []


@pytest.mark.parametrize("room", FLOORS)
def test_imports_go_down(room: str) -> None:
    paths = modules(f"pipeline/{room}") or [ROOT / "pipeline" / f"{room}.py"]
    names = {name for path in paths for name in imported(path)}
    ours = {name.split(".")[1] for name in names if name.startswith("pipeline.")} & rooms()
    assert ours - FLOORS[room] - {room} == set()


def test_the_map_for_contributors_shows_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"`(?:pipeline/)?(\w+)(?:\.py)?`", text))
    assert rooms() - shown == set()


def test_the_package_never_imports_the_training() -> None:
    assert [
        dotted(path)
        for path in modules("pipeline")
        if any(name.split(".")[0] in ("models", "torch", "tests") for name in imported(path))
    ] == []
