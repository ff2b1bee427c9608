"""The salt of an approved response stays, so that its text can be compared with the hash in the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_reports_are_listed_by_the_day_told")]

    operations = [
        migrations.AddField("response", "salt", models.BinaryField(default=bytes, max_length=16)),
        migrations.AddField("response", "words_hash", models.CharField(blank=True, max_length=64)),
    ]
