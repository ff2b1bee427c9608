"""Every rule of quality in words: how it ought to be, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Rule:
    """The sentence of a rule, and what to do when it is broken."""

    title: Promise
    mend: Promise


RULES: Mapping[str, Rule] = {
    "checked": Rule(
        _("Every cell is what its column says."),
        _("Open the report of the check and mend the cells it lists, in: %(columns)s."),
    ),
    "titles": Rule(_("Every column has a title in Indonesian."), _("Give a title to: %(columns)s.")),
    "titles_en": Rule(_("Every column has a title in English."), _("Give an English title to: %(columns)s.")),
    "descriptions": Rule(_("Every column says what it means."), _("Describe in one sentence each: %(columns)s.")),
    "units": Rule(_("Every number has its unit."), _("Name the unit (persons, hectares, Rp, %%) of: %(columns)s.")),
    "key": Rule(
        _("Some columns together name each row once."),
        _("Choose the columns that tell rows apart, for instance region code and year, as the key."),
    ),
    "regions": Rule(
        _("Places are told by region code, not by name alone."),
        _("Add a column with the region code (PP.KK.CC.DDDD) beside: %(columns)s."),
    ),
    "codes": Rule(
        _("Codes come from a published code list."), _("Choose the code list, or list the codes, of: %(columns)s.")
    ),
    "period": Rule(
        _("Every row tells its time."),
        _("Add a column with the year, month or day, even if it is the same in every row."),
    ),
    "filled": Rule(
        _("No column is more than half empty."),
        _("Fill in the cells, or mark why they have no value (not available, nil), in: %(columns)s."),
    ),
    "marks": Rule(
        _("Value marks are explained."),
        _("Say what each mark means (preliminary, revised, not available) in: %(columns)s."),
    ),
    "long_form": Rule(
        _("Years are rows, not columns."),
        _("Turn the columns %(columns)s into rows with a column for the year, so that next year needs no new column."),
    ),
    "formulas": Rule(
        _("No text begins like a formula."),
        _("A spreadsheet may run cells that begin with = + - or @. Look at them in: %(columns)s."),
    ),
    "personal": Rule(
        _("No column looks like personal data."),
        _("Remove the column, or let the steward decide with a reason: %(columns)s."),
    ),
}
