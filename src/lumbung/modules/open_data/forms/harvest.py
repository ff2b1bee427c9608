"""What a steward types about a portal that is harvested."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.models import HarvestSource


class SourceForm(forms.Form):
    """Where it stands, what it speaks, and under whose name its datasets are listed here."""

    kind = forms.ChoiceField(label=_("What the other portal speaks"), choices=HarvestSource.Kind.choices)
    address = forms.CharField(
        label=_("Address"),
        help_text=_(
            "CKAN and Lumbung: the address of the portal, such as https://data.contoh.go.id. "
            "The others: the address of the file."
        ),
        max_length=500,
        error_messages={"required": _("Write the address."), "max_length": _("Shorten this to 500 characters.")},
    )
    title = forms.CharField(
        label=_("Name of the other portal"),
        help_text=_("People read it beside each of its datasets."),
        max_length=160,
        error_messages={
            "required": _("Write the name of the portal."),
            "max_length": _("Shorten this to 160 characters."),
        },
    )
    key = forms.CharField(
        label=_("Short name"),
        help_text=_("First word of the addresses of its datasets here, such as ksb. It never changes afterwards."),
        max_length=30,
        error_messages={"required": _("Write a short name."), "max_length": _("Shorten this to 30 characters.")},
    )
    producer = forms.ChoiceField(
        label=_("Whose data these are"),
        help_text=_("Its datasets are listed under this name, whatever the other portal says of itself."),
    )
    every = forms.ChoiceField(label=_("How often"), choices=HarvestSource.Every.choices)

    def __init__(self, *args: Any, producers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["producer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in producers]


class EndForm(forms.Form):
    """Why a source is harvested no more; everybody reads it at each of its datasets."""

    reason = forms.CharField(
        label=_("Reason, for everyone to read"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say why. The reason is public."),
            "max_length": _("Shorten this to 250 characters."),
        },
    )
