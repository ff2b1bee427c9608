"""What officers type about photos."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.reports.models.photos import DESCRIPTION_LIMIT


class PhotoForm(forms.Form):
    """What a photo shows, for those who cannot see it."""

    description = forms.CharField(
        label=_("What does the photo show?"),
        max_length=DESCRIPTION_LIMIT,
        required=False,
        help_text=_("Read aloud to people who cannot see the photo. No names."),
        error_messages={"max_length": _("The description is longer than %(limit_value)d characters. Shorten it.")},
    )
