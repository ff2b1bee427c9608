"""What people type to follow data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.forms.askings import email_field

USED = _("Used for nothing else, shown to nobody, destroyed when you stop (UU 27/2022).")


class FollowForm(forms.Form):
    """An address to write to."""

    email = email_field(required=True, hint=USED)


class HookForm(forms.Form):
    """The address of a program, and who owns it."""

    address = forms.CharField(
        label=_("Address of your program"),
        help_text=_("It has to begin with https:// and be reachable from the public internet."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={
            "required": _("Type the address of your program."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
            "null_characters_not_allowed": _("This holds a character nobody can see or read. Type the words anew."),
        },
    )
    email = email_field(required=True, hint=_("You confirm by mail, and are told if the program stops answering."))
