# The commands of this project. Each works from a fresh clone; the second time, without network.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo demo-bench demo-checkout test check lint types imports sizes scenarios score browser report long crash bench peers fuzz format protoc clean

help:  ## print this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | column -t -s "$$(printf '\t')"

$(READY): pyproject.toml constraints.txt ci/setup
	PYTHON=$(PYTHON) ci/setup $(VENV)

setup: $(READY)  ## make the virtual environment in .venv

demo-checkout: $(READY)  ## one visit by palm, one by the code on the phone, one by card, side by side
	$(BIN)/rig run scenarios/checkout/palm_code_card.yaml

demo-bench: $(READY)  ## gate, scanner and two shelves on wires behind a shim, the rest simulated; takes 45 s of real time
	$(BIN)/rig run scenarios/bench/four_on_wires.yaml --bench four-on-wires --serve

demo: $(READY)  ## run the main job: a visit to the nanostore, from gate to judged receipt
	$(BIN)/rig run scenarios/walkout/put_back_elsewhere.yaml

test: $(READY)  ## run all tests, the walk-out scenarios included
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: lint types imports sizes test  ## what CI runs

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

sizes: $(READY)
	$(BIN)/python ci/sizes.py

scenarios: $(READY)  ## run all scenario suites, crowds included
	$(BIN)/python -m pytest scenarios -n auto --dist loadgroup

score: $(READY)  ## score the reference stack over a suite: make score SUITE=nanostore-replica
	$(BIN)/rig score $(or $(SUITE),nanostore-replica) --jobs 2

peers: $(READY)  ## test the feeds against programs of others, which this installs
	ci/peers
	$(BIN)/python -m pytest -m peer tests

fuzz: $(READY)  ## every codec of the devices under atheris, which this installs: over a million inputs in all
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt atheris
	$(BIN)/python -m tests.fuzz.all $(RUNS)

browser: $(READY)  ## test the customers' app in a real browser, which this installs
	ci/browser $(VENV)
	$(BIN)/python -m pytest tests/stack/web

report: $(READY)  ## play the faults suite and build its Allure site in out/report; RESULTS=DIR builds the site of yours
	$(if $(RESULTS),,-$(BIN)/python -m pytest scenarios/faults --alluredir out/allure --clean-alluredir)
	ci/report/build $(or $(RESULTS),out/allure) out/report

long: $(READY)  ## the tests that take longest: what the long pages say, typed in; every way to pay in one set of books
	$(BIN)/python -m pytest -m long tests -n auto --dist loadgroup

crash: $(READY)  ## kill stack and provider at every step of every flow of money; takes minutes
	$(BIN)/python -m pytest tests/crash -m crash -n 2

bench: $(READY)  ## measure everything and keep it in benchmarks/results; takes half an hour on a quiet machine
	$(BIN)/python -m benchmarks $(ONLY)

format: $(READY)  ## lay out all code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

protoc: $(READY)  ## generate the Python code of the .proto files
	PYTHON=$(BIN)/python ci/protoc

clean:  ## remove the environment and everything made
	rm -rf $(VENV) out artifacts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
