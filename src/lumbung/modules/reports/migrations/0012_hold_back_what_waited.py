"""An anonymous report that waited for its day of appearing is told until then as one nobody verified."""

from django.db import migrations
from django.db.models import F


def hold_back(apps, schema_editor):
    waited = apps.get_model("reports", "Report").objects.filter(is_anonymous=True, public_from__isnull=False)
    waited.update(held_until=F("public_from"), held_state="submitted", held_due_on=F("due_on"))


def wait(apps, schema_editor):
    apps.get_model("reports", "Report").objects.filter(is_anonymous=True).update(public_from=F("held_until"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_report_holds_back_what_is_not_told_yet")]

    operations = [migrations.RunPython(hold_back, wait)]
