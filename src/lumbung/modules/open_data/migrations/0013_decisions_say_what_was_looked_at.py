"""A decision about a column counts for what was looked at; those of before say nothing of it and are made anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("open_data", "0012_listings_are_read_with_other_stems")]

    operations = [
        migrations.AddField(
            model_name="personaldecision",
            name="looked_at",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
