"""The built wheel, installed outside the checkout: it carries the model and runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(600)]

CHECKOUT = Path(__file__).resolve().parent.parent
ARTICLE = "“We lost 40 boats,” said Ana Diaz, the mayor of Brackwater. She told reporters it was over.\n"
# What pip says when an isolated build cannot fetch its backend.
NO_INDEX = "No matching distribution found for hatchling"


def call(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The outcome of a command in an environment that does not know the checkout."""
    known = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=known, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", folder, CHECKOUT)
    built = call(*build, cwd=folder)
    if built.returncode and NO_INDEX in built.stderr:
        pytest.skip("pip cannot fetch the build backend")
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("onrecord-*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel.

    It borrows this environment's other packages through a .pth file, so that nothing is downloaded; its
    own copy of onrecord stands before any that they hold.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "env", symlinks=True, with_pip=False)
    places = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    own = Path(sysconfig.get_path("purelib", vars=places))
    into = (sys.executable, "-m", "pip", "--python", folder / "env", "install")
    installed = call(*into, "--no-deps", "--no-index", "--quiet", wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    borrowed = sysconfig.get_path("purelib")
    (own / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", vars=places))


def files_of(folder: str, inside: str) -> set[str]:
    """The names that a folder of the checkout has in the wheel, file by file."""
    paths = (path for path in (CHECKOUT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {f"{inside}/{path.relative_to(CHECKOUT / folder).as_posix()}" for path in paths}


@pytest.mark.parametrize(
    ("folder", "inside"), [("pipeline", "pipeline"), ("models/en_news", "pipeline/en_news")]
)
def test_the_wheel_carries_every_file_of_the_package_and_its_model(
    wheel: Path, folder: str, inside: str
) -> None:
    assert files_of(folder, inside) - {*ZipFile(wheel).namelist()} == set()


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE"])
def test_the_wheel_carries_its_licence_and_notices(wheel: Path, name: str) -> None:
    assert any(file.endswith(f"licenses/{name}") for file in ZipFile(wheel).namelist())


@pytest.mark.parametrize(
    "kind", ["components/lexicons/dates_feasts.tsv", "outputs/report/assets/report.css", "py.typed"]
)
def test_word_lists_and_pages_are_among_the_files_of_the_package(kind: str) -> None:
    assert f"pipeline/{kind}" in files_of("pipeline", "pipeline")


def test_the_wheel_carries_no_tests_training_or_corpus(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipeline"}


def test_the_installed_package_is_not_the_checkout(scripts: Path, tmp_path: Path) -> None:
    found = call(scripts / "python", "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert not Path(found.stdout.strip()).is_relative_to(CHECKOUT)


def test_the_installed_command_runs_an_article(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    ran = call(scripts / "onrecord", "run", "in", "--out", "out", "--quiet", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    claims = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").open(encoding="utf-8")]
    assert any(claim["speaker"]["name"] == "Ana Diaz" for claim in claims)
    assert {claim["article"]["source"] for claim in claims} == {"ferry.txt"}


def test_the_installed_stages_are_known_to_spacy(scripts: Path, tmp_path: Path) -> None:
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('onrecord_encoder'); print(nlp.pipe_names)"
    ran = call(scripts / "python", "-c", code, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "onrecord_encoder" in ran.stdout
