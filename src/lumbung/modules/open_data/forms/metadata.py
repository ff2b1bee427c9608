"""Forms made of the shape of metadata: a text in both languages is two fields, a period is two."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.portals.models import Portal
from lumbung.core.regions import queries as regions
from lumbung.modules.open_data import shape

PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]))?$"
MOST_KEYWORDS = 12
MOST_INDICATORS = 50
REGENCY_LEVEL = 2


class PartForm(forms.Form):
    """One part of the metadata. Nothing is required here: a draft may be saved half-written, the gates ask later."""

    def __init__(self, *args: Any, of: shape.Of, portal: Portal, told: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _flat(of, told), **kwargs})
        self.of, self.told = of, told
        for field in shape.fields_of(of):
            for name, made in _fields(field, portal):
                self.fields[name] = made

    @property
    def blocks(self) -> list[tuple[shape.Block, list[forms.BoundField]]]:
        """Blocks with their fields, as the page shows them."""
        return [
            (block, [self[name] for name in self.fields if _belongs(name, block)]) for block in shape.blocks_of(self.of)
        ]

    def values(self) -> dict[str, Any]:
        """What was typed, in the shape of metadata."""
        return {field.key: _value(field, self.cleaned_data) for field in shape.fields_of(self.of)}


class IndicatorForm(PartForm):
    """One indicator of several. A tick takes it out: no button does, that the Enter key might press."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, of="indicator", **kwargs)
        self.fields["remove"] = forms.BooleanField(label=_("Remove this indicator when saving"), required=False)

    @property
    def title(self) -> str:
        """What it is called so far."""
        return shape.words(self.told.get("indicator_name"))

    @property
    def is_left_out(self) -> bool:
        """Whether it is to be removed, or was never begun."""
        values = self.values()
        filled = any(shape.is_filled(field, values[field.key]) for field in shape.fields_of(self.of))
        return bool(self.cleaned_data["remove"]) or not filled


class IndicatorForms:
    """Every indicator of a dataset, one below the other; a blank one where there is none yet, or one more is wanted."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, portal: Portal, told: Sequence[Mapping[str, Any]], wants_more: bool
    ) -> None:
        sent = str((data or {}).get("count", ""))
        count = max(int(sent), 1) if re.fullmatch("[0-9]{1,3}", sent) else max(len(told) + wants_more, 1)
        shown = [*told[:count], *({} for _blank in range(count - len(told)))]
        self.told = told
        self.forms = [
            IndicatorForm(data, portal=portal, told=before, prefix=f"indicator-{number}")
            for number, before in enumerate(shown[:MOST_INDICATORS])
        ]

    def are_valid(self) -> bool:
        """Whether every one is; each is looked at, so that all that is wrong is told at once."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def values(self) -> list[dict[str, Any]]:
        """What is said of those that stay. Beyond the ones shown nothing changes."""
        kept = [{**form.told, **form.values()} for form in self.forms if not form.is_left_out]
        return [*kept, *(dict(each) for each in self.told[len(self.forms) :])]


def _belongs(name: str, block: shape.Block) -> bool:
    return any(name.split("__", maxsplit=1)[0] == field.key for field in block.fields)


def _fields(field: shape.Field, portal: Portal) -> Iterator[tuple[str, forms.Field]]:
    if field.both:
        yield f"{field.key}__id", _text(field, _("%(label)s (Indonesian)") % {"label": field.label})
        yield f"{field.key}__en", _text(field, _("%(label)s (English)") % {"label": field.label})
    elif field.kind == "period":
        yield f"{field.key}__from", _period(field, _("%(label)s: first") % {"label": field.label})
        yield f"{field.key}__to", _period(field, _("%(label)s: last") % {"label": field.label})
    else:
        yield field.key, _single(field, portal)


def _single(field: shape.Field, portal: Portal) -> forms.Field:
    label, hint = str(field.label), str(field.hint)
    if field.kind == "choice":
        offered = [(choice.key, str(choice.words)) for choice in shape.choices(field.choices)]
        return forms.ChoiceField(label=label, help_text=hint, required=False, choices=[("", _("Choose")), *offered])
    if field.kind == "place":
        return forms.ChoiceField(
            label=label, help_text=hint, required=False, choices=[("", _("Choose")), *_places(portal)]
        )
    if field.kind == "yesno":
        yes_or_no = [("", _("Choose")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(label=label, help_text=hint, required=False, choices=yes_or_no)
    if field.kind == "email":
        wrong = {"invalid": _("Write an e-mail address such as data@example.go.id.")}
        return forms.EmailField(label=label, help_text=hint, required=False, error_messages=wrong)
    return _text(field, label)


def _text(field: shape.Field, label: str) -> forms.CharField:
    long = field.kind == "text"
    widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
    too_long = {"max_length": _("Shorten this to %(most)s characters.") % {"most": field.most}}
    return forms.CharField(
        label=label,
        help_text=str(field.hint),
        required=False,
        max_length=field.most,
        widget=widget,
        error_messages=too_long,
    )


def _period(field: shape.Field, label: str) -> forms.RegexField:
    return forms.RegexField(
        PERIOD,
        label=label,
        help_text=str(field.hint),
        required=False,
        error_messages={"invalid": _("Write a year such as 2025, or a month such as 2025-06.")},
    )


def _places(portal: Portal) -> list[tuple[str, str]]:
    own = portal.region
    below = regions.children_of(own.code)
    return [(own.code, own.full_name), *((each.code, each.full_name) for each in below)]


def _flat(of: shape.Of, told: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for field in shape.fields_of(of):
        value = told.get(field.key)
        if field.both or field.kind == "period":
            flat |= {f"{field.key}__{part}": text for part, text in (value or {}).items()}
        else:
            flat[field.key] = ", ".join(value or []) if field.kind == "keywords" else value
    return flat


def _value(field: shape.Field, cleaned: Mapping[str, Any]) -> Any:
    if field.both:
        return {part: cleaned[f"{field.key}__{part}"] for part in ("id", "en")}
    if field.kind == "period":
        return {part: cleaned[f"{field.key}__{part}"] for part in ("from", "to")}
    if field.kind == "keywords":
        words = [word.strip() for word in cleaned[field.key].split(",")]
        return list(dict.fromkeys(word for word in words if word))[:MOST_KEYWORDS]
    return cleaned[field.key]
