"""A report of the monitoring body may be kept as a document, and so may what OGP answers.

The constraint on filed reports makes SQLite build the table anew, which takes its triggers (0008) with it: they are put
back here, going forwards and backwards. Answers of OGP get the same ones.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REPORTS, ANSWERS = "action_plan_filedreport", "action_plan_ogpanswer"

SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION lumbung_what_was_said_stays()
"""


def _close_on_sqlite(schema_editor, table):
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
        schema_editor.execute(SQLITE.format(table=table, verb=verb, VERB=verb.upper()))


def close(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in (REPORTS, ANSWERS):
            _close_on_sqlite(schema_editor, table)
        return
    for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        schema_editor.execute(POSTGRESQL.format(table=ANSWERS, verb=verb, VERB=verb.upper(), level=level))


def put_back(_apps, schema_editor):
    """Going backwards the table of reports was built anew once more."""
    if schema_editor.connection.vendor == "sqlite":
        _close_on_sqlite(schema_editor, REPORTS)


def nothing(_apps, _schema_editor):
    """Triggers go with the table they belong to, and come with it."""


def document():
    return models.OneToOneField(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="files.storeddocument",
    )


def can_be_read(name):
    somewhere = ~models.Q(url="") | models.Q(document__isnull=False)
    return models.CheckConstraint(condition=~models.Q(title="") & somewhere, name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0008_what_was_said_stays"),
        ("files", "0002_documents_are_kept_as_they_came"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(nothing, put_back),
        migrations.RemoveConstraint(model_name="filedreport", name="filed_report_can_be_read"),
        migrations.AddField(model_name="filedreport", name="document", field=document()),
        migrations.AlterField(model_name="filedreport", name="url", field=models.URLField(blank=True, max_length=500)),
        migrations.AddConstraint(model_name="filedreport", constraint=can_be_read("filed_report_can_be_read")),
        migrations.CreateModel(
            name="OgpAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("received_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("document", document()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ogp_answers", to="action_plan.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "entered_at"],
                "constraints": [can_be_read("answer_of_ogp_can_be_read")],
            },
        ),
        migrations.RunPython(close, nothing),
    ]
