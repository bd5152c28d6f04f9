# make demo   sets everything up and checks the drafts in examples/
# make test   sets everything up and runs all tests
# make check  what continuous integration runs
# make model  trains the learned model anew
# make benchmarks  measures the speed beside others
# make trust  tries what docs/trust.md promises, and writes its figures

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint types imports rules schema golden model benchmarks trust clean

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
	$(BIN)/postcheck rules lint

# The files that are generated from others; tests check that they are current.
schema: .venv/ready
	$(BIN)/postcheck rules schema > rules/schema.json
	$(BIN)/postcheck config schema config > schemas/config.schema.json
	$(BIN)/postcheck config schema sidecar > schemas/sidecar.schema.json

golden: .venv/ready
	POSTCHECK_UPDATE_GOLDEN=1 $(BIN)/pytest tests/golden tests/examples tests/docs

# The learned model, from corpus/ and rules/: about three hours on one core. training/README.md tells more.
BASE := .venv-training/lib/base
model: .venv-training/ready
	.venv-training/bin/python -m training.crossvalidate $(BASE) A B C
	.venv-training/bin/python -m training.crossvalidate
	.venv-training/bin/python -m training $(BASE)
	.venv-training/bin/python -m training.evaluate

.venv-training/ready: training/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet --requirement training/requirements.txt --editable .
	.venv-training/bin/python -m training.base $(BASE)
	touch $@

# Speed beside the peers; benchmarks/README.md tells more.
benchmarks: .venv/ready
	$(BIN)/python -m pip install --quiet --requirement benchmarks/requirements.txt
	$(BIN)/python -m benchmarks

# What docs/trust.md promises, tried at length.
trust: .venv/ready
	$(BIN)/python -m trust

clean:
	rm -rf .venv .venv-training build dist

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
