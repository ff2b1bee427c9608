"""Words that had to be hidden leave a trace; of what was said of a commitment only the words go, and their salt."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Words said of a commitment: nothing of their row changes but this, and never after the salt is gone.
TABLES = ("selfreport", "assessment", "note", "reply", "lesson")
MARK = "[disembunyikan]"
HIDABLE = ("words", "lessons", "salt")

SQLITE = """
CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} WHEN NOT (
  {same} AND (NEW.salt IS OLD.salt OR length(NEW.salt) = 0) AND length(OLD.salt) > 0
  AND (NEW.words = '{mark}' OR OLD.words = '{mark}')
)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_BEFORE = """
CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION lumbung_words_are_only_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['words', 'lessons', 'salt'] = to_jsonb(OLD) - ARRAY['words', 'lessons', 'salt']
    AND (NEW.salt = OLD.salt OR length(NEW.salt) = 0) AND length(OLD.salt) > 0
    AND (NEW.words = '[disembunyikan]' OR OLD.words = '[disembunyikan]')
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()
"""


def let_words_be_hidden(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    for name in TABLES:
        table = f"action_plan_{name}"
        _drop(schema_editor, table)
        if not is_sqlite:
            schema_editor.execute(POSTGRESQL.format(table=table, function="lumbung_words_are_only_hidden"))
            continue
        columns = [each.column for each in apps.get_model("action_plan", name)._meta.local_concrete_fields]  # noqa: SLF001
        same = " AND ".join(f"NEW.{each} IS OLD.{each}" for each in columns if each not in HIDABLE)
        schema_editor.execute(SQLITE.format(table=table, same=same, mark=MARK))


def close_again(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name in TABLES:
        table = f"action_plan_{name}"
        _drop(schema_editor, table)
        sql = SQLITE_BEFORE if is_sqlite else POSTGRESQL
        schema_editor.execute(sql.format(table=table, function="lumbung_what_was_said_stays"))


def _drop(schema_editor, table):
    suffix = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
    schema_editor.execute(f"DROP TRIGGER {table}_refuses_update{suffix}")


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0011_anybody_speaks_of_a_commitment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hiding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
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
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(max_length=36)),
                ("about", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=300)),
                ("reason_salt", models.BinaryField(max_length=16)),
                ("kept", models.BinaryField(null=True)),
                ("hidden_role", models.CharField(max_length=40)),
                ("hidden_at", models.DateTimeField()),
                ("is_upheld", models.BooleanField(null=True)),
                ("decided_role", models.CharField(blank=True, max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hidings",
                        to="action_plan.planmember",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hidings", to="action_plan.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["-hidden_at", "pk"],
                "indexes": [models.Index(fields=["plan", "kind", "subject"], name="hiding_by_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hidden_words_say_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("hidden_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hiding_is_decided_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("is_upheld__isnull", True)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_upheld__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hiding_is_decided_by_somebody_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(("is_upheld", True), ("kept__isnull", True)),
                            _connector="OR",
                        ),
                        name="erased_words_were_kept_hidden_and_are_gone",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_upheld__isnull", True)),
                        fields=("kind", "subject"),
                        name="words_wait_hidden_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(let_words_be_hidden, close_again),
    ]
