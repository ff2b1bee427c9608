"""A witness may have an address to which each new checkpoint is sent (C2SP tlog-witness)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("log", "0006_examination_says_what_it_compared")]

    operations = [
        migrations.AddField("witness", "address", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("witness", "sent_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "witness",
            "refusal",
            models.CharField(
                blank=True,
                choices=[
                    ("", "none"),
                    ("unreachable", "it does not answer"),
                    ("unknown", "it does not watch this log"),
                    ("untrusted", "it does not trust our signature"),
                    ("other_tree", "it knows another tree of this log"),
                    ("unproven", "it does not accept our proof"),
                    ("malformed", "its answer is not of the form C2SP tlog-witness describes"),
                ],
                default="",
                max_length=20,
            ),
        ),
    ]
