# Dragoman: `make demo` installs and reads an example; `make test` runs every check.
PYTHON ?= python3
PY = .venv/bin/python
PEERS = heideltime textacy flashgeotext
INDEX_SOURCES = hatch_build.py training/gazetteer.py training/actor_index.py $(wildcard src/dragoman/codebooks/ontology/*.csv)

.PHONY: help install demo test test-postgres lint evaluate pin bench bench-store peers lock golden errors accuracy train cross-validate clean
.DEFAULT_GOAL := help

help: ## show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

install: .venv/installed ## make .venv with everything, from requirements.lock (hashes checked)

.venv/installed: requirements.lock pyproject.toml $(INDEX_SOURCES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dragoman needs Python 3.11 or later; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

demo: install ## read the example report and print the page
	@.venv/bin/dragoman read examples/harbour-talks.txt --published 2024-05-14 --source "Example Wire"
	@.venv/bin/dragoman read examples/harbour-talks.txt --published 2024-05-14 --source "Example Wire" --format html -o harbour-talks.html
	@echo; echo "The same as a page: harbour-talks.html (open it in a browser)"

test: install lint ## run every check
	$(PY) -m pytest -n 2

test-postgres: install ## the store's tests on SQLite and on a PostgreSQL that is started for them in a temporary folder
	tests/with-postgres $(PY) -m pytest tests/test_store*.py

lint: install ## check form, types and layers
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

evaluate: install ## score against all annotated sets in ../shared and compare with the pinned results
	$(PY) -m evaluation.evaluate

pin: install ## score all and pin the results
	$(PY) -m evaluation.evaluate --pin

errors: install ## what differs from gold, by kind: make errors articles-dev (or seed, plover-sentences, actors)
	$(PY) -m evaluation.errors $(SET)

ifeq (errors,$(firstword $(MAKECMDGOALS)))
SET ?= $(or $(word 2,$(MAKECMDGOALS)),articles-dev)
.PHONY: $(SET)
$(SET):
	@:
endif

accuracy: install ## write docs/accuracy.md: figures, parts left out, confidence, what still goes wrong
	$(PY) -m evaluation.accuracy

bench: install ## characters per second, beside a bare spaCy pass and the peers; memory; cold start
	$(PY) -m evaluation.bench

bench-store: install ## the store with 100,000 made reports: ingest, one more, what is asked; memory; size (ten minutes)
	$(PY) -m evaluation.store_bench

peers: $(PEERS:%=.cache/peers/%/installed) ## install the tools that bench runs beside it, each in .cache/peers (HeidelTime needs Java)

.cache/peers/%/installed: evaluation/peers/requirements/%.txt
	$(PYTHON) -m venv .cache/peers/$*
	.cache/peers/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

golden: install ## re-make the golden readings: of the example report, and of short ones for the store's tests
	.venv/bin/dragoman read examples/harbour-talks.txt --published 2024-05-14 --source "Example Wire" --format json -o tests/golden/harbour-talks.json
	.venv/bin/dragoman read --format jsonl tests/golden/short-reports.jsonl -o tests/golden/short-readings.jsonl

train: install ## make the classifier and the tagger anew from ../shared/gold and training/reports (an hour on two cores)
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement training/requirements.txt
	$(PY) -m training.base_model
	$(PY) -m training.event_examples
	rm -f .cache/training/*-stage.pt
	$(PY) -m training.event_model --base .cache/training/base
	$(PY) -m training.quotation_tagger --base .cache/training/base --gold ../shared/gold/quotations/train.jsonl
	$(PY) -m training.retellings
	$(PY) -m training.words
	$(PY) -m training.records
	$(PY) -m training.event_confidence

cross-validate: install ## the classifier's figures on PLOVER sentences that it was not trained on (after make train)
	$(PY) -m training.cross_validation --base .cache/training/base

lock: install ## make requirements.lock and those of the peers anew
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group dev pyproject.toml --output-file requirements.lock
	for peer in $(PEERS); do .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url evaluation/peers/requirements/$$peer.in --output-file evaluation/peers/requirements/$$peer.txt || exit 1; done

clean: ## remove what was made
	rm -rf .venv dist build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis src/dragoman/data/*.sqlite
