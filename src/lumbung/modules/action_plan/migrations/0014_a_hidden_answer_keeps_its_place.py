"""A published answer never changes, but its words may be hidden with a trace, and their salt erased."""

from django.db import migrations

TABLE = "action_plan_response"
TRIGGER = f"{TABLE}_stays_update"
MARK = "[disembunyikan]"
HIDABLE = ("reason", "change", "salt")
REFUSAL = f"{TABLE}: what was published stays"

SQLITE = """
CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} WHEN OLD.published_at IS NOT NULL AND NOT (
  {same} AND (NEW.salt IS OLD.salt OR length(NEW.salt) = 0) AND length(OLD.salt) > 0
  AND (NEW.reason = '{mark}' OR OLD.reason = '{mark}')
)
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
SQLITE_BEFORE = """
CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['reason', 'change', 'salt'] = to_jsonb(OLD) - ARRAY['reason', 'change', 'salt']
    AND (NEW.salt = OLD.salt OR length(NEW.salt) = 0) AND length(OLD.salt) > 0
    AND (NEW.reason = '{mark}' OR OLD.reason = '{mark}')
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_BEFORE = """
CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def _execute(schema_editor, sqlite, postgresql, same=""):
    words = {"trigger": TRIGGER, "table": TABLE, "mark": MARK, "refusal": REFUSAL, "same": same}
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute(postgresql.format(**words), params=None)
        return
    schema_editor.execute(f"DROP TRIGGER {TRIGGER}")
    schema_editor.execute(sqlite.format(**words), params=None)


def let_words_be_hidden(apps, schema_editor):
    columns = [each.column for each in apps.get_model("action_plan", "response")._meta.local_concrete_fields]  # noqa: SLF001
    same = " AND ".join(f"NEW.{each} IS OLD.{each}" for each in columns if each not in HIDABLE)
    _execute(schema_editor, SQLITE, POSTGRESQL, same)


def close_again(apps, schema_editor):
    _execute(schema_editor, SQLITE_BEFORE, POSTGRESQL_BEFORE)


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0013_a_second_person_is_of_another_house")]
    operations = [migrations.RunPython(let_words_be_hidden, close_again)]
