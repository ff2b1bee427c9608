"""A duration keeps the staircase it was read from, so that pages draw it without reading the table again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_figures_are_frozen")]

    # Without a default, so that SQLite adds the column in place: a rebuilt table would lose the triggers of 0002.
    operations = [
        migrations.AddField(
            model_name="indicatorresult", name="curve", field=models.JSONField(null=True, editable=False)
        ),
    ]
