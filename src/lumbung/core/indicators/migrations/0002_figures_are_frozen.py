"""A figure is never altered or deleted, on both databases."""

from django.db import migrations

TABLE = "indicators_indicatorresult"
VERBS = ("update", "delete")


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in VERBS:
            schema_editor.execute(
                f"CREATE TRIGGER figure_refuses_{verb} BEFORE {verb.upper()} ON {TABLE} "
                "BEGIN SELECT RAISE(ABORT, 'a figure is never altered or deleted'); END",
                params=None,
            )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION lumbung_figure_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'a figure is never altered or deleted'; END $$",
        params=None,
    )
    for verb in VERBS:
        schema_editor.execute(
            f"CREATE TRIGGER figure_refuses_{verb} BEFORE {verb.upper()} ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION lumbung_figure_is_frozen()",
            params=None,
        )


def drop_triggers(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for verb in VERBS:
        schema_editor.execute(f"DROP TRIGGER figure_refuses_{verb}{on}")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
