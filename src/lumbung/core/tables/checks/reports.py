"""What a check found: counts by column and rule, and the first faults with row, column, value and rule."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lumbung.core.tables.checking_words import FAULTS

Rule = Literal[
    "type", "digits", "required", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum", "codeList",
    "unique", "primaryKey", "keyMissing", "blankRow",
]  # fmt: skip
# A value longer than this is cut in a report; the file has it whole.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell, or one row, that is not what the schema says.

    row     number in the source, as a spreadsheet shows it
    column  empty for a rule about the whole row; names with commas between for a key of several columns
    value   as written, cut at 200 characters
    limit   what the rule wanted: the bound, the pattern, the first row with the same value
    """

    row: int
    column: str
    value: str
    rule: Rule
    limit: str = ""

    @property
    def sentence(self) -> str:
        """Row, column, value and what to do, in the language active now."""
        return str(FAULTS[self.rule]) % asdict(self)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule failed in one column."""

    column: str
    rule: Rule
    count: int
    limit: str = ""


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """What a column holds.

    filled        cells with a value
    whole, scale  digits before and behind the point its numbers need at most; 0 for other types
    formula_like  texts a spreadsheet would take for a formula
    """

    name: str
    filled: int
    whole: int = 0
    scale: int = 0
    formula_like: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one plain file by one schema.

    sha256   of the plain file that was checked
    counts   every rule that failed, in order of columns
    faults   the first of them by row; each rule that failed has at least one here
    """

    sha256: str
    row_count: int
    columns: tuple[ColumnCount, ...]
    counts: tuple[RuleCount, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.counts

    @property
    def fault_count(self) -> int:
        return sum(each.count for each in self.counts)

    @property
    def lists_all(self) -> bool:
        """Whether every fault is in `faults`."""
        return self.fault_count == len(self.faults)

    def column(self, name: str) -> ColumnCount:
        """What the column of a name holds; KeyError when there is none."""
        return {column.name: column for column in self.columns}[name]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Report":
        return cls(
            sha256=told["sha256"],
            row_count=told["row_count"],
            columns=tuple(ColumnCount(**each) for each in told["columns"]),
            counts=tuple(RuleCount(**each) for each in told["counts"]),
            faults=tuple(Fault(**each) for each in told["faults"]),
        )
