"""The form of a draft, made from `shape.py`: texts in both languages, dates, lists, rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.forms.draft_rows import Data, Rows, organisation_field
from lumbung.modules.action_plan.models import Institution
from lumbung.modules.action_plan.queries.draft_choices import DraftChoices
from lumbung.modules.action_plan.shape import LINE, TEXT, Field

Body = Mapping[str, Any]
ROWS = {"milestones": ("milestones",), "institutions": ("beside",), "indicators": ("awaited",)}


def _text_field(field: Field, language: str) -> forms.CharField:
    attributes: dict[str, Any] = {"lang": language}
    is_short = field.kind == "line" and field.most < LINE
    rows = {"rows": 2 if field.kind == "line" else 3 if field.most < TEXT else 8}
    widget = forms.TextInput(attrs=attributes) if is_short else forms.Textarea(attrs=attributes | rows)
    label: Any = field.label if language == "id" else _("%(field)s in English") % {"field": field.label}
    hint: Any = field.hint if language == "id" else ""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=field.most,
        required=False,
        widget=widget,
        error_messages={"max_length": _("Shorten this to %(limit)s characters.") % {"limit": field.most}},
    )


def _many(label: Any, choices: list[tuple[str, str]], hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


class FieldsForm(forms.Form):
    """Inputs for some fields of the shape, outside their rows. Nothing is required: what is missing is told apart."""

    use_required_attribute = False

    def __init__(self, *args: Any, fields: Sequence[Field], choices: DraftChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in fields:
            if field.is_text:
                self.fields[f"{field.key}_id"] = _text_field(field, "id")
                self.fields[f"{field.key}_en"] = _text_field(field, "en")
            elif field.kind == "date":
                self.fields[field.key] = day_field(field.label, required=False)
            elif field.kind == "institution":
                self.fields[field.key] = organisation_field(field.label, choices)
            elif field.kind == "institutions":
                self.fields["lead"] = organisation_field(_("Institution in charge"), choices)
            elif field.kind in {"values", "goals", "indicators"}:
                self.fields[field.key] = _many(field.label, getattr(choices, field.kind), field.hint)


class DraftForm(FieldsForm):
    """What a draft says outside its rows."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("What you changed"),
        help_text=_("One sentence for those who read the list of versions."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What begins, ends later."""
        told = super().clean() or {}
        starts_on, ends_on = told.get("starts_on"), told.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("It ends after it begins. Correct the dates."))
        return told


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the shape on the page: its inputs, and its rows."""

    field: Field
    inputs: tuple[BoundField, ...]
    rows: tuple[Rows, ...]


class FieldsSheet:
    """A form of some fields of the shape, and its rows."""

    form_class: type[FieldsForm] = FieldsForm

    def __init__(self, fields: Sequence[Field], form: FieldsForm, rows: Mapping[str, Rows]) -> None:
        self.fields = fields
        self.form = form
        self.rows = rows

    @classmethod
    def of(cls, fields: Sequence[Field], body: Body, *, choices: DraftChoices, **more: Any) -> Self:
        """The form of what a body says; `more` are other inputs of the form."""
        form = cls.form_class(fields=fields, choices=choices, initial={**more, **_initial(fields, body)})
        rows = {name: Rows.of(name, told, choices) for name, told in _rows_of(fields, body).items()}
        return cls(fields, form, rows)

    @classmethod
    def sent(cls, fields: Sequence[Field], data: Data, *, choices: DraftChoices) -> Self:
        """The form as it was sent."""
        rows = {name: Rows.sent(name, data, choices) for name in _row_names(fields)}
        return cls(fields, cls.form_class(data, fields=fields, choices=choices), rows)

    @classmethod
    def typed(cls, fields: Sequence[Field], data: Data, *, more: str, choices: DraftChoices) -> Self:
        """The form as it was typed, unchecked, with one row more of that name."""
        form = cls.form_class(fields=fields, choices=choices)
        many = {name for name, field in form.fields.items() if isinstance(field, forms.MultipleChoiceField)}
        form.initial = {name: data.getlist(name) if name in many else data.get(name, "") for name in form.fields}
        rows = {name: Rows.typed(name, data, choices, more=int(name == more)) for name in _row_names(fields)}
        return cls(fields, form, rows)

    @property
    def is_valid(self) -> bool:
        """Whether everything that was entered can be kept."""
        valid = [self.form.is_valid(), *(rows.is_valid for rows in self.rows.values())]
        return all(valid) and self._names_each_once()

    def _names_each_once(self) -> bool:
        if "beside" not in self.rows:
            return True
        named = [each["code"] for each in self.rows["beside"].told()] + [self.form.cleaned_data["lead"]]
        if len(named) == len(set(named)):
            return True
        self.form.add_error("lead", _("An institution is named twice. Name each once, in one part."))
        return False

    def body(self) -> dict[str, Any]:
        """What was entered, as a body. Valid forms only."""
        return {field.key: self._value(field) for field in self.fields}

    def _value(self, field: Field) -> Any:
        told = self.form.cleaned_data
        if field.is_text:
            return {language: _plain(told[f"{field.key}_{language}"]) for language in ("id", "en")}
        if field.kind == "date":
            return told[field.key].isoformat() if told[field.key] else None
        if field.kind == "institutions":
            lead = [{"code": told["lead"], "role": Institution.Role.LEAD.value}] if told["lead"] else []
            return lead + self.rows["beside"].told()
        if field.kind == "milestones":
            return self.rows["milestones"].told()
        if field.kind == "indicators":
            return [*told["indicators"], *self.rows["awaited"].told()]
        return [int(each) for each in told[field.key]] if field.kind == "goals" else told[field.key]

    def parts(self) -> Iterator[Part]:
        """The fields in the order of the shape, as the page lays them out."""
        for field in self.fields:
            names = [f"{field.key}_id", f"{field.key}_en", field.key]
            names += ["lead"] if field.kind == "institutions" else []
            inputs = tuple(self.form[name] for name in names if name in self.form.fields)
            yield Part(field, inputs, tuple(self.rows[name] for name in ROWS.get(field.kind, ())))

    def errors(self) -> list[tuple[str, str, str]]:
        """Everything that needs correcting: id of the input, its label, the sentence."""
        every = [self.form, *(row for rows in self.rows.values() for row in rows.forms)]
        return [
            (bound.auto_id if isinstance(bound.auto_id, str) else "", str(bound.label), str(error))
            for form in every
            if form.is_bound
            for bound in form
            for error in bound.errors
        ]


class DraftSheet(FieldsSheet):
    """The whole form of one draft."""

    form_class = DraftForm


def _row_names(fields: Sequence[Field]) -> list[str]:
    return [name for field in fields for name in ROWS.get(field.kind, ())]


def _rows_of(fields: Sequence[Field], body: Body) -> dict[str, list[Any]]:
    """What stands in rows of its own, by the name of the rows."""
    told: dict[str, list[Any]] = {}
    for field in fields:
        value = body.get(field.key) or ()
        if field.kind == "milestones":
            told["milestones"] = list(value)
        elif field.kind == "institutions":
            told["beside"] = [each for each in value if each["role"] != Institution.Role.LEAD]
        elif field.kind == "indicators":
            told["awaited"] = [each for each in value if not isinstance(each, str)]
    return told


def _plain(text: str) -> str:
    """Line breaks as the log keeps them, whatever browser they came from."""
    return text.replace("\r\n", "\n").strip()


def _initial(fields: Sequence[Field], body: Body) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for field in fields:
        value = body.get(field.key)
        if field.is_text:
            initial |= {f"{field.key}_{language}": (value or {}).get(language, "") for language in ("id", "en")}
        elif field.kind == "goals":
            initial[field.key] = [str(each) for each in value or ()]
        elif field.kind == "indicators":
            initial[field.key] = [each for each in value or () if isinstance(each, str)]
        elif field.kind == "institutions":
            leads = [each["code"] for each in value or () if each["role"] == Institution.Role.LEAD]
            initial["lead"] = leads[0] if leads else ""
        else:
            initial[field.key] = value
    return initial


class BeginDraftForm(forms.Form):
    """A new commitment: how it is called."""

    short = forms.CharField(
        label=_("Short title"), max_length=60, error_messages={"required": _("Enter a short title.")}
    )
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("It becomes part of the address and is never changed. Example: data-terbuka-desa."),
        error_messages={
            "required": _("Enter a short name."),
            "invalid": _("Use small letters, digits and hyphens, for example data-terbuka-desa."),
        },
    )


class WithdrawForm(forms.Form):
    """Why a commitment is taken out of the plan."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody reads it on the page of the draft. Without names of persons."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=300,
        error_messages={
            "required": _("Write why this commitment is withdrawn."),
            "min_length": _("Write at least one full sentence."),
            "max_length": _("Shorten this to 300 characters."),
        },
    )


class FreezeForm(forms.Form):
    """A word on what was frozen, and why now."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)
