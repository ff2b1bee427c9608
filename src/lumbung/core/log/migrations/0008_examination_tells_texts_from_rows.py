"""An examination says apart how many texts and how many rows it compared, and of how many not everything is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("log", "0007_witnesses_are_sent_checkpoints")]

    operations = [
        migrations.AddField("examination", "rows", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("examination", "untold", models.PositiveBigIntegerField(null=True)),
    ]
