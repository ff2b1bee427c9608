"""Quality of a release, rule by rule: what was measured, what it means, how it is mended. Never one number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.core.tables import descriptors, quality
from lumbung.core.tables.checks.reports import ColumnCount, Report
from lumbung.core.tables.quality import Facts
from lumbung.core.tables.schemas import REGION_CODE, Schema, SchemaField, Words
from lumbung.core.web import formatting
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import DraftTable, Release
from lumbung.modules.open_data.queries import catalogue, releases, rows
from lumbung.modules.open_data.queries.catalogue import TableShown
from lumbung.modules.open_data.queries.questions import Aggregate, Question

Outcome = Literal["passed", "failed", "not_applicable"]
REGIONS = "wilayah"
# Nothing is published that breaks these (queries/gates): told of a release they could never fail.
GATED = frozenset({"checked", "personal"})
MEANS: Mapping[str, Promise] = {
    "titles": gettext_lazy("Readers need not guess what a short name stands for."),
    "titles_en": gettext_lazy("Those who read no Indonesian can use the table, too."),
    "descriptions": gettext_lazy("Two people who read the same column think of the same thing."),
    "units": gettext_lazy("Nobody takes thousands for ones, or hectares for square metres."),
    "key": gettext_lazy("Each row can be named, so that two releases can be compared row by row."),
    "regions": gettext_lazy("Tables can be joined and mapped; names of places alone are spelt in many ways."),
    "codes": gettext_lazy("Everybody can look up what a code stands for."),
    "period": gettext_lazy("A figure says of which year, month or day it is."),
    "filled": gettext_lazy("A column that is mostly empty easily misleads."),
    "marks": gettext_lazy("Preliminary and missing figures are told apart from final ones."),
    "long_form": gettext_lazy("Programs written this year still work next year."),
    "formulas": gettext_lazy("Opening the file in a spreadsheet runs nothing."),
    "fresh": gettext_lazy("Whoever decides by these figures knows how old they are."),
}
FRESH = gettext_lazy("It is updated as often as it promises.")
FRESH_MEND = gettext_lazy("The producer brings the next release, or says that updates come less often.")


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule: how it ought to be, what came of it, what was measured, what that means, how it is mended."""

    key: str
    outcome: Outcome
    title: str
    measured: str
    means: str
    mend: str = ""


def told_of(release: Release, tables: Sequence[TableShown], *, looked_on: date, today: date) -> list[RuleTold]:
    """Every rule about the tables whose rows are open, and whether the dataset is fresh; broken rules first."""
    each = [_rules_of(release, table) for table in tables]
    judged = [_of_all(tables, rules) for rules in zip(*each, strict=True)]
    order = {"failed": 0, "passed": 1, "not_applicable": 2}
    return sorted([_freshness(release, looked_on, today), *judged], key=lambda each: order[each.outcome])


def _rules_of(release: Release, table: TableShown) -> list[RuleTold]:
    schema = _schema(table)
    report = _report(table)
    facts = Facts(schema, report, ())
    return [_told(rule, facts) for rule in quality.judge(schema, report).rules if rule.key not in GATED]


def _of_all(tables: Sequence[TableShown], rules: Sequence[RuleTold]) -> RuleTold:
    """One rule over every table: one that breaks it is enough, and is named."""
    if len(rules) == 1:
        return rules[0]
    outcome: Outcome = min((rule.outcome for rule in rules), key=("failed", "passed", "not_applicable").index)
    named = [(table.table.title, rule) for table, rule in zip(tables, rules, strict=True) if rule.outcome == outcome]
    return replace(
        rules[0],
        outcome=outcome,
        measured=" ".join(f"{title}: {rule.measured}" for title, rule in named),
        mend=" ".join(f"{title}: {rule.mend}" for title, rule in named if rule.mend),
    )


def _schema(table: TableShown) -> Schema:
    """The schema with what the metadata say of each column."""
    found = descriptors.read(table.schema)
    return replace(found, fields=tuple(_described(each, table.variables.get(each.name, {})) for each in found.fields))


def _described(column: SchemaField, told: Mapping[str, Any]) -> SchemaField:
    label, meaning = told.get("label") or {}, told.get("definition") or {}
    listed = told.get("classification") or column.code_list
    return replace(
        column,
        title=Words(label.get("id") or column.title.id, label.get("en") or column.title.en),
        description=Words(meaning.get("id") or column.description.id, meaning.get("en") or column.description.en),
        unit=told.get("unit") or column.unit,
        code_list=listed if column.type == "string" else column.code_list,
        rdf_type=REGION_CODE if listed == REGIONS else column.rdf_type,
    )


def _report(table: TableShown) -> Report:
    """What the published file holds."""
    columns = rows.columns_of(table)
    counting = tuple(Aggregate("count", place, f"filled-{place}") for place in range(len(columns)))
    question = Question(columns, (), aggregates=(Aggregate("count", None, "rows"), *counting))
    row = rows.ask(table, question, limit=1).rows[0]
    formulas = _formulas(table)
    counts = tuple(
        ColumnCount(column.name, int(filled), formula_like=formulas.get(column.name, 0))
        for column, filled in zip(columns, row[1:], strict=True)
    )
    return Report(table.version.csv_sha256, int(row[0]), counts)


def _formulas(table: TableShown) -> dict[str, int]:
    """Texts a spreadsheet would run, as the check counted them in the draft this version was made of."""
    drafted = DraftTable.objects.filter(
        report__isnull=False, slug=table.slug, draft__release__tables__version=table.version.pk
    ).first()
    if drafted is None:
        return {}
    told = Report.from_json({name: value for name, value in (drafted.report or {}).items() if name != "error_count"})
    return {column.name: column.formula_like for column in told.columns}


def _told(rule: quality.JudgedRule, facts: Facts) -> RuleTold:
    measure = MEASURES.get(rule.key, _columns_told)
    measured = _("Not to be judged: the table has no such column.") if rule.outcome == "not_applicable" else ""
    return RuleTold(
        rule.key, rule.outcome, rule.title, measured or measure(facts, rule.columns), str(MEANS[rule.key]), rule.mend
    )


def _columns_told(facts: Facts, failing: Sequence[str]) -> str:
    """How many columns keep the rule, and which do not."""
    count = len(facts.values)
    told = _("%(good)s of %(all)s columns.") % {"good": count - len(failing), "all": count}
    return f"{told} {_missing(failing)}" if failing else told


def _missing(failing: Sequence[str]) -> str:
    return _("Not: %(columns)s.") % {"columns": ", ".join(failing)}


def _units(facts: Facts, failing: Sequence[str]) -> str:
    numbers = facts.those(lambda column: column.type in quality.NUMBERS)
    told = _("%(good)s of %(all)s columns of numbers.") % {"good": len(numbers) - len(failing), "all": len(numbers)}
    return f"{told} {_missing(failing)}" if failing else told


def _key(facts: Facts, _failing: Sequence[str]) -> str:
    key = facts.schema.primary_key
    return _("Key: %(columns)s.") % {"columns": ", ".join(key)} if key else _("No key is named.")


def _period(facts: Facts, _failing: Sequence[str]) -> str:
    times = facts.those(lambda column: column.type in quality.TIMES)
    return _("Column of time: %(columns)s.") % {"columns": ", ".join(times)} if times else _("No column of time.")


def _filled(facts: Facts, _failing: Sequence[str]) -> str:
    """The emptiest column, with how much of it is filled."""
    if not facts.report.row_count or not facts.values:
        return _("The table has no rows.")
    share, name = min(
        (facts.report.column(each.name).filled / facts.report.row_count, each.name) for each in facts.values
    )
    return _("The emptiest column, %(column)s, is filled in %(share)s of the rows.") % {
        "column": name,
        "share": formatting.percent(share),
    }


MEASURES: Mapping[str, Callable[[Facts, Sequence[str]], str]] = {
    "units": _units,
    "key": _key,
    "period": _period,
    "filled": _filled,
}


def _freshness(release: Release, looked_on: date, today: date) -> RuleTold:
    """Whether the next release is due, by the frequency the dataset promises."""
    promised = shape.choice_of("frequencies", releases.metadata_of(release)["dataset"].get("frequency", ""))
    due = catalogue.due_after(release, looked_on)
    if due is None:
        measured = _("No update is promised.")
        return RuleTold("fresh", "not_applicable", str(FRESH), measured, str(MEANS["fresh"]))
    told = _("Promised: %(frequency)s. Last compared or published on %(day)s, up to date until %(due)s.") % {
        "frequency": str(promised.words) if promised else "–",
        "day": formatting.date_medium(looked_on),
        "due": formatting.date_medium(due),
    }
    is_late = due < today
    if is_late:
        told += " " + _("%(days)s days late.") % {"days": formatting.number((today - due).days)}
    outcome: Outcome = "failed" if is_late else "passed"
    return RuleTold("fresh", outcome, str(FRESH), told, str(MEANS["fresh"]), str(FRESH_MEND) if is_late else "")
