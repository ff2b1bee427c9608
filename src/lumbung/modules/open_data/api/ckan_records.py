"""The writing actions about rows: columns by declaration, rows by their key, all of it in a draft.

The text of each is what help_show answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.utils.translation import gettext as _

from lumbung.core.tables import descriptors
from lumbung.core.tables.schemas import Schema
from lumbung.modules.open_data.actions import sent_checks, sent_tables
from lumbung.modules.open_data.actions.sent_tables import Plan
from lumbung.modules.open_data.api.ckan_access import Call
from lumbung.modules.open_data.api.ckan_packages import refuse_url, resource_asked, title_of
from lumbung.modules.open_data.ckan import invalid, not_found, wrong
from lumbung.modules.open_data.models import Dataset, DraftTable
from lumbung.modules.open_data.queries import draft_packages, resource_ids, sent_rows
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries.merging import Deletion, Merge, Method
from lumbung.modules.open_data.queries.sent_rows import Standing, canon
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas import ckan_tables
from lumbung.modules.open_data.schemas.ckan_tables import SentColumn

METHODS = ("upsert", "insert", "update")


def datastore_create(call: Call) -> Any:
    """Give a table of a draft its columns and first rows; columns that are there stay, new ones stand behind them.

    Parameters: resource_id, or resource (package_id, name); fields (id, type, info); primary_key; records.
    """
    columns, sent = ckan_tables.columns_of(call.params), ckan_tables.rows_of(call.params)
    new = _new_table(call)
    dataset, slug = (new.dataset, "") if new else resource_asked(call, "resource_id")
    merges: list[Merge] = []

    def plan(standing: Standing) -> Plan:
        told = columns or ([] if standing.schema else ckan_tables.text_columns(sent))
        schema = _schema(call, standing, told)
        merges[:] = [Merge(schema, _cells(schema, sent), "insert")]
        variables = {each.column.name: each.variable for each in told}
        return Plan(schema, variables, merges[0].rows(standing.rows()))

    table = _written(call, dataset, slug, plan, new)
    counted = {"method": "insert", "inserted": merges[0].inserted}
    return _told(call, dataset, table.slug if table else slug, table, counted)


def datastore_upsert(call: Call) -> Any:
    """Insert, update or upsert rows by the primary key of a table.

    Parameters: resource_id, records, method (upsert, insert, update), dry_run.
    """
    dataset, slug = resource_asked(call, "resource_id")
    method, sent = read.text(call.params, "method") or "upsert", ckan_tables.rows_of(call.params)
    if method not in METHODS:
        raise invalid("method", _("must be one of %(known)s") % {"known": ", ".join(METHODS)})
    merges: list[Merge] = []

    def plan(standing: Standing) -> Plan:
        schema = _needed_schema(standing)
        merges[:] = [Merge(schema, _cells(schema, sent), cast(Method, method))]
        return Plan(schema, {}, merges[0].rows(standing.rows()))

    table = _written(call, dataset, slug, plan)
    counted = {"method": method, "inserted": merges[0].inserted, "updated": merges[0].updated}
    return _told(call, dataset, slug, table, counted)


def datastore_delete(call: Call) -> Any:
    """Delete rows that meet filters; without filters every row and column. Parameters: resource_id, filters."""
    dataset, slug = resource_asked(call, "resource_id")
    filters = read.structured(call.params, "filters")
    if not filters:
        emptied = sent_tables.empty_table(dataset=dataset, slug=slug, by=call.by, now=call.now)
        return _told(call, dataset, slug, emptied, {"filters": {}})
    if not isinstance(filters, Mapping):
        raise invalid("filters", _("Not a map of fields to values."))
    deletions: list[Deletion] = []

    def plan(standing: Standing) -> Plan:
        schema = _needed_schema(standing)
        deletions[:] = [Deletion(schema, _wanted(schema, filters))]
        return Plan(schema, {}, deletions[0].rows(standing.rows()))

    table = _written(call, dataset, slug, plan)
    return _told(call, dataset, slug, table, {"filters": filters, "deleted": deletions[0].deleted})


def _written(
    call: Call, dataset: Dataset, slug: str, plan: Callable[[Standing], Plan], new: Standing | None = None
) -> DraftTable | None:
    def standing_of() -> Standing:
        found = new or sent_rows.standing_of(dataset, slug)
        if found is None:
            raise not_found()
        return found

    is_trial = read.flag(call.params, "dry_run", default=False)
    return sent_tables.write_rows(standing_of=standing_of, plan=plan, by=call.by, now=call.now, is_trial=is_trial)


def _new_table(call: Call) -> Standing | None:
    """With `resource` the table is a new one in the draft of its package; it is made when its rows are right."""
    described = read.structured(call.params, "resource")
    if not described:
        return None
    if not isinstance(described, Mapping):
        raise invalid("resource", _("This takes a map with package_id and name."))
    if read.text(call.params, "resource_id"):
        raise invalid("resource", _("Send resource or resource_id, not both."))
    refuse_url(described)
    dataset = call.dataset(read.needed(described, "package_id"))
    return Standing(dataset, "", sent_rows.NEW, title=title_of(described) or _("Data"))


def _schema(call: Call, standing: Standing, told: Sequence[SentColumn]) -> Schema:
    """The columns the table has, with those that were sent behind them."""
    before = standing.schema or Schema(())
    fields = list(before.fields)
    for each in told:
        if each.column.name not in before.names:
            fields.append(each.column)
        elif before.column(each.column.name).type != each.column.type:
            raise invalid(
                "fields",
                _("Column %(name)s is there with another type. Delete the table first, or send another name.")
                % {"name": each.column.name},
            )
    if not fields:
        raise invalid("fields", _("Missing value"))
    key = ckan_tables.key_of(call.params, [each.name for each in fields])
    return _settled(replace(before, fields=tuple(fields), primary_key=before.primary_key if key is None else key))


def _settled(schema: Schema) -> Schema:
    return descriptors.read(descriptors.write(schema))


def _needed_schema(standing: Standing) -> Schema:
    if standing.schema is None:
        raise invalid("resource_id", _("This table has no columns yet. Send them with datastore_create."))
    return standing.schema


def _cells(schema: Schema, sent: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows as text; wrong cells are refused with row and column."""
    cells = ckan_tables.cells_of(sent, schema.fields)
    faults = sent_checks.faults_in(schema, cells)
    if faults:
        raise wrong({"records": [fault.sentence for fault in faults]})
    return cells


def _wanted(schema: Schema, filters: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found = {}
    for name, value in filters.items():
        if name not in schema.names:
            raise invalid("filters", _("There is no column %(name)s.") % {"name": str(name)[:100]})
        column = schema.column(name)
        values = value if isinstance(value, list) else [value]
        found[name] = frozenset(
            canon(column, ckan_tables.cell(column, each, row=1, field="filters")) for each in values
        )
    return found


def _told(call: Call, dataset: Dataset, slug: str, table: DraftTable | None, counted: Mapping[str, Any]) -> Any:
    draft = known.open_draft_of(dataset)
    if draft is None:  # a trial of what is published
        return {**counted, "dry_run": True}
    current = draft.tables.filter(slug=slug).first()
    schema = descriptors.read(current.schema) if current and current.schema else None
    return {
        "resource_id": str(resource_ids.ids_of(dataset, [slug])[slug]),
        "package_id": str(dataset.pk),
        "fields": [{"id": each.name, "type": CKAN_TYPES[each.type]} for each in schema.fields] if schema else [],
        "primary_key": list(schema.primary_key) if schema else [],
        **counted,
        **({"dry_run": True} if table is None else {}),
        "lumbung": draft_packages.standing(draft, call.scope),
    }


CKAN_TYPES = {
    "string": "text",
    "integer": "int",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
    "year": "int",
    "yearmonth": "text",
}
