"""A published version is never altered or deleted; only the withdrawal may be written, once, on both databases."""

from django.db import migrations

TABLE = "datasets_datasetversion"
FROZEN = ["id", "dataset_key", "place", "number", "as_of", "published_at", "publisher_code", "row_count"]
FROZEN += ["content_sha256", "csv_sha256", "csv_bytes", "parquet_sha256", "parquet_bytes", "column_names"]


def _altered(differs):
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FROZEN)
    return f"OLD.withdrawn_at IS NOT NULL OR {changed}"


SQLITE = [
    f"""
    CREATE TRIGGER published_version_is_frozen BEFORE UPDATE ON {TABLE} WHEN {_altered("IS NOT")}
    BEGIN SELECT RAISE(ABORT, 'a published version is never altered'); END
    """,
    f"""
    CREATE TRIGGER published_version_is_kept BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END
    """,
]

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION lumbung_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a published version is never altered or deleted'; END $$
    """,
    f"""
    CREATE TRIGGER published_version_is_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW
    WHEN ({_altered("IS DISTINCT FROM")}) EXECUTE FUNCTION lumbung_version_is_frozen()
    """,
    f"""
    CREATE TRIGGER published_version_is_kept BEFORE DELETE ON {TABLE} FOR EACH ROW
    EXECUTE FUNCTION lumbung_version_is_frozen()
    """,
]


def add_triggers(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for name in ("published_version_is_frozen", "published_version_is_kept"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}")


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
