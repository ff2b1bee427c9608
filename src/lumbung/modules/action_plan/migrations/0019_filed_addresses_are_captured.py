"""What stood at filed addresses is only added; UPDATE and DELETE are refused on both databases, as 0008 has it."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "action_plan_addresscapture"
SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION lumbung_what_was_said_stays()
"""


def add_triggers(_apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))[: 2 if is_sqlite else 3]:
        sql = SQLITE if is_sqlite else POSTGRESQL
        schema_editor.execute(sql.format(table=TABLE, verb=verb, VERB=verb.upper(), level=level), params=None)


def drop_triggers(_apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for verb in ("update", "delete", "truncate")[: 2 if is_sqlite else 3]:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_refuses_{verb}" + ("" if is_sqlite else f" ON {TABLE}"))


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0018_an_amendment_begins_undecided"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressCapture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Report of the monitoring body"),
                            ("answer", "Answer of OGP"),
                            ("commitment", "Commitment at OGP"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                ("url", models.URLField(max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Captured"),
                            ("same", "Unchanged"),
                            ("changed", "The page has changed since"),
                            ("gone", "Nothing stands there any more"),
                            ("unreachable", "Could not be reached"),
                            ("refused", "Not allowed to be fetched"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("bytes", models.PositiveIntegerField(blank=True, null=True)),
                ("mime", models.CharField(blank=True, max_length=100)),
                ("captured_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="address_captures",
                        to="action_plan.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["captured_at", "pk"],
                "indexes": [models.Index(fields=["kind", "subject"], name="address_capture_by_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "kept")),
                        fields=("kind", "subject", "url"),
                        name="address_is_first_captured_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bytes__isnull", False),
                                ("outcome__in", ["kept", "same", "changed"]),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            models.Q(
                                ("bytes__isnull", True),
                                ("outcome__in", ["gone", "unreachable", "refused"]),
                                ("sha256", ""),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="address_capture_has_a_hash_or_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
