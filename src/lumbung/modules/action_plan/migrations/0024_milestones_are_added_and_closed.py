"""An amendment may add a milestone: its row stands beside the enacted ones and is no part of what was enacted.

Nothing but such a row is put in beside enacted text, and no enacted row becomes one: the triggers of 0006 on milestones
are made anew, on both databases.
"""

import dataclasses
import importlib

import django.db.models.deletion
from django.db import migrations, models

CLOSING = importlib.import_module("lumbung.modules.action_plan.migrations.0006_enacted_text_is_never_changed")
TABLE = "action_plan_milestone"
BEFORE = next(each for each in CLOSING.CLOSED if each.table == TABLE)
INSERT = dataclasses.replace(BEFORE, only_when="{row}.added_by_id IS NULL")
UPDATE = dataclasses.replace(BEFORE, columns=(*BEFORE.columns, "added_by_id"))


def _anew(schema_editor, ways):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    make = CLOSING.sqlite if is_sqlite else CLOSING.postgresql
    for verb, closed in ways.items():
        name = f"{TABLE}_enacted_{verb}"
        schema_editor.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP FUNCTION {name}() CASCADE")
        for statement in make(closed, verb):
            schema_editor.execute(statement, params=None)


def let_amendments_add(apps, schema_editor):
    _anew(schema_editor, {"insert": INSERT, "update": UPDATE})


def close_again(apps, schema_editor):
    _anew(schema_editor, {"insert": BEFORE, "update": BEFORE})


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0023_whoever_monitors_can_be_reached")]

    operations = [
        migrations.AddField(
            "milestone",
            "added_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones_added",
                to="action_plan.amendment",
            ),
        ),
        migrations.RunPython(let_amendments_add, close_again),
    ]
