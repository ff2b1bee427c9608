"""Sending an idea, finding one, and deciding what becomes of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.forms.intake import KeyedForm, one_line, text_area
from lumbung.modules.action_plan.models import Channel, Draft, Idea, Meeting, PlanMember

EVERY = ""


def member_choices(members: Iterable[PlanMember]) -> list[tuple[str, Any]]:
    """All governments together, then each."""
    return [(EVERY, _("All of them")), *((member.organisation_id, member.organisation.name) for member in members)]


class IdeaForm(KeyedForm):
    """An idea, without an account."""

    text = text_area(
        _("Your idea"),
        rows=7,
        hint=_("What should be different, and for whom? One idea at a time is easiest to follow."),
    )
    title = one_line(_("Title"), limit=120, required=False)
    member = forms.ChoiceField(
        label=_("Which government is it for?"),
        choices=(),
        required=False,
        error_messages={"invalid_choice": _("Choose a government in the list.")},
    )
    institution = one_line(
        _("Institution or organisation"),
        limit=200,
        required=False,
        hint=_("Only if an organisation speaks and wants to be named. Do not write a person's name."),
    )

    def __init__(self, *args: Any, members: Sequence[PlanMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.organisation_id: member for member in members}
        self.fields["member"].choices = member_choices(members)  # type: ignore[attr-defined]

    @property
    def chosen_member(self) -> PlanMember | None:
        """The government it is for; None for all of them."""
        return self.members.get(self.cleaned_data["member"])


class EntryForm(IdeaForm):
    """An idea an officer enters for somebody."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE],
        error_messages={"required": _("Choose how it came."), "invalid_choice": _("Choose a way in the list.")},
    )
    meeting = forms.ModelChoiceField(
        label=_("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("no meeting"),
        error_messages={"invalid_choice": _("Choose a meeting of this plan.")},
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class IdeaFilterForm(forms.Form):
    """What to look for in the list."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    member = forms.ChoiceField(label=_("Government"), choices=(), required=False)
    state = forms.ChoiceField(
        label=_("What became of it"), choices=[("", _("Anything")), *Idea.State.choices], required=False
    )

    def __init__(self, *args: Any, members: Sequence[PlanMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = member_choices(members)  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, str]:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {name: found[name] for name in ("q", "member", "state") if found.get(name)}


class MergeForm(forms.Form):
    """Into which idea."""

    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=Idea.objects.none(),
        empty_label=_("Choose an idea"),
        error_messages={"required": _("Choose an idea."), "invalid_choice": _("Choose an idea of this plan.")},
    )
    reason = text_area(_("Reason"), limit=500, rows=2)

    def __init__(self, *args: Any, ideas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = ideas
        field.label_from_instance = lambda idea: f"{idea.number} · {idea.public_title or idea.public_text[:60]}"


class SplitForm(forms.Form):
    """Into which parts: one a paragraph, so that no script is needed."""

    parts = text_area(
        _("The parts"), rows=6, hint=_("One part a paragraph, with an empty line between two. Each becomes an idea.")
    )
    reason = text_area(_("Reason"), limit=500, rows=2)

    @property
    def paragraphs(self) -> list[str]:
        """The parts that were typed."""
        text = self.cleaned_data["parts"].replace("\r\n", "\n")
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


class AdoptForm(forms.Form):
    """In which draft it lives on."""

    draft = forms.ModelChoiceField(
        label=_("Adopted in"),
        queryset=Draft.objects.none(),
        empty_label=_("Choose a draft"),
        error_messages={"required": _("Choose a draft."), "invalid_choice": _("Choose a draft of this plan.")},
    )
    reason = text_area(_("Reason"), limit=500, rows=2)

    def __init__(self, *args: Any, drafts: Any, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["draft"]
        field.queryset = drafts
        field.label_from_instance = lambda draft: titles.get(str(draft.pk), str(draft))


class DeclineForm(forms.Form):
    """Why it is not taken up."""

    reason = text_area(_("Reason"), limit=500, rows=3, hint=_("Everybody reads it. Name nobody."))
