"""Amendments keep the roles of both people; an exception keeps the government of whoever granted it.

The new columns may be empty, so that SQLite adds them without rebuilding a table whose triggers close it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0019_filed_addresses_are_captured")]

    operations = [
        migrations.AddField("amendment", "proposed_role", models.CharField(max_length=40, null=True)),
        migrations.AddField("amendment", "decided_role", models.CharField(max_length=40, null=True)),
        migrations.AddField(
            "stageexception",
            "decided_for",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions_decided",
                to="action_plan.planmember",
            ),
        ),
    ]
