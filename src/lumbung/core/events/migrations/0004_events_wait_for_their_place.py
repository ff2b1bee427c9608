"""Those who wait stand in a table of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0003_event_told_by_the_week_waits")]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="events.eventrecord",
                    ),
                ),
                ("joins_log_on", models.DateField(db_index=True, null=True)),
            ],
        ),
    ]
