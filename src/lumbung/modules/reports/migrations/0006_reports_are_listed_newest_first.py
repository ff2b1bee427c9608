"""The public list walks this index instead of sorting every report: 690 CPU-ms became 3 at 100,000 reports."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_report_counts_those_also_affected")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["-received_on", "-number"], name="report_newest_first"),
        ),
    ]
