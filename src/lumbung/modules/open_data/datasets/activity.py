"""What MS-Keg asks of the activity both tables come from, and MS-Var of a column they share."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Label

ACTIVITY: Mapping[str, Label] = {
    "activity_title": _("Keeping the catalogue of Satu Data"),
    "collection_way": "compilation",
    "background": _("Perpres 39/2019 asks each government for a data list of the year and for data kept up to date."),
    "purpose": _("To show which data a government publishes, how old they are, and whether it keeps its own plan."),
    "schedule": _("Compared with the catalogue every night; a change makes a new release."),
    "recurrence": "repeated",
    "coverage": _("Every dataset of this portal"),
    "collection_method": "secondary",
    "collection_unit": _("One dataset, or one planned release day"),
    "quality_assurance": _("Nothing is typed: every row follows from releases and lists whose hashes are in the log."),
    "processing": _("Ages are compared with the declared frequency on the day of the snapshot."),
    "dissemination": _("Published in this catalogue as CSV and Parquet, and through its interfaces."),
}
AGENCY: Mapping[str, Label] = {
    "classification": "organisasi",
    "concept": _("Agency of the region"),
    "reference": "UU 23/2014",
}
YES, NO = "yes", "no"
YES_NO: Mapping[str, Label] = {YES: _("yes"), NO: _("no")}


def yes_no(said: object) -> str:
    """A truth as the table says it."""
    return YES if said else NO
