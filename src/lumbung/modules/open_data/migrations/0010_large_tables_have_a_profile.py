"""What a large published table holds, column by column."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0003_small_counts_are_hidden_and_gates_hold_back"),
        ("open_data", "0009_what_people_ask"),
    ]

    operations = [
        migrations.CreateModel(
            name="TableProfile",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="datasets.datasetversion",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("told", models.JSONField()),
            ],
            options={"ordering": ["version"]},
        ),
    ]
