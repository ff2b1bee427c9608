"""No amendment comes into the tables decided: the database refuses what was not proposed first, on both databases."""

from django.db import migrations

TABLE = "action_plan_amendment"
NAME = f"{TABLE}_enacted_insert"
DECIDED = "NEW.state <> 'proposed' OR NEW.decided_at IS NOT NULL"
RAISED = f"{TABLE}: an amendment is proposed before it is decided"


def add_trigger(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        before = f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} WHEN {DECIDED}"
        schema_editor.execute(f"{before}\nBEGIN SELECT RAISE(ABORT, '{RAISED}'); END", params=None)
        return
    body = f"BEGIN IF {DECIDED} THEN RAISE EXCEPTION '{RAISED}' USING ERRCODE = 'integrity_constraint_violation';"
    schema_editor.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$\n{body} END IF; RETURN NEW; END $$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()", params=None
    )


def drop_trigger(_apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(f"DROP TRIGGER {NAME}" if is_sqlite else f"DROP FUNCTION {NAME}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0016_answers_and_evidence_are_hidden")]

    operations = [migrations.RunPython(add_trigger, drop_trigger)]
