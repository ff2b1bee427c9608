"""What writers of stories type, and what those who publish answer."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation

MOST_CHARACTERS = 40_000
ADDRESS = re.compile(r"^[ \t]*https?://(?P<host>[^/\s]+)(?P<rest>/\S*)[ \t]*$", re.MULTILINE)


class BeginStoryForm(forms.Form):
    """A new story: in whose name, about what, at which address."""

    organisation = forms.ChoiceField(label=_("In the name of"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What the reader will know afterwards, in one line."),
        error_messages={"required": _("Write a title."), "max_length": _("Shorten this to 200 characters.")},
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as jalan-mulus. It never changes afterwards."),
        error_messages={"required": _("Write an address."), "max_length": _("Shorten this to 60 characters.")},
    )

    def __init__(self, *args: Any, speakers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in speakers]


class StoryForm(forms.Form):
    """The story itself. Addresses of this site may be pasted whole; only what follows the site's name is kept."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Write a title."), "max_length": _("Shorten this to 200 characters.")},
    )
    summary = forms.CharField(
        label=_("Summary of the story"),
        max_length=500,
        required=False,
        help_text=_("One or two sentences for lists and search."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten this to 500 characters.")},
    )
    body = forms.CharField(
        label=_("The story"),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={"max_length": _("Shorten this to 40,000 characters.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_body(self) -> str:
        """Without the site's own name before addresses that stand alone."""
        told = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        return ADDRESS.sub(lambda match: match["rest"] if match["host"] == self.host else match[0], told)


class StoryReasonForm(forms.Form):
    """Why a story comes back, or is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say why in one or two sentences."),
            "max_length": _("Shorten this to 300 characters."),
        },
    )
