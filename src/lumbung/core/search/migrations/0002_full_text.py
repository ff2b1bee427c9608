"""The full-text side of the index, kept by the database itself: FTS5 with triggers, or a generated tsvector.

If a later migration rebuilds search_indexrow on SQLite, it must run `rebuild` here again: rebuilding drops triggers.
"""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title_terms, terms, content='search_indexrow', content_rowid='id', tokenize='unicode61')""",
    """CREATE TRIGGER search_fts_insert AFTER INSERT ON search_indexrow BEGIN
        INSERT INTO search_fts(rowid, title_terms, terms) VALUES (new.id, new.title_terms, new.terms); END""",
    """CREATE TRIGGER search_fts_delete AFTER DELETE ON search_indexrow BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_terms, terms)
        VALUES ('delete', old.id, old.title_terms, old.terms); END""",
    """CREATE TRIGGER search_fts_update AFTER UPDATE ON search_indexrow BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_terms, terms)
        VALUES ('delete', old.id, old.title_terms, old.terms);
        INSERT INTO search_fts(rowid, title_terms, terms) VALUES (new.id, new.title_terms, new.terms); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_fts_update",
    "DROP TRIGGER search_fts_delete",
    "DROP TRIGGER search_fts_insert",
    "DROP TABLE search_fts",
]
POSTGRESQL = [
    """ALTER TABLE search_indexrow ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_terms), 'A') || setweight(to_tsvector('simple', terms), 'B')) STORED""",
    "CREATE INDEX search_indexrow_vector ON search_indexrow USING gin (vector)",
]
POSTGRESQL_BACK = ["DROP INDEX search_indexrow_vector", "ALTER TABLE search_indexrow DROP COLUMN vector"]


def build(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def tear_down(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(build, tear_down)]
