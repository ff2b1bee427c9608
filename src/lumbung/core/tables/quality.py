"""Quality as a list of rules, each passed or failed with its reason and how to mend it. Never one number.

Rules about the dataset as a whole (freshness, licence, metadata) belong to the module that knows them.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lumbung.core.tables import shapes
from lumbung.core.tables.checks.reports import Report
from lumbung.core.tables.personal import PersonalColumn
from lumbung.core.tables.quality_words import RULES
from lumbung.core.tables.schemas import ORDERED, Schema, SchemaField

Outcome = Literal["passed", "failed", "not_applicable"]
NUMBERS = frozenset({"integer", "number"})
TIMES = ORDERED - NUMBERS
REGION_WORDS = re.compile(r"(^|_)(wilayah|kab|kabupaten|kota|kec|kecamatan|desa|kelurahan|prov|provinsi)(_|$)")
CODE_WORDS = re.compile(r"(^|_)(kode|kd|code)(_|$)")
YEAR_COLUMN = re.compile(r"(^|_)(19|20)\d{2}$")
MOST_EMPTY = 0.5


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One rule, what became of it, and the columns it is about."""

    key: str
    outcome: Outcome
    columns: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The rule, as it ought to be."""
        return str(RULES[self.key].title)

    @property
    def mend(self) -> str:
        """What to do; empty when there is nothing to."""
        return str(RULES[self.key].mend) % {"columns": ", ".join(self.columns)} if self.outcome == "failed" else ""


@dataclass(frozen=True, slots=True)
class Quality:
    """Every rule, in a fixed order."""

    rules: tuple[JudgedRule, ...]

    def of(self, outcome: Outcome) -> tuple[JudgedRule, ...]:
        """The rules with this outcome."""
        return tuple(rule for rule in self.rules if rule.outcome == outcome)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Quality":
        return cls(tuple(JudgedRule(**{**rule, "columns": tuple(rule["columns"])}) for rule in told["rules"]))


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules are judged on."""

    schema: Schema
    report: Report
    findings: Collection[PersonalColumn]

    def those(self, test: Callable[[SchemaField], bool]) -> tuple[str, ...]:
        """Columns of values that pass a test; columns of marks are judged with the column they stand beside."""
        return tuple(column.name for column in self.values if test(column))

    @property
    def values(self) -> tuple[SchemaField, ...]:
        return tuple(column for column in self.schema.fields if not column.name.endswith(shapes.MARK_SUFFIX))


def judge(schema: Schema, report: Report, *, findings: Collection[PersonalColumn] = ()) -> Quality:
    """Every rule judged on a checked table.

    findings  columns that look like personal data and that nobody has resolved yet
    """
    facts = Facts(schema, report, findings)
    return Quality(tuple(JudgedRule(key, *rule(facts)) for key, rule in JUDGES.items()))


def _unless(failing: tuple[str, ...]) -> tuple[Outcome, tuple[str, ...]]:
    return ("failed", failing) if failing else ("passed", ())


def _among(concerned: tuple[str, ...], failing: tuple[str, ...]) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(failing) if concerned else ("not_applicable", ())


def _checked(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    columns = tuple(dict.fromkeys(count.column for count in facts.report.counts if count.column))
    return ("failed", columns) if not facts.report.is_valid else ("passed", ())


def _titles(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(facts.those(lambda column: not column.title.id))


def _titles_en(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(facts.those(lambda column: not column.title.en))


def _descriptions(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(facts.those(lambda column: not (column.description.id or column.description.en)))


def _units(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    concerned = facts.those(lambda column: column.type in NUMBERS)
    return _among(concerned, facts.those(lambda column: column.type in NUMBERS and not column.unit))


def _key(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return ("passed" if facts.schema.primary_key else "failed", ())


def _regions(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    concerned = facts.those(lambda column: column.is_region_code or bool(REGION_WORDS.search(column.name)))
    has_codes = bool(facts.those(lambda column: column.is_region_code))
    return _among(concerned, () if has_codes else concerned)


def _codes(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    def is_code(column: SchemaField) -> bool:
        return column.is_region_code or bool(CODE_WORDS.search(column.name) or column.code_list)

    without = facts.those(lambda column: is_code(column) and not (column.code_list or column.constraints.enum))
    return _among(facts.those(is_code), without)


def _period(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return ("passed" if facts.those(lambda column: column.type in TIMES) else "failed", ())


def _filled(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    rows = facts.report.row_count
    if not rows:
        return ("not_applicable", ())
    return _unless(facts.those(lambda column: facts.report.column(column.name).filled < rows * (1 - MOST_EMPTY)))


def _marks(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    beside = tuple(name for name in facts.schema.names if name.endswith(shapes.MARK_SUFFIX))
    bases = {name: name.removesuffix(shapes.MARK_SUFFIX) for name in beside}
    explained = {column.name for column in facts.schema.fields if column.marks}
    return _among(beside, tuple(name for name in beside if not {name, bases[name]} & explained))


def _long_form(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    years = facts.those(lambda column: bool(YEAR_COLUMN.search(column.name)))
    return ("failed", years) if len(years) > 2 else ("passed", ())


def _formulas(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(facts.those(lambda column: facts.report.column(column.name).formula_like > 0))


def _personal(facts: Facts) -> tuple[Outcome, tuple[str, ...]]:
    return _unless(tuple(dict.fromkeys(finding.column for finding in facts.findings)))


JUDGES: dict[str, Callable[[Facts], tuple[Outcome, tuple[str, ...]]]] = {
    "checked": _checked,
    "titles": _titles,
    "titles_en": _titles_en,
    "descriptions": _descriptions,
    "units": _units,
    "key": _key,
    "regions": _regions,
    "codes": _codes,
    "period": _period,
    "filled": _filled,
    "marks": _marks,
    "long_form": _long_form,
    "formulas": _formulas,
    "personal": _personal,
}
