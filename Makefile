# make demo   sets everything up and checks the drafts in examples/
# make test   sets everything up and runs all tests
# make check  what continuous integration runs
# make site   writes the documentation as pages to build/site
# make model  trains the learned model anew
# make benchmarks  measures the speed beside others
# make lock   renews requirements.lock
# make sbom   writes what postcheck is made of to dist/, as CycloneDX
# make audit-dependencies  looks for known vulnerabilities (asks pypi.org)
# make trust  tries what docs/trust.md promises, and writes its figures

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint types imports rules schema golden pictures site model benchmarks trust lock sbom audit-dependencies clean

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

pictures: .venv/ready
	$(BIN)/python -m docs.site.pictures
	$(BIN)/python -m docs.site.screenshots

# The documentation as pages that ask nothing from elsewhere; a warning is an error.
site: .venv/ready
	$(BIN)/sphinx-build --fail-on-warning --quiet --fresh-env --doctree-dir build/doctrees \
		--conf-dir docs/site . build/site

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
	$(BIN)/python -m pip install --quiet --requirement trust/requirements.txt
	$(BIN)/python -m trust

# The newest releases that pyproject.toml allows, for all systems and Pythons, with the hashes of their files.
lock: .venv/ready
	$(BIN)/uv pip compile --no-config --default-index https://pypi.org/simple --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" --upgrade --quiet \
		--group dev --output-file requirements.lock pyproject.toml

# Known vulnerabilities of what the lock names. It asks pypi.org, and fails where it can't.
audit-dependencies: .venv/ready
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock

# What a user installs and its licenses, the models with the sums of their files.
sbom: .venv/ready
	$(BIN)/python -m trust.sbom dist/postcheck.cdx.json

clean:
	rm -rf .venv .venv-training build dist

# What is installed for development is what the lock names, down to the last byte.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
