# make run: everything from nothing to a page on http://127.0.0.1:7860 · make test: the same set-up, then every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint eval bench ingest install calibrate documents clean

run: install
	$(BIN)/murshid ingest
	$(BIN)/murshid serve

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: ingest
	$(BIN)/murshid eval

bench: ingest
	$(BIN)/python -m benchmarks.speed

calibrate: ingest
	$(BIN)/python -m benchmarks.calibrate_gate

ingest: install
	$(BIN)/murshid ingest

documents: install
	$(BIN)/python -m ingest.printing

install: $(VENV)/.installed

# Exact versions from constraints.txt; the stamp is written last, so that a broken set-up starts again.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Murshid needs Python 3.11 or newer: make run PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .murshid
