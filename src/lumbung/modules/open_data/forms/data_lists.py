"""What producers and the secretariat type about the data list."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import FORMATS, day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import release_days, shape
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries.data_lists import Column, RowFacts

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
PARTS = 4


def line(
    label: Any, *, most: int, hint: Any = "", required: bool = True, needed: Any = "", rows: int = 0
) -> forms.CharField:
    """Words of at most so many characters; several lines where rows are given."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={
            "required": needed or _("Fill this in."),
            "max_length": _("Shorten this to %(limit_value)s characters."),
        },
    )


class OpenListForm(forms.Form):
    """A list for a year, empty or begun from an agreed one."""

    year = forms.IntegerField(
        label=_("Year"),
        error_messages={"required": _("Write the year."), "invalid": _("Write the year, such as 2027.")},
    )
    carried = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *args: Any, agreed: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(year), _("the rows of %(year)s, as proposals") % {"year": year}) for year in agreed]
        _choices(self, "carried", [*choices, ("", _("an empty list"))])


class RowForm(forms.Form):
    """One row of the list."""

    producer = forms.ChoiceField(label=_("Data producer"))
    title = line(_("Data"), most=200, hint=_("What is counted, and by what: Panjang jalan menurut kondisi."))
    purpose = line(_("Purpose"), most=500, hint=_("Which plan, service or decision needs these data."), rows=3)
    standard = line(_("Data standard"), most=300, required=False, hint=_("The rule that says what the columns mean."))
    frequency = forms.ChoiceField(label=_("How often it is released"))
    first_day = day_field(_("First day of release"), hint=_("The further ones follow from how often it is released."))
    days = line(
        _("Other days of release"),
        most=1000,
        required=False,
        rows=3,
        hint=_("Only if they do not follow from the first: every day of the year, one a line, such as 31-03-2027."),
    )
    is_priority = forms.BooleanField(
        label=_("Priority data"), required=False, help_text=_("Gets a second check by the data supervisor.")
    )
    priority_reason = line(_("Why priority"), most=300, required=False, hint=_("Such as: target of the RPJMD."))
    bps_number = line(_("BPS recommendation number"), most=60, required=False, hint=_("For statistical activities."))
    ewalidata_code = line(_("e-Walidata code"), most=60, required=False)
    columns = line(
        _("Columns of the data standard"),
        most=4000,
        required=False,
        rows=5,
        hint=_(
            "For the template. One column a line: name; meaning; unit; code list "
            "(wilayah, organisasi, or the address of one published here)."
        ),
    )

    def __init__(self, *args: Any, producers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "producer", [(each.code, each.name) for each in producers])
        _choices(self, "frequency", [(each.key, str(each.words)) for each in shape.choices("frequencies")])

    @staticmethod
    def about(facts: RowFacts) -> dict[str, Any]:
        """What the form says of a row that exists."""
        told = {name: getattr(facts, name) for name in RowFacts.__slots__ if name not in {"days", "columns"}}
        first = facts.days[0] if facts.days else None
        follows = first is not None and release_days.planned_by(facts.frequency, first) == facts.days
        days = "" if follows else "\n".join(f"{day:%d-%m-%Y}" for day in facts.days)
        columns = "\n".join(f"{each.name}; {each.label}; {each.unit}; {each.codes}" for each in facts.columns)
        return {**told, "first_day": first, "days": days, "columns": columns}

    def clean_days(self) -> tuple[date, ...]:
        """Every day typed, in order."""
        return tuple(sorted({_day(each) for each in re.split(r"[\s,;]+", self.cleaned_data["days"]) if each}))

    def clean_columns(self) -> tuple[Column, ...]:
        """Every column typed, in order."""
        return tuple(_column(each) for each in self.cleaned_data["columns"].splitlines() if each.strip())

    def facts(self) -> RowFacts:
        """The row as told."""
        told = self.cleaned_data
        names = [name for name in RowFacts.__slots__ if name != "days"]
        days = told["days"] or release_days.planned_by(told["frequency"], told["first_day"])
        return RowFacts(**{name: told[name] for name in names}, days=days)


class ReasonedRowForm(RowForm):
    """A row of an agreed list: every change gives its reason."""

    reason = line(_("Why"), most=300, hint=_("Everybody reads it beside the change."), needed=_("Say why."), rows=2)


class LeaveOutForm(forms.Form):
    """Why a row does not stand on the list."""

    reason = line(_("Why"), most=300, hint=_("Its producer reads it."), needed=_("Say why."), rows=2)


class ConnectForm(forms.Form):
    """Which dataset fulfils the row."""

    dataset = forms.ChoiceField(label=_("Dataset"), required=False)

    def __init__(self, *args: Any, datasets: Sequence[Dataset], titles: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(each.pk), titles.get(each.pk, each.key)) for each in datasets]
        _choices(self, "dataset", [("", _("none yet")), *known])


class ReasonedConnectForm(ConnectForm):
    """Another dataset for a row of an agreed list: it gives its reason."""

    reason = line(_("Why"), most=300, hint=_("Everybody reads it beside the change."), needed=_("Say why."), rows=2)


class BeginFromRowForm(forms.Form):
    """The address of the dataset a row plans."""

    key = line(
        _("Address"),
        most=60,
        hint=_("Small letters, digits and hyphens, such as jumlah-penduduk. It never changes afterwards."),
        needed=_("Write an address."),
    )


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _day(text: str) -> date:
    for each in FORMATS:
        try:
            return datetime.strptime(text, each).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise forms.ValidationError(
        _("%(text)s is no day. Write days such as 31-03-2027, one a line."), params={"text": text}
    )


def _column(text: str) -> Column:
    parts = [each.strip() for each in text.split(";")]
    if not NAME.match(parts[0]) or len(parts) > PARTS:
        raise forms.ValidationError(
            _("“%(text)s”: begin with a name of small letters, digits and _, then meaning, unit and code list."),
            params={"text": text.strip()},
        )
    return Column(*parts)
