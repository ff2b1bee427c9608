"""UPDATE and DELETE on what was said of a commitment are refused by the database itself, on both databases."""

from django.db import migrations

TABLES = [
    f"action_plan_{name}"
    for name in (
        "evidence",
        "capture",
        "selfreport",
        "milestonereport",
        "reportdecision",
        "assessment",
        "note",
        "reply",
        "filedreport",
        "lesson",
    )
]

SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION lumbung_what_was_said_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""

POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION lumbung_what_was_said_stays()
"""


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb, VERB=verb.upper()))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION, params=None)  # with params psycopg would read the % of RAISE
    for table in TABLES:
        for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            schema_editor.execute(POSTGRESQL.format(table=table, verb=verb, VERB=verb.upper(), level=level))


def drop_triggers(apps, schema_editor):
    suffix = "" if schema_editor.connection.vendor == "sqlite" else " ON {table}"
    verbs = ("update", "delete") if schema_editor.connection.vendor == "sqlite" else ("update", "delete", "truncate")
    for table in TABLES:
        for verb in verbs:
            schema_editor.execute(f"DROP TRIGGER {table}_refuses_{verb}" + suffix.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0007_what_is_said_of_commitments")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
