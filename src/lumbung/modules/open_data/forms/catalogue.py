"""The words, the filters and the order of the catalogue."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.queries.catalogue_search import BEST, NAME, NEWEST, OLDEST, Wanted
from lumbung.modules.open_data.queries.facets import FACETS

LONGEST_VALUE = 160
ORDERS = [
    (BEST, _("Best match or newest first")),
    (NEWEST, _("By day, newest first")),
    (NAME, _("By name")),
    (OLDEST, _("Oldest first")),
]


class CatalogueForm(forms.Form):
    """What somebody looks for. Filters are links, so they are read beside the form and sent along with it."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    @property
    def words(self) -> str:
        """The words that could be read."""
        return str(self.cleaned_data.get("q") or "").replace("\x00", " ").strip()

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, by name. A value nobody has is kept: it leaves nothing, and its chip says so."""
        sent: Mapping[str, str] = self.data
        values = {name: str(sent.get(name) or "").replace("\x00", "")[:LONGEST_VALUE].strip() for name in FACETS}
        return {name: value for name, value in values.items() if value}

    @property
    def wanted(self) -> Wanted:
        """All of it together."""
        is_exact = self.data.get("exact") == "1"
        return Wanted(self.words, self.chosen, str(self.cleaned_data.get("sort") or BEST), is_exact)


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
