"""What a steward types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why a version is taken back; everyone reads it."""

    reason = forms.CharField(
        label=_("Reason for the withdrawal"),
        max_length=300,
        help_text=_("Public. Say what kind of data had to go, without repeating it."),
    )
