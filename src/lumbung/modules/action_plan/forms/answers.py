"""Answering comments, and correcting a published answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.actions.responses import Answer
from lumbung.modules.action_plan.forms.intake import text_area
from lumbung.modules.action_plan.models import Comment, DraftVersion, Response
from lumbung.modules.action_plan.queries import drafts
from lumbung.modules.action_plan.queries.rewordings import Rewording


class VerdictForm(forms.Form):
    """What an answer says."""

    verdict = forms.ChoiceField(
        label=_("Reasoned response"),
        choices=Response.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer in the list.")},
    )
    reason = text_area(_("Reason"), limit=2_000, rows=4, hint=_("At least one full sentence. Everybody reads it."))
    change = text_area(
        _("What changes"),
        limit=2_000,
        rows=2,
        required=False,
        hint=_("Needed when it is accepted, also in part: which words, and how they read now."),
    )
    changed_in = forms.ModelChoiceField(
        label=_("Changed in"),
        queryset=DraftVersion.objects.none(),
        required=False,
        empty_label=_("not written yet"),
        error_messages={"invalid_choice": _("Choose a version in the list.")},
    )

    rewords = forms.MultipleChoiceField(
        label=_("Parts that say something else because of it"),
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every part that was said anew after the public test is named by an answer before the enactment."),
        error_messages={"invalid_choice": _("Choose parts in the list.")},
    )

    def __init__(
        self, *args: Any, versions: Sequence[DraftVersion], reworded: Sequence[Rewording] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parts: Any = self.fields["rewords"]
        parts.choices = [(each.place, f"{each.title}: {each.field.label}") for each in reworded]
        if not reworded:
            del self.fields["rewords"]
        field: Any = self.fields["changed_in"]
        field.queryset = DraftVersion.objects.filter(pk__in=[version.pk for version in versions]).select_related(
            "draft"
        )
        field.label_from_instance = lambda version: (
            _("%(draft)s, version %(number)s")
            % {
                "draft": drafts.title_of(version),
                "number": version.number,
            }
        )

    @property
    def answer(self) -> Answer:
        """What was entered."""
        told = self.cleaned_data
        rewords = tuple(told.get("rewords", ()))
        return Answer(told["verdict"], told["reason"], told["change"], told["changed_in"], rewords)


class AnswerForm(VerdictForm):
    """One answer to the comments that are ticked."""

    comments = forms.ModelMultipleChoiceField(
        queryset=Comment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Comments"),
        error_messages={
            "required": _("Tick the comments this answers."),
            "invalid_choice": _("Choose one or more comments of this public test."),
            "invalid_pk_value": _("Choose one or more comments of this public test."),
        },
    )
    field_order = ("comments",)

    def __init__(self, *args: Any, comments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comments"].queryset = comments  # type: ignore[attr-defined]


class CorrectionForm(VerdictForm):
    """Another answer in place of a published one, and why."""

    why = text_area(
        _("Why it is corrected"),
        limit=1_000,
        rows=3,
        hint=_("At least one full sentence. It stays beside the answer for ever."),
    )
