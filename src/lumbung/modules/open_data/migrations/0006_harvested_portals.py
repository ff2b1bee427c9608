"""Other portals that are harvested: sources, runs, what waits in a run, what each of their datasets became."""

import uuid

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0005_api_keys"),
        ("organisations", "0001_initial"),
        ("portals", "0002_no_portal_is_called_datastore"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="harvested_from",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.CreateModel(
            name="HarvestSource",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.SlugField(max_length=30, unique=True)),
                ("title", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lumbung", "Another Lumbung, with proof from its public log"),
                            ("ckan", "CKAN, or what speaks its Action API"),
                            ("dcat", "A DCAT catalogue: Turtle, JSON-LD or RDF/XML"),
                            ("data_packages", "A Data Package: datapackage.json, or a list of them"),
                            ("csv_lists", "A list of datasets as a CSV file"),
                        ],
                        max_length=15,
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("day", "Every day"),
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("hand", "Only when a steward asks"),
                        ],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("next_run_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=250)),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("modified", models.CharField(blank=True, max_length=200)),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="portals.portal"),
                ),
                (
                    "producer",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="organisations.organisation"),
                ),
            ],
            options={
                "ordering": ["portal", "title"],
            },
        ),
        migrations.CreateModel(
            name="HarvestRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Under way"),
                            ("done", "Finished"),
                            ("asks", "Waits for a steward's word"),
                            ("failed", "Broken off"),
                        ],
                        default="open",
                        max_length=6,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("gather", "reading the list of the other portal"),
                            ("take", "comparing each dataset"),
                            ("close", "looking for what is missing"),
                            ("clear", "taking everything out"),
                        ],
                        default="gather",
                        max_length=6,
                    ),
                ),
                ("step", models.PositiveIntegerField(default=1)),
                ("address", models.CharField(blank=True, max_length=1000)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("is_same", models.BooleanField(default=False)),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("modified", models.CharField(blank=True, max_length=200)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=40)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="runs", to="open_data.harvestsource"),
                ),
            ],
            options={
                "ordering": ["source", "-number"],
            },
        ),
        migrations.CreateModel(
            name="HarvestItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(max_length=500)),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("shown", "Shown"), ("refused", "Not taken over"), ("gone", "Gone")], max_length=7
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=40)),
                ("seen_in", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField()),
                ("missing_runs", models.PositiveSmallIntegerField(default=0)),
                ("missed_in", models.PositiveIntegerField(default=0)),
                (
                    "dataset",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="harvest_item",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="items", to="open_data.harvestsource"),
                ),
            ],
            options={
                "ordering": ["source", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RemoteFile",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("format", models.CharField(blank=True, max_length=20)),
                ("url", models.CharField(max_length=1000)),
                ("bytes", models.PositiveBigIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "dataset",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="remote_files", to="open_data.dataset"),
                ),
            ],
            options={
                "ordering": ["dataset", "position"],
            },
        ),
        migrations.CreateModel(
            name="HarvestPending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(max_length=500)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("record", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=40)),
                (
                    "run",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="pending", to="open_data.harvestrun"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("identity", ""), _negated=True),
                        fields=("run", "identity"),
                        name="dataset_waits_once_in_a_run",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="harvestsource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_reason", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ended_source_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestrun",
            constraint=models.UniqueConstraint(fields=("source", "number"), name="harvest_run_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="harvestrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("source",), name="source_has_one_open_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="run_that_is_over_has_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("trouble", ""), _negated=True),
                    _connector="OR",
                ),
                name="failed_run_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="harvestitem",
            index=models.Index(fields=["source", "state", "seen_in"], name="harvest_item_not_seen"),
        ),
        migrations.AddConstraint(
            model_name="harvestitem",
            constraint=models.UniqueConstraint(fields=("source", "identity"), name="dataset_of_a_source_is_known_once"),
        ),
        migrations.AddConstraint(
            model_name="harvestitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dataset__isnull", True), ("state", "refused")),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("dataset__isnull", False)),
                    _connector="OR",
                ),
                name="shown_item_has_its_dataset",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="refused_item_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="remotefile",
            constraint=models.UniqueConstraint(fields=("dataset", "url"), name="remote_file_is_named_once_a_dataset"),
        ),
    ]
