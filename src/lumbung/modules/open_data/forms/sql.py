"""The one field of a query, and how many a visitor may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.limits.actions import Limit

# On the page and through the interface together.
QUERIES = Limit("open_data.sql", count=30, per_seconds=60)


class SqlForm(forms.Form):
    """A query in SQL."""

    q = forms.CharField(
        label=_("Query"),
        help_text=_("One SELECT on the table data. Press “Ask” below."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off", "class": "code"}),
    )
