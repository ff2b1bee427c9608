"""A package as clients of CKAN send it, in the words of the desk's forms: the same rules hold for both ways in."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from lumbung.core.portals.models import Portal
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.ckan import invalid, wrong
from lumbung.modules.open_data.forms.metadata import MOST_KEYWORDS, PartForm
from lumbung.modules.open_data.queries.ckan_fields import (
    DATASET_EXTRAS,
    EXTRAS,
    EXTRAS_WORKED_OUT,
    GROUPS,
    NOTES,
    PLAIN,
    SUMMARY,
    TAGS,
    WORKED_OUT,
    activity_extras,
    ckan_name_of,
    extra_of,
    said,
)
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params

TAKEN = frozenset({"name", "owner_org", "resources", NOTES, TAGS, GROUPS, EXTRAS, *PLAIN})
MOST_IGNORED = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """What a call says about a package: parts of its metadata, and what was sent and is not kept."""

    dataset: Mapping[str, Any]
    activity: Mapping[str, Any]
    ignored: tuple[str, ...]


def parts_of(params: Params, *, told: shape.Metadata, portal: Portal, is_whole: bool) -> Sent:
    """Metadata as they are after this call, or a Validation Error with every field that cannot stay so.

    told      the metadata the call writes over
    is_whole  a field that is not sent is emptied, as package_update does; extras that are not sent stay
    """
    extras = _extras(params)
    dataset = _current("dataset", told) | dict(_dataset_values(params, extras, is_whole=is_whole))
    activity = {key: extras[key] for key in activity_extras() if key in extras}
    parts: list[tuple[shape.Of, dict[str, str]]] = [("dataset", dataset)]
    if activity:
        parts.append(("activity", _current("activity", told) | activity))
    found, errors = {}, dict[str, list[str]]()
    for of, values in parts:
        form = PartForm(values, of=of, portal=portal, told={})
        for field, sentence in _errors(form, values):
            errors.setdefault(field, []).append(sentence)
        found[of] = form.values() if form.is_valid() else {}
    if errors:
        raise wrong(errors)
    return Sent(found["dataset"], found.get("activity", {}), tuple(_ignored(params, extras)))


def _current(of: shape.Of, told: shape.Metadata) -> dict[str, str]:
    return {name: said(told.get(of, {}), name) for name in _names(of)}


def _names(of: shape.Of) -> Iterator[str]:
    for field in shape.fields_of(of):
        parts = ("id", "en") if field.both else ("from", "to") if field.kind == "period" else ()
        yield from (f"{field.key}__{part}" for part in parts) if parts else (field.key,)


def _dataset_values(params: Params, extras: Mapping[str, str], *, is_whole: bool) -> Iterator[tuple[str, str]]:
    for word, name in PLAIN.items():
        if word in params or (is_whole and word != "title"):
            yield name, read.text(params, word)
    yield from ((name, extras[key]) for key, name in DATASET_EXTRAS.items() if key in extras)
    if NOTES in params or is_whole:
        yield from _notes(read.text(params, NOTES), extras)
    if TAGS in params or is_whole:
        yield "keywords", _tags(params)
    if GROUPS in params or is_whole:
        yield "topic", _group(params)


def _notes(notes: str, extras: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """CKAN has one text where we have two: the short one comes as an extra, or the only text is the short one."""
    if SUMMARY not in extras:
        yield "summary__id", notes
    else:
        yield "note__id", "" if notes == extras[SUMMARY] else notes


def _extras(params: Params) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _maps(params, EXTRAS):
        key = read.needed(each, "key")
        if key in found:
            raise invalid(EXTRAS, _("“%(key)s” stands here twice.") % {"key": key[:100]})
        found[key] = read.text(each, "value")
    return found


def _tags(params: Params) -> str:
    words = [read.needed(each, "name") for each in _maps(params, TAGS)]
    if len(words) > MOST_KEYWORDS:
        raise invalid(TAGS, _("At most %(most)s words.") % {"most": MOST_KEYWORDS})
    if any("," in word for word in words):
        raise invalid(TAGS, _("A word holds no comma."))
    return ", ".join(words)


def _group(params: Params) -> str:
    groups = [read.text(each, "name") or read.needed(each, "id") for each in _maps(params, GROUPS)]
    if len(groups) > 1:
        raise invalid(GROUPS, _("A dataset has one topic."))
    return groups[0] if groups else ""


def _maps(params: Params, name: str) -> list[Mapping[str, Any]]:
    value = read.structured(params, name)
    if value is None or value == "":
        return []
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise invalid(name, _("This takes a list of maps."))
    return value


def _errors(form: PartForm, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, sentences in form.errors.items():
        typed, word = form.fields[name], ckan_name_of(name)
        told = [str(each) for each in sentences]
        if isinstance(typed, forms.ChoiceField):
            offered = cast(Iterable[tuple[str, str]], typed.choices)
            told = [_unknown(values.get(name, ""), [key for key, _label in offered if key])]
        yield from ((word, _about(word, name, each)) for each in told)
    for field in shape.fields_of(form.of):
        for name in (f"{field.key}__id", f"{field.key}__en", field.key):
            if field.kind != "text" and not _is_one_line(values.get(name, "")):
                yield ckan_name_of(name), _about(ckan_name_of(name), name, _("Write this in one line."))


def _unknown(value: str, known: list[str]) -> str:
    return _("“%(value)s” is not known here. Choose one of: %(known)s") % {
        "value": value[:100],
        "known": ", ".join(known),
    }


def _about(word: str, name: str, sentence: str) -> str:
    return f"{extra_of(name)}: {sentence}" if word == EXTRAS else sentence


def _is_one_line(text: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in text)


def _ignored(params: Params, extras: Mapping[str, str]) -> Iterator[str]:
    known = {*DATASET_EXTRAS, *activity_extras(), *EXTRAS_WORKED_OUT}
    names = [name for name in params if name not in TAKEN | WORKED_OUT]
    names += [f"{EXTRAS}.{key}" for key in extras if key not in known]
    yield from (name[:100] for name in names[:MOST_IGNORED])
