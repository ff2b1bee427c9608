"""Keys of agencies for programs; a table of a draft may be announced before its rows are sent."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0004_data_lists_of_a_year"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="drafttable",
            name="stage",
            field=models.CharField(
                choices=[
                    ("announced", "Announced, waits for its rows"),
                    ("received", "Received, being looked through"),
                    ("looked", "Waits for somebody to confirm how it is read"),
                    ("read", "Read, waits for its columns to be confirmed"),
                    ("checked", "Checked"),
                    ("kept", "Unchanged since the last release"),
                    ("failed", "Could not be read"),
                ],
                default="received",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("prefix", models.CharField(max_length=12, unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("scopes", models.JSONField(default=list)),
                ("made_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("last_used_on", models.DateField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "-made_on", "name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="api_key_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("scopes", []), _negated=True), name="api_key_is_for_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("made_on"))),
                        name="api_key_expires_on_or_after_its_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="revoked_api_key_says_by_whom",
                    ),
                ],
            },
        ),
    ]
