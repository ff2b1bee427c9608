"""The full-text side gets the two columns in between: keywords and names of columns, and what is around a thing.

Adding columns rebuilt search_indexrow on SQLite, which dropped the triggers: everything is made anew here.
"""

from django.db import migrations

COLUMNS = ("title_terms", "key_terms", "terms", "rest_terms")
OLD_COLUMNS = ("title_terms", "terms")


def _sqlite(columns):
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    forget = f"INSERT INTO search_fts(search_fts, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608 - names of columns
    learn = f"INSERT INTO search_fts(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 - names of columns
    return [
        *(f"DROP TRIGGER IF EXISTS search_fts_{name}" for name in ("insert", "delete", "update")),
        "DROP TABLE IF EXISTS search_fts",
        (
            f"CREATE VIRTUAL TABLE search_fts USING fts5({names},"
            " content='search_indexrow', content_rowid='id', tokenize='unicode61')"
        ),
        "INSERT INTO search_fts(search_fts) VALUES ('rebuild')",
        f"CREATE TRIGGER search_fts_insert AFTER INSERT ON search_indexrow BEGIN {learn} END",
        f"CREATE TRIGGER search_fts_delete AFTER DELETE ON search_indexrow BEGIN {forget} END",
        f"CREATE TRIGGER search_fts_update AFTER UPDATE ON search_indexrow BEGIN {forget} {learn} END",
    ]


def _postgresql(columns, weights):
    vector = " || ".join(
        f"setweight(to_tsvector('simple', {column}), '{weight}')"
        for column, weight in zip(columns, weights, strict=True)
    )
    return [
        "DROP INDEX IF EXISTS search_indexrow_vector",
        "ALTER TABLE search_indexrow DROP COLUMN IF EXISTS vector",
        f"ALTER TABLE search_indexrow ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED",
        "CREATE INDEX search_indexrow_vector ON search_indexrow USING gin (vector)",
    ]


def build(apps, schema_editor):
    is_server = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql(COLUMNS, "ABCD") if is_server else _sqlite(COLUMNS):
        schema_editor.execute(statement)


def build_as_before(apps, schema_editor):
    is_server = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql(OLD_COLUMNS, "AB") if is_server else _sqlite(OLD_COLUMNS):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_rows_say_why_they_are_found")]
    operations = [migrations.RunPython(build, build_as_before)]
