"""A release and its tables are never altered or deleted; only a withdrawal may be written, once, on both databases."""

from django.db import migrations

FROZEN = {
    "open_data_release": [
        "id",
        "dataset_id",
        "number",
        "metadata",
        "metadata_sha256",
        "access",
        "note",
        "as_of",
        "published_at",
    ],
    "open_data_releasetable": ["id", "release_id", "resource_id", "version_id", "title", "schema"],
    "open_data_resource": ["id", "dataset_id", "slug", "table_key"],
}
SENTENCE = "what was published is never altered or deleted"


def _altered(table, differs):
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FROZEN[table])
    return f"OLD.withdrawn_at IS NOT NULL OR {changed}" if table == "open_data_release" else changed


def _sqlite(table):
    yield (
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table} WHEN {_altered(table, 'IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )
    yield (f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END")


def _postgresql(table):
    yield (
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({_altered(table, 'IS DISTINCT FROM')}) EXECUTE FUNCTION lumbung_release_is_frozen()"
    )
    yield (
        f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION lumbung_release_is_frozen()"
    )


FUNCTION = (
    "CREATE OR REPLACE FUNCTION lumbung_release_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
)


def add_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION, params=None)
    for table in FROZEN:
        for statement in (_sqlite if is_sqlite else _postgresql)(table):
            schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in FROZEN:
        for name in (f"{table}_is_frozen", f"{table}_is_kept"):
            schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}"))


class Migration(migrations.Migration):
    dependencies = [("open_data", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
