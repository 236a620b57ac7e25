# The two commands of a newcomer: `make demo` and `make test`. Both set up a private .venv first; all they need is
# Python 3.11 or newer, make, and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo-workspace

.PHONY: help setup demo test lint types format assets bench lock clean

help:            ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: $(READY)  ## make the private .venv with everything pinned

$(READY): pyproject.toml requirements/dev.txt requirements/uv.txt hatch_build.py package-lock.json
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sayso needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $(READY)

demo: $(READY)   ## build the shipped sample into ./demo-workspace and show its chronology
	rm -rf $(DEMO)
	$(BIN)/sayso build sample --into $(DEMO)
	$(BIN)/sayso show $(DEMO)

test: $(READY)   ## run all tests
	$(BIN)/python -m pytest

lint: $(READY)   ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## strict types
	$(BIN)/mypy
	$(BIN)/python hatch_build.py types

format: $(READY) ## put the code into its style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

assets: $(READY) ## build the page's scripts anew, after a change under src/sayso/web/assets
	$(BIN)/python hatch_build.py

bench: $(READY)  ## every benchmark for which the data is here (SAYSO_SHARED, ../shared by default)
	$(BIN)/python bench/run.py

lock: $(READY)   ## pin anew, with hashes and without addresses
	cd requirements && ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url uv.in -o uv.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev pyproject.toml -o requirements/dev.txt

clean:           ## remove what the targets made
	rm -rf $(VENV) $(DEMO) build dist node_modules src/sayso/web/static/built .mypy_cache .ruff_cache .pytest_cache
