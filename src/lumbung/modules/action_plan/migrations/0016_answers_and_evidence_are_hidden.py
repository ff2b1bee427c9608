"""Answers to remarks, and title and address of evidence, may be hidden as all words may; no more than that (ADR 27)."""

from django.db import migrations, models

ANSWER, EVIDENCE = "remarkanswer", "evidence"
MARK = "[disembunyikan]"
# The column that bears the mark, and what may change together with it.
HIDABLE = {ANSWER: ("words", ("words", "salt")), EVIDENCE: ("title", ("title", "url", "salt"))}

BEFORE = "CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
SQLITE = """WHEN NOT (
  {same} AND {salt} AND (NEW.{column} = '{mark}' OR OLD.{column} = '{mark}')
)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_CLOSED = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
# An answer always has its salt until it is erased; evidence named before salts were kept never had one.
SALT = {
    ANSWER: "(NEW.salt {same} OLD.salt OR length(NEW.salt) = 0) AND length(OLD.salt) > 0",
    EVIDENCE: "(NEW.salt {same} OLD.salt OR NEW.salt IS NULL)",
}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION lumbung_evidence_is_only_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['title', 'url', 'salt'] = to_jsonb(OLD) - ARRAY['title', 'url', 'salt']
    AND (NEW.salt IS NOT DISTINCT FROM OLD.salt OR NEW.salt IS NULL)
    AND (NEW.title = '[disembunyikan]' OR OLD.title = '[disembunyikan]')
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""
FUNCTIONS = {ANSWER: "lumbung_words_are_only_hidden", EVIDENCE: "lumbung_evidence_is_only_hidden"}
POSTGRESQL = "FOR EACH ROW EXECUTE FUNCTION {function}()"


def let_words_be_hidden(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for name, (column, hidable) in HIDABLE.items():
        columns = [each.column for each in apps.get_model("action_plan", name)._meta.local_concrete_fields]  # noqa: SLF001
        same = " AND ".join(f"NEW.{each} IS OLD.{each}" for each in columns if each not in hidable)
        told = {"same": same, "salt": SALT[name].format(same="IS"), "column": column, "mark": MARK}
        _anew(schema_editor, name, SQLITE if is_sqlite else POSTGRESQL, function=FUNCTIONS[name], **told)


def close_again(_apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name in HIDABLE:
        sql = SQLITE_CLOSED if is_sqlite else POSTGRESQL
        _anew(schema_editor, name, sql, function="lumbung_what_was_said_stays")


def _anew(schema_editor, name, sql, **told):
    table = f"action_plan_{name}"
    suffix = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
    schema_editor.execute(f"DROP TRIGGER {table}_refuses_update{suffix}")
    schema_editor.execute((BEFORE + sql).format(table=table, **told), params=None)


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0015_plans_are_withdrawn")]

    operations = [
        # Nullable and without a default: SQLite adds the column in place, and the triggers of the table stay.
        migrations.AddField("evidence", "salt", models.BinaryField(max_length=16, null=True)),
        migrations.AlterField(
            "hiding",
            "kind",
            models.CharField(
                choices=[
                    ("idea", "Idea"),
                    ("comment", "Comment"),
                    ("remark", "Remark"),
                    ("self_report", "Report of the agency"),
                    ("assessment", "Assessment of the monitoring body"),
                    ("note", "Note of an organisation"),
                    ("reply", "Right of reply"),
                    ("lesson", "Lesson"),
                    ("minutes", "Minutes of a meeting"),
                    ("invitation", "Invitation to a meeting"),
                    ("decision", "Decision of a meeting"),
                    ("exception", "Reason for an exception"),
                    ("review_note", "Note of the national secretariat"),
                    ("seat", "Note on a seat"),
                    ("endorsement", "Note on an endorsement"),
                    ("response", "Reasoned response"),
                    ("remark_answer", "Answer to a remark"),
                    ("evidence", "Title and address of evidence"),
                    ("withdrawal", "Reason for a withdrawal"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(let_words_be_hidden, close_again),
    ]
