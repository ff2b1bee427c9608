"""A nullable column only: SQLite adds it without building the table anew, so the triggers stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_log_is_append_only")]

    operations = [
        migrations.AddField(model_name="eventrecord", name="joins_log_on", field=models.DateField(null=True)),
    ]
