"""`python -m benchmarks [reports]`: builds a world in a temporary home, measures, prints; 1 when a limit is passed."""

import os
import sys
import tempfile
from importlib import import_module

REPORTS = 100_000
NAMES = ("public_list", "list_csv", "submits", "canonical")


def main(reports: int) -> int:
    """Measure everything; the exit code says whether every limit holds."""
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as home:
        os.environ.update(
            LUMBUNG_HOME=home, LUMBUNG_ENV="demo", DJANGO_SETTINGS_MODULE="lumbung.site.settings", DATABASE_URL=""
        )
        import django  # noqa: PLC0415 - the home must be chosen first

        django.setup()
        measures = [import_module(f"benchmarks.{name}") for name in NAMES]
        world = import_module("benchmarks.world")
        print(f"Preparing {reports:,} reports …", flush=True)
        world.build(reports)
        failed = False
        for measure in measures:
            for figure in measure.measure():
                print(figure, flush=True)
                failed = failed or figure.is_too_much
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS))
