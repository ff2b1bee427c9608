"""What people type when they ask something, and what the desk types to answer it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.models import OUTCOMES, Asking, Dataset, Release

TEXT_LIMIT = 4_000
NUL = _("This holds a character nobody can see or read. Type the words anew.")
RELOAD = _("Reload the page and send again.")
CHOOSE = _("Choose one in the list.")


class OneLineField(forms.CharField):
    """Words without a line break: every run of spaces is one space."""

    def to_python(self, value: Any) -> str:
        """One line, whatever was pasted."""
        return " ".join(str(super().to_python(value) or "").split())


def one_line(label: Any, *, limit: int, required: bool = True, hint: Any = "") -> forms.CharField:
    """One line with a sentence for each way to miss it."""
    return OneLineField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=required,
        error_messages={
            "required": _("Fill this in first."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
            "null_characters_not_allowed": NUL,
        },
    )


def text_area(
    label: Any, *, limit: int = TEXT_LIMIT, rows: int = 5, required: bool = True, hint: Any = ""
) -> forms.CharField:
    """A text area with its limit."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("Write this part first."),
            "max_length": _("The text is longer than %(limit_value)d characters. Shorten it."),
            "null_characters_not_allowed": NUL,
        },
    )


def email_field(*, required: bool, hint: Any) -> forms.EmailField:
    """An address only its owner and the outbox know."""
    return forms.EmailField(
        label=_("E-mail address"),
        help_text=hint,
        required=required,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type an e-mail address."),
            "invalid": _("Type an e-mail address such as nama@contoh.id."),
            "max_length": _("Shorten this to %(limit_value)d characters."),
            "null_characters_not_allowed": NUL,
        },
    )


class KeyedForm(forms.Form):
    """A form that is one thing however often it is sent: its key is made when it is first shown."""

    draft_key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": RELOAD, "invalid": RELOAD})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("draft_key", uuid.uuid4())


WHY = _("You do not have to say why. It helps us to find the right table.")
EMAIL = _("Only for the answer. Nobody sees it; it is destroyed 60 days after the answer.")


class RequestForm(KeyedForm):
    """Data somebody looks for."""

    text = text_area(
        _("Which data do you need?"),
        rows=5,
        hint=_("What about, of which place and which years. Do not write NIK, telephone numbers or names of others."),
    )
    why = one_line(_("What for"), limit=300, required=False, hint=WHY)
    email = email_field(required=False, hint=EMAIL)


class AboutForm(KeyedForm):
    """Something wrong with a dataset, or a question about it."""

    KINDS = (
        (Asking.Kind.CORRECTION, _("Something in the table or its description is wrong")),
        (Asking.Kind.TAKEDOWN, _("It shows personal data or harms somebody; it should be withdrawn")),
        (Asking.Kind.QUESTION, _("I have a question to the producer")),
    )
    kind = forms.ChoiceField(
        label=_("What kind of message is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    where = one_line(
        _("Row or column"),
        limit=200,
        required=False,
        hint=_("If it is about one place in the table. Do not repeat personal data: its row number is enough."),
    )
    text = text_area(_("What you want to say"), rows=5, hint=_("What is wrong, and how you know, or what you ask."))
    email = email_field(required=False, hint=EMAIL)


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


class ClearForm(forms.Form):
    """What the public is to read."""

    text = text_area(_("What the public reads"), rows=6)
    where = one_line(_("Row or column"), limit=200, required=False)
    why = one_line(_("What for"), limit=300, required=False)


class PublicReasonForm(forms.Form):
    """One sentence everybody will read."""

    reason = text_area(_("Reason"), limit=300, rows=2, hint=_("Everybody reads it. Name nobody."))


class HandForm(forms.Form):
    """To which agency."""

    agency = forms.ModelChoiceField(
        label=_("Agency that answers"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an agency"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer, for whoever asked and for everybody."""

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )
    text = text_area(_("Answer"), rows=5, hint=_("Everybody reads it. Say what you did or why not; name nobody."))
    given = forms.ModelChoiceField(
        label=_("Dataset in which the data stand"),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=_("none"),
        error_messages={"invalid_choice": CHOOSE},
    )
    legal_basis = one_line(
        _("Article of law a refusal rests on"),
        limit=300,
        required=False,
        hint=_("For example: UU 14/2008 Pasal 17 huruf h."),
    )

    def __init__(self, *args: Any, found: Asking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = OUTCOMES[found.kind]
        self.fields["outcome"].choices = [(each.value, each.label) for each in outcomes]  # type: ignore[attr-defined]
        if len(outcomes) == 1:
            self.initial["outcome"] = outcomes[0].value
        if found.kind != Asking.Kind.DATA:
            del self.fields["given"], self.fields["legal_basis"]
            return
        field: Any = self.fields["given"]
        field.queryset = Dataset.objects.filter(portal=found.portal, withdrawn_at__isnull=True, listing__isnull=False)
        field.queryset = field.queryset.select_related("listing").order_by("listing__title_id")
        field.label_from_instance = lambda dataset: dataset.listing.title_id


class ReleaseForm(forms.Form):
    """Which release of the dataset."""

    release = forms.ModelChoiceField(
        label=_("Release"),
        queryset=Release.objects.none(),
        empty_label=None,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, found: Asking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["release"]
        field.queryset = Release.objects.filter(dataset=found.dataset, withdrawn_at__isnull=True).order_by("-number")
        field.label_from_instance = lambda release: _("Release %(number)s") % {"number": release.number}


class WithdrawForm(ReleaseForm):
    """Which release is withdrawn now, and why."""

    reason = text_area(_("Reason"), limit=300, rows=2, hint=_("Everybody reads it. Name nobody."))
