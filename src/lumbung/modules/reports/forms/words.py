"""A text area with its limit, and the sentences that say how to mend it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT_LIMIT = 8000


def words(label: Any, *, limit: int, rows: int, required: Any = True) -> forms.CharField:
    """A text area with its limit and a sentence for each way to miss it."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("Write this part first."),
            "max_length": _("The text is longer than %(limit_value)d characters. Shorten it."),
            "null_characters_not_allowed": _("This holds a character nobody can see or read. Type the words anew."),
        },
    )
