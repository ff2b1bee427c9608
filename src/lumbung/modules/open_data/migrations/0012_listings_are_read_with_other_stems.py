"""Words that only look like a family are kept apart now ("jalan" and "berjalan"): what was listed is listed again.

An hourly job lists whatever has no filter values; until it has run, such datasets are found and shown, and not counted
beside the filters.
"""

from django.db import migrations


def list_again(apps, _editor):
    """Leave it to the job, which reads the words of each release once more."""
    apps.get_model("open_data", "Listing").objects.update(facets=None)


class Migration(migrations.Migration):
    dependencies = [("open_data", "0011_listings_have_facets")]

    operations = [migrations.RunPython(list_again, migrations.RunPython.noop)]
