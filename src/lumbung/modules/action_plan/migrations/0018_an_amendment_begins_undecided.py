"""An amendment is put in as proposed, and what was proposed is what is decided: on both databases.

0006 closes what was decided. Here a row that says of itself that it was decided cannot be put in at all, and the text
of one that waits does not change until it is decided.
"""

from django.db import migrations

TABLE = "action_plan_amendment"
FIXED = (
    *("id", "commitment_id", "place", "old", "new", "reason", "decree_id", "decree_words"),
    *("proposed_at", "proposed_by_id"),
)
BEGINS = f"{TABLE}: an amendment begins as proposed, and somebody decides it later"
STAYS = f"{TABLE}: what was proposed is decided as it stands"
DECIDED = "NEW.state <> 'proposed' OR NEW.decided_at IS NOT NULL OR NEW.decided_by_id IS NOT NULL"


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in FIXED)
        for verb, name, when, says in (("INSERT", "begins", DECIDED, BEGINS), ("UPDATE", "stays", differs, STAYS)):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_{name} BEFORE {verb} ON {TABLE} WHEN {when}\n"
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END",
                params=None,
            )
        return
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    for verb, name, when, says in (("INSERT", "begins", DECIDED, BEGINS), ("UPDATE", "stays", differs, STAYS)):
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            f"BEGIN IF {when} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            " RETURN NEW; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_{name} BEFORE {verb} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_{name}()",
            params=None,
        )


def drop_triggers(apps, schema_editor):
    for name in ("begins", "stays"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")
        else:
            schema_editor.execute(f"DROP FUNCTION {TABLE}_{name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0017_every_member_gives_its_word")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
