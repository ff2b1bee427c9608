"""What people type when they send an idea or a comment. Every sentence of error says how to mend it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT_LIMIT = 4_000
NUL = _("This holds a character nobody can see or read. Type the words anew.")


def text_area(
    label: Any, *, limit: int = TEXT_LIMIT, rows: int = 5, required: Any = True, hint: Any = ""
) -> forms.CharField:
    """A text area with its limit and a sentence for each way to miss it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("Write this part first."),
            "max_length": _("The text is longer than %(limit_value)d characters. Shorten it."),
            "null_characters_not_allowed": NUL,
        },
    )


def one_line(label: Any, *, limit: int, required: Any = True, hint: Any = "") -> forms.CharField:
    """One line of text; line breaks pasted into it become spaces."""
    return OneLineField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(required),
        error_messages={
            "required": _("Fill this in first."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
            "null_characters_not_allowed": NUL,
        },
    )


class OneLineField(forms.CharField):
    """Words without a line break."""

    def to_python(self, value: Any) -> str:
        """Every run of spaces and line breaks is one space."""
        return " ".join(str(super().to_python(value) or "").split())


class KeyedForm(forms.Form):
    """A form that is one thing however often it is sent: its key is made when it is first shown."""

    draft_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Reload the page and send again."),
            "invalid": _("Reload the page and send again."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("draft_key", uuid.uuid4())


class RemarkForm(KeyedForm):
    """A remark on a commitment, without an account."""

    text = text_area(
        _("What you want to say"),
        rows=6,
        hint=_("What have you seen of this commitment where you live? What is missing?"),
    )
    institution = one_line(
        _("Institution or organisation"),
        limit=200,
        required=False,
        hint=_("Only if an organisation speaks and wants to be named. Do not write a person's name."),
    )


class OnceForm(forms.Form):
    """A form of an officer that makes one thing however often it is sent."""

    draft_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("draft_key", uuid.uuid4())


class CodeForm(forms.Form):
    """The access code of a receipt."""

    code = forms.CharField(
        label=_("Access code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={
            "required": _("Type the access code on your receipt."),
            "max_length": _("An access code has 16 letters and digits. Check your receipt."),
            "null_characters_not_allowed": NUL,
        },
    )


class ReasonForm(forms.Form):
    """One sentence that everybody will read."""

    reason = text_area(_("Reason"), limit=300, rows=2, hint=_("Everybody reads it. Name nobody."))


class ClearingForm(forms.Form):
    """What the public is to read of an idea or comment."""

    title = one_line(_("Title"), limit=120, required=False)
    text = text_area(_("What the public reads"), rows=8)
    institution = one_line(
        _("Institution or organisation"),
        limit=200,
        required=False,
        hint=_("Only an institution. A person's name is never shown."),
    )
