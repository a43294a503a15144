# The commands of this project. `make` lists them.

PYTHON ?= python3
PORT ?= 8501
# Options for pip, for example where to find PyTorch's CPU build: make chat PIP_OPTIONS="--index-url …"
PIP_OPTIONS ?=
TORCH := torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help chat test tests slow check eval gate baseline wheel-check lock format clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

chat: $(VENV)/.installed ## set up, index the bundled corpus, start the chat page (PORT=8501)
	@$(BIN)/assistant ingest
	@exec $(BIN)/assistant ui --port $(PORT)

test: $(VENV)/.installed-dev chromium ## everything that CI runs, side by side; the tests end last
	@$(MAKE) --no-print-directory --jobs=4 --output-sync=target check wheel-check gate tests

tests: $(VENV)/.installed-dev ## the tests alone, without the slowest
	$(BIN)/python -m pytest -m "not slow" --numprocesses=auto --maxprocesses=4 --dist=loadfile

slow: $(VENV)/.installed-dev ## the slowest tests
	$(BIN)/python -m pytest -m slow

check: $(VENV)/.installed-dev ## style, types and the one-way rule
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(VENV)/.installed-dev ## measure answers on the bundled cases
	$(BIN)/python -m evals --by-type

gate: $(VENV)/.installed-dev ## measure answers on the bundled cases, fail if they are worse than the baseline
	$(BIN)/python -m evals --against baseline

baseline: $(VENV)/.installed-dev ## measure answers and keep them as the baseline and in the README
	$(BIN)/python -m evals --save evals/baseline.json --readme

wheel-check: $(VENV)/.installed-dev ## build the wheel, install it elsewhere, ask a question there
	@bash .ci/wheel-check "$(BIN)/python" "$(TORCH)" "$(PIP_OPTIONS)"

lock: $(VENV)/.installed-dev ## write the lock files anew from pyproject.toml
	@bash .ci/lock "$(BIN)/python" "$(TORCH)"

format: $(VENV)/.installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the virtual environment and build products
	rm -rf $(VENV) build dist *.egg-info

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
		echo "Installing Chromium for the browser tests"; \
		SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium >/dev/null; }

# PyTorch first and alone: its builds differ by machine, so the lock file holds no hash of it.
$(VENV)/.torch:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install $(PIP_OPTIONS) $(TORCH)
	@touch $@

$(VENV)/.installed: $(VENV)/.torch requirements.lock pyproject.toml
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
