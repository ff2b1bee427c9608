"""Open reports are told by their day, anonymous ones by the Monday of their week."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    reports = apps.get_model("reports", "Report").objects.filter(told_on__isnull=True)
    reports.filter(is_anonymous=False).update(told_on=F("received_on"))
    for day in list(reports.values_list("received_on", flat=True).distinct()):
        reports.filter(received_on=day).update(told_on=day - timedelta(days=day.weekday()))


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_report_gets_the_day_told")]

    # Backwards nothing is to do: the column goes with the migration before.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
