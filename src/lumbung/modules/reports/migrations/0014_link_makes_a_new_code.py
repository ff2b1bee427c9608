"""A link in the mail may make a new access code; asking for it changes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0013_day_of_appearing_is_one_day_told")]

    operations = [
        migrations.AlterField(
            "onetimelink",
            "purpose",
            models.CharField(choices=[("open", "Open"), ("rate", "Rate"), ("code", "New Code")], max_length=4),
        )
    ]
