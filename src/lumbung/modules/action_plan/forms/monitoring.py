"""Forms of those who report, assess, sign notes, reply, and of whoever reads the overview."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.forms.papers import ADDRESS_ERRORS, ReadableForm
from lumbung.modules.action_plan.models import Commitment, Evidence, Milestone, Plan, Term
from lumbung.modules.action_plan.queries import Card
from lumbung.modules.action_plan.queries.monitoring import terms_in_force

MOST = 4_000
NEEDED = {"required": _("Choose one.")}


def words_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """Words an institution stands for."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write at least one full sentence."),
            "max_length": _("Shorten this to 4,000 characters."),
        },
    )


def term_field(label: Any, scale: str, *, on: date, empty: Any = None, hint: Any = "") -> forms.ModelChoiceField[Term]:
    """One value of a scale as it is used on that day; `empty` names the choice of none."""
    field: forms.ModelChoiceField[Term] = _TermField(
        label=label,
        queryset=terms_in_force(scale, on=on),
        required=empty is None,
        blank=empty is not None,
        empty_label=empty,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages=NEEDED,
    )
    return field


class _TermField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class _EvidenceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


def evidence_field(commitment: Commitment) -> forms.ModelMultipleChoiceField[Evidence]:
    """The evidence of a commitment to choose from."""
    field: forms.ModelMultipleChoiceField[Evidence] = _EvidenceField(
        label=_("Evidence"),
        queryset=Evidence.objects.filter(commitment=commitment),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Name evidence first; then choose it here. Without evidence the page says so."),
    )
    return field


class EvidenceForm(forms.Form):
    """A document, or an address that everybody can open."""

    title = forms.CharField(
        label=_("What it shows"), max_length=200, error_messages={"required": _("Write what the evidence shows.")}
    )
    url = forms.URLField(
        label=_("Address on the web"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("We fetch it once, keep its fingerprint, and look every week whether it is still there."),
        error_messages=ADDRESS_ERRORS,
    )
    document = forms.FileField(
        label=_("Or a document"), required=False, help_text=_("PDF, DOCX, XLSX, CSV or TXT, up to 10 MB.")
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Evidence.Licence.choices, error_messages=NEEDED)
    has_personal_data = forms.BooleanField(
        label=_("It holds personal data"),
        required=False,
        help_text=_("The public then sees only its fingerprint, not its title, address or content."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if bool(told.get("url")) == bool(told.get("document")) and "url" not in self.errors:
            self.add_error("url", _("Give an address or a document: one of the two."))
        return told


class SelfReportForm(forms.Form):
    """What the agency did in a quarter."""

    def __init__(self, *args: Any, commitment: Commitment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year, commitment.plan.starts_on.year - 1, -1)
        self.milestones: list[Milestone] = commitment.open_milestones
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"), coerce=int, choices=[(year, year) for year in years], error_messages=NEEDED
        )
        self.fields["quarter"] = forms.TypedChoiceField(
            label=_("Quarter"),
            coerce=int,
            choices=[(1, _("TW I")), (2, _("TW II")), (3, _("TW III")), (4, _("TW IV"))],
            error_messages=NEEDED,
        )
        self.fields["completion"] = term_field(
            _("Completion"),
            Term.Scale.COMPLETION,
            on=today,
            hint=_("“Complete” needs captured evidence and a second source."),
        )
        self.fields["words"] = words_field(
            _("What was done"), _("What was done in this quarter, what was not, and why. No names of persons.")
        )
        for each in self.milestones:
            self.fields[f"milestone_{each.number}"] = day_field(
                _("Milestone %(number)s reached on") % {"number": each.number}, required=False, hint=each.title
            )
        self.fields["evidence"] = evidence_field(commitment)

    @property
    def done_on(self) -> dict[Milestone, date | None]:
        """What was entered, by milestone."""
        return {each: self.cleaned_data[f"milestone_{each.number}"] for each in self.milestones}


class DecisionForm(forms.Form):
    """Approve, or return with a reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=[("approve", "approve"), ("return", "return")])
    note = forms.CharField(
        label=_("Reason, if you return it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten this to 500 characters.")},
    )

    @property
    def is_approved(self) -> bool:
        """Whether the first button was pressed."""
        return bool(self.cleaned_data["decision"] == "approve")


YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class InceptionForm(forms.Form):
    """The monitoring body's coding at the start."""

    def __init__(self, *args: Any, commitment: Commitment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("is_verifiable", _("Verifiable?")), ("is_relevant", _("Relevant to OGP values?"))):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=YES_NO, widget=forms.RadioSelect, error_messages=NEEDED
            )
        self.fields["novelty"] = term_field(_("Novelty"), Term.Scale.NOVELTY, on=today)
        self.fields["ambition"] = term_field(_("Ambition"), Term.Scale.AMBITION, on=today)
        self.fields["words"] = words_field(_("Reasons"), _("Why you coded it so. No names of persons."))
        self.fields["evidence"] = evidence_field(commitment)


class EndForm(forms.Form):
    """The monitoring body's coding at the end: completion, and three questions asked apart."""

    def __init__(self, *args: Any, commitment: Commitment, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completion"] = term_field(_("Completion"), Term.Scale.COMPLETION, on=today)
        for name, label in (
            ("opened_information", _("Did it open government: information")),
            ("opened_participation", _("Did it open government: participation")),
            ("opened_accountability", _("Did it open government: accountability")),
        ):
            self.fields[name] = term_field(label, Term.Scale.OPENED, on=today, empty=_("not applicable"))
        self.fields["words"] = words_field(_("Reasons"), _("Why you coded it so. No names of persons."))
        self.fields["lessons"] = words_field(
            _("Lessons"), _("What the next plan should do differently."), required=False
        )
        self.fields["evidence"] = evidence_field(commitment)


class WordsForm(forms.Form):
    """A note, a reply, or a lesson."""

    def __init__(self, *args: Any, label: Any, hint: Any = "", about: Sequence[Commitment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = words_field(label, hint)
        if about:
            choices = [("", _("the plan as a whole")), *((each.pk, each.short) for each in about)]
            self.fields["commitment"] = forms.ChoiceField(label=_("About"), choices=choices, required=False)


class FilingForm(ReadableForm):
    """A report of the monitoring body: where everybody can read it."""

    title = forms.CharField(
        label=_("Title of the report"), max_length=200, error_messages={"required": _("Write the title of the report.")}
    )
    field_order = ("title", "url", "document")


class PracticeForm(forms.Form):
    """A story with live figures."""

    title_id = forms.CharField(
        label=_("Title in Indonesian"), max_length=160, error_messages={"required": _("Enter the title in Indonesian.")}
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("It becomes part of the address and is never changed. Example: rapor-bulanan."),
        error_messages={
            "required": _("Enter a short name."),
            "invalid": _("Use small letters, digits and hyphens, for example rapor-bulanan."),
        },
    )
    commitment = forms.ChoiceField(label=_("Commitment"), required=False)
    text_id = forms.CharField(
        label=_("Text in Indonesian"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the story in Indonesian.")},
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=6_000, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )

    def __init__(
        self, *args: Any, about: Collection[Commitment], keys: Collection[str], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("no single commitment"))
        self.fields["commitment"].choices = [none, *((each.pk, each.short) for each in about)]  # type: ignore[attr-defined]
        self.fields["text_id"].help_text = _("Write {key} where a figure is to stand. Keys: %(keys)s.") % {
            "keys": ", ".join(keys)
        }
        if not is_new:
            del self.fields["slug"]


class PlanFollowForm(forms.Form):
    """An address to follow with."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the e-mail address in full, for example nama@contoh.id."),
        },
    )


class OverviewForm(forms.Form):
    """Which commitments of a plan to show."""

    anggota = forms.ChoiceField(label=_("Member"), required=False)
    nilai = forms.ChoiceField(label=_("OGP value"), required=False)

    def __init__(self, *args: Any, plan: Plan, cards: Sequence[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [(each.organisation_id, each.organisation.name) for each in plan.members.all()]
        known = {term.key: term for card in cards for term in card.commitment.ogp_values}
        values = [(term.key, term.label) for term in sorted(known.values(), key=lambda term: term.position)]
        self.fields["anggota"].choices = [("", _("All")), *members]  # type: ignore[attr-defined]
        self.fields["nilai"].choices = [("", _("All")), *values]  # type: ignore[attr-defined]
        self.full_clean()

    def shows(self, card: Card) -> bool:
        """Whether a commitment passes the filters; a filter nobody understands changes nothing."""
        member, value = self.cleaned_data.get("anggota"), self.cleaned_data.get("nilai")
        if member and card.commitment.member.organisation_id != member:
            return False
        return not value or value in {term.key for term in card.commitment.ogp_values}

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in force, each with the query that is left without it."""
        keys = {name: key for name in self.fields if (key := self.cleaned_data.get(name))}
        words = {name: str(dict(self.fields[name].choices)[key]) for name, key in keys.items()}  # type: ignore[attr-defined]
        return [
            (words[name], "?" + urlencode({other: key for other, key in keys.items() if other != name}))
            for name in keys
        ]
