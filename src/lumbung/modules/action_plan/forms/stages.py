"""Forms around stages: beginning a plan, its roadmap, an exception."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Plan, StageDate
from lumbung.modules.action_plan.states import Template


class BeginForm(forms.Form):
    """A new plan of this government, alone or with others."""

    title_id = forms.CharField(
        label=_("Title in Indonesian"), max_length=200, error_messages={"required": _("Enter the title in Indonesian.")}
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    key = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("It becomes part of the address and is never changed. Example: ntb-ksb-2027-2029."),
        error_messages={
            "required": _("Enter a short name."),
            "invalid": _("Use small letters, digits and hyphens, for example ntb-ksb-2027-2029."),
        },
    )
    starts_on = day_field(_("Begins on"))
    ends_on = day_field(_("Ends on"))
    template = forms.ChoiceField(label=_("Stages of this government"), choices=())
    partner = forms.ModelChoiceField(
        label=_("Together with"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("no other government"),
        help_text=_(
            "A plan of one government may hold %(one)s commitments, a consortium %(more)s. The other government joins"
            " once its own secretariat or chair says so; until then the plan is not its own."
        )
        % {"one": states.rules().one_member, "more": states.rules().consortium},
    )
    partner_template = forms.ChoiceField(label=_("Stages of the other government"), choices=(), required=False)
    follows = forms.ModelChoiceField(
        label=_("Starts from the lessons of"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("no earlier plan"),
    )

    def __init__(self, *args: Any, partners: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(template.key, template.title) for template in states.member_templates()]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]
        self.fields["partner_template"].choices = choices  # type: ignore[attr-defined]
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        self.fields["follows"].queryset = earlier  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The plan ends after it begins."""
        told = super().clean() or {}
        starts_on, ends_on = told.get("starts_on"), told.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The plan ends after it begins. Correct the dates."))
        return told


class InviteForm(forms.Form):
    """Another government that is asked to make the plan together."""

    government = forms.ModelChoiceField(
        label=_("Government"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a government.")},
    )
    template = forms.ChoiceField(label=_("Stages of the other government"), choices=())

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(template.key, template.title) for template in states.member_templates()]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]
        self.fields["government"].queryset = partners  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """The stages a government that joins passes: its own choice."""

    template = forms.ChoiceField(
        label=_("Stages of your government"), choices=(), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.title}: {' · '.join(stage.title for stage in each.stages)}")
            for each in states.member_templates()
        ]


class RoadmapForm(forms.Form):
    """From and until, for each stage of a track."""

    def __init__(
        self, *args: Any, template: Template, announced: Mapping[str, StageDate | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stages = template.stages
        for stage in template.stages:
            known = announced.get(stage.key)
            for name, label, value in (
                (f"{stage.key}_starts_on", _("From"), known and known.starts_on),
                (f"{stage.key}_ends_on", _("Until"), known and known.ends_on),
            ):
                self.fields[name] = day_field(label)
                self.initial[name] = value

    @property
    def dates(self) -> dict[str, tuple[date, date]]:
        """What was entered, by stage."""
        told = self.cleaned_data
        return {stage.key: (told[f"{stage.key}_starts_on"], told[f"{stage.key}_ends_on"]) for stage in self.stages}

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Stage, from, until: as the page lays them out."""
        return [(stage, self[f"{stage.key}_starts_on"], self[f"{stage.key}_ends_on"]) for stage in self.stages]


class ExceptionForm(forms.Form):
    """Why a stage should be left although something is missing."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays on the page of the plan for ever. At least one full sentence, without names of persons."),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=20,
        max_length=1_000,
        error_messages={
            "required": _("Write why the stage should be left now."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("Shorten this to 1,000 characters."),
        },
    )


class WithdrawForm(forms.Form):
    """Why a plan is to be withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "It stays at the address of the plan for ever. At least one full sentence, without names of persons."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=20,
        max_length=1_000,
        error_messages={
            "required": _("Write why the plan is withdrawn."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("Shorten this to 1,000 characters."),
        },
    )
