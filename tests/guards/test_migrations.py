"""Migrations make one line per app and none is missing."""

import pytest
from django.core.management import call_command
from django.db import migrations, models

from tests.guards import migration_rules as rules
from tests.guards.tree import planted, tell


def migration(name, *operations, after=""):
    """A migration that exists only here."""
    made = migrations.Migration(name, "letters")
    made.operations = list(operations)
    made.dependencies = [("letters", after)] if after else []
    return made


def test_migrations_make_one_line_and_are_named_by_their_idea():
    found = list(rules.line_problems(rules.our_migrations()))
    assert not found, tell(found)


def test_every_migration_has_a_way_back_or_says_why_not():
    found = list(rules.reverse_problems(rules.our_migrations()))
    assert not found, tell(found)


def test_no_migration_imports_models():
    files = rules.migration_files()
    assert files
    found = list(rules.model_problems(files))
    assert not found, tell(found)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_changed_model_without_migration_is_caught(monkeypatch):
    from lumbung.core.portals.models import Portal  # noqa: PLC0415

    monkeypatch.setattr(Portal._meta.get_field("name_id"), "max_length", 101)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_two_migrations_after_the_same_one_are_caught():
    fork = {
        "0001_initial": migration("0001_initial"),
        "0002_letter_gets_a_date": migration("0002_letter_gets_a_date", after="0001_initial"),
        "0002_letter_gets_a_place": migration("0002_letter_gets_a_place", after="0001_initial"),
    }
    whats = [problem.what for problem in rules.line_problems({"letters": fork})]
    assert any("make them one line" in what for what in whats)
    assert any("without gap or twin" in what for what in whats)


@pytest.mark.parametrize("name", ["0002_auto_20260101_1200", "0002_alter_field_x", "0002_x", "0002_report_x_and_more"])
def test_a_name_without_an_idea_is_caught(name):
    line = {"0001_initial": migration("0001_initial"), name: migration(name, after="0001_initial")}
    assert [problem.where for problem in rules.line_problems({"letters": line})] == [f"letters.{name}"]


def test_an_operation_without_reverse_is_caught():
    one_way = migration("0001_initial", migrations.RunPython(lambda apps, editor: None))
    two_way = migration("0001_initial", migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop))
    table = migration("0001_initial", migrations.CreateModel("Letter", [("id", models.AutoField(primary_key=True))]))
    assert len(list(rules.reverse_problems({"letters": {"0001_initial": one_way}}))) == 1
    assert not list(rules.reverse_problems({"letters": {"0001_initial": two_way}}))
    assert not list(rules.reverse_problems({"letters": {"0001_initial": table}}))


def test_a_migration_that_imports_models_is_caught():
    path = "modules/letters/migrations/0002_letters_get_a_date.py"
    assert list(rules.model_problems([planted(path, "from lumbung.modules.letters.models import Letter\n")]))
    assert not list(rules.model_problems([planted(path, "from lumbung.core.base import ids\n")]))
