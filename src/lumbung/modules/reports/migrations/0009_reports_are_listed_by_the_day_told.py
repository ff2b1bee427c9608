"""The list walks the day told: sorted by the true day, neighbours in it gave an anonymous report's day away."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_fill_the_day_told")]

    operations = [
        migrations.AlterField("report", "told_on", models.DateField()),
        migrations.RemoveIndex("report", "report_newest_first"),
        migrations.AddIndex("report", models.Index(fields=["-told_on", "-number"], name="report_newest_told_first")),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(is_anonymous=False, told_on=F("received_on"))
                | Q(is_anonymous=True, told_on__lte=F("received_on")),
                name="only_an_anonymous_report_is_told_by_another_day",
            ),
        ),
    ]
