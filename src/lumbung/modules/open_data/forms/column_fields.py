"""The fields one column is described with, filled in with what is proposed or was said before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.tables.proposals import ColumnProposal
from lumbung.core.tables.schemas import KINDS, REGION_CODE, SchemaField
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import number_ways

TYPES = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("decimal number"),
    "boolean": _("yes or no"),
    "date": _("date"),
    "datetime": _("date and time"),
    "year": _("year"),
    "yearmonth": _("month"),
}
FORMATS = [
    ("default", _("as in 2026-11-26")),
    ("%d/%m/%Y", _("day first: 26/11/2026")),
    ("%m/%d/%Y", _("month first: 11/26/2026")),
    ("%d-%m-%Y", _("day first: 26-11-2026")),
    ("%d.%m.%Y", _("day first: 26.11.2026")),
]
# Of MS-Var, each a line.
IN_WORDS = ("concept", "reference", "reference_time", "alias", "question")
NAMES: tuple[str, ...] = (
    *("label_id", "label_en", "definition_id", "definition_en", "type", "format", "decimal", "unit", "combining"),
    "required",
    *("classification", "is_public"),
    *IN_WORDS,
)


# What the cells were checked by.
CHECKED = frozenset({"type", "format", "decimal", "required", "classification"})


def fields_of(
    proposal: ColumnProposal, column: SchemaField, told: Mapping[str, Any], published: Sequence[tuple[str, str]]
) -> dict[str, forms.Field]:
    """Every field of a column, by its name.

    proposal   the column as it was proposed
    column     the column as it stands: proposed, or confirmed before
    told       what was said of the column before (MS-Var)
    published  code lists published here
    """
    label, definition = told.get("label") or {}, told.get("definition") or {}
    ways = [(choice.key, str(choice.words)) for choice in shape.choices("combinings")]
    lists: list[tuple[Any, Any]] = [(choice.key, str(choice.words)) for choice in shape.choices("code_lists")]
    if published:
        lists.append((_("Code lists published here"), published))
    chosen = told.get("classification") or ("wilayah" if column.rdf_type == REGION_CODE else "")
    types = [(kind, TYPES[kind]) for kind in KINDS]
    formats = [*FORMATS, *([(column.format, column.format)] if column.format not in dict(FORMATS) else [])]
    return {
        "label_id": _line(_("Name (Indonesian)"), label.get("id") or column.title.id, 120),
        "label_en": _line(_("Name (English)"), label.get("en") or column.title.en, 120),
        "definition_id": _long(_("Definition (Indonesian)"), definition.get("id") or column.description.id),
        "definition_en": _long(_("Definition (English)"), definition.get("en") or column.description.en),
        "type": forms.ChoiceField(label=_("Type"), choices=types, initial=column.type),
        "format": forms.ChoiceField(label=_("How dates are written"), choices=formats, initial=column.format),
        "decimal": number_ways.field_of(column, number_ways.threes_of(proposal)),
        "unit": _line(_("Unit"), told.get("unit") or column.unit, 40),
        "combining": forms.ChoiceField(
            label=str(shape.field_of("variable", "combining").label),
            help_text=str(shape.field_of("variable", "combining").hint),
            required=False,
            choices=[("", _("Not said")), *ways],
            initial=told.get("combining", ""),
        ),
        "required": forms.BooleanField(
            label=_("Every row has to say something here"), required=False, initial=column.constraints.required
        ),
        "classification": forms.ChoiceField(
            label=_("Reference code"), required=False, choices=[("", _("none")), *lists], initial=chosen
        ),
        "is_public": forms.ChoiceField(
            label=str(shape.field_of("variable", "is_public").label),
            required=False,
            choices=[("", _("Choose")), ("yes", _("Yes")), ("no", _("No"))],
            initial=told.get("is_public", ""),
        ),
        **{key: _of_metadata(key, told) for key in IN_WORDS},
    }


def _of_metadata(key: str, told: Mapping[str, Any]) -> forms.CharField:
    field = shape.field_of("variable", key)
    return _line(str(field.label), told.get(key, ""), field.most)


def _line(label: Any, initial: str, most: int) -> forms.CharField:
    too_long = {"max_length": _("Shorten this to %(most)s characters.") % {"most": most}}
    return forms.CharField(label=label, required=False, initial=initial, max_length=most, error_messages=too_long)


def _long(label: Any, initial: str) -> forms.CharField:
    field = _line(label, initial, 1000)
    field.widget = forms.Textarea(attrs={"rows": 2})
    return field
