"""What MS-Keg asks of the activity both tables of reports come from, and MS-Var of their columns."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Label

ACTIVITY: Mapping[str, Label] = {
    "activity_title": _("Receiving and following up residents' reports"),
    "collection_way": "compilation",
    "background": _("Governments keep every report residents send, and the law sets a due date for each."),
    "purpose": _("To show what residents report, who answers, and whether promises and due dates are kept."),
    "schedule": _("Compared with the records every night; a change makes a new release."),
    "recurrence": "repeated",
    "coverage": _("The whole region of the government"),
    "collection_method": "secondary",
    "collection_unit": _("One report of one resident"),
    "quality_assurance": _("Topic, place and state are confirmed by officers; each passage is in the public log."),
    "processing": _("Words, names and exact places are left out; small numbers of confidential reports are hidden."),
    "dissemination": _("Published in this catalogue as CSV and Parquet, and through its interfaces."),
}
REGION: Mapping[str, Label] = {
    "classification": "wilayah",
    "concept": _("Region"),
    "reference": "Kepmendagri 100.1.1-6117/2022",
}
AGENCY: Mapping[str, Label] = {
    "classification": "organisasi",
    "concept": _("Agency of the region"),
    "reference": "UU 23/2014",
}
