"""An answer names the parts that say something else because of it; published, these do not change either.

The column may be empty, so that SQLite adds it without rebuilding the table; the trigger of 0014 is made anew with it.
"""

import importlib

from django.db import migrations, models

CLOSING = importlib.import_module("lumbung.modules.action_plan.migrations.0014_published_answers_are_only_hidden")


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0021_governments_join_by_their_own_word")]

    operations = [
        migrations.AddField("response", "rewords", models.JSONField(null=True)),
        migrations.RunPython(CLOSING.let_words_be_hidden, migrations.RunPython.noop),
    ]
