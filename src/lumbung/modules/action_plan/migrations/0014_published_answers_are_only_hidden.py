"""Words of a published answer may be hidden, as all words may; nothing else of it changes, on both databases."""

from django.db import migrations

TABLE, MARK = "action_plan_response", "[disembunyikan]"
HIDABLE = ("reason", "change", "correction_reason", "salt")
HIDING = """
  (NEW.salt {same} OLD.salt OR NEW.salt IS NULL) AND OLD.salt IS NOT NULL
  AND (NEW.reason = '{mark}' OR OLD.reason = '{mark}')
"""
RAISED = f"{TABLE}: what was published stays"


def let_words_be_hidden(apps, schema_editor):
    columns = [each.column for each in apps.get_model("action_plan", "Response")._meta.local_concrete_fields]  # noqa: SLF001
    kept = [each for each in columns if each not in HIDABLE]
    if schema_editor.connection.vendor == "sqlite":
        same = " AND ".join(f"NEW.{each} IS OLD.{each}" for each in kept)
        _make_sqlite(schema_editor, f" AND NOT ({same} AND {HIDING.format(same='IS', mark=MARK)})")
        return
    same = " AND ".join(f"NEW.{each} IS NOT DISTINCT FROM OLD.{each}" for each in kept)
    is_hiding = f"{same} AND {HIDING.format(same='IS NOT DISTINCT FROM', mark=MARK)}"
    _make_postgresql(schema_editor, f"IF {is_hiding} THEN RETURN NEW; END IF;")


def close_again(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _make_sqlite(schema_editor, "")
    else:
        _make_postgresql(schema_editor, "")


def _make_sqlite(schema_editor, unless):
    schema_editor.execute(f"DROP TRIGGER {TABLE}_stays_update")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_stays_update BEFORE UPDATE ON {TABLE} WHEN OLD.published_at IS NOT NULL{unless}\n"
        f"BEGIN SELECT RAISE(ABORT, '{RAISED}'); END",
        params=None,
    )


def _make_postgresql(schema_editor, unless):
    """The function of 0010 anew; its trigger stays."""
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {TABLE}_stays_update() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN {unless} RAISE EXCEPTION '{RAISED}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0013_a_second_person_is_of_another_house")]

    operations = [migrations.RunPython(let_words_be_hidden, close_again)]
