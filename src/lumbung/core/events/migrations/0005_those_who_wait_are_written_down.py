"""Events recorded before the table of those who wait existed."""

from django.db import migrations

BATCH = 5000


def write_down(apps, schema_editor):
    events, waiting = apps.get_model("events", "EventRecord"), apps.get_model("events", "Waiting")
    found = events.objects.filter(leaf__isnull=True, waiting__isnull=True).values_list("id", "joins_log_on")
    waiting.objects.bulk_create(
        (waiting(event_id=event_id, joins_log_on=joins_log_on) for event_id, joins_log_on in found.iterator()),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0004_events_wait_for_their_place")]
    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
