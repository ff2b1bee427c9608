"""Run as a program of its own, so that Spark's library is its alone: every expression over drawn tables, as JSON."""

import json
import sys
from pathlib import Path

from lumbung.core.engines import opening
from lumbung.core.engines.tests import drawn_tables


def main(address: str, folder: Path, seeds: int, rows: int, seconds: int) -> None:
    tables = drawn_tables.shapes(folder, seeds=range(seeds), rows=rows)
    with opening.opened(address, tables, temporary=folder, seconds=seconds) as engine:
        answers = drawn_tables.every_answer(engine, tables)
    (folder / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
