"""Anybody says something about a commitment in force; what the agency answers stays, as 0008 has it for the rest."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "action_plan_remarkanswer"
SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION lumbung_what_was_said_stays()
"""


def add_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))[: 2 if is_sqlite else 3]:
        sql = SQLITE if is_sqlite else POSTGRESQL
        schema_editor.execute(sql.format(table=TABLE, verb=verb, VERB=verb.upper(), level=level))


def drop_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for verb in ("update", "delete", "truncate")[: 2 if is_sqlite else 3]:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuses_{verb}" + ("" if is_sqlite else f" ON {TABLE}"))


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0010_answers_are_corrected_and_tests_prolonged"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("meeting", "Meeting"),
                            ("letter", "Letter"),
                            ("proxy", "Entered by an officer"),
                        ],
                        default="online",
                        max_length=10,
                    ),
                ),
                (
                    "clearing",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be cleared"),
                            ("public", "Public"),
                            ("hidden", "Hidden, with a reason"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                ("words", models.BinaryField(null=True)),
                ("salt", models.BinaryField(max_length=16, null=True)),
                ("words_hash", models.CharField(max_length=64)),
                ("public_text", models.TextField(blank=True, max_length=4000)),
                ("institution", models.CharField(blank=True, max_length=200)),
                ("code_index", models.CharField(max_length=64, unique=True)),
                ("draft_key", models.UUIDField(unique=True)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="action_plan.commitment"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="action_plan.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="RemarkAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField(max_length=4000)),
                ("salt", models.BinaryField(max_length=16)),
                ("words_hash", models.CharField(max_length=64)),
                ("written_role", models.CharField(max_length=40)),
                ("written_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="action_plan.remark"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clearing", "public"), _negated=True),
                    models.Q(("public_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="public_remark_has_words_for_the_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clearing", "hidden"), _negated=True),
                    models.Q(("hidden_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="hidden_remark_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="remarkanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="remark_answer_says_something"
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
