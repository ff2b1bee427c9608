"""Every part has the same rooms, small files, and imports that only go down."""

from pathlib import Path

from tests.guards import shape
from tests.guards.tree import SOURCE, code_files, parts, planted, tell


def test_no_file_above_300_lines_and_no_function_above_60():
    found = list(shape.size_problems(code_files()))
    assert not found, tell(found)


def test_a_long_file_and_a_long_function_are_caught():
    long_file = planted("core/events/queries.py", "x = 1\n" * 301)
    long_function = planted("core/events/actions.py", "def record():\n" + "    x = 1\n" * 60)
    assert [problem.what for problem in shape.size_problems([long_file, long_function])] == [
        "301 lines; split it by noun at 300",
        "record has 61 lines; at most 60",
    ]


def test_templates_and_scripts_stay_small_too():
    paths = [path for suffix in ("html", "js", "css") for path in SOURCE.rglob(f"*.{suffix}")]
    long = [str(path) for path in paths if path.read_text(encoding="utf-8").count("\n") > shape.FILE_LINES]
    assert long == []


def test_no_file_is_called_utils_or_helpers():
    found = list(shape.name_problems(path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.suffix))
    assert not found, tell(found)


def test_a_file_called_utils_is_caught():
    caught = shape.name_problems([Path("core/web/utils.py"), Path("modules/x/helpers/a.py"), Path("core/web/jinja.py")])
    assert [problem.where for problem in caught] == ["core/web/utils.py", "modules/x/helpers/a.py"]


def test_modules_have_rooms_and_pure_files_only():
    found = list(shape.room_problems(code_files()))
    assert not found, tell(found)


def test_a_file_beside_the_rooms_that_reads_the_database_is_caught():
    pure = planted("modules/reports/personal_data.py", "import re\nfrom lumbung.core.base import clock\n")
    service = planted("modules/reports/services.py", "from lumbung.modules.reports.models import Report\n")
    other = planted("modules/reports/magic.py", "from django.db import models\n")
    caught = list(shape.room_problems([pure, service, other]))
    assert [problem.where for problem in caught] == [
        "src/lumbung/modules/reports/services.py:1",
        "src/lumbung/modules/reports/magic.py:1",
    ]


def test_imports_inside_a_part_only_go_down():
    found = list(shape.floor_problems(code_files()))
    assert not found, tell(found)


def test_queries_that_import_actions_are_caught():
    climbing = planted("modules/reports/queries/public.py", "from lumbung.modules.reports import actions\n")
    beside = planted("modules/reports/models/report.py", "from lumbung.modules.reports.queries import x\n")
    going_down = planted("modules/reports/actions/a.py", "from lumbung.modules.reports import queries, models\n")
    caught = list(shape.floor_problems([climbing, beside, going_down]))
    assert [problem.where for problem in caught] == [
        "src/lumbung/modules/reports/queries/public.py:1",
        "src/lumbung/modules/reports/models/report.py:1",
    ]


def test_every_part_has_a_readme():
    found = list(shape.readme_problems(parts()))
    assert not found, tell(found)


def test_a_part_without_readme_is_caught(tmp_path):
    (tmp_path / "core" / "letters").mkdir(parents=True)
    (tmp_path / "modules").mkdir()
    (tmp_path / "core" / "letters" / "__init__.py").touch()
    assert len(list(shape.readme_problems(parts(tmp_path)))) == 1
