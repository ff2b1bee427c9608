"""Opening a public test, commenting on it, entering what was said, and answering."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.forms.intake import KeyedForm, one_line, text_area
from lumbung.modules.action_plan.models import Channel, Draft, DraftVersion, Freeze, Meeting, Response, Seat
from lumbung.modules.action_plan.queries import drafts, quotations

WHOLE = ""
SECTORS = [("", _("not said")), *Seat.Sector.choices]
ENTERED = [choice for choice in Channel.choices if choice[0] != Channel.ONLINE]


class OpenForm(forms.Form):
    """A public test of frozen drafts."""

    freeze = forms.ModelChoiceField(
        label=_("Frozen drafts"),
        queryset=Freeze.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Freeze the drafts first."),
            "invalid_choice": _("Choose a version in the list."),
        },
    )
    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"), hint=_("Both days count."))
    question = one_line(
        _("Question to people"), limit=500, required=False, hint=_("What you want to hear most. One sentence.")
    )

    def __init__(self, *args: Any, freezes: Sequence[Freeze], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["freeze"]
        field.queryset = Freeze.objects.filter(pk__in=[freeze.pk for freeze in freezes]).order_by("-number")
        field.label_from_instance = lambda freeze: _("Version %(number)s") % {"number": freeze.number}
        self.fields["closes_on"].help_text = _("Both days count; at least %(days)s days.") % {
            "days": states.rules().public_test_days
        }


def draft_choices(versions: Iterable[DraftVersion]) -> list[tuple[str, Any]]:
    """The plan as a whole, then each draft people are asked about."""
    named = [(str(version.draft_id), _numbered(version)) for version in versions]
    return [(WHOLE, _("The plan as a whole")), *named]


def _numbered(version: DraftVersion) -> Any:
    if version.draft.kind == Draft.Kind.PLAN:
        return _("Text of the plan itself")
    return f"{version.draft.number}. {drafts.shown_title(version)}"


class CommentForm(KeyedForm):
    """A comment, without an account."""

    draft = forms.ChoiceField(
        label=_("Which part is it about?"),
        choices=(),
        required=False,
        error_messages={"invalid_choice": _("Choose a part in the list.")},
    )
    quote = text_area(
        _("Quoted words"),
        limit=quotations.LONGEST,
        rows=2,
        required=False,
        hint=_("If it is about certain words, copy them from the draft and paste them here."),
    )
    text = text_area(_("Your comment"), rows=6)
    sector = forms.ChoiceField(
        label=_("For which side do you speak?"),
        choices=SECTORS,
        required=False,
        error_messages={"invalid_choice": _("Choose a side in the list.")},
    )
    institution = one_line(
        _("Institution or organisation"),
        limit=200,
        required=False,
        hint=_("Only if an organisation speaks and wants to be named. Do not write a person's name."),
    )
    email = forms.EmailField(
        label=_("E-mail, to be told of the answer"),
        required=False,
        help_text=_("Nobody sees it. It is destroyed once the plan is enacted, after a year at the latest."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the e-mail address in full, for example nama@contoh.id.")},
    )
    field = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, versions: Sequence[DraftVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.draft_id): version for version in versions}
        self.fields["draft"].choices = draft_choices(versions)  # type: ignore[attr-defined]

    @property
    def chosen_version(self) -> DraftVersion | None:
        """The frozen text the form is about at the moment."""
        return self.versions.get(str(self["draft"].value() or ""))

    @property
    def chosen_draft(self) -> Draft | None:
        """The draft of a valid form; None for the plan as a whole."""
        version = self.versions.get(self.cleaned_data["draft"])
        return version.draft if version else None


class CommentFilterForm(forms.Form):
    """What to look for among the comments."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Shorten this to 200 characters.")},
    )
    draft = forms.ChoiceField(label=_("Part of the plan"), choices=(), required=False)
    verdict = forms.ChoiceField(
        label=_("Reasoned response"),
        choices=[("", _("Any answer")), ("unanswered", _("Not answered yet")), *Response.Verdict.choices],
        required=False,
    )

    def __init__(self, *args: Any, versions: Sequence[DraftVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(version.draft.slug, _numbered(version)) for version in versions if version.draft.slug]
        self.fields["draft"].choices = [  # type: ignore[attr-defined]
            ("", _("All parts")),
            ("plan", _("The plan as a whole")),
            *parts,
        ]

    @property
    def wanted(self) -> dict[str, str]:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {name: found[name] for name in ("q", "draft", "verdict") if found.get(name)}


class SourceForm(forms.Form):
    """Where the comments a clerk enters come from: chosen once, kept from row to row."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=ENTERED,
        error_messages={"required": _("Choose how it came."), "invalid_choice": _("Choose a way in the list.")},
    )
    meeting = forms.ModelChoiceField(
        label=_("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("no meeting"),
        error_messages={"invalid_choice": _("Choose a meeting of this plan.")},
    )
    received_on = day_field(_("Day it came"))

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class EntryForm(SourceForm):
    """One row of a clerk's entry: Enter saves it and gives the next."""

    draft_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and send again.")}
    )
    number = forms.CharField(
        label=_("Commitment no."),
        max_length=3,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"max_length": _("Type the number of a commitment, or nothing.")},
    )
    institution = one_line(_("Institution or organisation"), limit=200, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=SECTORS,
        required=False,
        error_messages={"invalid_choice": _("Choose a side in the list.")},
    )
    text = text_area(_("Comment"), rows=3)
    quote = one_line(_("Quoted words"), limit=quotations.LONGEST, required=False)

    field_order = ("channel", "meeting", "received_on", "number", "institution", "sector", "text", "quote")

    def __init__(self, *args: Any, by_number: Mapping[str, Draft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = by_number
        self.initial.setdefault("draft_key", uuid.uuid4())

    def clean_number(self) -> str:
        """A number of a commitment in this public test; nothing for the plan as a whole."""
        number = str(self.cleaned_data["number"]).strip().lstrip("0")
        if number and number not in self.by_number:
            known = ", ".join(self.by_number)
            raise forms.ValidationError(_("No commitment has this number here. Known: %(known)s.") % {"known": known})
        return number


class SheetForm(SourceForm):
    """A spreadsheet of comments."""

    sheet = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV after our template, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty. Choose another one.")},
    )


class ProlongForm(forms.Form):
    """More days for a public test, and why."""

    closes_on = day_field(_("New last day"), hint=_("After the last day announced so far."))
    reason = text_area(_("Reason"), limit=1_000, rows=3, hint=_("At least one full sentence. Everybody reads it."))
