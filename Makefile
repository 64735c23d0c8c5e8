# Everything a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench lock install install-test

help: ## List what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: install ## Set up the town of Musterstadt and serve it on http://127.0.0.1:8000
	$(BIN)/workbench demo $(DEMO)

test: install-test lint ## Check style, types, imports; run all tests
	$(BIN)/pytest -n 2 --dist worksteal

lint: install-test ## Check style, types and import directions, change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-test ## Put code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install-test ## Measure audits and pages, as ratios against peers in the same run
	$(BIN)/python -m tests.bench

lock: ## Renew the locked requirements
	uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --universal --python-version 3.11 --output-file requirements.lock

install: $(VENV)/installed
install-test: $(VENV)/installed-test

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)."; exit 1; }
	@scripts/apt-need python3-venv 'import ensurepip, venv' "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/pip requirements.lock pyproject.toml package-lock.json hatch_build.py
	@scripts/apt-need "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" 'import ctypes.util as c; assert c.find_library("pangoft2-1.0") and c.find_library("harfbuzz-subset")' "$(PYTHON)"
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@ 

$(VENV)/installed-test: $(VENV)/installed
	@scripts/apt-need chromium 'import shutil; assert shutil.which("chromium")' "$(PYTHON)"
	@scripts/apt-need poppler-utils 'import shutil; assert shutil.which("pdftoppm")' "$(PYTHON)"
	@scripts/apt-need openjdk-17-jre-headless 'import shutil; assert shutil.which("java")' "$(PYTHON)"
	@touch $@
