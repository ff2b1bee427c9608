# Lumbung. `make run` serves the demo, `make test` runs everything CI runs.
# Every set-up step is a file under .venv or node_modules, so a second call does nothing.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
export PORT

VENV := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev

.PHONY: help setup setup-dev run serve test test-heavy bench check lock translations clean

help: ## what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements.lock package-lock.json pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" bash tools/setup.sh run

$(READY_DEV): $(READY) requirements-dev.lock
	@PYTHON="$(PYTHON)" bash tools/setup.sh dev

setup: $(READY) ## install what the server needs

setup-dev: $(READY_DEV) ## install what the tests need (PostgreSQL and Chromium included)

run: $(READY) ## set up, load the demo once, serve on http://127.0.0.1:$(PORT), a second installation beside it
	@exec $(VENV)/lumbung demo --serve --second --port $(PORT)

serve: run

test: $(READY_DEV) ## everything CI runs, eleven to thirteen minutes on two cores
	@bash tools/test.sh quick

test-heavy: $(READY_DEV) ## the rest of the tests, two hours on two cores; PART=sqlite, journeys, postgres or faults for one part
	@bash tools/test.sh heavy $(PART)

bench: $(READY_DEV) ## speed, as ratios to a named peer in the same run
	@$(VENV)/python -m benchmarks

check: $(READY_DEV) ## lint, types, import contracts
	@bash tools/check.sh

lock: ## write the lock files anew: hashes, no addresses
	@$(VENV)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements.lock
	@$(VENV)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --extra dev pyproject.toml -o requirements-dev.lock
	@$(VENV)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q tools/spark.in -c requirements.lock -o requirements-spark.lock

translations: ## collect new sentences into every catalogue
	@$(VENV)/lumbung translations update
