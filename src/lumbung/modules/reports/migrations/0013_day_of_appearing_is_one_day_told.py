"""The day of appearing is the day until which the state before verification is told; it needs no field of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_hold_back_what_waited")]

    operations = [
        migrations.RemoveField("report", "public_from"),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=models.Q(held_until__isnull=True) | models.Q(held_due_on__isnull=False),
                name="report_held_back_keeps_what_was_told",
            ),
        ),
    ]
