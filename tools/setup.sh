#!/usr/bin/env bash
# Builds .venv and node_modules from the lock files. Argument: run (server only) or dev (tests as well).
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python3}"
STAGE="${1:-run}"
LOG="$(mktemp "${TMPDIR:-/tmp}/lumbung-setup.XXXXXX.log")"

say() { printf '  %s\n' "$*" >&2; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }
failed() { tail -n 15 "$LOG" >&2; stop "$1 (rincian / details: $LOG)"; }

command -v "$PYTHON" >/dev/null 2>&1 \
  || stop "Python 3.11 atau lebih baru belum terpasang: jalankan 'apt install python3 python3-venv'. / Python 3.11 or newer is missing: run 'apt install python3 python3-venv'."
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || stop "Lumbung memerlukan Python 3.11 atau lebih baru; pakai 'make run PYTHON=python3.12'. / Lumbung needs Python 3.11 or newer; use 'make run PYTHON=python3.12'."
[ -w . ] || stop "Folder ini tidak dapat ditulisi: salin Lumbung ke folder milik Anda. / This folder is read-only: copy Lumbung into a folder of yours."

make_venv() {
  [ -x .venv/bin/pip ] && return
  say "Menyiapkan lingkungan Python / creating the Python environment"
  "$PYTHON" -m venv .venv >"$LOG" 2>&1 \
    || { rm -rf .venv; stop "Modul venv belum terpasang: jalankan 'apt install python3-venv'. / The venv module is missing: run 'apt install python3-venv'."; }
}

install_python() {
  say "Memasang pustaka Python / installing Python libraries ($1)"
  .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$1" >"$LOG" 2>&1 \
    || failed "Pustaka Python gagal dipasang; periksa sambungan internet, lalu ulangi. / Python libraries could not be installed; check the network and try again."
}

install_ourselves() {
  .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >"$LOG" 2>&1 \
    || failed "Lumbung gagal dipasang ke dalam lingkungannya. / Lumbung could not be installed into its environment."
}

run_npm() {
  if command -v npm >/dev/null 2>&1; then npm "$@"; return; fi
  [ -x .venv/bin/npm ] || .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
  PATH="$PWD/.venv/bin:$PATH" .venv/bin/npm "$@"
}

install_front_end() {
  say "Memasang bagian antarmuka / installing front-end parts"
  run_npm ci --no-audit --no-fund --loglevel=error "$@" >"$LOG" 2>&1 \
    || failed "Bagian antarmuka gagal dipasang; periksa sambungan internet, lalu ulangi. / Front-end parts could not be installed; check the network and try again."
}

as_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

find_chromium() {
  [ -n "${CHROMIUM:-}" ] && return
  command -v chromium >/dev/null 2>&1 && return
  as_root_on_debian || stop "Uji peramban memerlukan Chromium: pasang paket chromium atau beri CHROMIUM=/jalur/ke/chromium. / Browser tests need Chromium: install it or pass CHROMIUM=/path/to/chromium."
  say "Memasang Chromium / installing Chromium"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >"$LOG" 2>&1 \
    || failed "Chromium gagal dipasang. / Chromium could not be installed."
}

make_venv
case "$STAGE" in
  run)
    install_python requirements.lock
    install_ourselves
    install_front_end --omit=dev
    .venv/bin/lumbung prepare >"$LOG" 2>&1 || failed "Berkas statis dan terjemahan gagal disiapkan. / Static files and translations could not be prepared."
    touch .venv/.ready ;;
  dev)
    install_python requirements-dev.lock
    install_ourselves
    install_front_end
    find_chromium
    touch .venv/.ready .venv/.ready-dev ;;
  *) stop "tools/setup.sh: run | dev" ;;
esac
rm -f "$LOG"
