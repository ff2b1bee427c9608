"""Stories, and their editions that are never altered or deleted, on both databases."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "open_data_storyedition"
SENTENCE = "what was published is never altered or deleted"


def add_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, moment in ((f"{TABLE}_is_frozen", "UPDATE"), (f"{TABLE}_is_kept", "DELETE")):
        what = (
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            if is_sqlite
            # The function was made for releases; it refuses whatever asks it.
            else "FOR EACH ROW EXECUTE FUNCTION lumbung_release_is_frozen()"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {moment} ON {TABLE} {what}", params=None)


def drop_triggers(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name in (f"{TABLE}_is_frozen", f"{TABLE}_is_kept"):
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {TABLE}"))


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0007_declared_columns_are_decided"),
        ("organisations", "0001_initial"),
        ("portals", "0002_no_portal_is_called_datastore"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("submitted", "Handed in"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("body", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("writers", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=1000)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portals.portal"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["portal", "slug"],
            },
        ),
        migrations.CreateModel(
            name="StoryEdition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(max_length=500)),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="open_data.story"
                    ),
                ),
            ],
            options={
                "ordering": ["story", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.UniqueConstraint(fields=("portal", "slug"), name="story_address_is_given_once_a_portal"),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("slug", ""), _negated=True)),
                name="story_has_a_title_and_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="submitted_story_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="withdrawn_story_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="storyedition",
            constraint=models.UniqueConstraint(fields=("story", "number"), name="edition_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="storyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="edition_numbers_begin_at_1"
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
