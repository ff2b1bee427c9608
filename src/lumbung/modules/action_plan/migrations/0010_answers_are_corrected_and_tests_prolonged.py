"""Published answers are corrected by another answer, a public test stays open longer, a comment keeps an address.

The database itself refuses to change or delete a published answer and a prolongation, on both databases. A later
migration that rebuilds one of the two tables on SQLite takes these triggers off first and puts them back.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Table and when a row of it stays as it is.
CLOSED = {
    "action_plan_response": "OLD.published_at IS NOT NULL",
    "action_plan_prolongation": "OLD.id IS NOT NULL",
}
VERBS = ("update", "delete")


def sqlite(table, when, verb):
    """One trigger of SQLite."""
    refusal = f"SELECT RAISE(ABORT, '{table}: what was published stays');"
    return [f"CREATE TRIGGER {table}_stays_{verb} BEFORE {verb.upper()} ON {table} WHEN {when}\nBEGIN {refusal} END"]


def postgresql(table, when, verb):
    """One function and its trigger."""
    name = f"{table}_stays_{verb}"
    raised = f"RAISE EXCEPTION '{table}: what was published stays' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN {raised}; END $$",
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    ]


def add_triggers(apps, schema_editor):
    make = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for table, when in CLOSED.items():
        for verb in VERBS:
            for statement in make(table, when, verb):
                schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    for table in CLOSED:
        for verb in VERBS:
            name = f"{table}_stays_{verb}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER {name}")
            else:
                schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0009_reports_and_answers_are_kept_as_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Prolongation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_on_before", models.DateField()),
                ("closes_on", models.DateField()),
                ("reason", models.TextField(max_length=1000)),
                ("salt", models.BinaryField(max_length=16)),
                ("prolonged_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["closes_on"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="contact",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="contact_language",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="response",
            name="correction_reason",
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="response",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="action_plan.response",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("correction_reason", ""), ("corrects__isnull", True)),
                    models.Q(
                        ("corrects__isnull", False),
                        ("published_at__isnull", False),
                        models.Q(("correction_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="correction_gives_its_reason_and_is_public",
            ),
        ),
        migrations.AddField(
            model_name="prolongation",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="prolongations", to="action_plan.consultation"
            ),
        ),
        migrations.AddField(
            model_name="prolongation",
            name="prolonged_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="prolongation",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gt", models.F("closed_on_before"))),
                name="public_test_is_prolonged_never_shortened",
            ),
        ),
        migrations.AddConstraint(
            model_name="prolongation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="prolongation_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="prolongation",
            constraint=models.UniqueConstraint(
                fields=("consultation", "closed_on_before"), name="public_test_is_prolonged_once_from_a_day"
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
