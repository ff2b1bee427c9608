"""What officers type about classes of data and about sharing restricted data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.forms.askings import CHOOSE, one_line, text_area
from lumbung.modules.open_data.models import Dataset


class SharingForm(forms.Form):
    """Asking for restricted data of another agency."""

    agency = forms.ChoiceField(label=_("Your agency"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    purpose = text_area(
        _("What for"),
        limit=1000,
        rows=3,
        hint=_("Which task, which rows and columns, for how long. The producer reads it."),
    )

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.pk: agency for agency in agencies}
        self.fields["agency"].choices = [(agency.pk, agency.name) for agency in agencies]  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """For how long, and under which conditions."""

    since = day_field(_("From"))
    until = day_field(_("Until and including"), hint=_("A year at most. Access ends by itself on this day."))
    conditions = text_area(
        _("Conditions"), limit=1000, rows=3, required=False, hint=_("For example: not passed on, deleted afterwards.")
    )


class AnswerReasonForm(forms.Form):
    """Why not, or why no longer; the other agency reads it."""

    reason = text_area(_("Reason"), limit=500, rows=2, hint=_("The agency that asked reads it."))


class ClassForm(forms.Form):
    """The class of a dataset, with the consequence test where it is excluded."""

    access = forms.ChoiceField(
        label=_("Class"),
        choices=Dataset.Access.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    harm = text_area(
        _("What harm opening the data would do"), limit=1000, rows=3, required=False, hint=_("Only for excluded data.")
    )
    law = one_line(_("Article of law"), limit=300, required=False, hint=_("For example: UU 14/2008 Pasal 17 huruf h."))
    decided_by = one_line(
        _("Decided by"), limit=200, required=False, hint=_("An office, such as PPID Utama. Not a person's name.")
    )
    decided_on = day_field(_("Decided on"), required=False)
    until = day_field(_("Excluded until"), required=False, hint=_("Leave it empty if the law names no period."))
    document = one_line(_("Number of the document"), limit=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Excluded data need the whole test."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("access") == Dataset.Access.EXCLUDED:
            for name in ("harm", "law", "decided_by", "decided_on", "document"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in: excluding data needs it."))
        return told
