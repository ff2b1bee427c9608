"""The part that showed tables is now the module open_data; portals keep what they had switched on."""

from django.db import migrations

OLD, NEW = "datasets", "open_data"


def _rename(apps, old, new):
    for portal in apps.get_model("portals", "Portal").objects.all():
        if old in portal.modules:
            portal.modules = [new if name == old else name for name in portal.modules]
            portal.save(update_fields=["modules"])


def forward(apps, schema_editor):
    _rename(apps, OLD, NEW)


def backward(apps, schema_editor):
    _rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [("open_data", "0002_releases_are_frozen"), ("portals", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
