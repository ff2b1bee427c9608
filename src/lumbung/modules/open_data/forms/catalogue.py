"""The filters and the order of the catalogue."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.queries import catalogue

EVERY = ""


class CatalogueForm(forms.Form):
    """Facets offer only what the catalogue holds, with how many each leaves."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    producer = forms.ChoiceField(label=_("Data producer"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    frequency = forms.ChoiceField(label=_("Update schedule"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Best match or newest first")), ("title", _("By title")), ("oldest", _("Oldest first"))],
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = catalogue.listed(portal)
        for facet in ("topic", "licence", "frequency"):
            self._offer(facet, dict(catalogue.facet_words(facet)), catalogue.counts(rows, facet))
        producers = {row.producer_id: row.producer.name for row in rows.order_by("producer__name_id")}
        self._offer("producer", producers, catalogue.counts(rows, "producer"))
        self.full_clean()

    def _offer(self, name: str, words: Mapping[str, str], counts: Mapping[str, int]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        offered = [(key, f"{label} ({counts[key]})") for key, label in words.items() if key in counts]
        field.choices = [(EVERY, _("All")), *offered]

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for; what could not be read is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowing(self) -> Iterator[tuple[str, str]]:
        """Filters in force, in words."""
        for name, value in self.wanted.items():
            if name == "q":
                yield name, f"“{value}”"
            elif name != "sort":
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                yield name, str(dict(field.choices)[value]).rsplit(" (", 1)[0]  # type: ignore[arg-type]


class ReasonForm(forms.Form):
    """Why something is withdrawn; everybody reads it."""

    reason = forms.CharField(
        label=_("Reason, for everyone to read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say why it is withdrawn. The reason is public."),
            "max_length": _("Shorten this to 300 characters."),
        },
    )
