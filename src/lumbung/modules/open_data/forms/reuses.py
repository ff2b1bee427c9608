"""What people type about something they made with data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.forms.askings import KeyedForm, one_line, text_area


class ReuseForm(KeyedForm):
    """Something made with a dataset."""

    title = one_line(_("What it is called"), limit=120)
    address = forms.CharField(
        label=_("Where it is"),
        help_text=_("An address that begins with https://."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={
            "required": _("Type its address."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
            "null_characters_not_allowed": _("This holds a character nobody can see or read. Type the words anew."),
        },
    )
    about = text_area(_("What it shows, in a few sentences"), limit=500, rows=3)
    made_by = one_line(
        _("Institution or organisation"),
        limit=200,
        required=False,
        hint=_("Only if an organisation wants to be named. Do not write a person's name."),
    )


class DeclineForm(forms.Form):
    """Why it is not shown; it stays inside."""

    reason = one_line(_("Reason"), limit=300)
