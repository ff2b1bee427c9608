"""What a head of region enacted is not changed, added to or taken away: the database itself refuses, on both databases.

A row counts as enacted while its member has a row in `action_plan_enactment`, which is written once. Columns that come
later (the id OGP gives, what the monitoring body finds) stay open. Decided amendments are closed as well.
"""

from dataclasses import dataclass

from django.db import migrations

OF_MEMBER = "SELECT 1 FROM action_plan_enactment e WHERE e.member_id = {row}.member_id"
OF_COMMITMENT = (
    "SELECT 1 FROM action_plan_enactment e JOIN action_plan_commitment c ON c.member_id = e.member_id"
    " WHERE c.slug = {row}.commitment_id"
)
OF_LEAD = (
    "SELECT 1 FROM action_plan_enactment e JOIN action_plan_planmember m ON m.id = e.member_id"
    " WHERE m.is_lead AND m.plan_id = {row}."
)
ITSELF = "SELECT 1 FROM action_plan_enactment e WHERE e.member_id = {row}.id"
ALWAYS = "SELECT 1"


@dataclass(frozen=True)
class Closed:
    """A table, when its rows are closed, and which columns count (none: all of them)."""

    table: str
    enacted: str
    columns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ("insert", "update", "delete")
    only_when: str = ""


CLOSED = (
    Closed("action_plan_enactment", ALWAYS, verbs=("update", "delete")),
    Closed("action_plan_planmember", ITSELF, ("plan_id", "organisation_id", "is_lead"), ("update", "delete")),
    Closed(
        "action_plan_plan",
        OF_LEAD + "key",
        ("key", "title_id", "title_en", "summary_id", "summary_en", "starts_on", "ends_on"),
        ("update", "delete"),
    ),
    Closed("action_plan_plantext", OF_LEAD + "plan_id"),
    Closed(
        "action_plan_commitment",
        OF_MEMBER,
        (
            *("slug", "plan_id", "member_id", "number", "title_id", "title_en", "title_source", "short_id", "short_en"),
            *("problem_id", "problem_en", "problem_source", "measure_id", "measure_en"),
            *("starts_on", "ends_on", "dates_source", "goals", "awaited_indicators"),
        ),
    ),
    Closed("action_plan_commitmenttext", OF_COMMITMENT),
    Closed("action_plan_commitment_values", OF_COMMITMENT),
    Closed("action_plan_institution", OF_COMMITMENT),
    Closed(
        "action_plan_milestone",
        OF_COMMITMENT,
        (
            *("commitment_id", "number", "title_id", "title_en", "output_id", "output_en", "verification_id"),
            *("verification_en", "owner_id", "starts_on", "due_on"),
        ),
    ),
    # The baseline is enacted with the text; findings are added for as long as the plan runs.
    Closed("action_plan_commitmentfact", OF_COMMITMENT, only_when="{row}.kind = 'baseline'"),
    Closed("action_plan_amendment", "SELECT 1 WHERE {row}.decided_at IS NOT NULL", verbs=("update", "delete")),
)

# Not updated or deleted alone: what is put in must not exist beside the enacted text either.
ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
# A decided amendment is closed by what it was, not by what it becomes: deciding is an update.
BY_WHAT_IT_WAS = {"action_plan_amendment"}


def condition(closed, verb):
    """SQL that is true when this verb touches enacted text."""
    rows = ("OLD",) if verb == "update" and closed.table in BY_WHAT_IT_WAS else ROWS[verb]
    parts = []
    for row in rows:
        part = f"EXISTS ({closed.enacted.format(row=row)})"
        parts.append(f"({closed.only_when.format(row=row)} AND {part})" if closed.only_when else part)
    return " OR ".join(parts)


def changes(closed, vendor):
    """SQL that is true when an update changes a column that counts."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in closed.columns) or "1 = 1"


def sqlite(closed, verb):
    """One trigger of SQLite."""
    when = f"({condition(closed, verb)})" + (f" AND ({changes(closed, 'sqlite')})" if verb == "update" else "")
    refusal = f"SELECT RAISE(ABORT, '{closed.table}: enacted text is never changed');"
    before = f"BEFORE {verb.upper()} ON {closed.table} WHEN {when}"
    return [f"CREATE TRIGGER {closed.table}_enacted_{verb} {before}\nBEGIN {refusal} END"]


def postgresql(closed, verb):
    """One function and its trigger: a condition of a trigger may not ask other tables, a function may."""
    name = f"{closed.table}_enacted_{verb}"
    when = f"({condition(closed, verb)})" + (f" AND ({changes(closed, 'postgresql')})" if verb == "update" else "")
    answer = "OLD" if verb == "delete" else "NEW"
    body = (
        f"BEGIN IF {when} THEN RAISE EXCEPTION '{closed.table}: enacted text is never changed'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {answer}; END"
    )
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n{body} $$",
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {closed.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def add_triggers(apps, schema_editor):
    make = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for closed in CLOSED:
        for verb in closed.verbs:
            for statement in make(closed, verb):
                schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    for closed in CLOSED:
        for verb in closed.verbs:
            name = f"{closed.table}_enacted_{verb}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER {name}")
            else:
                schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("action_plan", "0005_text_is_enacted_amended_and_submitted")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
