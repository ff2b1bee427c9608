"""What MS-Keg asks of the activities these tables come from, and MS-Var of a column they share."""

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
MASTER_ACTIVITY: Mapping[str, Label] = {
    "activity_title": _("Keeping the reference codes and master data of Satu Data"),
    "collection_way": "compilation",
    "background": _("Perpres 39/2019 asks that data share reference codes and master data, to join them."),
    "purpose": _("To give every table of this portal the same codes for regions and agencies."),
    "schedule": _("Looked through every night; a change makes a new release."),
    "recurrence": "repeated",
    "coverage": _("Every region and agency of this government's area"),
    "collection_method": "secondary",
    "collection_unit": _("One region, or one agency"),
    "quality_assurance": _("The same rows check every column that names these codes."),
    "processing": _("Taken over as the services of this portal use them."),
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
