"""Forms of tables a gate holds back, and of periods that are corrected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.web import periods as periods_said

MOST = 300
TOO_LONG = _("Shorten this to 300 characters.")


class ColumnForm(forms.Form):
    """Why a column is no personal data."""

    column = forms.CharField(max_length=60, widget=forms.HiddenInput)
    kind = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why this column is no personal data"),
        help_text=_("Your name and this reason are kept, for those who check."),
        max_length=MOST,
        error_messages={"required": _("Say why this column is no personal data."), "max_length": TOO_LONG},
    )


class CorrectionForm(forms.Form):
    """Which period is made anew, and why; everybody reads the reason."""

    period = forms.ChoiceField(
        label=_("Period to correct"),
        error_messages={"required": _("Choose a period."), "invalid_choice": _("Choose a period.")},
    )
    correction = forms.CharField(
        label=_("What was wrong, for everyone to read"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what was wrong. The reason is public."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, periods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("Choose")), *((each, periods_said.moment(each)) for each in periods)]
        self.fields["period"].choices = offered  # type: ignore[attr-defined]
