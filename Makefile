# make demo   sets everything up and checks the drafts in examples/
# make test   sets everything up and runs all tests
# make check  what continuous integration runs

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint types imports rules schema golden clean

demo: .venv/ready
	@$(BIN)/postcheck examples || test $$? -eq 1  # 1: there are findings, as there should be

test: .venv/ready
	$(BIN)/pytest

check: lint types imports rules test

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

imports: .venv/ready
	$(BIN)/lint-imports

rules: .venv/ready
	$(BIN)/postcheck rules test

# The files that are generated from others; tests check that they are current.
schema: .venv/ready
	$(BIN)/postcheck rules schema > rules/schema.json

golden: .venv/ready
	POSTCHECK_UPDATE_GOLDEN=1 $(BIN)/pytest tests/golden tests/examples

clean:
	rm -rf .venv build dist

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
