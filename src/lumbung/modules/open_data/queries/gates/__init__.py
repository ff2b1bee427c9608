"""What a draft has to meet before it goes on: each gate says what is missing and how to mend it (README)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries.gates import codes, dcat, metadata, personal, tables
from lumbung.modules.open_data.queries.gates.gaps import Gap

Look = Callable[[Draft, list[DraftTable]], Iterator[Gap]]


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule: its name, whose principle it is, and what it looks at."""

    key: str
    title: Promise
    look: Look


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate found."""

    gate: Gate
    gaps: tuple[Gap, ...]

    is_judged: bool = True

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in the way."""
        return self.is_judged and not self.gaps


OF_TABLES = frozenset({"standard", "codes", "interoperability", "personal"})
GATES = (
    Gate("tables", _("There is data, and it was read as confirmed"), tables.read_gaps),
    Gate("standard", _("Data standard: every column has a type, and its cells keep to it"), tables.standard_gaps),
    Gate("metadata", _("Metadata: activity, variables and indicators are described"), metadata.gaps),
    Gate("codes", _("Reference codes: coded columns name their list, and hold only codes of it"), codes.gaps),
    Gate(
        "interoperability",
        _("Interoperability: columns have names other programs can use"),
        tables.name_gaps,
    ),
    Gate("dcat", _("Exchange: other catalogues find what they ask for (DCAT-AP)"), dcat.gaps),
    Gate("personal", _("No personal data"), personal.gaps),
)


def verdicts(draft: Draft) -> list[Verdict]:
    """Every gate, in order, with what is missing."""
    found = known.tables_of(draft)
    # Before a table was read there is nothing that could keep to a standard or hold personal data.
    was_read = any(table.stage in tables.READ for table in found)
    unjudged = (frozenset() if was_read else OF_TABLES) | (frozenset() if dcat.is_judged(draft) else {"dcat"})
    return [Verdict(gate, tuple(gate.look(draft, found)), is_judged=gate.key not in unjudged) for gate in GATES]


def first_gap(draft: Draft) -> Gap | None:
    """The first thing missing, None when the draft may go on."""
    return next((gap for verdict in verdicts(draft) for gap in verdict.gaps), None)
