#!/usr/bin/env bash
# Runs the tests. Argument: quick (what CI runs; ten minutes on two cores are the aim) or heavy (the rest), and of heavy
# one part alone if you like: sqlite, journeys, postgres or faults.
set -uo pipefail
cd "$(dirname "$0")/.."
BIN=.venv/bin
WORKERS="${TEST_WORKERS:-2}"
FAILED=()
TIMES=()
# What is compiled once need not be compiled by each of the hundred processes that follow.
unset PYTHONDONTWRITEBYTECODE

# Idle workers take over half of what the other still has to do; until then files stay together.
SHARED="$BIN/pytest -n $WORKERS --dist worksteal"

step() { # name, command…
  local name="$1" begun=$SECONDS code=0; shift
  printf '\n== %s\n' "$name"
  "$@" || code=$?
  [ "$code" = 5 ] && { echo "(no test fits this step)"; code=0; } # pytest: nothing collected
  [ "$code" = 0 ] || FAILED+=("$name")
  TIMES+=("$(printf '%5d s  %s' $((SECONDS - begun)) "$name")")
}

$BIN/lumbung prepare || { echo "static files or translations could not be prepared"; exit 1; }

# The demonstration that faults and journeys take copies of is loaded beside the linters, which leave a core alone.
ready_demonstration() {
  export TEST_DEMONSTRATION="$PWD/build/demonstration" TEST_MIGRATED="$PWD/build/migrated.sqlite3"
  rm -f "$TEST_MIGRATED"
  $BIN/python -m tests.demonstration "$TEST_DEMONSTRATION" >build/demonstration.log 2>&1 &
  READY=$!
}
await_demonstration() {
  wait "$READY" && return
  cat build/demonstration.log
  FAILED+=("loading the demonstration")
  unset TEST_DEMONSTRATION
}

part() { # key, name, command…
  local key="$1"; shift
  [ -n "$ONLY" ] && [ "$ONLY" != "$key" ] || step "$@"
}

ONLY="${2:-}"
case "$ONLY" in ""|sqlite|journeys|postgres|faults) ;; *) echo "heavy [sqlite | journeys | postgres | faults]"; exit 2 ;; esac

case "${1:-quick}" in
  quick)
    ready_demonstration
    step "lint, types, contracts, translations" bash tools/check.sh
    # Core asks both databases, where they differ is its business. A module's actions and queries ask PostgreSQL, which is
    # the stricter; its pages, guards and journeys go through the same actions on SQLite, and the heavy run asks all of both.
    step "units, pages and guards on SQLite" $SHARED -m "not module_rule and not heavy and not journey and not fault"
    step "actions, queries, migrations on PostgreSQL" \
      $BIN/python tools/with_postgres.py $SHARED -m "(core_rule or module_rule) and not heavy" src/lumbung/core src/lumbung/modules
    await_demonstration
    # Both wait for processes and pages, so they go on beside each other.
    step "faults, three kills among them, and journeys in a browser" $SHARED -m "(fault or journey) and not heavy" tests ;;
  heavy)
    ready_demonstration
    await_demonstration
    export TEST_NEW_EXAMPLES=yes # property tests draw examples nobody has seen
    export JOURNEY_LOOKS=every # every page of every story is looked at, and photographed for people
    # A browser brings a loop of its own into its process, in which no test may ask a database: journeys stay apart.
    part sqlite "heavy on SQLite, and the rules of modules" $SHARED -m "(heavy or module_rule) and not journey"
    part journeys "journeys, every look and every picture" $SHARED -m "heavy and journey" tests
    part postgres "everything on PostgreSQL" $BIN/python tools/with_postgres.py $SHARED -m "not journey and not fault"
    part faults "faults on PostgreSQL" $BIN/python tools/with_postgres.py $BIN/pytest -m fault tests ;;
  *) echo "tools/test.sh: quick | heavy"; exit 2 ;;
esac

printf '\n'
printf '%s\n' "${TIMES[@]}"
printf '%5d s  together\n' "$SECONDS"
if [ ${#FAILED[@]} -gt 0 ]; then printf '\nFAILED: %s\n' "${FAILED[@]}"; exit 1; fi
printf '\nall passed\n'
