"""The same expressions on a real Spark cluster of a master and two workers."""

import json
import subprocess
import sys

import pytest

from lumbung.core.engines import opening
from lumbung.core.engines.tests import cluster, drawn_tables

TABLES, ROWS, SECONDS = 2, 2_000, 1_200


@pytest.mark.heavy
def test_a_cluster_of_two_workers_answers_every_expression_as_duckdb_does(tmp_path):
    tables = drawn_tables.shapes(tmp_path, seeds=range(TABLES), rows=ROWS)
    with opening.opened("", tables, temporary=tmp_path) as engine:
        ours = drawn_tables.every_answer(engine, tables)
    with cluster.started(tmp_path) as master:
        program = [sys.executable, "-m", "lumbung.core.engines.tests.asked_of_a_cluster"]
        asked = [*program, master, str(tmp_path), str(TABLES), str(ROWS), str(SECONDS)]
        subprocess.run(asked, env=cluster.surroundings(tmp_path), check=True, timeout=SECONDS + 60)
    theirs = json.loads((tmp_path / "answers.json").read_text())
    workers = [folder for folder in tmp_path.glob("work*/app-*/*") if folder.is_dir()]
    assert len(workers) == cluster.WORKERS
    assert theirs == ours
