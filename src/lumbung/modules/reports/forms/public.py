"""Finding and filtering reports, and what the holder of an access code types."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.portals.models import Portal
from lumbung.core.regions import queries as regions
from lumbung.core.web import formatting
from lumbung.modules.reports import queries
from lumbung.modules.reports.states import PUBLIC, State

FIRST_YEAR = 2018  # NTB Care began in October 2018
LAST_YEAR = 2999  # near year 9999 a week has no Sunday any more
_DAY_ERRORS = {"invalid": _("This day cannot be read. Write it as 2026-03-26.")}


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CodeForm(forms.Form):
    """The access code of a receipt."""

    code = forms.CharField(
        label=_("Access code"), max_length=40, error_messages={"required": _("Type the access code on your receipt.")}
    )


class TrackForm(forms.Form):
    """A report number."""

    not_found = _(
        "There is no public news under this number yet. Check the digits on your receipt; a new report is told here"
        " from the next day on, an anonymous or confidential one from the following Monday. Your access code opens it"
        " at once."
    )

    number = forms.CharField(
        label=_("Report number"),
        max_length=24,
        error_messages={"required": _("Type the report number, for example NTB-2026-000123.")},
    )


class FilterForm(forms.Form):
    """The filters and the order of the public list."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    category = forms.ChoiceField(label=_("Topic"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=_day(), error_messages=_DAY_ERRORS)
    until = forms.DateField(label=_("Until"), required=False, widget=_day(), error_messages=_DAY_ERRORS)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("oldest", _("Oldest first")), ("shared", _("Affecting most people first"))],
    )

    def __init__(self, *args: Any, portal: Portal, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, state.label) for state in State if state in PUBLIC]
        self._offer("category", [(topic.pk, topic.name) for topic in queries.categories()])
        self._offer("place", _places(portal))
        self._offer("agency", queries.agencies_of(portal, day=day))
        self._offer("state", states)
        self.full_clean()

    def clean_since(self) -> date | None:
        return self._readable("since")

    def clean_until(self) -> date | None:
        return self._readable("until")

    def _readable(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day.year > LAST_YEAR:
            raise forms.ValidationError(_DAY_ERRORS["invalid"])
        return day

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What can be understood of the filters; the rest is shown with its error and changes nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowing(self) -> list[tuple[str, str]]:
        """Each filter in force as (field name, words for its chip)."""
        return [(name, self._words(name, value)) for name, value in self.wanted.items() if name != "sort"]

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return f"{self.fields[name].label}: {formatting.date_medium(value)}"
        if name == "q":
            return f"“{value}”"
        return str(dict(_flat(self.fields[name].choices))[value])  # type: ignore[attr-defined]


def _places(portal: Portal) -> list[Any]:
    """Districts below the regency they lie in; the regency itself can be chosen where there is more than one."""
    groups = regions.place_choices(portal.region_id).districts
    if len(groups) == 1:
        return list(groups[0].options)
    return [(group.label, [(group.options[0][0].rpartition(".")[0], group.label), *group.options]) for group in groups]


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


class RatingForm(forms.Form):
    """Two taps."""

    score = forms.TypedChoiceField(
        label=_("How well was it handled?"),
        coerce=int,
        choices=[(1, _("1 – poor")), (2, _("2 – fair")), (3, _("3 – good")), (4, _("4 – very good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 4.")},
    )


class MonthForm(forms.Form):
    """The month of a summary: "2026-10"; without one, the last full month."""

    bulan = forms.CharField(
        label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.full_clean()

    @property
    def chosen(self) -> date:
        """The first day of the month."""
        return self.cleaned_data.get("bulan") or (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)

    def clean_bulan(self) -> date | None:
        typed = self.cleaned_data["bulan"].strip()
        if not typed:
            return None
        try:
            month = date.fromisoformat(f"{typed}-01")
        except ValueError as error:
            raise forms.ValidationError(_("Write the month as year and month, for example 2026-10.")) from error
        if not month.year >= FIRST_YEAR or month > self.today:
            raise forms.ValidationError(_("Choose a month between January %(year)s and now.") % {"year": FIRST_YEAR})
        return month
