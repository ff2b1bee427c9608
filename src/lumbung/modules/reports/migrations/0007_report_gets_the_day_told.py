"""The day the public may know a report came; filled by the next migration, required by the one after."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_reports_are_listed_newest_first")]

    operations = [migrations.AddField("report", "told_on", models.DateField(null=True))]
