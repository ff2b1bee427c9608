"""Fields that several registers share: a document, an address on the net, words of some length."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.actions.papers import Document, Upload

ADDRESS_ERRORS = {
    "required": _("Write the address in full, beginning with https://."),
    "invalid": _("Write the address in full, beginning with https://."),
    "max_length": _("Shorten this to 500 characters."),
}


def document_field(label: Any, *, required: bool = False, hint: Any = "", accept: str = "application/pdf,.pdf") -> Any:
    """A document; what it really is, is found out when it is kept."""
    return forms.FileField(
        label=label,
        help_text=hint or _("PDF, at most 10 MB. It is kept exactly as you send it."),
        required=required,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={"required": _("Choose the document.")},
    )


def readable_field(label: Any) -> Any:
    """A report or an answer that is read by everybody."""
    hint = _("PDF or Word (DOCX), at most 10 MB. It is kept exactly as you send it; its fingerprint becomes public.")
    return document_field(label, hint=hint, accept="application/pdf,.pdf,.docx")


class ReadableForm(forms.Form):
    """Where everybody can read it: at an address, here as a document, or both."""

    url = forms.URLField(
        label=_("Address on the web"),
        help_text=_("Where it stands on the web, if it does."),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages=ADDRESS_ERRORS,
    )
    document = readable_field(_("The document itself"))

    def readable(self) -> Document:
        """What was typed and chosen, once the form is valid."""
        return Document(self.cleaned_data["title"], self.cleaned_data["url"], upload_of(self))


def address_field(label: Any, *, hint: Any = "", max_length: int = 300) -> forms.URLField:
    """An address on the net, may be left out."""
    return forms.URLField(
        label=label,
        help_text=hint,
        required=False,
        max_length=max_length,
        assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, for example https://jdih.ntbprov.go.id/…")},
    )


def words_field(label: Any, *, most: int, hint: Any = "", rows: int = 4, least: int = 0, required: bool = True) -> Any:
    """Words of an officer, of some length."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        min_length=least or None,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("Write this in a sentence or two."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
        },
    )


def line_field(label: Any, *, most: int, hint: Any = "", required: bool = True) -> forms.CharField:
    """One line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        error_messages={
            "required": _("This line is needed. Fill it in."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
        },
    )


def choice_field(label: Any, choices: Any, *, hint: Any = "", widget: Any = None) -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=widget or forms.Select,
        error_messages={"required": _("Choose one of these.")},
    )


def upload_of(form: forms.Form) -> Upload | None:
    """The document that came with a valid form."""
    file = form.cleaned_data.get("document")
    return Upload(file.read(), file.size or 0, file.name or "") if file else None
