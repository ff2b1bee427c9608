"""The one field of a query."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SqlForm(forms.Form):
    """A query in SQL."""

    q = forms.CharField(
        label=_("Query"),
        help_text=_("One SELECT on the table data. Press “Ask” below."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off", "class": "code"}),
    )
