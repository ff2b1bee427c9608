"""Forms on the way to OGP: notes and answers, the day of submission, the id that came back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.forms.enactment import text_field
from lumbung.modules.action_plan.forms.intake import OnceForm
from lumbung.modules.action_plan.forms.papers import ReadableForm


class NoteForm(OnceForm):
    """A note on the plan or on one commitment."""

    about = forms.ChoiceField(label=_("About"), choices=(), required=False)
    text = text_field(_("Note"), least=10, hint=_("What should be made clearer or stronger before submission."))

    def __init__(self, *args: Any, commitments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", _("the plan as a whole")), *commitments]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to a note."""

    answer = text_field(_("Answer"), least=10, hint=_("What was changed because of it, and where; or why nothing was."))


class SubmitForm(forms.Form):
    """The day of submission."""

    on = day_field(_("Day of submission"), hint=_("The clocks of the plan begin with it."))
    note = forms.CharField(
        label=_("Note"), help_text=_("For example the number of OGP's receipt."), max_length=300, required=False
    )


class AnswerOfOgpForm(ReadableForm):
    """What OGP answered, and when."""

    title = forms.CharField(
        label=_("What OGP answered"),
        help_text=_("For example: receipt of the submission, or the notes of OGP's Support Unit."),
        max_length=200,
        error_messages={"required": _("Write what the answer is.")},
    )
    received_on = day_field(_("Day it came"))
    field_order = ("title", "received_on", "url", "document")


class PublicIdForm(forms.Form):
    """What OGP gave a commitment."""

    public_id = forms.CharField(
        label=_("Id given by OGP"),
        max_length=12,
        validators=[RegexValidator(r"^[A-Z]{4,6}\d{3,6}$", _("An id looks like IDWSB0003."))],
        error_messages={"required": _("Enter the id.")},
    )
    public_url = forms.URLField(label=_("Address at OGP"), required=False, assume_scheme="https")
