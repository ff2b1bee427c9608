"""An examination says how many texts and rows of other tables it compared with the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("log", "0005_beginnings_and_evidence_are_written_once")]

    operations = [
        migrations.AddField(
            model_name="examination",
            name="compared",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
