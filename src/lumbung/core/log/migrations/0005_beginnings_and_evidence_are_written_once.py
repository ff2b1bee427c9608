"""A new beginning of the log and the evidence against a peer are written once: the database itself refuses change."""

from django.db import migrations

TABLES = ["log_beginning", "log_inconsistency"]

SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

# The function comes with the triggers of the events.
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION lumbung_log_is_append_only()
"""


def add_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for verb in verbs(vendor):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_refuses_{verb}{on}")


def verbs(vendor):
    return {"update": "ROW", "delete": "ROW"} | ({"truncate": "STATEMENT"} if vendor == "postgresql" else {})


def statements(vendor):
    template = POSTGRESQL if vendor == "postgresql" else SQLITE
    return [
        template.format(table=table, verb=verb, VERB=verb.upper(), level=level)
        for table in TABLES
        for verb, level in verbs(vendor).items()
    ]


class Migration(migrations.Migration):
    dependencies = [("log", "0004_peers_are_watched"), ("events", "0002_log_is_append_only")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
