"""Salts of the hashes under which meetings, agreements, endorsements and reports stand in the log.

Rows of before have none: what an earlier version of their events did not tell cannot be compared.
"""

from django.db import migrations, models


def salt() -> models.BinaryField:
    # Nullable and without a default: SQLite adds the column in place, and the triggers of the table stay.
    return models.BinaryField(max_length=16, null=True)


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0024_milestones_are_added_and_closed")]

    operations = [
        migrations.AddField("meeting", "announced_salt", salt()),
        migrations.AddField("decision", "salt", salt()),
        migrations.AddField("endorsement", "salt", salt()),
        migrations.AddField("partnership", "salt", salt()),
        migrations.AddField("filedreport", "salt", salt()),
        migrations.AddField("ogpanswer", "salt", salt()),
    ]
