"""What producers and those who check type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.models import PersonalDecision


class BeginForm(forms.Form):
    """A new dataset: whose, what about, at which address."""

    producer = forms.ChoiceField(label=_("Data producer"))
    title = forms.CharField(
        label=_("Title"),
        help_text=_("What is counted, where, by what. You can change it until it is published."),
        max_length=200,
        error_messages={"required": _("Write a title."), "max_length": _("Shorten this to 200 characters.")},
    )
    key = forms.CharField(
        label=_("Address"),
        help_text=_("Small letters, digits and hyphens, such as jumlah-penduduk. It never changes afterwards."),
        max_length=60,
        error_messages={"required": _("Write an address."), "max_length": _("Shorten this to 60 characters.")},
    )

    def __init__(self, *args: Any, producers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["producer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in producers]


class FileForm(forms.Form):
    """A file with a table."""

    title = forms.CharField(
        label=_("What this table is called"),
        max_length=200,
        required=False,
        help_text=_("May be left empty if the dataset has one table only."),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    table_file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX, XLS, ODS, JSON, GeoJSON, Parquet or a Data Package, up to 300 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
    )


class AddressForm(forms.Form):
    """An address with a table behind it."""

    address = forms.CharField(
        label=_("Address of the file"),
        max_length=500,
        help_text=_("The link that downloads it, such as https://data.example.go.id/roads.csv, up to 50 MB."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write an address."), "max_length": _("Shorten this to 500 characters.")},
    )
    title = forms.CharField(
        label=_("What this table is called"),
        max_length=200,
        required=False,
        help_text=_("May be left empty if the dataset has one table only."),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Beside the upload, whose title has an id of its own.
        super().__init__(*args, **{"auto_id": "id_from_%s", **kwargs})


class SubmitForm(forms.Form):
    """Handing a draft to those who check."""

    note = forms.CharField(
        label=_("What is new in this release"),
        help_text=_("One sentence for those who follow this dataset."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Shorten this to 300 characters.")},
    )
    release_on = forms.DateField(
        label=_("Not before"),
        help_text=_("Only if it waits for a release day: it is published by itself on that day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReleaseDayForm(forms.Form):
    """Another day for a draft that passed every check."""

    day = day_field(_("Release day"), hint=_("Today, or a day to come: it is published by itself on that morning."))


class SeenForm(forms.Form):
    """One press, with the version of the draft that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class PassForm(SeenForm):
    """The same, with the desk the draft was on."""

    state = forms.CharField(widget=forms.HiddenInput, max_length=15)


class DecisionForm(forms.Form):
    """What becomes of a column that looks like personal data."""

    column = forms.CharField(widget=forms.HiddenInput, max_length=60)
    kind = forms.CharField(widget=forms.HiddenInput, max_length=20)
    choice = forms.ChoiceField(label=_("Decision"), choices=PersonalDecision.Choice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={
            "required": _("Say why. Whoever checks this draft reads it."),
            "max_length": _("Shorten this to 300 characters."),
        },
    )
