"""The Daftar Data of a year. Its record and its amendments are never altered or deleted, on both databases."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = ("open_data_agreement", "open_data_attendance", "open_data_amendment")
SENTENCE = "what the Forum agreed on is never altered or deleted"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION lumbung_agreed_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
)


def add_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION, params=None)
    stop = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    for table in FROZEN:
        for name, doing in (("frozen", "UPDATE"), ("kept", "DELETE")):
            begun = f"CREATE TRIGGER {table}_is_{name} BEFORE {doing} ON {table}"
            end = stop if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION lumbung_agreed_is_frozen()"
            schema_editor.execute(f"{begun} {end}", params=None)


def drop_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in FROZEN:
        for name in (f"{table}_is_frozen", f"{table}_is_kept"):
            schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}"))


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0003_portals_that_showed_tables_show_open_data"),
        ("organisations", "0001_initial"),
        ("portals", "0002_no_portal_is_called_datastore"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="open_data.datalist",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="data_lists", to="portals.portal"
                    ),
                ),
            ],
            options={
                "ordering": ["portal", "-year"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "data_list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="agreement",
                        serialize=False,
                        to="open_data.datalist",
                    ),
                ),
                ("number", models.CharField(max_length=80)),
                ("held_on", models.DateField()),
                ("place", models.CharField(max_length=200)),
                ("decisions", models.TextField(max_length=4000)),
                ("listed", models.TextField()),
                ("listed_sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("listed", "On the list"), ("left_out", "Left out")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=500)),
                ("standard", models.CharField(blank=True, max_length=300)),
                ("frequency", models.CharField(max_length=20)),
                ("is_priority", models.BooleanField(default=False)),
                ("priority_reason", models.CharField(blank=True, max_length=300)),
                ("bps_number", models.CharField(blank=True, max_length=60)),
                ("ewalidata_code", models.CharField(blank=True, max_length=60)),
                ("columns", models.JSONField(blank=True, default=list)),
                ("left_out_reason", models.CharField(blank=True, max_length=300)),
                ("proposed_at", models.DateTimeField()),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="open_data.listrow",
                    ),
                ),
                (
                    "data_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="open_data.datalist"
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_rows",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["data_list", "number"],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("added", "Added"), ("changed", "Changed"), ("left_out", "Left out")], max_length=10
                    ),
                ),
                ("changes", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "data_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="open_data.datalist"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="open_data.listrow"
                    ),
                ),
            ],
            options={
                "ordering": ["data_list", "number"],
            },
        ),
        migrations.CreateModel(
            name="PlannedDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="open_data.listrow"
                    ),
                ),
            ],
            options={
                "ordering": ["row", "on"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator of the Forum"),
                            ("supervisor", "Data supervisor"),
                            ("steward", "Data steward"),
                            ("supporting", "Supporting data steward"),
                            ("producer", "Data producer"),
                            ("secretariat", "Secretariat"),
                            ("guest", "Invited office"),
                        ],
                        max_length=12,
                    ),
                ),
                ("office", models.CharField(max_length=200)),
                ("people", models.PositiveSmallIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="open_data.agreement"
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "position"],
            },
        ),
        migrations.AddConstraint(
            model_name="datalist",
            constraint=models.UniqueConstraint(fields=("portal", "year"), name="portal_has_one_data_list_a_year"),
        ),
        migrations.AddConstraint(
            model_name="datalist",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2019), ("year__lte", 2100)), name="data_list_is_of_a_year_of_ours"
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.UniqueConstraint(fields=("data_list", "number"), name="list_row_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dataset__isnull", False)),
                fields=("data_list", "dataset"),
                name="dataset_stands_in_one_row_of_a_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("purpose", ""), _negated=True)),
                name="list_row_has_title_and_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_priority", False), models.Q(("priority_reason", ""), _negated=True), _connector="OR"
                ),
                name="priority_row_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="listrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "left_out"), _negated=True),
                    models.Q(("left_out_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="row_left_out_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("data_list", "number"), name="amendment_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="amendment_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="plannedday",
            index=models.Index(fields=["on"], name="planned_days_in_order"),
        ),
        migrations.AddConstraint(
            model_name="plannedday",
            constraint=models.UniqueConstraint(fields=("row", "on"), name="row_is_planned_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("agreement", "position"), name="attendance_has_a_place_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("office", ""), _negated=True), ("people__gte", 1)),
                name="attendance_names_an_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), _negated=True),
                    models.Q(("place", ""), _negated=True),
                    models.Q(("decisions", ""), _negated=True),
                ),
                name="agreement_has_number_place_decisions",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
