# make help lists every command there is. Only python3 (3.11 or newer, with venv), git and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := benchmarks/peers

.DEFAULT_GOAL := help
.PHONY: help run test dev check bench peers format docs questions facts fuzz pictures corpus lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/develop.stamp: $(VENV)/run.stamp requirements/develop.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/develop.txt
	@touch $@

run: $(VENV)/run.stamp ## run the pipeline on the bundled corpus and data/inbox/, publish a release
	@$(BIN)/compensation run

test: $(VENV)/develop.stamp ## run the whole test suite
	@$(BIN)/pytest

dev: $(VENV)/run.stamp ## open the Dagster UI on http://127.0.0.1:3000, with schedules on
	@DAGSTER_HOME="$(CURDIR)" $(BIN)/dg dev --host 127.0.0.1 --port 3000

check: $(VENV)/develop.stamp ## everything CI runs: format, lint, types, import contracts, docs, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/compensation docs --check
	$(BIN)/pytest

bench: $(VENV)/develop.stamp ## measure speed and memory, as ratios in one run
	@$(BIN)/python benchmarks/run.py

$(PEERS)/.venv/peers.stamp: $(PEERS)/requirements.txt
	@test -x $(PEERS)/.venv/bin/python || $(PYTHON) -m venv $(PEERS)/.venv
	$(PEERS)/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $(PEERS)/requirements.txt
	@touch $@

peers: $(VENV)/run.stamp $(PEERS)/.venv/peers.stamp ## compare with other packages on benchmarks/gold/, write docs/comparison.md
	@$(BIN)/python benchmarks/peers.py --write

format: $(VENV)/develop.stamp ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/run.stamp ## write the generated pages under docs/ anew
	$(BIN)/compensation docs

questions: $(VENV)/develop.stamp ## write the answers in docs/questions.md anew
	@QUESTIONS=write $(BIN)/pytest -q tests/questions -k release_says

facts: $(VENV)/run.stamp ## hold the newest release against known figures: make facts FACTS=file.csv
	@$(BIN)/python benchmarks/facts.py $(FACTS)

.venv-fuzz/stamp: requirements/fuzz.txt
	@test -x .venv-fuzz/bin/python || $(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/fuzz.txt
	@touch $@

fuzz: .venv-fuzz/stamp ## search for texts that break the engine: make fuzz RUNS=200000 SECONDS_AT_MOST=600
	@PYTHONPATH="$(CURDIR)" .venv-fuzz/bin/python benchmarks/fuzz.py

pictures: $(VENV)/run.stamp ## draw the pictures of the README anew from the newest release
	$(BIN)/python docs/pictures/draw.py

corpus: $(VENV)/develop.stamp ## make the bundled PDF reports anew from their sources
	$(BIN)/python -m sources.bundled.make

lock: ## pin the requirements anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --extra develop -c requirements/run.txt pyproject.toml requirements/build.in -o requirements/develop.txt

clean: ## remove .venv, .venv-fuzz and Dagster's state; data/ stays
	rm -rf $(VENV) $(PEERS)/.venv .dagster
