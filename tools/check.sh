#!/usr/bin/env bash
# Lint, format, types, import contracts, translations, reference pages, and that migrations follow the models.
set -uo pipefail
cd "$(dirname "$0")/.."
BIN=.venv/bin
CODE=0
run() { "$@" || { echo "failed: $*"; CODE=1; }; }

run $BIN/ruff check -q .
run $BIN/ruff format -q --check .
run $BIN/mypy
run $BIN/lint-imports
run $BIN/lumbung translations check
run $BIN/lumbung docs check
run $BIN/lumbung manage makemigrations --check --dry-run
exit $CODE
