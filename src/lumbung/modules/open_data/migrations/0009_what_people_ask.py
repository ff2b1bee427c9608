"""What people ask of the data desk, who follows, what agencies share, and what was made with the data."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0008_stories_have_editions"),
        ("organisations", "0001_initial"),
        ("portals", "0002_no_portal_is_called_datastore"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="announcement",
                        serialize=False,
                        to="open_data.draft",
                    ),
                ),
                ("announced_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AskingCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year"), name="one_asking_counter_a_kind_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.BinaryField()),
                ("host", models.CharField(max_length=255)),
                ("email", models.BinaryField()),
                ("email_index", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=2)),
                ("secret", models.BinaryField(null=True)),
                ("token_index", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("given_up", models.PositiveSmallIntegerField(default=0)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hooks",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portals.portal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HookMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("event_id", models.CharField(max_length=36)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("taken", "Taken"), ("given_up", "Given Up")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_answer", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="open_data.hook"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="Reuse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                ("about", models.CharField(max_length=500)),
                ("address", models.CharField(max_length=500)),
                ("made_by", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being looked through"), ("shown", "Shown"), ("declined", "Not shown")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("draft_key", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField()),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reuses", to="open_data.dataset"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
            },
        ),
        migrations.CreateModel(
            name="Sharing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=1000)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("ended", "Ended early"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("conditions", models.CharField(blank=True, max_length=1000)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sharings", to="open_data.dataset"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("data", "Data request"),
                            ("correction", "Correction"),
                            ("takedown", "Request to withdraw data"),
                            ("question", "Question to the producer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("words", models.BinaryField(null=True)),
                ("salt", models.BinaryField(max_length=16, null=True)),
                ("words_hash", models.CharField(max_length=64)),
                (
                    "clearing",
                    models.CharField(
                        choices=[
                            ("waiting", "Being looked through"),
                            ("public", "Public"),
                            ("hidden", "Hidden, with a reason"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("public_text", models.TextField(blank=True, max_length=4000)),
                ("public_why", models.CharField(blank=True, max_length=300)),
                ("public_where", models.CharField(blank=True, max_length=200)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                ("contact", models.BinaryField(null=True)),
                ("language", models.CharField(default="id", max_length=2)),
                ("code_index", models.CharField(max_length=64, unique=True)),
                ("draft_key", models.UUIDField(unique=True)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("extended_on", models.DateField(blank=True, null=True)),
                ("extension_reason", models.CharField(blank=True, max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("given", "Given"),
                            ("partly", "Given in part"),
                            ("refused", "Refused"),
                            ("not_held", "Not held by this government"),
                            ("referred", "Belongs to another body"),
                            ("accepted", "Agreed to"),
                            ("declined", "Not agreed to"),
                            ("answered", "Answered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("legal_basis", models.CharField(blank=True, max_length=300)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="askings",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "given",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "mended_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mends",
                        to="open_data.release",
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portals.portal"
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at"],
                "indexes": [models.Index(fields=["portal", "outcome", "due_on"], name="asking_waiting_longest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on__isnull", True), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_asking_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), models.Q(("answer", ""), _negated=True), _connector="OR"),
                        name="answered_asking_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("legal_basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refused_asking_names_the_law",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clearing", "public"), _negated=True),
                            models.Q(("public_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="public_asking_has_words_for_the_public",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clearing", "hidden"), _negated=True),
                            models.Q(("hidden_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="hidden_asking_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_on__isnull", True),
                            models.Q(("extension_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="extended_asking_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "data"), ("dataset__isnull", False), _connector="OR"),
                        name="only_a_data_request_is_about_no_dataset",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsequenceTest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("harm", models.CharField(max_length=1000)),
                ("law", models.CharField(max_length=300)),
                ("until", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(max_length=200)),
                ("decided_on", models.DateField()),
                ("document", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consequence_tests",
                        to="open_data.dataset",
                    ),
                ),
            ],
            options={
                "ordering": ["dataset", "-recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("harm", ""), _negated=True),
                            models.Q(("law", ""), _negated=True),
                            models.Q(("decided_by", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                        ),
                        name="consequence_test_names_harm_law_decider_and_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("decided_on")), _connector="OR"
                        ),
                        name="consequence_test_ends_after_its_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataFollower",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.BinaryField()),
                ("email_index", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=2)),
                ("token_index", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="open_data.dataset",
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portals.portal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dataset__isnull", True)),
                        fields=("portal", "email_index"),
                        name="an_address_follows_a_data_portal_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dataset__isnull", False)),
                        fields=("dataset", "email_index"),
                        name="an_address_follows_a_dataset_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("secret__isnull", False), _connector="OR"),
                name="confirmed_hook_has_a_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="hookmessage",
            constraint=models.UniqueConstraint(fields=("hook", "event_id"), name="a_hook_is_told_of_an_event_once"),
        ),
        migrations.AddConstraint(
            model_name="reuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="declined_reuse_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", True), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="decided_reuse_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("dataset", "agency"),
                name="an_agency_asks_for_a_dataset_once_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True), name="sharing_has_a_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "granted"), _negated=True),
                    models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                    _connector="OR",
                ),
                name="granted_sharing_has_its_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refused", "ended"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="sharing_refused_or_ended_says_why",
            ),
        ),
    ]
